"""The catalogue as the other rooms read it."""

from datetime import date

import pytest

from helhed.law import NotThereError, about, catalogue
from helhed.law.of_group import general_pros_and_cons
from helhed.periods import day_of


def day(text: str) -> int:
    return day_of(date.fromisoformat(text))


def keys(branches) -> set[str]:
    return {branch.unit.key for branch in branches} | {
        key for branch in branches for key in keys(branch.below)
    }


def branch(branches, key):
    for each in branches:
        found = each if each.unit.key == key else branch(each.below, key)
        if found:
            return found
    return None


def test_a_section_on_a_day():
    before, after = (catalogue().benefits.on(day(text)) for text in ("2025-06-30", "2025-07-01"))
    assert "overgangsydelse" in before
    assert "overgangsydelse" not in after
    assert "kontanthjaelp" in before and "kontanthjaelp" in after


def test_section_85_a_begins_with_the_homelessness_reform():
    services = catalogue().services
    assert "SEL-85-a" not in services.on(day("2023-09-30"))
    assert "SEL-85-a" in services.on(day("2023-10-01"))


def test_successors_to_the_end_and_back():
    law = catalogue()
    adults = law.units.successors("sof/borgercenter-voksne")
    assert [unit.key for unit in adults] == [
        *("sof/driftscenter-1", "sof/driftscenter-2", "sof/driftscenter-3", "sof/driftscenter-6/oevrige")
    ]
    became = law.benefits.predecessors("kontanthjaelp/aktivitetsparat")
    assert [benefit.key for benefit in became] == [
        *("uddannelseshjaelp/aktivitetsparat", "overgangsydelse/aktivitetsparat")
    ]


def test_the_organisation_is_a_tree_of_the_day():
    units = catalogue().units
    before, after = units.tree(day("2022-06-01")), units.tree(day("2026-11-01"))
    sof = branch(before, "sof")
    assert branch(before, "br") and branch(before, "sud") and sof
    assert branch(sof.below, "sof/borgercenter-voksne/hjemloeseenheden")
    assert branch(branch(before, "biu").below, "bif/ydelsesservice")
    assert not branch(before, "sof/driftscenter-1")
    assert not branch(after, "sof/borgercenter-voksne")
    assert branch(branch(after, "sof/driftscenter-4").below, "sof/driftscenter-4/boern")
    assert keys(after) == set(units.on(day("2026-11-01")))


def test_labels_by_section_and_by_kind():
    law = catalogue()
    assert law.label("benefit", "kontanthjaelp/aktivitetsparat") == "Kontanthjælp (aktivitetsparat)"
    assert law.label("benefits", "sygedagpenge", "en") == "Sickness benefit"
    assert law.label("unit", "sof/borgercenter-voksne/hjemloeseenheden") == "Hjemløseenheden"
    assert law.label("group", "7", "en").startswith("A joint entrance")
    assert law.label("kind", "service") == "Sociale indsatser"


@pytest.mark.parametrize(
    ("section", "key", "sentence"),
    [
        ("ydelse", "x", "Ukendt afsnit »ydelse«."),
        ("benefit", "kontanthjelp", "Mente du »kontanthjaelp«?"),
        ("unit", "sof/borgercenter-handikap", "Mente du »sof/borgercenter-handicap«?"),
    ],
)
def test_what_is_not_there_is_said_with_the_nearest(section, key, sentence):
    with pytest.raises(NotThereError) as refused:
        catalogue().label(section, key)
    assert sentence in refused.value.message.da
    assert isinstance(refused.value, LookupError)


def test_the_vocabulary_is_what_the_criteria_may_name():
    vocabulary = catalogue().vocabulary()
    assert vocabulary.kinds == {
        *("benefit", "service", "social_case", "employment_case", "offer", "child_case"),
        *("plan", "consent", "assessment", "cpr_status"),
    }
    assert vocabulary.codes_of("social_case") == {"primaer", "supplerende"}
    assert vocabulary.successors["child_case"]["SEL-52/anbringelse"] == ("BL-46", "BL-47")
    assert vocabulary.unit_successors["sof/enheden-for-sociale-ydelser"] == ("bif/ydelsesservice",)
    assert "SEL-141" not in vocabulary.codes_of("service")


def test_groups_stand_in_the_order_they_are_shown():
    shown = [group.key for group in catalogue().groups_in_order()]
    assert shown[:3] == ["1A", "2A", "2B"]
    assert shown.index("8E") < shown.index("FAELLES") < shown.index("KORT-1") < shown.index("HOI-SKAL")
    assert shown[-2:] == ["HIST-2008", "HIST-2013"]
    assert len(shown) == len(catalogue().groups()) == 39


def test_all_that_is_said_of_a_group():
    said = about(catalogue(), "5A")
    assert (said.stated.value, said.stated.precision) == (1193, "estimated")
    assert {flaw.key for flaw in said.inconsistencies} >= {"IC02", "IC10", "IC11", "IC12"}
    assert {criterion.type for criterion in said.stated_criteria} == {
        *("age", "benefit", "unit", "service", "assessment", "consent")
    }
    assert {change.key for change in said.law_changes} == {"LC01", "LC02", "LC03"}
    assert {each.direction for each in said.pros_and_cons} == {"pro", "con"}
    assert general_pros_and_cons(catalogue(), "5A")[0].of == ("RESSORTFLYT",)
    assert general_pros_and_cons(catalogue(), "KORT-1") == ()


def test_a_size_printed_under_another_model_is_derived():
    stated = about(catalogue(), "5B").stated
    assert (stated.value, stated.precision, stated.as_of_day) == (1559, "derived", day("2022-06-01"))
    assert about(catalogue(), "1A").stated is None


def test_changes_are_half_open_and_in_order():
    law = catalogue()
    found = law.changes(day("2025-01-01"), day("2025-07-02"))
    assert [change.day for change in found] == sorted(change.day for change in found)
    said = {(change.what, change.section, change.key) for change in found}
    assert ("ends", "units", "sof/borgercenter-handicap") in said
    assert ("begins", "units", "sof/driftscenter-6") in said
    assert ("reorganisation", "organisation_changes", "O2") in said
    assert ("ends", "benefits", "uddannelseshjaelp") in said
    assert ("version", "groups", "3A") in said
    assert ("law_change", "law_changes", "LC03") in said
    assert not law.changes(day("2025-07-01"), day("2025-07-01"))
    to_the_day = law.changes(day("2025-06-30"), day("2025-07-01"))
    assert "uddannelseshjaelp" not in {change.key for change in to_the_day}


def test_what_closes_to_new_cases_goes_on():
    law = catalogue()
    closed = [
        change.key for change in law.changes(day("2026-02-01"), day("2026-02-02")) if change.what == "closes"
    ]
    assert "ressourceforloebsydelse/ressourceforloeb" in closed
    assert "ressourceforloebsydelse/ressourceforloeb" in law.benefits.on(day("2026-11-01"))


def test_an_ending_says_what_took_over():
    [ending] = [
        change
        for change in catalogue().changes(day("2025-07-01"), day("2025-07-02"))
        if (change.what, change.key) == ("ends", "uddannelseshjaelp/aktivitetsparat")
    ]
    assert ending.successors == ("kontanthjaelp/aktivitetsparat",)


def test_the_catalogue_cannot_be_changed():
    law = catalogue()
    with pytest.raises(AttributeError):
        law.hash = ""
    with pytest.raises(AttributeError):
        law.benefits["kontanthjaelp"].key = "x"
    with pytest.raises(TypeError):
        law.benefits.entries["x"] = law.benefits["kontanthjaelp"]
