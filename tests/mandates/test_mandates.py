"""Mandates: the code, who it binds, what it reaches, when it ends, and every rule broken with bare SQL."""

import stat
import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from helhed.accounts.models import User
from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event
from helhed.sharing.mandates import actions, standing
from helhed.sharing.mandates.codes import SIGNS, hash_of, new_code
from helhed.sharing.mandates.models import STATES, Attempt, Mandate
from helhed.sharing.refusal import Refused

PDF = b"%PDF-1.7 a paper"
WISH = {"holder_name": "Karin Holm", "kind": "relative", "scope": ("see", "log")}
pytestmark = pytest.mark.django_db


def citizen() -> User:
    return User(username="bo", name="Bo", role="citizen", person_key=uuid.uuid4())


def helper(username: str = "karin") -> User:
    return User(username=username, name="Karin Holm", role="representative")


def worker(username: str = "soeren") -> User:
    return User(username=username, role="caseworker", administration="sof", unit="sof/driftscenter-1")


def offered(who: User, days: float = 30, **more) -> tuple[uuid.UUID, str]:
    now = timezone.now()
    wish = {**WISH, "valid_from": now, "valid_to": now + timedelta(days=days), "language": "da", **more}
    return actions.offer(by=who, person=who.person_key, **wish)


def on_paper(who: User, by: User, file: bytes = PDF) -> tuple[uuid.UUID, str]:
    until = timezone.now() + timedelta(days=30)
    return actions.record_on_paper(
        by=by, person=who.person_key, valid_to=until, file=file, name="a.pdf", **WISH
    )


def test_a_code_is_eighty_bits_without_look_alikes():
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500 and len(SIGNS) ** 16 == 2**80
    assert not set("".join(codes)) & set("01OI")
    assert all([len(part) for part in code.split("-")] == [4, 4, 4, 4] for code in codes)


def test_a_code_is_the_same_however_it_is_typed():
    assert hash_of("ABCD-EFGH-2345-6789") == hash_of(" abcd efgh23456789 ")


def test_the_code_is_kept_nowhere(settings):
    number, code = offered(citizen())
    row = Mandate.objects.get(pk=number)
    bare = code.replace("-", "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(m)::text FROM mandates_mandate m WHERE id = %s", [number])
        assert bare not in cursor.fetchone()[0].replace("-", "")
    assert not Event.objects.filter(object__contains=code).exists()
    before = row.code_hash
    settings.SECRET_KEY = "another-secret-key-entirely-for-this-test"
    assert hash_of(code) != before, "the hash is keyed"


def test_the_code_binds_the_log_in_that_takes_it():
    who, karin = citizen(), helper()
    number, code = offered(who)
    assert standing.active(number, "karin", "see") is None, "offered opens nothing"
    assert actions.accept(by=karin, code=code.lower()) == number
    held = standing.active(number, "karin", "see")
    assert (held.person_key, held.holder, held.scope) == (who.person_key, "karin", ("see", "log"))
    assert standing.active(number, "karin", "consent") is None, "not within its scope"
    assert standing.active(number, "kim", "see") is None, "another's"
    assert [one.id for one in standing.of_holder("karin")] == [number]
    with pytest.raises(Refused):
        actions.accept(by=helper("anden"), code=code)


def test_too_many_wrong_codes_make_one_wait():
    _number, code = offered(citizen())
    for _ in range(actions.MOST_ATTEMPTS):
        with pytest.raises(Refused, match="passer ikke"):
            actions.accept(by=helper(), code=new_code())
    with pytest.raises(Refused, match="Vent en time"):
        actions.accept(by=helper(), code=code)
    assert Attempt.objects.count() == actions.MOST_ATTEMPTS
    grounds = Event.objects.filter(action="mandate-code").values_list("ground", "outcome")
    assert set(grounds) == {("no-such-code", "denied"), ("throttled", "denied")}
    assert actions.accept(by=helper("anden"), code=code), "another log-in does not wait"


def test_nobody_acts_for_oneself():
    who = citizen()
    _number, code = offered(who)
    with pytest.raises(Refused):
        actions.accept(by=who, code=code)


def test_taken_back_at_once():
    who = citizen()
    number, code = offered(who)
    actions.accept(by=helper(), code=code)
    actions.revoke(by=who, mandate=number)
    assert standing.active(number, "karin", "see") is None
    with pytest.raises(Refused):
        actions.revoke(by=who, mandate=number)


def test_it_ends_by_itself_and_is_then_written_as_ended():
    who = citizen()
    number, code = offered(who, days=1 / 24 / 3600 * 0.3)
    actions.accept(by=helper(), code=code)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.4)")
    assert standing.active(number, "karin", "see") is None, "before anybody has written it"
    assert actions.expire(by=SYSTEM) == 1
    assert Mandate.objects.get(pk=number).state == "expired"
    assert actions.expire(by=SYSTEM) == 0


