"""A decision is kept so that it can be made again, and no answer with somebody's data leaves without one."""

import logging
import os

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from conftest import TEST_DATABASE, _connection
from helhed.audit.models import Event
from helhed.pages.guard import HEADER, Decided
from helhed.project.environment import data_folder
from helhed.project.postgres import ADMIN_ROLE, Server
from helhed.register import questions as register
from helhed.sharing import hatch
from helhed.sharing.access import decisions
from helhed.sharing.access.models import Case, Decision
from helhed.sharing.answers import NoAccess
from pages.world import user

A_CASE = """
INSERT INTO access_case (person_key, side, kind, unit, since, sort)
VALUES (gen_random_uuid(), 'sof', 'social_case', 'sof', current_date, 'a')
"""


def look(world, username="bente"):
    return hatch.look(
        person=world.anna, by=user(username), purpose="sagsbehandling", on=timezone.localdate(), language="da"
    )


def test_the_same_question_to_the_same_rules_gives_the_same_answer(world):
    view = look(world)
    row, again = decisions.replayed(view.decision)
    assert row.verdicts == decisions.written(again) and row.why == again.why
    assert row.rules == again.policy and again.consents
    assert Event.objects.get(pk=view.event).decision == view.decision


def test_a_refusal_is_kept_too(world):
    with pytest.raises(NoAccess) as refusal:
        look(world, "kim")
    line = Event.objects.filter(actor="kim").latest("pk")
    row, again = decisions.replayed(line.decision)
    assert (row.why, again.why, line.outcome) == ("other-unit", "other-unit", "denied")
    assert refusal.value.exists and "anden enhed" in refusal.value.reason


def test_what_is_kept_has_no_contents(world):
    kept = str(Decision.objects.get(pk=look(world).decision).slice)
    assert "Åkær" not in kept and "610180" not in kept and "kontanthjaelp" not in kept


@pytest.mark.parametrize("write", ["UPDATE access_decision SET why = 'x'", "DELETE FROM access_decision"])
def test_a_decision_is_neither_changed_nor_removed(world, write):
    look(world)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(write)


def answered(view):
    return Decided(view)(RequestFactory().get("/x"))


def test_an_answer_that_rests_on_a_decision_names_it(world):
    def page(request):
        return HttpResponse(str(look(world).decision))

    answer = answered(page)
    assert answer.headers[HEADER] == answer.content.decode()


def test_an_answer_without_a_decision_is_held_back_and_the_alarm_logged(world, caplog):
    def page(request):
        request.resolver_match = None
        return HttpResponse(register.person_by_key(world.anna).name)

    caplog.set_level(logging.CRITICAL)
    request = RequestFactory().get("/x")
    request.resolver_match, request.user = None, user("bente")
    request.session = {}
    answer = Decided(page)(request)
    assert answer.status_code == 500 and "Åkær" not in answer.content.decode()
    assert "read persons without a decision" in caplog.text and HEADER not in answer.headers


def test_an_answer_about_nobody_passes():
    answer = answered(lambda request: HttpResponse("nobody"))
    assert answer.content == b"nobody" and HEADER not in answer.headers


def shown(sql="SELECT count(*) FROM access_case"):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def administrator():
    """A superuser of the tests' server: the embedded one has its own; of a given one only if its login is one."""
    if "DATABASE_URL" in os.environ:
        return _connection(TEST_DATABASE, "default", None)
    return psycopg.connect(Server(data_folder()).url(ADMIN_ROLE), dbname=TEST_DATABASE)


@pytest.mark.django_db
def test_row_level_security_binds_the_program_and_not_a_superuser():
    """Why start-up refuses a superuser: row-level security, forced or not, does not bind one."""
    assert shown() == 0 and not Case.objects.exists()
    with administrator() as server, server.cursor() as cursor:
        if not cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = session_user").fetchone()[0]:
            pytest.skip("the login of the server that was named is no superuser")
        cursor.execute("BEGIN" if server.autocommit else "SELECT")
        cursor.execute(A_CASE)
        assert cursor.execute("SELECT count(*) FROM access_case").fetchone() == (1,)
        cursor.execute("SET LOCAL ROLE helhed_web")
        assert cursor.execute("SELECT count(*) FROM access_case").fetchone() == (0,)
        cursor.execute("ROLLBACK")


@pytest.mark.django_db
def test_no_view_of_the_owner_stands_on_cases_and_each_function_has_its_path():
    """A view runs as its owner, who sees all; so there is none. A function that runs as the owner fixes where it looks."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_views WHERE schemaname = 'public' AND definition LIKE '%access_case%'"
        )
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE prosecdef AND proname LIKE 'access%'"
            " AND NOT coalesce(proconfig::text LIKE '%search_path=pg_catalog%', false)"
        )
        assert not cursor.fetchall()
        cursor.execute(
            "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = 'access_case'"
        )
        assert cursor.fetchone() == (True, True)
