"""How long a log-in lasts, what ends it, and that no session serves at the other door."""

from datetime import timedelta

import pytest
from django.utils import timezone

from helhed.accounts.actions import Login, appoint
from helhed.accounts.models import User
from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event
from helhed.pages.login.keeping import begin
from pages.world import PASSWORD


@pytest.fixture
def clock(monkeypatch):
    """`clock(minutes)` lets time pass."""
    start = timezone.now()
    passed = [0.0]
    monkeypatch.setattr("helhed.pages.login.keeping._now", lambda: int(start.timestamp() + passed[0]))

    def later(minutes: float) -> None:
        passed[0] += minutes * 60

    return later


def entered(pages, username="anders", door="medarbejder"):
    client = pages()
    answer = client.post(f"/log-ind/{door}", {"username": username, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def test_without_a_sign_of_life_the_log_in_ends(pages, clock):
    client = entered(pages)
    clock(29)
    assert client.get("/lov").status_code == 200
    clock(29)
    assert client.get("/lov").status_code == 200
    clock(30)
    answer = client.get("/lov?dato=2022-06-01")
    assert answer["Location"] == "/log-ind/medarbejder?slut=1&next=%2Flov%3Fdato%3D2022-06-01"
    assert "Du er logget af" in client.get(answer["Location"]).content.decode()
    assert "_auth_user_id" not in client.session
    assert Event.objects.filter(action="log-out", actor="anders", object="time").exists()


def test_nobody_stays_longer_than_the_longest(pages, clock):
    client = entered(pages)
    for _ in range(23):
        clock(20)
        assert client.get("/lov").status_code == 200
    clock(15)
    assert client.post("/bliv").json() == {"seconds": 5 * 60, "last": True}
    assert "data-session-last" in client.get("/lov").content.decode()
    clock(5)
    assert client.get("/lov").status_code == 302


def test_citizens_have_shorter_limits(pages, clock):
    client = entered(pages, "anna", "borger")
    for _ in range(5):
        clock(19)
        assert client.get("/om").status_code == 200
    clock(20)
    assert client.get("/om").status_code == 302
    client = entered(pages, "anna", "borger")
    for _ in range(7):
        clock(17)
        client.post("/bliv")
    clock(1)
    assert client.get("/om")["Location"].startswith("/log-ind/borger?slut=1")


def test_a_page_that_asks_by_itself_is_no_sign_of_life(pages, clock):
    client = entered(pages)
    clock(20)
    assert client.get("/lov", headers={"HX-Request": "true", "HX-Trigger": "tilstand"}).status_code == 200
    clock(11)
    answer = client.get("/lov", headers={"HX-Request": "true"})
    assert answer.status_code == 204 and answer["HX-Redirect"] == "/log-ind/medarbejder?slut=1"


def test_a_form_that_comes_too_late_does_nothing(pages, clock):
    client = entered(pages)
    clock(31)
    assert client.post("/bliv")["Location"] == "/log-ind/medarbejder?slut=1"


@pytest.mark.parametrize(("username", "door"), [("anna", "medarbejder"), ("anders", "borger")])
def test_the_wrong_door_is_as_shut_as_a_wrong_password(pages, username, door):
    answer = pages().post(f"/log-ind/{door}", {"username": username, "password": PASSWORD})
    assert answer.status_code == 200 and "passer ikke sammen" in answer.content.decode()


def test_a_session_of_the_other_door_is_ended(pages):
    client = entered(pages, "anna", "borger")
    session = client.session
    session["door"] = "staff"
    session.save()
    assert client.get("/om").status_code == 302 and "_auth_user_id" not in client.session


def test_no_caller_can_begin_at_the_wrong_door(pages, rf):
    with pytest.raises(ValueError, match="does not come in"):
        begin(rf.get("/"), User.objects.get(username="anna"), "staff", "password")


def test_a_new_password_ends_the_sessions_of_the_old_one(pages):
    client = entered(pages)
    appoint(by=SYSTEM, login=Login("anders", "Anders Wulff", "analyst"), password="et-helt-nyt-kodeord")
    assert client.get("/lov").status_code == 302


def test_a_role_that_changes_changes_at_once(pages):
    client = entered(pages)
    appoint(by=SYSTEM, login=Login("anders", "Anders Wulff", "committee"), password=None)
    assert client.get("/vaerksted").status_code == 403


def test_an_appointment_that_is_over_ends_the_session_the_same_day(pages, monkeypatch):
    client = entered(pages)
    User.objects.filter(username="anders").update(appointed_to=timezone.localdate() + timedelta(days=1))
    user = User.objects.get(username="anders")
    user.appointments.update(valid_to=timezone.localdate() + timedelta(days=1))
    assert client.get("/lov").status_code == 200
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda: tomorrow)
    assert client.get("/lov").status_code == 302


def test_the_session_key_is_new_after_log_in_and_after_log_out(pages):
    client = pages()
    client.get("/log-ind/medarbejder")
    client.session["something"] = 1
    client.session.save()
    before = client.session.session_key
    client.post("/log-ind/medarbejder", {"username": "anders", "password": PASSWORD})
    during = client.session.session_key
    answer = client.post("/log-af")
    assert answer["Clear-Site-Data"] == '"cache"'
    assert len({before, during, client.session.session_key}) == 3


@pytest.mark.parametrize(
    "path", ["/lov", "/om", "/kortlaegning", "/findes-ikke", "/leverancer", "/api/v1/law"]
)
def test_nothing_shown_to_someone_logged_in_is_kept(pages, path):
    assert "no-store" in pages("anders").get(path)["Cache-Control"]
