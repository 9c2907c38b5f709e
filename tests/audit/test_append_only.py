"""The log can be appended to and read by the running program, and nothing else."""

import pytest
from django.db import ProgrammingError, connection

from helhed.audit.actions import SYSTEM, note
from helhed.audit.models import Event

pytestmark = pytest.mark.django_db


def test_a_note_is_one_line():
    event = note(by=SYSTEM, action="look", object="x", fields={"service", "benefit"})
    assert Event.objects.get().fields == ["benefit", "service"] and event.outcome == "allowed"


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_event SET actor='x'", "DELETE FROM audit_event", "TRUNCATE audit_event"]
)
def test_the_program_cannot_bend_the_log(statement):
    note(by=SYSTEM, action="look")
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(statement)
