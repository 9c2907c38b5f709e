"""Mapping files: those of the two case systems are complete, and a wrong one is refused where it is wrong."""

import pytest

from helhed.law import catalogue
from helhed.register.connected import OWN_SOURCES, mappings
from helhed.register.mapping import squeezed
from helhed.register.mapping_files import read_mapping
from helhed.rules.errors import CriteriaError

SOF = (OWN_SOURCES / "sof.yaml").read_text(encoding="utf-8")


def read(text: str):
    return read_mapping(text, "x.yaml", catalogue().vocabulary())


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        ("BIF_YDELSER", "benefit"),
        ("BIF_SAGER", "employment_case"),
        ("BIF_SAMTYKKER", "consent"),
        ("SOF_SAGER", "social_case"),
        ("SOF_INDSATSER", "service"),
        ("SOF_PLANER", "plan"),
        ("BIF_CPRSTATUS", "cpr_status"),
        ("SOF_CPRSTATUS", "cpr_status"),
    ],
)
def test_every_code_of_the_catalogue_has_names_in_the_case_systems(table, kind):
    (mapping,) = [m for m in mappings().values() if table.startswith(m.administration.upper())]
    known = mapping.table(table)
    assert known.kind == kind and set(known.code.aliases) == catalogue().vocabulary().codes_of(kind)
    assert all(len(names) >= 2 for names in known.code.aliases.values())


def test_names_can_be_written_in_the_encoding_of_their_source():
    for mapping in mappings().values():
        for table in mapping.tables:
            for names in (*table.code.aliases.values(), *table.unit.aliases.values()):
                assert all(name.encode(mapping.encoding) and len(name) <= 200 for name in names)


def test_names_are_compared_without_case_and_white_space():
    assert squeezed(" SEL  §\u00a0107 ") == squeezed("sel §107") == "sel§107"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("source: sof-fagsystem", "source: Sof fagsystem", "lower-case"),
        ("encoding: cp1252", "encoding: ebcdic", "cp1252"),
        ('delimiter: ";"', 'delimiter: "::"', "This can be"),
        ("date_format: dd-mm-yyyy", "date_format: dd-mm-yy", "dd-mm-yyyy"),
        ("end_date: inclusive", "end_date: sometimes", "inclusive exclusive"),
        ("priority: 20", "priority: first", "whole number"),
        ("    SEL-107: ", "    SEL-1077: ", 'Did you mean "SEL-107"'),
        ("[Supplerende, Supplerende sag", "[Primær, Supplerende sag", "under both"),
        ("    kind: social_case", "    kind: social", "social_case"),
        ("names: case-types", "names: case-type", "case-types"),
        ("    person: Cpr\n    full_name", "    persons: Cpr\n    full_name", "person"),
        ("order: family-first", "order: backwards", "family-first given-first"),
        ("delta: {column: AENDRING, upsert: [O, R], delete: [S]}", "", "delta"),
        ("  - name: SOF_PLANER", "  - name: SOF_SAGER", "described twice"),
    ],
)
def test_a_wrong_mapping_file_is_refused_where_it_is_wrong(old, new, said):
    assert SOF.count(old) >= 1 and read(SOF)
    with pytest.raises(CriteriaError) as error:
        read(SOF.replace(old, new, 1))
    assert said in error.value.message.en and error.value.message.da
    if said not in ("delta", "described twice"):  # these are seen elsewhere than they are made
        assert error.value.line == SOF[: SOF.index(old)].count("\n") + 1


def test_the_reader_never_breaks_on_a_mapping_file_cut_anywhere():
    for end in range(0, len(SOF), 251):
        try:
            read(SOF[:end])
        except CriteriaError as error:
            assert error.message.da and error.message.en
