"""On 1 June 2022 the groups hold the stated volumes: counted by hand in the written files, after all deliveries."""

from datetime import date

import pytest

from helhed.synthetic.calibration import expected
from helhed.synthetic.city import write_city
from synthetic.delivered import delivered
from synthetic.headcount import HJEM, PROGRAMME, PSY, RUS, TRANSITION, Day, headcount

ANCHOR = date(2022, 6, 1)
STATED = {
    "2A": 4700, "2B": 861, "2C": 1279, "2D": 811, "2E": 250,
    "3A": 1150, "3B": 332, "3C": 280, "3D": 278, "3E": 315,
    "4A": 2220, "4A-BOERN": 2400, "4B": 400, "5A": 1193, "5B": 1559, "5C": 1089, "7": 1400,
    "8A": 1194, "8B": 1559, "8C": 1089, "8D": 2220, "8D-BOERN": 2400, "8E": 565, "FAELLES": 8300,
}  # fmt: skip


@pytest.fixture(scope="module")
def counted(read):
    return headcount(read, ANCHOR)


def test_the_groups_have_their_stated_sizes(counted):
    assert {group: len(counted[group]) for group in STATED} == STATED


def test_the_room_says_itself_what_to_expect(counted):
    promised = expected(60_000)
    counted = counted | {
        "1A": counted["2A"] | counted["3A"] | counted["4A"],
        "6": counted["2A"] | counted["7"] | counted["4A"],
    }
    assert {group: len(people) for group, people in counted.items()} == dict(promised)


def test_young_people_with_two_units_explain_the_55_too_many(counted):
    units = [counted[group] for group in ("3B", "3C", "3D", "3E")]
    times = [sum(person in unit for unit in units) for person in counted["3A"]]
    assert (times.count(2), times.count(0), max(times)) == (100, 45, 2)


def test_the_one_who_is_in_8a_and_not_in_5a_is_on_overgangsydelse(counted, read):
    (one,) = counted["8A"] - counted["5A"]
    assert one in Day(read, ANCHOR).any_of("benefit", TRANSITION)


def test_the_one_who_is_in_8a_and_in_neither_2b_nor_3b_is_young_and_in_a_programme(counted, read):
    (one,) = counted["8A"] - counted["2B"] - counted["3B"]
    day = Day(read, ANCHOR)
    assert one in day.aged(18, 30) & day.any_of("benefit", *PROGRAMME)


def test_adults_have_one_primary_case(counted, read):
    day = Day(read, ANCHOR)
    assert (
        not (counted["2B"] & counted["2C"])
        | (counted["2C"] & counted["2D"])
        | (counted["2B"] & counted["2D"])
    )
    assert day.primary(HJEM, RUS, PSY) >= counted["5A"] | counted["5B"] | counted["5C"]


def test_all_of_the_target_groups_are_shared(counted):
    assert counted["2A"] | counted["3A"] | counted["7"] <= counted["FAELLES-EGEN"]
    assert counted["4A"] <= counted["FAELLES-FAMILIE"]


@pytest.mark.parametrize("people", [1_000, 3_000, 12_000])
def test_a_smaller_city_holds_what_it_promises(people, tmp_path):
    counted = headcount(delivered(write_city(tmp_path, people=people, seed=7)), ANCHOR)
    promised = expected(people)
    assert {group: len(counted[group]) for group in counted} == {group: promised[group] for group in counted}


@pytest.mark.slow
def test_a_larger_city_has_the_same_shared_citizens(tmp_path):
    counted = headcount(delivered(write_city(tmp_path, people=75_000, seed=3)), ANCHOR)
    assert {group: len(counted[group]) for group in STATED} == STATED


def test_a_city_can_be_too_small(tmp_path):
    with pytest.raises(ValueError, match="at least 1000"):
        write_city(tmp_path, people=999)
