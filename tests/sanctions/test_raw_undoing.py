"""What the database refuses of complaints and of undoing, tried past the program as its own role."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, connections, transaction

from handover.world import GKL, ONE
from helhed.coordination.handover.sanctions.models import (
    COMPLAINT_STEPS,
    OF_THE_BOARD,
    Complaint,
    ComplaintStep,
    Sanction,
    SanctionMessage,
    SanctionStep,
)
from pages.world import mandate_to
from sanctions.acted import complained, effected, only, today
from sanctions.split import brought, hand_over, this_month, yesterday

SERVICE = "bif/ydelsesservice"


def step(row: Sanction, kind: str, **more: object) -> SanctionStep:
    """A step of a sanction written past the program's verbs."""
    said = {"unit": GKL, "by": "raw", "note": "fordi", "number": 0} | more
    with transaction.atomic():
        return SanctionStep.objects.create(sanction=row, kind=kind, **said)


def answer(row: Sanction, kind: str, **more: object) -> ComplaintStep:
    """A step of its complaint, the same way."""
    said = {"unit": GKL, "by": "raw", "note": "fordi", "number": 0} | more
    with transaction.atomic():
        return ComplaintStep.objects.create(complaint=only(row), kind=kind, **said)


def checked_now() -> None:
    """What is checked when a transaction ends, checked here."""
    both = "sanctions_complaint_undoes, sanctions_complaint_has_a_step"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {both} IMMEDIATE")
        cursor.execute(f"SET CONSTRAINTS {both} DEFERRED")


def refused(act, *args: object, match: str, **said: object) -> None:
    with pytest.raises(DatabaseError, match=match):
        act(*args, **said)


def test_only_what_took_effect_is_undone(world):
    row = brought(world.eva, "heard")
    refused(step, row, "reversed", whole=True, match="cannot be reversed")
    refused(step, row, "repaid", unit=SERVICE, amount_oere=1, paid_on=today(), match="cannot be repaid")


@pytest.mark.parametrize("unit", [ONE, SERVICE, "", "sof/driftscenter-2"])
def test_only_who_holds_the_casework_undoes(world, unit):
    refused(step, effected(world.eva), "reversed", unit=unit, whole=True, match="casework|in_unit")


def test_a_reversal_says_why_and_how_much(world):
    row = effected(world.eva)
    refused(step, row, "reversed", whole=True, note=" ", match="says why")
    refused(step, row, "reversed", match="sanction_step_undoes|violates check|undone_whole")
    step(row, "reversed", whole=False)
    refused(step, row, "reversed", whole=False, match="a part of it")


@pytest.mark.parametrize("amount", [0, -1, 49_999, 50_001])
def test_all_that_was_undone_is_paid_back_and_no_more(world, amount):
    row = effected(world.eva)
    step(row, "reversed", whole=True)
    pay = {"unit": SERVICE, "by": "two", "paid_on": today()}
    refused(step, row, "repaid", amount_oere=amount, **pay, match="neither more nor less|violates check")
    step(row, "repaid", amount_oere=50_000, **pay)
    refused(step, row, "reversed", whole=True, match="all of it is undone")


@pytest.mark.parametrize("amount", [50_000, 60_000])
def test_of_a_part_less_than_all_is_paid_back(world, amount):
    row = effected(world.eva)
    step(row, "reversed", whole=False)
    pay = {"unit": SERVICE, "by": "two", "paid_on": today()}
    refused(step, row, "repaid", amount_oere=amount, **pay, match="neither more nor less")
    step(row, "repaid", amount_oere=49_999, **pay)
    row.refresh_from_db()
    assert (row.state, row.repaid_oere) == ("repaid", 49_999)


def test_neither_who_undid_nor_who_decided_pays_back(world):
    row = effected(world.eva)
    step(row, "reversed", whole=True)
    pay = {"unit": SERVICE, "amount_oere": 50_000, "paid_on": today()}
    refused(step, row, "repaid", by="raw", **pay, match="whoever undid")
    refused(step, row, "repaid", by="bente", **pay, match="whoever decided")
    refused(step, row, "repaid", **(pay | {"by": "two", "unit": GKL}), match="benefit responsibility")
    far = {"by": "two", "paid_on": today() + timedelta(days=32)}
    refused(step, row, "repaid", **(pay | far), match="within a month")


def test_nothing_is_undone_past_an_open_complaint(world):
    row = complained(world.eva)
    refused(step, row, "reversed", whole=True, match="answered, not passed by")
    refused(step, row, "reversed", whole=True, ref=uuid4(), match="does not follow")
    refused(
        step,
        row,
        "reversed",
        whole=True,
        ref=ComplaintStep.objects.get(kind="complained").pk,
        match="does not follow",
    )


