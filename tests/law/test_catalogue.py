"""That everything the documents say has its place in the catalogue, once, in both languages, with its source."""

import re
import shutil
from datetime import date

import pytest

from helhed.law import catalogue
from helhed.law.shapes import Label, shape_of
from helhed.periods import day_of
from law.paths import CATALOGUE


def numbered(prefix: str, last: int, width: int = 1) -> set[str]:
    return {f"{prefix}{number:0{width}d}" for number in range(1, last + 1)}


COMPLETE = {
    "volumes": numbered("V", 37, 3),
    "volume_checks": numbered("VC", 22, 2),
    "inconsistencies": numbered("IC", 35, 2),
    "stated_criteria": numbered("C", 204, 3),
    "pros_and_cons": numbered("PC", 122, 3),
    "exemptions": numbered("EX", 13),
    "law_changes": numbered("LC", 11, 2),
    "legal_options": numbered("L", 8),
    "mapping_topics": numbered("MT", 30, 2),
    "organisation_changes": numbered("O", 7),
    "programmes": numbered("P", 25, 2),
    "responsibility_tasks": numbered("RT", 26, 2),
    "goals": {f"G{goal}-{year}" for goal in (1, 2, 3) for year in (2009, 2010, 2011)},
    "hoi": {
        *("H1", "H2", "H3", "H5A", "H5B", "H5C"),
        *(f"H4{letter}" for letter in "abcdefg"),
        *(f"H{number}" for number in range(6, 13)),
    },
}
MODELS = {
    *("1A", "2A", "2B", "2C", "2D", "2E", "3A", "3B", "3C", "3D", "3E", "4A", "4B"),
    *("5A", "5B", "5C", "6", "7", "8A", "8B", "8C", "8D", "8E"),
}
STATED = {
    **{"2A": 4700, "2B": 861, "2C": 1279, "2D": 811, "2E": 250},
    **{"3A": 1150, "3B": 332, "3C": 280, "3D": 278, "3E": 315},
    **{"4A": 2220, "4A-BOERN": 2400, "4B": 400, "5A": 1193, "5B": 1559, "5C": 1089, "6": 8300, "7": 1400},
    **{"8A": 1194, "8B": 1559, "8C": 1089, "8D": 2200, "8D-BOERN": 2400, "8E": 565},
    **{"HIST-2013": 1470, "HIST-2008": 3400},
}
VERDICTS = {
    "recommended": {"5A", "5B", "5C", "7", "8A", "8B", "8C"},
    "merged_into_5": {"2B", "2C", "2D", "3B", "3C", "3D"},
    "least_suitable": {"1A", "2A", "2E", "3A", "3E", "4A", "4B", "6", "8D", "8E"},
}
BENEFITS = {
    *("a-dagpenge", "kontanthjaelp", "kontanthjaelp/jobparat", "kontanthjaelp/aktivitetsparat"),
    *("kontanthjaelp/match-3", "kontanthjaelp/match-4", "kontanthjaelp/match-5"),
    *("uddannelseshjaelp", "uddannelseshjaelp/aktivitetsparat", "uddannelseshjaelp/uddannelsesparat"),
    *("overgangsydelse", "overgangsydelse/jobparat", "overgangsydelse/aktivitetsparat"),
    *("selvforsoergelses-og-hjemrejseydelse", "ressourceforloebsydelse"),
    *("ressourceforloebsydelse/ressourceforloeb", "ressourceforloebsydelse/jobafklaring"),
    *("ledighedsydelse", "sygedagpenge", "revalideringsydelse", "foertidspension", "fleksloentilskud"),
}
SERVICES = {
    *("SEL-18", "SEL-45", "SEL-83", "SEL-83-a", "SEL-85", "SEL-85-a", "SEL-97", "SEL-98", "SEL-99"),
    *("SEL-101", "SEL-107", "SEL-108", "SEL-108-a", "SEL-109", "SEL-110", "SUL-138", "SUL-141"),
    *("boligraadgivning", "ungementor", "botilbudslignende", "socialt-frikort", "huslejetilskud"),
    *("personlig-assistance", "LAS-enkeltydelser", "PENS-personlige-tillaeg"),
}
OFFERS = {
    *("LAB-virksomhedspraktik", "LAB-loentilskud", "LAB-vejledning-og-opkvalificering", "LAB-nytteindsats"),
    *("LAB-brobygning", "LAB-uddannelsespaalaeg", "LAB-mentor", "LAB-ressourceforloeb", "LAB-fleksjob"),
    *("LAB-ordinaer-uddannelse", "LAB-smaajob", "LAB-kontaktforloeb", "LAB-andre-forvaltninger"),
    "INTL-indsats",
}


@pytest.mark.parametrize(("section", "keys"), COMPLETE.items(), ids=COMPLETE)
def test_a_numbered_section_is_complete(section, keys):
    assert set(catalogue().section(section)) == keys


@pytest.mark.parametrize(
    ("section", "keys"), [("benefits", BENEFITS), ("services", SERVICES), ("offers", OFFERS)]
)
def test_the_codes_are_those_agreed(section, keys):
    assert set(catalogue().section(section)) == keys


def test_no_key_is_written_twice_across_sections_that_number_their_own():
    numbered_keys = [key for section in COMPLETE for key in catalogue().section(section)]
    assert len(numbered_keys) == len(set(numbered_keys))


