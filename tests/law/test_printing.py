"""The catalogue in the terminal, as text and as JSON."""

import json
from datetime import date
from typing import Literal, get_args, get_origin

import pytest

from helhed.law import NotThereError, catalogue
from helhed.law.printing import as_json, as_text
from helhed.law.sections import SECTIONS
from helhed.law.shapes import shape_of, unwrapped
from helhed.law.value_words import VALUES
from helhed.law.words import FIELDS
from helhed.periods import day_of

REPORT = day_of(date(2022, 6, 1))
TODAY = day_of(date(2026, 11, 1))


def test_the_list_of_sections_counts_what_is_in_force():
    lines = as_text(catalogue()).splitlines()
    assert lines[0].split() == ["sources", "50", "Kilder"]
    assert len(lines) == len(SECTIONS) + 2
    assert catalogue().hash in lines[-1]
    benefits = [
        line.split()[1] for line in as_text(catalogue(), TODAY).splitlines() if line.startswith("benefits")
    ]
    assert benefits == [str(len(catalogue().benefits.on(TODAY)))]


def test_a_section_shows_keys_words_dates_and_successors():
    text = as_text(catalogue(), section="benefits")
    assert "Uddannelseshjælp  (2014-01-01 – 2025-07-01 → kontanthjaelp)" in text
    assert "Education benefit" in as_text(catalogue(), section="benefits", language="en")
    assert "uddannelseshjaelp " not in as_text(catalogue(), TODAY, "benefits")


def test_a_section_with_nothing_in_force_says_so():
    assert as_text(catalogue(), day_of(date(1990, 1, 1)), "goals") == "Ingen på den dag."


def test_an_entry_names_what_it_points_to():
    text = as_text(catalogue(), section="benefits", key="uddannelseshjaelp/aktivitetsparat")
    assert "Gælder til (ikke med): 2025-07-01" in text
    assert "Lov: LAS – Lov om aktiv socialpolitik (aktivloven)" in text
    assert "Ikke i kraft den 2026-11-01." in as_text(
        catalogue(), TODAY, "benefits", "uddannelseshjaelp/aktivitetsparat"
    )


def test_a_group_shows_the_version_of_the_day_in_words():
    then = as_text(catalogue(), REPORT, "groups", "3B").partition("Gælder fra")[2].lower()
    now = as_text(catalogue(), TODAY, "groups", "3B").partition("Gælder fra")[2].lower()
    assert "uddannelseshjælp (aktivitetsparat)" in then and "hjemløseenheden" in then
    assert "gælder fra 2025-07-01" not in then
    assert "uddannelseshjælp (" not in now and "driftscenter 1" in now
    assert "oplyst størrelse: 332 (præcist, 2022-06-01)" in now
    assert "ic01" in now


def test_every_entry_can_be_printed_in_both_languages():
    law = catalogue()
    for section in law.all_sections():
        for key in section:
            for language in ("da", "en"):
                text = as_text(law, section=section.name, key=key, language=language)
                assert text.startswith(f"{key}  ")
                assert ": None" not in text


def test_json_holds_everything():
    law = catalogue()
    whole = json.loads(as_json(law))
    assert whole["hash"] == law.hash
    assert {name: len(entries) for name, entries in whole.items() if name != "hash"} == {
        section.name: len(section) for section in law.all_sections()
    }
    assert len(json.loads(as_json(law, TODAY, "benefits"))) == len(law.benefits.on(TODAY))


def test_json_of_a_group_has_its_criteria_as_written():
    group = json.loads(as_json(catalogue(), section="groups", key="2B"))
    assert group["label"] == {"da": "Voksne med hjemløshed", "en": "Adults in homelessness"}
    assert group["source"] == ["implement-2022 Bilag 2, l. 721"]
    [first, second] = group["versions"]
    assert first["valid_from"] == "2014-01-01"
    assert second["criteria"]["all"][0] == {"age": {"from": 30}}


def test_what_is_not_there_is_refused():
    with pytest.raises(NotThereError):
        as_text(catalogue(), section="ydelser")
    with pytest.raises(NotThereError):
        as_json(catalogue(), section="groups", key="9Z")


def test_every_field_and_every_value_has_words():
    for section in SECTIONS.values():
        for name, field in shape_of(section.entry).items():
            assert name in FIELDS
            inner, mark = unwrapped(field.hint)
            if mark is None and get_origin(inner) is Literal:
                assert set(get_args(inner)) <= set(VALUES[name]), (section.name, name)
