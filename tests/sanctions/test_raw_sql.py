"""What the database refuses of a sanction, tried past the program as its own role."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from handover.world import GKL, ONE
from helhed.coordination.handover.sanctions.models import STEPS, Sanction
from sanctions.split import brought, hand_over, this_month, yesterday

SERVICE = "bif/ydelsesservice"
INSERT = """
INSERT INTO sanctions_sanctionstep (id, sanction_id, number, kind, by, unit, note, due_on, month, amount_oere, benefit_oere)
VALUES (gen_random_uuid(), %(sanction)s, 0, %(kind)s, %(by)s, %(unit)s, %(note)s, %(due_on)s, %(month)s, %(amount)s, %(benefit)s)
"""
NOTHING = {
    "by": "raw",
    "unit": "",
    "note": "fordi",
    "due_on": None,
    "month": None,
    "amount": None,
    "benefit": None,
}


def take(sanction, kind: str, **more: object) -> None:
    """A step written past the program."""
    run(INSERT, NOTHING | {"sanction": sanction.pk, "kind": kind} | more)


def run(query: str, params: object = None) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query, params)


def refused(act, *args: object, match: str = "", **said: object) -> None:
    with pytest.raises(DatabaseError, match=match or None):
        act(*args, **said)


def test_the_old_holder_decides_nothing_after_the_hand_over(world):
    row = brought(world.eva, "draft")
    hand_over(world.eva, ONE)
    refused(take, row, "decided", unit=GKL, match="only who holds the casework")
    take(row, "decided", unit=ONE)


@pytest.mark.parametrize("unit", [GKL, ONE, "", "sof/driftscenter-2"])
def test_only_who_holds_the_benefit_carries_out(world, unit):
    row = brought(world.eva, "decided")
    refused(take, row, "received", unit=unit)


def test_whoever_decided_carries_nothing_out(world):
    row = brought(world.eva, "decided")
    refused(take, row, "received", unit=SERVICE, by="bente", match="whoever decided")


@pytest.mark.parametrize("state", ["draft", "decided", "received", "calculated", "heard"])
def test_each_state_lets_only_its_own_steps_through(world, state):
    """Every kind of step, with all it could need, from every state: what is not in the order is refused."""
    follows = {
        "draft": {"revised", "decided", "withdrawn"},
        "decided": {"received", "withdrawn"},
        "received": {"calculated", "withdrawn"},
        "calculated": {"calculated", "heard", "withdrawn"},
        "heard": {"answered", "annulled"},
    }
    row = brought(world.eva, state)
    service = ("received", "calculated", "heard", "effected")
    for kind in STEPS:
        more = {"unit": SERVICE if kind in service else GKL}
        if kind == "calculated":
            more |= {"month": this_month(), "amount": 1, "benefit": 1}
        if kind == "heard":
            more |= {"due_on": timezone.localdate() + timedelta(days=9)}
        with transaction.atomic():
            try:
                take(row, kind, **more)
                went = True
            except DatabaseError:
                went = False
            transaction.set_rollback(True)
        assert went == (kind in follows[state]), kind


def test_no_money_above_the_known_benefit_below_zero_or_before_the_event(world):
    row = brought(world.eva, "received")
    said = {"unit": SERVICE, "month": this_month(), "amount": 100, "benefit": 100}
    refused(take, row, "calculated", **(said | {"amount": 101}), match="sanction_within_benefit")
    refused(take, row, "calculated", **(said | {"amount": -1}), match="violates check")
    refused(take, row, "calculated", **(said | {"amount": None}))
    refused(take, row, "calculated", **(said | {"month": this_month().replace(day=2)}), match="month")
    refused(take, row, "calculated", **(said | {"month": this_month().replace(year=2020)}), match="month")
    take(row, "calculated", **said)


def test_a_hearing_gives_time_and_a_reason_is_given(world):
    row = brought(world.eva, "calculated")
    refused(take, row, "heard", unit=SERVICE, due_on=None, match="time to answer")
    refused(take, row, "heard", unit=SERVICE, due_on=timezone.localdate(), match="time to answer")
    refused(take, row, "withdrawn", unit=GKL, note=" ", match="says why")
    refused(take, row, "withdrawn", unit=GKL, by="", match="somebody")


def test_nothing_takes_effect_unheard(world):
    row = brought(world.eva, "heard")
    refused(take, row, "effected", unit=SERVICE, match="was heard")
    take(row, "answered")
    refused(take, row, "effected", unit=SERVICE, match="was heard")
    take(row, "upheld", unit=GKL)
    refused(take, row, "upheld", unit=GKL, match="no answer")
    take(row, "effected", unit=SERVICE)
    refused(take, row, "annulled", unit=GKL, match="cannot be")


def test_an_answer_is_written_down_only_where_the_sanction_is_worked_with(world):
    row = brought(world.eva, "heard")
    refused(take, row, "answered", unit=ONE, match="works with")
    take(row, "answered", unit=SERVICE)


@pytest.mark.parametrize(
    "column",
    [
        "state",
        "due_on",
        "deciding_unit",
        "decided_by",
        "amount_oere",
        "month",
        "hearing_due",
        "steps",
        "person_key",
    ],
)
def test_a_sanction_is_changed_by_its_steps_only(world, column):
    row = brought(world.eva, "decided")
    refused(
        run,
        f"UPDATE sanctions_sanction SET {column} = {column} WHERE id = %s",
        [row.pk],
        match="permission denied",
    )


EDITS = {
    "reason": "noget andet",
    "assessment": "noget andet",
    "ground": "LAS-37",
    "from_day": yesterday() - timedelta(days=1),
    "to_day": yesterday() + timedelta(days=1),
}


@pytest.mark.parametrize("column", EDITS)
def test_an_edited_decision_is_refused(world, column):
    row = brought(world.eva, "draft")
    edit = f"UPDATE sanctions_sanction SET {column} = %s WHERE id = %s"
    with transaction.atomic():
        run(edit, [EDITS[column], row.pk])
        transaction.set_rollback(True)
    take(row, "decided", unit=GKL)
    refused(run, edit, [EDITS[column], row.pk], match="stays as it was decided")


@pytest.mark.parametrize(
    "statement", ["UPDATE sanctions_sanctionstep SET note = ''", "DELETE FROM sanctions_sanctionstep"]
)
def test_a_step_is_never_altered_or_removed(world, statement):
    brought(world.eva, "decided")
    refused(run, statement, match="permission denied")


def test_a_sanction_is_never_removed(world):
    brought(world.eva, "draft")
    refused(run, "DELETE FROM sanctions_sanction", match="permission denied")


def test_a_sanction_begins_as_a_draft_with_its_first_step(world):
    said = {"ground": "LAS-36", "from_day": yesterday(), "to_day": yesterday(), "reason": "fordi"}
    with pytest.raises(DatabaseError, match="begins as a draft"), transaction.atomic():
        Sanction.objects.create(person_key=world.eva, state="decided", **said)
    with pytest.raises(DatabaseError, match="first step"), transaction.atomic():
        Sanction.objects.create(person_key=world.eva, **said)
        run("SET CONSTRAINTS sanctions_has_a_step IMMEDIATE")


def test_a_citizen_without_a_ledger_has_no_sanction(world):
    with pytest.raises(DatabaseError, match="casework"), transaction.atomic():
        said = {"ground": "LAS-36", "from_day": yesterday(), "to_day": yesterday(), "reason": "fordi"}
        row = Sanction.objects.create(person_key=uuid4(), **said)
        take(row, "drafted", unit=GKL)


def test_silence_past_the_deadline_lets_it_take_effect(world):
    """Time passes in the owner's hands, in a transaction that is undone; not even the owner deducts a day too early."""
    today = timezone.localdate()
    with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        person, sanction = uuid4(), uuid4()
        cursor.execute(
            "INSERT INTO ledger_holding (id, person_key, part, unit, since, ground, beside, recorded_by)"
            " SELECT gen_random_uuid(), %s, p, u, now() - interval '1 day', 'lov', '', 'test'"
            " FROM unnest(ARRAY['sagsbehandleransvar', 'ydelsesansvar'], ARRAY[%s, %s]) AS t (p, u)",
            [person, GKL, SERVICE],
        )
        cursor.execute(
            "INSERT INTO sanctions_sanction (id, person_key, ground, from_day, to_day, reason, assessment, state,"
            " deciding_unit, decided_by, steps, reversed_by, repaid_oere, complaint)"
            " VALUES (%s, %s, 'LAS-36', %s, %s, 'fordi', '', 'draft', '', '', 0, '', 0, '')",
            [sanction, person, yesterday(), yesterday()],
        )
        money = {"month": this_month(), "amount": 1, "benefit": 1}
        for kind, more in (
            ("drafted", {"unit": GKL}),
            ("decided", {"unit": GKL}),
            ("received", {"unit": SERVICE, "by": "two"}),
            ("calculated", {"unit": SERVICE, "by": "two", **money}),
            ("heard", {"unit": SERVICE, "by": "two", "due_on": today + timedelta(days=7)}),
        ):
            cursor.execute(INSERT, NOTHING | {"sanction": sanction, "kind": kind} | more)
        last = NOTHING | {"sanction": sanction, "kind": "effected", "unit": SERVICE, "by": "two"}
        due = "UPDATE sanctions_sanction SET hearing_due = %s WHERE id = %s"
        cursor.execute(due, [today, sanction])
        with pytest.raises(DatabaseError, match="was heard"), transaction.atomic("owner"):
            cursor.execute(INSERT, last)
        cursor.execute(due, [today - timedelta(days=1), sanction])
        cursor.execute(INSERT, last)
        cursor.execute("SELECT state FROM sanctions_sanction WHERE id = %s", [sanction])
        assert cursor.fetchone() == ("effected",)
        transaction.set_rollback(True, using="owner")
