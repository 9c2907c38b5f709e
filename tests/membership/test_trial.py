"""A criterion tried on everyone says what counting it says; what is prepared follows the countings."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from helhed.membership import prepared as shelf
from helhed.membership.definitions import book
from helhed.membership.prepared import prepared
from helhed.membership.trial import try_out
from helhed.periods import Span, day_of
from helhed.rules.reading import read_criterion
from membership.nights import BENEFIT, VAGUE, count

DAY = date(2025, 3, 1)


@pytest.fixture
def town(nights):
    """Anna and Bo with the benefit, Bo for a month; Dorte perhaps; Anna with a case at Driftscenter 1."""
    rows = [(0, BENEFIT, date(2024, 1, 1), None), (1, BENEFIT, date(2025, 2, 10), date(2025, 3, 9))]
    count(nights.benefits(DAY, [*rows, (2, VAGUE, date(2024, 1, 1), None)]))
    count(nights.cases(DAY, [(0, "Driftscenter 1", date(2024, 6, 1))]))
    return nights


def tried(text, **changed):
    law = book()
    criterion = read_criterion(text, "draft", law.vocabulary(), law.groups())
    day = day_of(DAY)
    asked = {
        "on": day,
        "base": "KORT-4",
        "curve": [day - 40, day],
        "window": Span(day - 100, day + 31),
        "began": day - 200,
        "grace": None,
    }
    return try_out(criterion, **(asked | changed))


def test_a_draft_that_is_its_base_moves_nobody(town):
    found = tried("group: KORT-4")
    assert (found.size, found.unknown, found.base_size, found.staying) == (2, 1, 2, 2)
    assert found.curve == found.base_curve == [1, 2]
    assert found.people == 4 and found.overlaps["KORT-4"] == (2, 2)


def test_who_comes_in_and_who_falls_out(town):
    found = tried("all: [{benefit: [kontanthjaelp]}, {social_case: {}}]")
    assert (found.size, found.base_size, found.staying) == (1, 2, 1)
    assert found.units == {"sof/driftscenter-1": 1}


def test_hand_backs_name_the_part_that_fell_away(town):
    found = tried("all: [{age: {from: 18}}, {benefit: [kontanthjaelp/aktivitetsparat]}]")
    assert (found.replay.handed_over, found.replay.handed_back) == (1, 1)
    assert found.replay.by_cause == {"1": 1}


def test_it_is_prepared_once_for_a_counting_and_anew_after_it(town):
    first = prepared()
    assert prepared() is first
    count(town.benefits(DAY, [(0, BENEFIT, DAY, None)]))
    assert prepared() is not first
    assert len(tried("group: KORT-4").curve) == 2


def test_whoever_asks_while_it_is_made_gets_the_one_before(town, monkeypatch):
    """No thread waits for another's preparing where there is something to answer with."""
    first = prepared()
    count(town.benefits(DAY, [(0, BENEFIT, DAY, None)]))
    assert shelf._shelf.making.acquire(blocking=False)
    try:
        assert prepared() is first
    finally:
        shelf._shelf.making.release()
    assert prepared() is not first


def test_several_threads_try_at_once(town):
    """They share what is prepared; each day is remembered once."""
    first = prepared()
    days = [day_of(DAY) - n for n in range(30)] * 4

    def sizes(day):
        return first.standing(day).sizes.tolist()

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(sizes, days))
    assert found[:30] == found[30:60] == found[60:90] == [sizes(day) for day in days[:30]]
