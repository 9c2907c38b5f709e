"""Counts, flows, overlaps and moves, each against sets of persons day by day."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helhed.periods import Span
from helhed.rules.spells import (
    counts_on,
    flows,
    from_columns,
    moves,
    overlap_with,
    overlaps_on,
    overlaps_over,
)
from rules.spells.calendars import Calendar, calendars, drawn

SOME_DAYS = st.lists(st.integers(-3, 28), min_size=1, max_size=8)


@settings(max_examples=300)
@given(calendars(), SOME_DAYS)
def test_counts(world: Calendar, days: list[int]):
    days = [world.first + day for day in days]
    counts = counts_on(world.spells(), days)
    for group in world.groups:
        for column, day in enumerate(days):
            values = [world.on(group, person, day) for person in world.people]
            assert counts.true[group, column] == values.count(2)
            assert counts.unknown[group, column] == values.count(1)


def test_counts_on_days_far_apart_and_on_none():
    spells = drawn(["#--", "###"]).spells()
    assert counts_on(spells, [2_000_000, 100, -2_000_000]).true.tolist() == [[1, 2, 0]]
    assert counts_on(spells, []).true.shape == (1, 0)


@settings(max_examples=300)
@given(calendars(), st.lists(st.integers(-3, 28), min_size=2, max_size=6, unique=True))
def test_flows(world: Calendar, days: list[int]):
    days = sorted(world.first + day for day in days)
    found = flows(world.spells(), days)
    for group in world.groups:
        for column, (start, stop) in enumerate(zip(days, days[1:], strict=False)):
            steps = Counter(
                (world.on(group, person, day - 1), world.on(group, person, day))
                for day in range(start, stop)
                for person in world.people
            )
            assert found.came[group, column] == steps[0, 2]
            assert found.left[group, column] == steps[2, 0]
            assert found.made_sure[group, column] == steps[1, 2]
            assert found.made_unsure[group, column] == steps[2, 1]


@settings(max_examples=300)
@given(calendars(), st.lists(st.integers(-3, 28), min_size=2, max_size=6, unique=True))
def test_flows_add_up_to_the_counts(world: Calendar, days: list[int]):
    days = sorted(world.first + day for day in days)
    spells = world.spells()
    flown = flows(spells, days)
    standing = counts_on(spells, [day - 1 for day in days]).true
    net = flown.came - flown.left + flown.made_sure - flown.made_unsure
    assert (standing[:, 1:] - standing[:, :-1]).tolist() == net.tolist()


def test_flow_days_must_rise():
    with pytest.raises(ValueError, match="rise"):
        flows(drawn(["#"]).spells(), [5, 5])


@settings(max_examples=300)
@given(calendars(), st.integers(-2, 26))
def test_overlaps_on_a_day(world: Calendar, day: int):
    day += world.first
    spells = world.spells()
    found = overlaps_on(spells, day)
    inside = [world.certain(group, day) for group in world.groups]
    assert found.tolist() == [[len(a & b) for b in inside] for a in inside]
    with_last = overlap_with(from_columns(["L"], *_last_group(spells), people=spells.people), spells, day)
    assert with_last.tolist() == [len(inside[-1] & other) for other in inside]


def _last_group(spells):
    rows = spells.group == len(spells.keys) - 1
    return (spells.group[rows] * 0, *(column[rows] for column in spells[2:6]))


@settings(max_examples=300)
@given(calendars(), st.data())
def test_overlaps_over_time(world: Calendar, data):
    a, b = data.draw(st.sampled_from(world.groups)), data.draw(st.sampled_from(world.groups))
    days = [world.first + day for day in data.draw(SOME_DAYS)]
    found = overlaps_over(world.spells(), a, b, days)
    assert found.tolist() == [len(world.certain(a, day) & world.certain(b, day)) for day in days]


@settings(max_examples=400)
@given(calendars(), st.integers(-2, 26), st.integers(1, 20), st.integers(0, 6))
def test_moves(world: Calendar, start: int, length: int, within: int):
    span = Span(world.first + start, world.first + start + length)
    found = moves(world.spells(), span, within)
    for a in world.groups:
        for b in world.groups:
            assert found[a, b] == sum(
                _moved(world, a, b, person, day, within)
                for person in world.people
                for day in range(span.start, span.stop)
            )


def _moved(world: Calendar, a: int, b: int, person: int, day: int, within: int) -> bool:
    left = world.on(a, person, day - 1) == 2 and world.on(a, person, day) == 0
    new = world.on(b, person, day - 1) == 0
    came = any(
        world.on(b, person, later - 1) == 0
        and world.on(b, person, later) == 2
        and world.on(a, person, later) != 2
        for later in range(day, day + within + 1)
    )
    return left and new and came


def test_a_move_is_on_the_day_or_soon_after():
    world = drawn(["###-----"], ["---##-##"], ["-----###"])
    assert moves(world.spells(), Span(100, 108)).tolist() == [[0, 1, 0], [0, 0, 1], [0, 0, 0]]
    assert moves(world.spells(), Span(100, 108), 2).tolist() == [[0, 1, 1], [0, 0, 1], [0, 0, 0]]
    assert moves(world.spells(), Span(104, 108)).tolist() == [[0, 0, 0], [0, 0, 1], [0, 0, 0]]
    with pytest.raises(ValueError, match="0 or more"):
        moves(world.spells(), Span(100, 108), -1)


def test_who_stood_in_both_does_not_move_by_leaving_one():
    world = drawn(["###---"], ["-#####"])
    assert moves(world.spells(), Span(100, 106)).sum() == 0


def test_who_comes_back_has_not_moved():
    world = drawn(["###--##"], ["-----##"])
    assert moves(world.spells(), Span(100, 107), 5).sum() == 0


def test_nobody_moves_where_nobody_is():
    nothing = from_columns(["A", "B"], [], [], [], [], [], people=3)
    assert moves(nothing, Span(0, 9)).tolist() == [[0, 0], [0, 0]]
    assert overlaps_on(nothing, 1).tolist() == [[0, 0], [0, 0]]
    assert overlaps_over(nothing, 0, 1, [1, 2]).tolist() == [0, 0]
    assert flows(nothing, [1, 2]).came.tolist() == [[0], [0]]