def test_all_models_are_there_with_the_reports_verdict():
    groups = catalogue().target_groups
    assert {key for key, group in groups.items() if group.transfer_type} == MODELS
    for verdict, keys in VERDICTS.items():
        assert {key for key, group in groups.items() if group.verdict == verdict} == keys


def test_every_model_has_a_version_of_2022_and_one_of_today():
    for key in MODELS:
        days = [version.valid_from for version in catalogue().groups()[key].versions]
        assert days == [day_of_text("2014-01-01"), day_of_text("2025-07-01")]


@pytest.mark.parametrize(("group", "value"), STATED.items(), ids=STATED)
def test_the_stated_size_of_a_group(group, value):
    law = catalogue()
    entry = law.target_groups[group]
    stated = [volume.value for volume in law.volumes.values() if volume.about == group]
    if entry.derived_volume:
        stated.append(round(law.volume_checks[entry.derived_volume].left_value))
    assert stated == [value]


def test_sums_of_the_stated_sizes():
    """The checks again, from the table above and not from the catalogue."""
    checks = catalogue().volume_checks
    three = ["3B", "3C", "3D", "3E"]
    assert checks["VC01"].difference == sum(STATED[k] for k in ("2B", "2C", "2D", "2E")) - STATED["2A"]
    assert checks["VC02"].difference == sum(STATED[k] for k in three) - STATED["3A"] == 55
    assert checks["VC04"].difference == STATED["2B"] + STATED["3B"] - STATED["8A"] == -1
    assert checks["VC09"].left_value == STATED["2A"] + STATED["7"] + STATED["8D"] == STATED["6"]
    assert checks["VC11"].left_value == STATED["2A"] + STATED["7"] + STATED["4A"] == 8320
    assert checks["VC18"].left_value == round(STATED["4A-BOERN"] / STATED["4A"], 3)


def test_every_entry_has_both_languages_and_a_source():
    for section in catalogue().all_sections():
        for entry in section.values():
            assert entry.source or section.name == "sources", entry.key
            for name in shape_of(type(entry)):
                value = getattr(entry, name)
                if isinstance(value, Label):
                    assert value.da.strip() and value.en.strip(), (entry.key, name)


def test_danish_labels_are_written_in_danish():
    """Keys do without æ, ø and å; labels do not."""
    written_without = re.compile(
        r"\b(?:foer|vaer|maal|aar|koeb|hjaelp|ydelser?-|loeb|oekonomi)\w*", re.IGNORECASE
    )
    for section in catalogue().all_sections():
        for entry in section.values():
            assert not written_without.search(entry.label.da), entry.label.da


def test_the_same_words_are_not_used_for_two_codes():
    for section in ("benefits", "services", "offers", "employment_cases", "child_cases", "units", "groups"):
        labels = [entry.label.da for entry in catalogue().section(section).values()]
        assert len(labels) == len(set(labels)), section


def test_the_mapping_is_six_groups_by_five_questions():
    law = catalogue()
    cells = {(topic.group, topic.question) for topic in law.mapping_topics.values()}
    rows = [group.key for group in law.groups_of(["mapping"])]
    assert cells == {(group, question) for group in rows for question in law.mapping_questions}
    assert len(cells) == 30


def test_what_ended_with_the_reform_says_what_took_over():
    reform = day_of_text("2025-07-01")
    ended = [entry for entry in catalogue().benefits.values() if entry.valid_to == reform]
    assert {entry.key for entry in ended} == {
        key for key in BENEFITS if key.startswith(("udd", "over", "selv"))
    }
    assert all(entry.successors for entry in ended)


def test_every_unit_of_sof_that_ended_says_what_took_over():
    day = day_of_text("2025-01-01")
    ended = [unit for unit in catalogue().units.values() if unit.valid_to == day]
    assert len(ended) == 13
    assert all(unit.successors for unit in ended)


def test_no_legal_ground_is_shown_as_checked_before_a_lawyer_has():
    assert not [ground.key for ground in catalogue().legal_grounds.values() if ground.is_checked]


def test_the_dispensation_of_the_law_ends_where_the_new_act_begins():
    grounds = catalogue().legal_grounds
    assert grounds["LOUB-6-4"].valid_to == grounds["LOV-1750-2025"].valid_from == day_of_text("2026-02-01")
    assert grounds["LOUB-6-4"].successors == ("LOV-1750-2025",)


def test_the_catalogue_is_read_once():
    assert catalogue() is catalogue(CATALOGUE)


def day_of_text(text: str) -> int:
    return day_of(date.fromisoformat(text))


DOCUMENT = CATALOGUE.parents[3] / "docs" / "law.md"


def test_the_document_for_readers_names_every_section():
    text = DOCUMENT.read_text(encoding="utf-8")
    assert not [section.name for section in catalogue().all_sections() if f"`{section.name}`" not in text]


def test_the_new_group_of_the_document_can_be_added(tmp_path):
    added = DOCUMENT.read_text(encoding="utf-8").split("```yaml\n")[2].split("```")[0]
    source = "sources: {ny-kilde: {label: {da: Ny, en: New}, kind: document, status: stated}}\n"
    shutil.copytree(CATALOGUE, tmp_path / "catalogue")
    (tmp_path / "catalogue" / "groups" / "nye.yaml").write_text(added + source, encoding="utf-8")
    assert set(catalogue(tmp_path / "catalogue").groups()) == {*catalogue().groups(), "9A"}
