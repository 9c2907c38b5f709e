"""What the database holds by itself, tried with raw SQL as the role of the running program."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, connections, transaction

from helhed.register import questions
from helhed.register.models import Delivery, DeliveryFile, Fact, Identifier, SourceTable, Term
from register.sent import ANNA, BO

pytestmark = pytest.mark.django_db

FACT = (
    "INSERT INTO register_fact (person_id, term_id, unit_id, true_from, true_to, amount_oere, known_from, known_to, "
    "table_id, source_key, file_id, line) VALUES (%(person)s, %(term)s, %(unit)s, %(true_from)s, %(true_to)s, "
    "%(amount)s, %(known_from)s, %(known_to)s, %(table)s, %(key)s, %(file)s, 2)"
)


def run(statement: str, params=()) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, params)


@pytest.fixture
def fact(bif):
    """What a fact that fits is made of."""
    known = Fact.objects.get(source_key="Y1")
    return {
        "person": known.person_id,
        "term": known.term_id,
        "unit": None,
        "true_from": "2020-01-01",
        "true_to": "2020-02-01",
        "amount": 1,
        "known_from": "2022-01-01",
        "known_to": None,
        "table": known.table_id,
        "key": "Z1",
        "file": known.file_id,
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"true_to": "2020-01-01"},
        {"amount": -1},
        {"known_to": "2022-01-01"},
        {"key": ""},
        {"key": "Y1"},
        {"person": 0},
        {"term": 0},
        {"unit": 0},
        {"table": 0},
        {"file": 0},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_fact_that_cannot_be(fact, wrong):
    run(FACT, fact)
    with pytest.raises(IntegrityError):
        run(FACT, fact | {"key": "Z2"} | wrong)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE register_fact SET true_to = '2030-01-01'",
        "UPDATE register_fact SET person_id = 1",
        "UPDATE register_identifier SET value = '6101801112'",
        "UPDATE register_delivery SET by = 'x'",
        "UPDATE register_deliveryfile SET sha256 = ''",
        "DELETE FROM register_fact",
        "DELETE FROM register_person",
        "DELETE FROM register_delivery",
        "DELETE FROM register_rejectedrow",
        "TRUNCATE register_fact",
    ],
)
def test_the_program_cannot_rewrite_or_remove(bif, statement):
    with pytest.raises(ProgrammingError, match="permission denied"):
        run(statement)


def test_closed_knowledge_stays_as_it_was(bif):
    run("UPDATE register_fact SET known_to = now() + interval '1 day' WHERE source_key = 'Y1'")
    with pytest.raises(IntegrityError, match="stays as it was"):
        run("UPDATE register_fact SET known_to = NULL WHERE source_key = 'Y1'")


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.parametrize("table", ["person", "term", "unit", "deliveryfile", "sourcetable"])
def test_not_even_the_owner_removes_what_facts_refer_to(table):
    with pytest.raises(IntegrityError, match="not removed"), transaction.atomic("owner"):
        connections["owner"].cursor().execute(f"DELETE FROM register_{table}")


def test_a_number_belongs_to_one_person_at_a_time(bif):
    bo = questions.find(BO)[0].id
    insert = (
        "INSERT INTO register_identifier (person_id, kind, value, valid_from, valid_to, known_from) "
        "VALUES (%s, %s, %s, %s, %s, now())"
    )
    with pytest.raises(IntegrityError, match="one_person_a_time"):
        run(insert, [bo, "erstatning", ANNA, "2030-01-01", None])
    run(insert, [bo, "other", "A-1", None, "2020-01-01"])
    run(insert, [bo, "other", "A-1", "2020-01-01", None])
    with pytest.raises(IntegrityError, match="other_one_person"):
        run(insert, [bo, "other", "A-1", "2021-01-01", None])
    with pytest.raises(IntegrityError, match="does not exist"):
        run(insert, [0, "erstatning", "6101801112", None, None])
    for kind, value in (("cpr", "123"), ("pas", "1")):
        with pytest.raises(IntegrityError):
            run(insert, [bo, kind, value, None, None])
    assert Identifier.objects.filter(kind="other").count() == 2


def test_the_counts_of_a_file_add_up(bif):
    file = DeliveryFile.objects.first()
    for change in ("rejected = rejected + 1", "read = read + 1", "new = -1, read = -1", "closed = -1"):
        with pytest.raises(IntegrityError):
            run(f"UPDATE register_deliveryfile SET {change} WHERE id = %s", [file.pk])
    with pytest.raises(IntegrityError, match="only_full_closes"):
        run("UPDATE register_deliveryfile SET mode = 'delta', closed = 1 WHERE id = %s", [file.pk])


def test_a_source_has_one_delivery_running_and_says_why_it_stopped(bif):
    Delivery.objects.create(source=bif.source, status="running", by="x")
    for status in ("running", "held", "refused", "failed", "received", "lost"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Delivery.objects.create(source=bif.source, status=status, by="x")


def test_codes_and_tables_stand_once(bif):
    term, table = Term.objects.first(), SourceTable.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Term.objects.create(kind=term.kind, code=term.code)
    with pytest.raises(IntegrityError), transaction.atomic():
        SourceTable.objects.create(source=table.source, name=table.name, gives="fact")
