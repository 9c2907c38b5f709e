"""On 1 June 2022 the groups hold exactly what the sources state, computed by the rules from the delivered facts."""

from datetime import date

import pytest

from helhed.audit.actions import SYSTEM
from helhed.insight import mapping

ANCHOR = date(2022, 6, 1)
TODAY = date(2026, 11, 1)
STATED = {
    "2A": 4700, "2B": 861, "2C": 1279, "2D": 811, "2E": 250,
    "3A": 1150, "3B": 332, "3C": 280, "3D": 278, "3E": 315,
    "4A": 2220, "4B": 400, "5A": 1193, "5B": 1559, "5C": 1089,
    "7": 1400, "8A": 1194, "8B": 1559, "8C": 1089, "8D": 2220, "8E": 565,
}  # fmt: skip


@pytest.fixture
def rows(city):
    overview = mapping.overview(on=ANCHOR, by=SYSTEM, language="da")
    return {row.key: row for row in overview.rows}


def test_every_model_has_its_stated_size(rows):
    assert {key: rows[key].size.value for key in STATED} == STATED


def test_the_young_of_3b_to_3e_sum_to_more_than_3a(rows):
    assert sum(rows[key].size.value for key in ("3B", "3C", "3D", "3E")) == 1205


def test_families_have_their_children(rows):
    assert rows["4A"].children.value == rows["8D"].children.value == 2400


def test_model_6_is_a_sum_of_groups_and_persons_counted_once(rows):
    assert "8.320" in rows["6"].derivation and rows["6"].agrees == "rounded"
    assert 7500 < rows["6"].size.value < 8300


def test_8d_stands_beside_the_rounded_figure_of_the_source(rows):
    assert rows["8D"].stated[0].value == 2200 and rows["8D"].agrees == "rounded"


def test_every_computed_model_agrees_with_the_source(rows):
    assert {row.agrees for row in rows.values() if row.family == "model" and row.stated} == {
        "equal",
        "rounded",
    }


def test_unknown_is_counted_for_itself(rows):
    assert rows["2A"].unknown.value > 0 and rows["6"].unknown.value > 0


def test_about_8300_are_shared(city):
    overview = mapping.overview(on=ANCHOR, by=SYSTEM, language="da")
    assert 8000 <= overview.shared.value <= 8600 and 55_000 < overview.people.value < 65_000


def test_the_same_models_are_computed_under_todays_law(city):
    then = {r.key: r for r in mapping.overview(on=ANCHOR, by=SYSTEM, language="da").rows}
    now = {r.key: r for r in mapping.overview(on=TODAY, by=SYSTEM, language="da").rows}
    for key, stated in STATED.items():
        assert now[key].version_from == date(2025, 7, 1) and then[key].version_from < ANCHOR
        assert 0.6 * stated < now[key].size.value < 1.4 * stated
        assert now[key].agrees == "another-day"


def test_the_reform_moves_nobody_out_of_3a(city):
    """The young on uddannelseshjælp become young on kontanthjælp on 1 July 2025; their group goes on. (Those on
    kontanthjælp before, with an education, come in: the age alone says the young part now.)"""
    before, after = (
        mapping.overview(on=day, by=SYSTEM, language="da") for day in (date(2025, 6, 30), date(2025, 7, 1))
    )
    sizes = [next(r.size.value for r in o.rows if r.key == "3A") for o in (before, after)]
    assert abs(sizes[0] - sizes[1]) < 0.1 * sizes[0]
