"""The changes are those of the catalogue: nobody types in again what happened on the first of January 2025."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

from helhed.coordination.handover.reorganisation.changes import both_sides, changes_on, days
from helhed.law import catalogue
from helhed.periods import day_of

NEW_YEAR_2025 = date(2025, 1, 1)
ONE, TWO = "sof/driftscenter-1", "sof/driftscenter-2"


def test_the_first_of_january_2025_is_what_the_sources_say():
    """O2: SOF's centres give way to the six operations centres. O3: the Unit for Social Benefits goes to BIF."""
    changes = {change.old: change for change in changes_on(NEW_YEAR_2025)}
    assert len(changes) == 13
    assert changes["sof/borgercenter-voksne/hjemloeseenheden"].successors == ("sof/driftscenter-1",)
    assert changes["sof/borgercenter-voksne/hjemloeseenheden"].kind == "renamed"
    moved = changes["sof/enheden-for-sociale-ydelser"]
    assert (moved.kind, moved.successors) == ("moved", ("bif/ydelsesservice",))
    divided = changes["sof/borgercenter-voksne"]
    assert (divided.kind, divided.several, divided.otherwise) == ("split", True, "sof/driftscenter-6/oevrige")
    assert both_sides(tuple(changes.values()))
    told = {c.key for c in catalogue().organisation_changes.values() if c.effective == day_of(NEW_YEAR_2025)}
    assert told == {"O2", "O3"}


def test_what_takes_over_is_there_and_does_not_give_way_itself():
    for day in days():
        for change in changes_on(day):
            for unit in change.successors:
                assert catalogue().units[unit].valid_on(day_of(day))
                assert unit not in {other.old for other in changes_on(day)}


def test_units_gave_way_on_two_days_and_on_no_other():
    assert days() == (NEW_YEAR_2025, date(2024, 1, 1))
    assert changes_on(date(2025, 1, 2)) == ()
    assert not both_sides(changes_on(date(2024, 1, 1)))


def test_units_that_become_one_are_merged(monkeypatch):
    units, day = catalogue().units, day_of(date(2030, 1, 1))
    merged = [replace(units[key], valid_to=day, successors=("sof/driftscenter-5",)) for key in (ONE, TWO)]
    book = SimpleNamespace(units={unit.key: unit for unit in merged})
    monkeypatch.setattr("helhed.coordination.handover.reorganisation.changes.catalogue", lambda: book)
    assert [change.kind for change in changes_on(date(2030, 1, 1))] == ["merged", "merged"]