@pytest.mark.parametrize(("kind", "whole"), [("agreed", False), ("partly", True)])
def test_the_reversal_is_what_was_answered(world, kind, whole):
    row = complained(world.eva)
    made = answer(row, kind, due_on=today())
    refused(step, row, "reversed", whole=whole, ref=made.pk, match="does not follow")
    step(row, "reversed", whole=not whole, ref=made.pk)
    checked_now()


@pytest.mark.parametrize("kind", ["agreed", "partly"])
def test_who_agrees_undoes_in_the_same_transaction(world, kind):
    row = complained(world.eva)
    answer(row, kind, due_on=today())
    refused(checked_now, match="undoes the sanction")


@pytest.mark.parametrize("state", ["received", "kept", "sent", "returned"])
def test_each_state_of_a_complaint_lets_only_its_own_steps_through(world, state):
    follows = {
        "received": {"kept", "partly", "agreed", "taken-back"},
        "kept": {"sent", "agreed", "taken-back"},
        "sent": {*OF_THE_BOARD, "agreed", "taken-back"},
        "returned": {"kept", "partly", "agreed", "taken-back"},
    }
    row = complained(world.eva, state)
    for kind in COMPLAINT_STEPS:
        day = today() if kind in ("complained", "sent", *OF_THE_BOARD) else None
        with transaction.atomic():
            try:
                answer(row, kind, on_day=day, due_on=today())
                went = True
            except DatabaseError:
                went = False
            transaction.set_rollback(True)
        assert went == (kind in follows[state]), kind


def test_only_who_decides_answers_and_says_why(world):
    row = complained(world.eva)
    for unit in (SERVICE, ONE):
        refused(answer, row, "kept", unit=unit, due_on=today(), match="answers a complaint")
    refused(answer, row, "kept", unit="", due_on=today(), match="answers a complaint|in_unit")
    refused(answer, row, "kept", note="", due_on=today(), match="says why")
    refused(answer, row, "kept", match="sent on by a day")
    refused(answer, row, "taken-back", note=" ", match="says why")
    hand_over(world.eva, ONE)
    refused(answer, row, "kept", due_on=today(), match="answers a complaint")


def test_the_days_follow_each_other(world):
    row = complained(world.eva, "kept")
    refused(answer, row, "sent", on_day=today() - timedelta(days=1), match="follow each other")
    refused(answer, row, "sent", on_day=today() + timedelta(days=1), match="follow each other")
    refused(answer, row, "sent", on_day=None, match="has_day")


def begun(row: Sanction, **more: object) -> None:
    said = {"received_on": today(), "told_on": today(), "last_day": today() + timedelta(days=28)}
    with transaction.atomic():
        Complaint.objects.create(sanction=row, **(said | more))


def test_a_complaint_begins_with_its_first_step_about_what_took_effect(world):
    refused(begun, brought(world.finn, "heard"), match="nothing to complain about")
    row = effected(world.eva)
    for more in ({"state": "sent"}, {"steps": 2}, {"sent_on": today()}):
        refused(begun, row, **more, match="begins as received")
    for days in (-1, 1):
        refused(begun, row, received_on=today() + timedelta(days=days), match="not after today")
    begun(row)
    refused(begun, row, match="complaint_one_open")
    refused(checked_now, match="first step")


def test_somebody_who_acts_has_a_mandate_in_force_that_reaches(world):
    good = mandate_to("karin", world.eva, "answer")
    others = mandate_to("karin", world.gry, "answer")
    narrow = mandate_to("karin", world.eva, "see", "consent")
    row = brought(world.eva, "heard")
    said = {"unit": "", "by": "karin"}
    for mandate in (others, narrow, uuid4()):
        refused(step, row, "answered", mandate=mandate, **said, match="has a mandate")
    refused(step, row, "answered", mandate=good, unit="", by="signe", match="has a mandate")
    refused(step, row, "answered", mandate=good, unit=GKL, by="karin", match="has a mandate|for_citizen")
    step(row, "answered", mandate=good, **said)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sanctions_complaint SET state = state",
        "UPDATE sanctions_complaint SET due_on = NULL",
        "UPDATE sanctions_complaint SET in_time = true",
        "UPDATE sanctions_complaintstep SET note = ''",
        "UPDATE sanctions_sanction SET complaint = ''",
        "UPDATE sanctions_sanction SET repaid_oere = 0",
        "UPDATE sanctions_sanction SET reversed_whole = NULL",
        "UPDATE sanctions_sanctionmessage SET what = what",
        "DELETE FROM sanctions_complaint",
        "DELETE FROM sanctions_complaintstep",
        "DELETE FROM sanctions_sanctionmessage",
    ],
)
def test_nothing_of_it_is_edited_or_removed(world, statement):
    complained(world.eva)
    assert SanctionMessage.objects.exists()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)


