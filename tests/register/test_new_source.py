"""A third case system, connected by the mapping file of the how-to page and nothing else."""

import re
from datetime import date
from pathlib import Path

import pytest

from helhed.audit.actions import SYSTEM
from helhed.register import questions
from helhed.register.actions import receive
from helhed.register.models import Source

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "a-new-source.md"

pytestmark = pytest.mark.django_db


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def folder(tmp_path):
    (mapping,) = blocks("yaml")
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "suf.yaml").write_text(mapping, encoding="utf-8")
    names = re.findall(r"^`(omsorg_.*\.csv)`$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    for name, content in zip(names, blocks("csv"), strict=True):
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


def test_a_source_is_connected_by_its_mapping_file(folder):
    delivery = receive(by=SYSTEM, source="suf-omsorg", folder=folder)
    assert delivery.status == "received", delivery.message_en
    assert [(f.read, f.new, f.rejected, f.note_en) for f in delivery.files.all()] == [(2, 2, 0, "")] * 2
    anna, bo = questions.find("anna åkær")[0], questions.find("620281-2222")[0]
    (help_,), (nursing,) = questions.facts_of(anna.id), questions.facts_of(bo.id)
    assert (help_.code, help_.unit, help_.true_to, help_.amount_oere) == ("SEL-83", "suf", None, 125050)
    assert (nursing.code, nursing.true_from, nursing.true_to) == (
        "SUL-138",
        date(2026, 2, 1),
        date(2026, 5, 1),
    )
    assert (help_.source, help_.administration) == ("suf-omsorg", "suf") and bo.birth_date == date(1981, 2, 2)
    assert Source.objects.get().label_da == "Sundheds- og Omsorgsforvaltningens omsorgssystem"
    assert (
        receive(by=SYSTEM, source="suf-omsorg", folder=folder).files.get(name__contains="ydelser").unchanged
        == 2
    )


def test_the_words_of_the_mapping_file_are_what_counts(folder):
    path = folder / "omsorg_ydelser_2026-11-01.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Praktisk hjælp", "Praktisk bistand"), encoding="utf-8"
    )
    assert receive(by=SYSTEM, source="suf-omsorg", folder=folder).files.get(name=path.name).rejected == 1
    mapping = folder / "sources" / "suf.yaml"
    text = mapping.read_text(encoding="utf-8")
    mapping.write_text(text.replace("Personlig pleje", "Praktisk bistand"), encoding="utf-8")
    assert receive(by=SYSTEM, source="suf-omsorg", folder=folder).files.get(name=path.name).new == 1


def test_a_wrong_mapping_file_stops_its_own_source_and_no_other(folder):
    assert receive(by=SYSTEM, source="suf-omsorg", folder=folder).status == "received"
    mapping = folder / "sources" / "suf.yaml"
    mapping.write_text(mapping.read_text(encoding="utf-8").replace("SEL-83:", "SEL-38:"), encoding="utf-8")
    with pytest.raises(ValueError, match='suf.yaml, line 16: Unknown code "SEL-38"'):
        receive(by=SYSTEM, source="suf-omsorg", folder=folder)
    with pytest.raises(ValueError, match="has no files of bif-fagsystem"):
        receive(by=SYSTEM, source="bif-fagsystem", folder=folder)