def test_a_mandate_for_later_opens_nothing_yet():
    who = citizen()
    begin = timezone.now() + timedelta(days=1)
    number, code = offered(who, valid_from=begin, valid_to=begin + timedelta(days=1))
    actions.accept(by=helper(), code=code)
    assert standing.active(number, "karin", "see") is None


def test_paper_takes_two_persons(settings):
    who = citizen()
    number, code = on_paper(who, worker())
    with pytest.raises(Refused):
        actions.accept(by=helper(), code=code)
    with pytest.raises(Refused):
        actions.confirm(by=worker(), mandate=number, agrees=True)
    actions.confirm(by=worker("lene"), mandate=number, agrees=True)
    with pytest.raises(Refused):
        actions.confirm(by=worker("lene"), mandate=number, agrees=True)
    assert actions.accept(by=helper(), code=code) == number
    row = Mandate.objects.get(pk=number)
    file = settings.DATA_FOLDER / "scans" / row.evidence_file
    assert file.read_bytes() == PDF
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert "a.pdf" not in file.name


def test_paper_nobody_confirmed_is_refused_for_good():
    number, code = on_paper(citizen(), worker())
    actions.confirm(by=worker("lene"), mandate=number, agrees=False, reason="Underskriften mangler")
    assert Mandate.objects.get(pk=number).state == "refused"
    assert Event.objects.filter(object__contains="Underskriften mangler").exists()
    with pytest.raises(Refused):
        actions.accept(by=helper(), code=code)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "ven"},
        {"scope": ()},
        {"scope": ("see", "alt")},
        {"holder_name": "  "},
        {"valid_to": timezone.now() - timedelta(days=1)},
    ],
)
def test_what_cannot_be_given_is_refused(wrong):
    with pytest.raises(Refused):
        offered(citizen(), **wrong)


FOLLOWS = {"offered": {"revoked", "refused", "deceased"}, "active": {"revoked", "deceased"}}


@pytest.mark.parametrize("before", ["offered", "active", "revoked"])
@pytest.mark.parametrize("after", [state for state in STATES if state != "offered"])
def test_only_the_listed_steps_can_be_taken(before, after):
    """With bare SQL. Taking it asks for a holder, expiry for its day."""
    who = citizen()
    number, code = offered(who)
    if before == "active":
        actions.accept(by=helper(), code=code)
    if before == "revoked":
        actions.revoke(by=who, mandate=number)
    statement = "UPDATE mandates_mandate SET state = %s WHERE id = %s"
    if after in FOLLOWS.get(before, ()):
        changed(statement, after, number)
    else:
        with pytest.raises(IntegrityError):
            changed(statement, after, number)


NEW = {
    "person_key": str(uuid.uuid4()),
    "holder": "kim",
    "holder_name": "Kim",
    "kind": "representative",
    "scope": ["consent"],
    "valid_from": "2020-01-01",
    "valid_to": "2050-01-01",
    "method": "portal",
    "code_hash": "0",
    "evidence_hash": "0",
    "evidence_file": "0",
    "recorded_by": "kim",
    "recorded_unit": "bif",
    "confirmed_by": "kim",
    "offered_by": "kim",
    "offered_at": "2020-01-01",
    "confirmed_at": "2020-01-01",
    "accepted_at": "2020-01-01",
    "ended_at": "2020-01-01",
    "ended_by": "kim",
}


@pytest.mark.parametrize("column", sorted(NEW))
def test_what_it_says_does_not_change(column):
    number, code = offered(citizen())
    actions.accept(by=helper(), code=code)
    with pytest.raises((IntegrityError, ProgrammingError)):
        changed(f"UPDATE mandates_mandate SET {column} = %s WHERE id = %s", NEW[column], number)


def test_every_column_is_tried():
    assert set(NEW) | {"id", "state"} == {field.column for field in Mandate._meta.fields}


@pytest.mark.parametrize("state", STATES[1:])
def test_a_mandate_begins_as_offered(state):
    number, _code = offered(citizen())
    columns = ", ".join(c for c in NEW if c != "code_hash")
    with pytest.raises(IntegrityError):
        changed(
            f"INSERT INTO mandates_mandate (id, state, code_hash, {columns})"
            f" SELECT gen_random_uuid(), %s, 'x', {columns} FROM mandates_mandate WHERE id = %s",
            state,
            number,
        )


def test_the_writer_of_a_paper_cannot_confirm_it():
    number, _code = on_paper(citizen(), worker())
    with pytest.raises(IntegrityError):
        changed("UPDATE mandates_mandate SET confirmed_by = recorded_by WHERE id = %s", number)


def changed(statement, *parameters):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
