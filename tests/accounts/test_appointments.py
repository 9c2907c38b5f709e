"""Dated appointments: what is in force today counts, nothing overlaps, nothing is rewritten."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta

import psycopg
import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.db.utils import InternalError, ProgrammingError
from django.utils import timezone

from helhed.accounts.actions import AppointmentError, Login, appoint, end
from helhed.accounts.in_force import bring_up_to_date
from helhed.accounts.models import Appointment, User
from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event

pytestmark = pytest.mark.django_db
PASSWORD = "kun-til-denne-test"


def day(n: int):
    return timezone.localdate() + timedelta(days=n)


def bente(role="caseworker", side="bif", unit="bif/ungeenhed", **more) -> User:
    return appoint(by=SYSTEM, login=Login("bente", "Bente Holm", role, side, unit, **more), password=PASSWORD)


def rows() -> list[tuple]:
    return [(r.role, r.valid_from, r.valid_to) for r in Appointment.objects.order_by("id")]


def again() -> User:
    return bring_up_to_date(User.objects.get(username="bente"))


def test_an_appointment_holds_from_its_first_day_and_not_on_its_last():
    user = bente(since=day(-2), until=day(1))
    assert user.may("citizen.look") and user.appointed(day(-2))
    assert not user.appointed(day(-3)) and not user.appointed(day(1))


def test_one_that_begins_later_gives_nothing_yet():
    assert not bente(since=day(1)).may("citizen.look")


def test_a_later_appointment_takes_effect_by_itself(monkeypatch):
    bente(since=day(-5))
    bente("leader", clearance=3, since=day(2), reason="ny leder")
    assert again().role == "caseworker" and again().appointed_to == day(2)
    later = day(2)
    monkeypatch.setattr(timezone, "localdate", lambda: later)
    user = again()
    assert (user.role, user.clearance, user.appointed_from) == ("leader", 3, later) and user.may("advis.see")


def test_one_that_ended_stops_the_same_day():
    bente(since=day(-5))
    user = end(by=SYSTEM, username="bente", reason="fratrådt")
    assert not user.may("citizen.look") and not user.is_active
    assert rows() == [("caseworker", day(-5), day(0))]
    assert Appointment.objects.get().end_reason == "fratrådt"
    assert Event.objects.filter(action="end", object="user bente").exists()


def test_an_end_to_come_leaves_the_login_until_then():
    bente()
    user = end(by=SYSTEM, username="bente", on=day(3))
    assert user.may("citizen.look") and user.appointed_to == day(3)


def test_a_new_one_takes_the_place_of_what_was_arranged():
    bente(since=day(-5))
    bente("leader", since=day(10))
    bente("analyst", "", "", since=day(0), until=day(20))
    assert rows() == [
        ("caseworker", day(-5), day(0)),
        ("leader", day(10), day(10)),
        ("analyst", day(0), day(20)),
    ]
    assert again().role == "analyst" and again().appointed_to == day(20)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"since": day(-1)}, "past"),
        ({"until": day(0)}, "before it begins"),
        ({"role": "representative", "side": "", "unit": ""}, "another kind"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(more, sentence):
    bente(since=day(-5))
    with pytest.raises(AppointmentError, match=sentence):
        bente(**more)
    assert rows() == [("caseworker", day(-5), None)]
    with pytest.raises(AppointmentError, match="past"):
        end(by=SYSTEM, username="bente", on=day(-1))


def test_the_database_holds_that_they_do_not_overlap():
    user = bente()
    with pytest.raises(IntegrityError, match="overlap"), transaction.atomic():
        Appointment.objects.create(
            user=user, role="leader", administration="bif", valid_from=day(5), made_by="x"
        )


@pytest.mark.parametrize(
    "change",
    ["role = 'leader'", "valid_from = valid_from - 1", "clearance = 3", "valid_to = NULL", "made_by = 'x'"],
)
def test_the_database_holds_that_nothing_is_rewritten(change):
    bente(until=day(5))
    refused = (IntegrityError, InternalError, ProgrammingError)
    with pytest.raises(refused), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE accounts_appointment SET {change}")
    with pytest.raises(refused), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_appointment")


def test_without_a_password_a_known_login_keeps_its_own_and_a_new_one_has_none():
    bente()
    login = Login("bente", "Bente Holm", "leader", "bif", "bif/ungeenhed", until=day(9))
    assert appoint(by=SYSTEM, login=login, password=None).check_password(PASSWORD)
    new = appoint(by=SYSTEM, login=Login("ny", "Ny Ansat", "analyst"), password=None)
    assert not new.has_usable_password()


@pytest.fixture
def committed(django_db_blocker):
    """A login that other connections see too; it is removed afterwards, by the owner of the tables."""
    with django_db_blocker.unblock(), plain("owner") as owner:
        (key,) = owner.execute(
            "INSERT INTO accounts_user (username, name, role, administration, unit, password, is_active, clearance,"
            " vip, protected_address, appointed_from) VALUES ('to-ad-gangen', '', 'leader', 'bif', '', '!', true, 1,"
            " false, false, '2026-01-01') RETURNING id"
        ).fetchone()
        yield key
        owner.execute("DELETE FROM accounts_appointment WHERE user_id = %s", [key])
        owner.execute("DELETE FROM accounts_user WHERE id = %s", [key])


def plain(alias: str) -> psycopg.Connection:
    at = connections[alias].settings_dict
    return psycopg.connect(
        host=at["HOST"] or None,
        port=at["PORT"] or None,
        user=at["USER"] or None,
        password=at["PASSWORD"] or None,
        dbname=at["NAME"],
        options=at["OPTIONS"]["options"],
        autocommit=True,
    )


APPEND = (
    "INSERT INTO accounts_appointment (user_id, role, administration, unit, clearance, vip, protected_address,"
    " valid_from, made_by, reason, ended_by, end_reason)"
    " VALUES (%s, 'leader', 'bif', '', 1, false, false, '2026-01-01', 'x', '', '', '')"
)


def test_of_two_at_once_the_second_waits_and_is_refused(committed):
    with plain("default") as first, plain("default") as second, ThreadPoolExecutor(1) as other:
        with first.transaction():
            first.execute(APPEND, [committed])
            late = other.submit(second.execute, APPEND, [committed])
            assert wait([late], timeout=0.3).not_done
        with pytest.raises(psycopg.errors.ExclusionViolation, match="overlap"):
            late.result()
