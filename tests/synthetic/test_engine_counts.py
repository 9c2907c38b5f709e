"""The catalogue's groups, evaluated by the fast engine on the written files, hold what the city promises."""

from datetime import date

import pytest

from helhed.law import catalogue
from helhed.synthetic.calibration import expected
from synthetic.engine_counts import HISTORICAL, counts, memberships, standing
from synthetic.headcount import headcount

ANCHOR = date(2022, 6, 1)
CLOSING = {"KORT-5"}
CHANGED_IN_LAW = {"KORT-2", "KORT-4", "KORT-6"}
"""Groups whose words changed on 1 July 2025 so that their size does too."""


@pytest.fixture(scope="module")
def found(read):
    return memberships(read)


def test_the_groups_hold_what_is_promised_on_the_anchor_day(found):
    certain, _ = counts(found, ANCHOR)
    promised = expected(60_000)
    assert {group: certain[group] for group in promised} == dict(promised)


@pytest.mark.parametrize("day", [ANCHOR, date(2019, 3, 1), date(2023, 9, 30)])
def test_the_engine_and_the_headcount_name_the_same_people(found, read, day):
    by_hand = headcount(read, day)
    certain = standing(found, day, "true")
    pairs = zip(certain["group"].to_pylist(), certain["person"].to_pylist(), strict=True)
    by_engine = {group: set() for group in by_hand}
    for group, person in pairs:
        if group in by_engine:
            by_engine[group].add(str(person))
    assert by_engine == by_hand


@pytest.mark.parametrize("group", ["2A", "2B", "3A", "4A", "5A", "7", "8A", "FAELLES"])
def test_the_unknown_are_seen(found, group):
    assert counts(found, ANCHOR)[1][group] >= 10


@pytest.mark.parametrize("day", [date(2018, 6, 1), date(2020, 6, 1), date(2024, 6, 1), date(2026, 11, 1)])
def test_sizes_stay_of_the_same_order(found, day):
    """Within a quarter of the anchor day, but for closing groups and those whose words have changed."""
    anchor, then = counts(found, ANCHOR)[0], counts(found, day)[0]
    apart = CLOSING | set(HISTORICAL) | (CHANGED_IN_LAW if day > date(2025, 7, 1) else set())
    for group in set(catalogue().groups()) - apart:
        assert anchor[group] * 0.75 <= then[group] <= anchor[group] * 1.25, group
