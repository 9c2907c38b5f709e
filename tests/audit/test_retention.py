"""At the end of retention the personal values go, and only they; the tree still holds, and says so."""

from datetime import UTC, date, datetime

import pytest
from django.db import ProgrammingError, connection, transaction

from audit.log_world import Staff, with_every_right, write, write_and_seal
from helhed.audit import proofs
from helhed.audit.actions import SYSTEM
from helhed.audit.keys import signing_key
from helhed.audit.models import Event
from helhed.audit.retention import CannotErase, read_keeping, retain
from helhed.audit.sealing import seal
from helhed.audit.verifying import verify

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
TODAY = date(2026, 11, 22)
OLD, YOUNG = datetime(2024, 11, 21, 12, tzinfo=UTC), datetime(2024, 11, 23, 12, tzinfo=UTC)


def line(at: datetime, purpose: str = "sagsbehandling") -> int:
    return Event.objects.create(
        at=at, actor="bente", actor_role="caseworker", actor_unit="bif", action="look",
        person_key="00000000-0000-0000-0000-000000000001", object="page", purpose=purpose, outcome="allowed",
    ).pk  # fmt: skip


def retain_now(keeping: str = "P2Y") -> int:
    return retain(by=SYSTEM, today=TODAY, keeping=read_keeping(keeping), using="default")


def findings() -> list[str]:
    return [f.kind for p in verify([], signing_key("log").public_key()) for f in p.findings]


def test_old_lines_lose_what_is_personal_and_the_tree_holds(owner):
    old, young = line(OLD), line(YOUNG)
    seal()
    assert retain_now() == 1
    erased, kept = Event.objects.get(pk=old), Event.objects.get(pk=young)
    assert (erased.actor, erased.actor_unit, erased.person_key, erased.object) == ("", "", None, "")
    assert erased.salt is None and erased.decision is None and erased.request_id == ""
    assert (erased.action, erased.purpose, erased.at) == ("look", "sagsbehandling", OLD)
    assert kept.actor == "bente" and kept.salt
    said = Event.objects.get(action="retain")
    assert said.object.startswith("1 lines") and said.actor == "system"
    seal()
    assert findings() == [] and retain_now() == 0
    proof = proofs.of_event(old)
    assert proof["personal"] == [] and bytes.fromhex(proof["digest"]) == bytes(erased.remains)


def test_each_purpose_has_its_time(owner):
    line(OLD), line(OLD, "tilsyn"), line(YOUNG, "koordinering")
    seal()
    assert retain_now("P2Y,tilsyn=P5Y,koordinering=P1Y") == 2
    assert Event.objects.get(purpose="tilsyn").actor == "bente"


def test_lines_that_are_not_sealed_stop_it(owner):
    line(OLD)
    seal()
    line(OLD)
    with pytest.raises(CannotErase, match="1 lines"), transaction.atomic():
        retain_now()
    assert Event.objects.filter(remains__isnull=False).count() == 0


@pytest.mark.parametrize(
    "changed", ["action = 'why'", "at = now()", "fields = '{}'", "outcome = 'denied'", "salt = NULL"]
)
def test_the_database_lets_nothing_else_be_altered(owner, changed):
    line(OLD)
    seal()
    with pytest.raises(ProgrammingError, match="cannot be altered"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE audit_event SET {changed}")


def test_the_database_lets_no_young_line_be_erased(owner):
    write_and_seal(1)
    erase = (
        "UPDATE audit_event SET actor = '', actor_unit = '', person_key = NULL, object = '', decision = NULL,"
        " mandate = NULL, request_id = '', salt = NULL, remains = 'x'"
    )
    with (
        pytest.raises(ProgrammingError, match="cannot be altered"),
        transaction.atomic(),
        connection.cursor() as c,
    ):
        c.execute(erase)
    with_every_right("UPDATE audit_event SET at = now() - interval '7 months'")
    with connection.cursor() as cursor:
        cursor.execute(erase)
    assert findings() == ["changed", "erased"]


def test_erasing_that_the_log_does_not_tell_of_is_found(owner):
    number = line(OLD)
    seal()
    retain_now()
    with_every_right("DELETE FROM audit_event WHERE action = 'retain'")
    assert findings() == ["erased"] and Event.objects.get(pk=number).actor == ""


def test_an_erased_line_cannot_be_altered_unseen(owner):
    number = line(OLD)
    seal()
    retain_now()
    with_every_right("UPDATE audit_event SET action = 'why' WHERE id = %s", [number])
    assert findings() == ["changed"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("P2", "no duration"),
        ("P2M", "six months"),
        ("tilsyn=P5Y", "no time of their own"),
        ("", "no duration"),
    ],
)
def test_times_that_cannot_be_are_refused(text, words):
    with pytest.raises(ValueError, match=words):
        read_keeping(text)


def test_the_running_program_erases_nothing():
    write(1)
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET salt = NULL")
    assert Staff("x").role == "caseworker"