def test_a_complaint_after_four_weeks_is_written_down_as_late(world):
    """Time passes in the owner's hands, in a transaction that is undone: 40 days ago it was on the citizen's page."""
    with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        sanction, told = effected_long_ago(cursor), today() - timedelta(days=40)
        for days, in_time in ((11, False), (12, True), (13, True)):
            day = today() - timedelta(days=days)
            assert complained_by(cursor, sanction, day, told, told + timedelta(days=28)) == in_time
        transaction.set_rollback(True, using="owner")


def test_the_four_weeks_begin_when_the_letter_has_come(world):
    """No day before the letter was there, none too few or too many, and none where the letter waits to be sent."""
    wrong = ((41, 28, "reached"), (None, 28, "reached"), (40, 27, "four weeks"), (40, 36, "four weeks"))
    for told, days, match in wrong:
        with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
            sanction = effected_long_ago(cursor)
            day = told and today() - timedelta(days=told)
            last = day and day + timedelta(days=days)
            with pytest.raises(DatabaseError, match=match):
                complained_by(cursor, sanction, today(), day, last)
            transaction.set_rollback(True, using="owner")
    for printed, told in ((None, None), (30, 22)):
        with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
            sanction = effected_long_ago(cursor, "print", printed)
            day = told and today() - timedelta(days=told)
            last = day and day + timedelta(days=28)
            assert complained_by(cursor, sanction, today(), day, last)
            transaction.set_rollback(True, using="owner")


def effected_long_ago(cursor, channel: str = "portal", printed: int | None = None) -> UUID:
    """A sanction that took effect 40 days ago, and its letter: on the page, or on paper sent so many days ago, or not sent."""
    sanction = effected_by(cursor)
    ago = "effected_at - interval '40 days'"
    cursor.execute(f"UPDATE sanctions_sanction SET effected_at = {ago} WHERE id = %s", [sanction])
    cursor.execute(
        "INSERT INTO letters_letter (id, person_key, kind, step, unit, language, texts, hash, channel, written_by, written_at,"
        " printed_at, printed_by, read_by) SELECT gen_random_uuid(), s.person_key, 'sanction-effected', t.id, %s, 'da', '{}', '', %s,"
        " 'test', now() - interval '40 days', now() - %s * interval '1 day', %s, ''"
        " FROM sanctions_sanction s JOIN sanctions_sanctionstep t ON t.sanction_id = s.id AND t.kind = 'effected' WHERE s.id = %s",
        [GKL, channel, printed, "test" if printed else "", sanction],
    )
    return sanction


def complained_by(cursor, sanction: UUID, day, told, last) -> bool:
    """A complaint by a statement; answers whether it is in time."""
    cursor.execute(
        "INSERT INTO sanctions_complaint (id, sanction_id, state, received_on, told_on, last_day, steps)"
        " VALUES (%s, %s, 'received', %s, %s, %s, 0) RETURNING in_time",
        [uuid4(), sanction, day, told, last],
    )
    (in_time,) = cursor.fetchone()
    cursor.execute("DELETE FROM sanctions_complaint WHERE sanction_id = %s", [sanction])
    return in_time


def effected_by(cursor) -> UUID:
    """A sanction of a citizen nobody else knows, brought to its effect by statements alone."""
    person, sanction = uuid4(), uuid4()
    cursor.execute(
        "INSERT INTO ledger_holding (id, person_key, part, unit, since, ground, beside, recorded_by)"
        " SELECT gen_random_uuid(), %s, p, u, now() - interval '1 day', 'lov', '', 'test'"
        " FROM unnest(ARRAY['sagsbehandleransvar', 'ydelsesansvar'], ARRAY[%s, %s]) AS t (p, u)",
        [person, GKL, SERVICE],
    )
    cursor.execute(
        "INSERT INTO sanctions_sanction (id, person_key, ground, from_day, to_day, reason, assessment, state, deciding_unit,"
        " decided_by, steps, reversed_by, repaid_oere, complaint)"
        " VALUES (%s, %s, 'LAS-36', %s, %s, 'fordi', '', 'draft', '', '', 0, '', 0, '')",
        [sanction, person, yesterday(), yesterday()],
    )
    week = today() + timedelta(days=7)
    for kind, by, unit, due, amount in (
        ("drafted", "one", GKL, None, None),
        ("decided", "one", GKL, None, None),
        ("received", "two", SERVICE, None, None),
        ("calculated", "two", SERVICE, None, 100),
        ("heard", "two", SERVICE, week, None),
        ("answered", "two", SERVICE, None, None),
        ("upheld", "one", GKL, None, None),
        ("effected", "two", SERVICE, None, None),
    ):
        cursor.execute(
            "INSERT INTO sanctions_sanctionstep (id, sanction_id, number, kind, by, unit, note, due_on, month, amount_oere)"
            " VALUES (gen_random_uuid(), %s, 0, %s, %s, %s, 'fordi', %s, %s, %s)",
            [sanction, kind, by, unit, due, this_month() if amount else None, amount],
        )
    return sanction
