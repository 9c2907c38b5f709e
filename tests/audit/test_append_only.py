"""The log can be appended to and read by the running program, and nothing else."""

import pytest
from django.db import ProgrammingError, connection, transaction

from helhed.audit.actions import SYSTEM, note
from helhed.audit.appending import together
from helhed.audit.models import Event

pytestmark = pytest.mark.django_db


def test_a_note_is_one_line():
    event = note(by=SYSTEM, action="look", object="x", fields={"service", "benefit"})
    assert Event.objects.get().fields == ["benefit", "service"] and event.outcome == "allowed"


def test_many_lines_are_appended_in_one_statement_each_as_it_would_be_alone(django_assert_num_queries):
    alone = note(by=SYSTEM, action="list", object="0", fields={"identity"})
    with django_assert_num_queries(1), together():
        lines = [note(by=SYSTEM, action="list", object=str(n), fields={"identity"}) for n in range(1, 50)]
    kept = list(Event.objects.order_by("pk"))
    assert kept == [alone, *lines] and [line.object for line in kept] == [str(n) for n in range(50)]
    like = [(line.xid, line.fields, line.actor) for line in kept]
    assert len(set(map(str, like))) == 1 and len({line.salt for line in kept}) == 50


def test_what_goes_wrong_among_many_lines_undoes_them_all():
    with pytest.raises(ZeroDivisionError), transaction.atomic(), together():
        note(by=SYSTEM, action="list")
        raise ZeroDivisionError
    note(by=SYSTEM, action="after")
    assert list(Event.objects.values_list("action", flat=True)) == ["after"]


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_event SET actor='x'", "DELETE FROM audit_event", "TRUNCATE audit_event"]
)
def test_the_program_cannot_bend_the_log(statement):
    note(by=SYSTEM, action="look")
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(statement)


TABLES = ("audit_event", "audit_leaf", "audit_tile", "audit_head", "audit_anchor")


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("act", ["UPDATE {} SET {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_not_even_the_owner_bends_it_by_accident(owner, table, act):
    note(by=SYSTEM, action="look")
    column = {"audit_event": "actor = 'x'", "audit_anchor": "size = 1"}.get(table, "hash = ''")
    column = "size = 1" if table == "audit_head" else column
    with (
        pytest.raises(ProgrammingError, match="only appended to|cannot be altered"),
        connection.cursor() as cursor,
    ):
        cursor.execute(act.format(table, column))
