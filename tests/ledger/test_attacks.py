"""What the database refuses, tried by raw SQL: as the program's own role, and as the owner of the tables."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, connections, transaction

from helhed.audit.actions import SYSTEM
from helhed.sharing.ledger import actions, standing
from helhed.sharing.ledger.models import Holding
from ledger.made_up import employed, opened

CENTRE = "sof/driftscenter-1"
FIRST = """
INSERT INTO ledger_holding (id, person_key, part, unit, since, ground, beside, recorded_by)
VALUES (gen_random_uuid(), %(person)s, {part}, 'sof', {since}, 'lov', '', 'x')
"""
NEXT = """
INSERT INTO ledger_holding (id, person_key, part, unit, since, previous_until, ground, beside, recorded_by)
SELECT gen_random_uuid(), person_key, part, 'sof', {since}, {previous}, {ground}, '', 'x' FROM ledger_holding
WHERE id = %(id)s
"""
END = "UPDATE ledger_holding SET until = {} WHERE id = %(id)s; "
NOW = "transaction_timestamp()"
AS_IT_ENDED = NEXT.format(since=NOW, previous=NOW, ground="'lov'")
TWO_HOLDERS = {
    "a second first row": FIRST.format(part="'sagsbehandleransvar'", since="now() - interval '1 day'"),
    "a row after one that has not ended": NEXT.format(since=NOW, previous=NOW, ground="'lov'"),
    "an overlap": END.format(NOW)
    + NEXT.format(since=f"{NOW} - interval '1 hour'", previous=NOW, ground="'lov'"),
    "two that follow one": END.format(NOW) + AS_IT_ENDED + ";" + AS_IT_ENDED,
    "a row that begins where none ended": END.format(NOW)
    + AS_IT_ENDED
    + ";"
    + NEXT.format(
        since=f"{NOW} - interval '2 hours'", previous=f"{NOW} - interval '2 hours'", ground="'lov'"
    ),
}
A_GAP = {
    "an end that nobody follows": END.format(NOW),
    "a pause in between": END.format(NOW)
    + NEXT.format(since=f"{NOW} + interval '1 microsecond'", previous=NOW, ground="'lov'"),
    "an end before now": END.format(f"{NOW} - interval '1 second'") + AS_IT_ENDED,
    "an end that has not come": END.format("clock_timestamp() + interval '1 day'"),
    "a beginning that has not come": FIRST.format(part="'x'", since="clock_timestamp() + interval '1 day'"),
}
EDITED = {
    "another unit": "UPDATE ledger_holding SET unit = 'sof' WHERE id = %(id)s",
    "another beginning": "UPDATE ledger_holding SET since = since - interval '1 day' WHERE id = %(id)s",
    "another ground": "UPDATE ledger_holding SET ground = 'ressortflyt' WHERE id = %(id)s",
    "another citizen": "UPDATE ledger_holding SET person_key = gen_random_uuid() WHERE id = %(id)s",
    "opened again": "UPDATE ledger_holding SET until = NULL WHERE id = %(ended)s",
    "ended again": "UPDATE ledger_holding SET until = transaction_timestamp() WHERE id = %(ended)s",
    "removed": "DELETE FROM ledger_holding WHERE id = %(id)s",
    "removed after it ended": "DELETE FROM ledger_holding WHERE id = %(ended)s",
}
UNKNOWN = {
    "a part there is not": FIRST.format(part="'alt'", since="now() - interval '1 day'"),
    "a ground there is not": END.format(NOW) + NEXT.format(since=NOW, previous=NOW, ground="'fordi'"),
    "a move without what it rests on": END.format(NOW)
    + NEXT.format(since=NOW, previous=NOW, ground="'omorganisering'"),
}


@pytest.fixture
def ids(db) -> dict:
    """A citizen with a row that is open, and one that has ended."""
    person = opened()
    part = {"beskaeftigelsesindsats": CENTRE}
    actions.move(by=SYSTEM, person=person, to=part, ground="omorganisering", ref=uuid4())
    employed()
    ended = Holding.objects.get(person_key=person, until__isnull=False)
    return {"person": person, "id": standing.holders(person)["sagsbehandleransvar"].id, "ended": ended.pk}


def tried(sql, ids, alias="default"):
    """The statements, as they would end."""
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute(sql, ids)
        cursor.execute("SET CONSTRAINTS holding_is_followed IMMEDIATE")


@pytest.mark.parametrize("attack", [*TWO_HOLDERS, *A_GAP, *EDITED, *UNKNOWN])
def test_the_database_refuses(ids, attack):
    with pytest.raises(DatabaseError):
        tried((TWO_HOLDERS | A_GAP | EDITED | UNKNOWN)[attack], ids)
    assert len(standing.holders(ids["person"])) == 4


def test_what_is_refused_is_refused_for_what_it_is(ids):
    """The same statements without what is wrong with them go through."""
    tried(END.format(NOW) + AS_IT_ENDED, ids)
    assert standing.holders(ids["person"])["sagsbehandleransvar"].unit == "sof"


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.parametrize("attack", EDITED)
def test_the_owner_of_the_tables_is_refused_too(attack):
    row = FIRST.format(part="'ydelsesansvar'", since="now() - interval '1 day'")
    with connections["owner"].cursor() as cursor, transaction.atomic(using="owner"):
        cursor.execute(row + " RETURNING id", {"person": uuid4()})
        mine = {"id": cursor.fetchone()[0]}
        cursor.execute(END.format(NOW), mine)
        cursor.execute(AS_IT_ENDED + " RETURNING id", mine)
        mine = {"id": cursor.fetchone()[0], "ended": mine["id"]}
        with pytest.raises(DatabaseError), transaction.atomic(using="owner"):
            cursor.execute(EDITED[attack], mine)
        transaction.set_rollback(True, using="owner")


@pytest.mark.parametrize(
    "attack",
    [
        "INSERT INTO ledger_worker (person_key, part, unit, username) VALUES (%(person)s, 'sagsbehandleransvar', 'sof', 'x')",
        "UPDATE ledger_worker SET username = 'kim'",
        "UPDATE ledger_worker SET unit = 'sof'",
        "DELETE FROM ledger_worker",
        "UPDATE ledger_offer SET unit = 'bif'",
        "UPDATE ledger_offer SET opened_at = now()",
        "DELETE FROM ledger_offer",
        "TRUNCATE ledger_holding CASCADE",
    ],
)
def test_workers_and_offers_end_and_change_in_no_other_way(ids, attack):
    actions.take_on(by=SYSTEM, person=ids["person"], part="sagsbehandleransvar", username="bente")
    actions.offer(by=SYSTEM, person=ids["person"], unit=CENTRE, ref=ids["id"])
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack, ids)


def test_what_has_ended_stays_so(ids):
    actions.offer(by=SYSTEM, person=ids["person"], unit=CENTRE, ref=ids["id"])
    actions.close_offer(by=SYSTEM, ref=ids["id"])
    actions.take_on(by=SYSTEM, person=ids["person"], part="sagsbehandleransvar", username="bente")
    actions.let_go(by=SYSTEM, person=ids["person"], part="sagsbehandleransvar", username="bente")
    for again in (
        "UPDATE ledger_offer SET closed_at = NULL",
        "UPDATE ledger_offer SET closed_at = now()",
        "UPDATE ledger_worker SET until = NULL",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(again)
