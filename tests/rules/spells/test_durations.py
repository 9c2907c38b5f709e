"""How long people stay, against the product limit written out in whole fractions."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helhed.periods import Span
from helhed.rules.spells import durations, from_columns
from rules.spells.calendars import Calendar, calendars, drawn


def stays_of(world: Calendar, group: int):
    """(start, last certain day, value before, value after) of each run of certain days."""
    for person in world.people:
        for day in range(world.first, world.last + 1):
            if world.on(group, person, day) == 2 and world.on(group, person, day - 1) != 2:
                last = day
                while last < world.last + 900 and world.on(group, person, last + 1) == 2:
                    last += 1
                after = world.on(group, person, last + 1)
                yield day, last, world.on(group, person, day - 1), after


def naive(world: Calendar, group: int, window: Span, known_from: int | None):
    """Ended, running, unknown starts, and the share of stays longer than n days for n = 0, 1, …"""
    ended = running = unknown = 0
    at_risk: dict[int, int] = {}
    over: dict[int, int] = {}
    for start, last, before, after in stays_of(world, group):
        if last < window.start or start >= window.stop:
            continue
        if before == 1 or (known_from is not None and start <= known_from):
            unknown += 1
            continue
        ends = last + 1 < window.stop and after == 0
        ended, running = ended + ends, running + (not ends)
        for day in range(max(start, window.start), min(last + 1, window.stop)):
            # whether the stay is over with this day is seen on the next
            is_last = day == min(last, window.stop - 1)
            if is_last and not ends:
                continue
            at_risk[day - start + 1] = at_risk.get(day - start + 1, 0) + 1
            over[day - start + 1] = over.get(day - start + 1, 0) + is_last
    shares = [Fraction(1)]
    while at_risk.get(len(shares)):
        n = len(shares)
        if over[n] == at_risk[n] and any(later > n for later in at_risk):
            break
        shares.append(shares[-1] * (1 - Fraction(over[n], at_risk[n])))
    return ended, running, unknown, shares


@settings(max_examples=500)
@given(calendars(people=6), st.integers(-2, 20), st.integers(1, 30), st.none() | st.integers(-2, 10))
def test_durations_are_the_product_limit(world: Calendar, start: int, length: int, known: int | None):
    window = Span(world.first + start, world.first + start + length)
    known_from = None if known is None else world.first + known
    for group, found in enumerate(durations(world.spells(), window, known_from)):
        ended, running, unknown, shares = naive(world, group, window, known_from)
        assert (found.ended, found.running, found.start_unknown) == (ended, running, unknown)
        for quarter, days in zip((3, 2, 1), found.quartiles, strict=True):
            reached = [n for n, share in enumerate(shares) if share <= Fraction(quarter, 4)]
            assert days == (reached[0] if reached else None)
        assert found.still_in == ((0.0, 0.0, 0.0) if shares[-1] == 0 else (None, None, None))


def test_long_stays_are_followed_for_years():
    """Of four stays one ends after 100 days, one after 400; two run on beyond two years."""
    start = [0, 0, 0, 0]
    end = [100, 400, 800, 2**31 - 1]
    spells = from_columns(["A"], [0] * 4, range(4), [2] * 4, start, end, people=4)
    found = durations(spells, Span(-10, 790))[0]
    assert (found.ended, found.running) == (2, 2)
    assert found.still_in == (0.75, 0.75, 0.5)
    assert found.quartiles == (100, 400, None)


def test_a_stay_running_when_the_window_opens_counts_from_the_day_it_has_reached():
    """Four stays of five days and one of twenty in the window, and three long ones from before it: counted from their
    first day, the long ones would be half of those who stay more than five days."""
    rows = [(900, 905), (910, 915), (920, 925), (930, 935), (940, 960), (0, 950), (10, 951), (20, 952)]
    start, end = zip(*rows, strict=True)
    spells = from_columns(["A"], [0] * 8, range(8), [2] * 8, start, end, people=8)
    found = durations(spells, Span(899, 1200))[0]
    assert found.ended == 8
    assert found.quartiles == (5, 5, 5)


def test_where_nobody_was_seen_on_a_day_of_stay_the_curve_ends():
    """All were in when the window opened, and nobody came: of their first days nothing is known."""
    found = durations(drawn(["######--"]).spells(), Span(103, 108))[0]
    assert (found.ended, found.quartiles, found.still_in) == (1, (None,) * 3, (None,) * 3)


def test_one_who_leaves_at_once_does_not_speak_for_those_who_stayed_longer():
    found = durations(drawn(["#####-----", "-----#----"]).spells(), Span(103, 110))[0]
    assert (found.ended, found.quartiles) == (2, (None,) * 3)


def test_unknown_days_neither_end_a_stay_nor_begin_one():
    found = durations(drawn(["-##?--", "?##---", "-##---"]).spells(), Span(100, 106))[0]
    assert (found.ended, found.running, found.start_unknown) == (1, 1, 1)


def test_a_window_needs_an_end():
    with pytest.raises(ValueError, match="window needs an end"):
        durations(drawn(["#"]).spells(), Span(100))
