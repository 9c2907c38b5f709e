"""The replay of a model against a clerk who walks every day of every person."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helhed.periods import Duration, Span
from helhed.rules.spells import Replay, replay
from rules.spells.calendars import Calendar, calendars, drawn

GRACES = (
    st.none()
    | st.builds(Duration, st.integers(1, 12), st.just("D"))
    | st.sampled_from([Duration(1, "W"), Duration(1, "M"), Duration(1, "Y")])
)


def clerk(world: Calendar, group: int, window: Span, grace, parts=None, began=None) -> Replay:
    """The rules, one day after another."""
    seen: Counter[str] = Counter()
    causes: Counter[str] = Counter()
    began = window.start if began is None else began
    for person in world.people:
        here = been_back = False
        out_since = last_certain = None
        for day in range(began, window.stop):
            value, told = world.on(group, person, day), []
            if value == 2:
                if not here:
                    told.append("standing" if day == began else "again" if been_back else "over")
                here, out_since, last_certain = True, None, day
                told.append("days")
            elif here and value == 1:
                told.append("unsure")
            elif here:
                out_since = day if out_since is None else out_since
                if day < (grace.after(out_since) if grace else out_since):
                    told.append("over_stay")
                else:
                    here, been_back = False, True
                    told.append("back")
            if day == window.start and here and not {"again", "over", "standing"} & set(told):
                told.append("standing")
            if day >= window.start:
                seen.update(told)
                if parts and "back" in told:
                    causes[_cause(parts, person, last_certain, out_since)] += 1
    return Replay(
        seen["days"], seen["standing"], seen["over"], seen["back"], seen["again"], dict(causes),
        seen["over_stay"], seen["unsure"],
    )  # fmt: skip


def _cause(parts: Calendar, person: int, last: int, gone: int) -> str:
    lapsed = [
        part
        for part in parts.groups
        if parts.on(part, person, last) == 2 and parts.on(part, person, gone) == 0
    ]
    return f"G{lapsed[0]}" if len(lapsed) == 1 else "flere" if lapsed else "andet"


@settings(max_examples=500)
@given(calendars(days=40), st.integers(-3, 12), st.integers(1, 60), GRACES, st.integers(0, 20))
def test_the_replay_is_the_clerks(world: Calendar, start: int, length: int, grace, warming: int):
    window = Span(world.first + start, world.first + start + length)
    began = window.start - warming
    spells = world.spells()
    for group in world.groups:
        assert replay(spells, group, window, grace, began=began) == clerk(
            world, group, window, grace, began=began
        )


@settings(max_examples=300)
@given(calendars(people=4, first=st.just(50)), calendars(people=4, first=st.just(50)), GRACES)
def test_causes_are_the_parts_that_lapsed(world: Calendar, parts: Calendar, grace: Duration | None):
    few = min(len(world.people), len(parts.people))
    world, parts = (Calendar(50, tuple(g[:few] for g in one.values)) for one in (world, parts))
    window = Span(50, 50 + 40)
    found = replay(world.spells(), 0, window, grace, parts.spells())
    assert found == clerk(world, 0, window, grace, parts)
    assert sum(found.by_cause.values()) == found.handed_back


@settings(max_examples=200)
@given(calendars(days=40), st.integers(1, 12), st.integers(1, 12))
def test_a_longer_grace_never_hands_more_people_back(world: Calendar, one: int, more: int):
    window = Span(world.first, world.last + 20)
    shorter = replay(world.spells(), 0, window, Duration(one, "D"))
    longer = replay(world.spells(), 0, window, Duration(one + more, "D"))
    assert longer.handed_back <= shorter.handed_back
    assert longer.handed_over_again <= shorter.handed_over_again
    assert longer.person_days == shorter.person_days


def of(text: str, grace: str | None = None, window=None) -> Replay:
    window = window or Span(100, 100 + len(text))
    return replay(drawn([text]).spells(), 0, window, Duration.parse(grace) if grace else None)


def test_a_person_who_drifts_in_and_out():
    found = of("-##-#--###---")
    assert (found.standing, found.handed_over, found.handed_back, found.handed_over_again) == (0, 1, 3, 2)
    assert (found.person_days, found.days_over_stay) == (6, 0)


def test_a_grace_bridges_what_is_not_longer_than_it():
    assert of("-##-#--###---", "P1D")[2:5] == (1, 2, 1)
    assert of("-##-#--###---", "P2D")[2:5] == (1, 1, 0)
    assert of("-##-#--###---", "P3D")[2:5] == (1, 0, 0), "the last grace is not over when the window ends"
    assert of("-##-#--###---", "P2D").days_over_stay == 1 + 2 + 2


def test_who_stands_in_it_from_the_start_is_not_handed_over():
    found = of("####--##-", window=Span(102, 109))
    assert (found.standing, found.handed_over, found.handed_back, found.handed_over_again) == (1, 0, 2, 1)
    assert found.person_days == 4


def test_the_model_begins_with_the_window_so_what_was_before_leaves_nothing_behind():
    assert of("###--##", "P3D", Span(104, 107))[1:5] == (0, 1, 0, 0)


def test_a_model_that_began_earlier_hands_back_those_whose_grace_runs_out_in_the_window():
    spells = drawn(["##-------"]).spells()
    assert replay(spells, 0, Span(103, 109), Duration(3, "D"), began=100)[1:5] == (1, 0, 1, 0)
    assert replay(spells, 0, Span(105, 109), Duration(3, "D"), began=100)[1:5] == (0, 0, 1, 0)
    assert replay(spells, 0, Span(106, 109), Duration(3, "D"), began=100)[1:5] == (0, 0, 0, 0)
    assert replay(spells, 0, Span(103, 109), Duration(3, "D"), began=100).days_over_stay == 2


def test_a_model_does_not_begin_after_its_window():
    with pytest.raises(ValueError, match="begins before its window"):
        replay(drawn(["#"]).spells(), 0, Span(0, 9), began=1)


def test_unknown_days_move_nobody():
    assert of("?##?##??--", window=Span(100, 110))[1:5] == (0, 1, 1, 0)
    assert of("##????")[1:5] == (1, 0, 0, 0)
    assert of("##????").days_unsure == 4
    assert of("##-??-##", "P2D")[3:5] == (1, 1), (
        "the grace runs out on an unknown day: back on the next false one"
    )
    assert of("##-??##", "P2D")[3:5] == (0, 0)


def test_an_open_spell_is_handed_over_and_never_back():
    assert of("--##", window=Span(100, 900))[1:5] == (0, 1, 0, 0)
    assert of("--##", window=Span(100, 900)).person_days == 798


def test_rates_are_per_100_years_in_the_group():
    found = Replay(36525, 0, 3, 2, 1, {}, 0, 0)
    assert (found.over_per_100_person_years, found.back_per_100_person_years) == (4.0, 2.0)
    assert (found.again_per_100_person_years, found.over_stay) == (1.0, 0.0)
    assert Replay(0, 0, 0, 0, 0, {}, 0, 0).back_per_100_person_years is None


def test_a_grace_in_months_follows_the_calendar():
    """Out on 31 January 1970: a month is over on 28 February, on which the person is back: not handed back."""
    world = drawn(["#" * 30 + "-" * 28 + "#" * 3], first=0)
    assert replay(world.spells(), 0, Span(0, 61), Duration(1, "M")).handed_back == 0
    assert replay(world.spells(), 0, Span(0, 61), Duration(27, "D")).handed_back == 1


def test_a_window_needs_an_end():
    with pytest.raises(ValueError, match="window with an end"):
        replay(drawn(["#"]).spells(), 0, Span(0))
