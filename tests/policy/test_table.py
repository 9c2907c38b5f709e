"""The page's table is the rules' own answers."""

from helhed.accounts.roles import ROLES
from helhed.sharing.policy import ALL_PURPOSES, INFORMATION, decide
from helhed.sharing.policy.table import SITUATIONS, _question, columns, level, table


def test_every_cell_is_what_the_rules_answer():
    for row in table():
        for purpose in row.purposes:
            decision = decide(_question(row.role, purpose, row.situation))
            for pair in columns():
                assert level(row, pair) == decision.verdict(*pair).level


def test_what_is_left_out_is_closed_or_said_already():
    """Nothing is open for a role and purpose that the table does not show."""
    told = {(row.role, purpose, pair) for row in table() for purpose in row.purposes for pair in row.cells}
    for role in ROLES:
        for purpose in ALL_PURPOSES:
            for situation in SITUATIONS:
                decision = decide(_question(role, purpose, situation))
                opened = {pair for pair in INFORMATION if decision.verdict(*pair).level != "none"}
                assert {(role, purpose, pair) for pair in opened} <= told


def test_consent_embargo_and_pause_stand_side_by_side():
    """A reader sees that the same consent opens nothing when the identity is not reviewed or the log not anchored."""
    rows = {row.situation: row for row in table() if row.role == "caseworker"}
    across = ("service", "sof")
    assert level(rows["own-unit-consent"], across) == "full"
    assert all(
        level(rows[each], across) == "none" for each in ("own-unit", "own-unit-embargoed", "own-unit-paused")
    )
    assert level(rows["own-unit-low"], across) == "exists"
