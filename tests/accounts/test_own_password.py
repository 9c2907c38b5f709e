"""Whoever has a password of helhed's own changes it; others are told where theirs is."""

import pytest

from helhed.accounts.models import User
from helhed.audit.models import Event
from pages.world import PASSWORD

NEW = "hestehov og regnbue"


def entered(pages, password=PASSWORD):
    client = pages()
    client.post("/log-ind/medarbejder", {"username": "anders", "password": password})
    return client


def sent(old=PASSWORD, new=NEW, again=None) -> dict[str, str]:
    return {"old_password": old, "new_password1": new, "new_password2": new if again is None else again}


def right() -> User:
    return User.objects.get(username="anders")


def test_it_is_changed_and_every_other_log_in_ends(pages):
    other, here = entered(pages), entered(pages)
    before = here.session.session_key
    assert here.post("/adgangskode", sent())["Location"] == "/mine-log-ind"
    page = here.get("/mine-log-ind").content.decode()
    assert "Adgangskoden er skiftet" in page and page.count('<th scope="row"') == 1 and "Her er du nu" in page
    assert other.get("/lov").status_code == 302 and here.session.session_key != before
    assert (
        entered(pages).get("/lov").status_code == 302 and entered(pages, NEW).get("/lov").status_code == 200
    )
    line = Event.objects.get(action="password-changed")
    assert (line.actor, line.object, line.outcome) == ("anders", "1 other log-ins ended", "allowed")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (sent(old="gæt"), "Den nuværende adgangskode er ikke rigtig."),
        (sent(old=""), "Skriv din nuværende adgangskode."),
        (sent(new="kort"), "12"),
        (sent(new="password1234"), "almindelig"),
        (sent(new="anders wulff!"), "navn"),
        (sent(new="helhed-helhed-2026"), "arbejdspladsen"),
        (sent(again="noget andet her"), "ens"),
        (sent(new=PASSWORD), "den samme som den nuværende"),
    ],
)
def test_what_is_refused_changes_nothing(pages, typed, said):
    client = entered(pages)
    answer = client.post("/adgangskode", typed)
    page = answer.content.decode()
    assert answer.status_code == 200 and "Adgangskoden er ikke skiftet" in page and said in page
    assert right().check_password(PASSWORD) and NEW not in page and PASSWORD not in page


def test_nobody_guesses_on_at_a_machine_left_open(pages):
    client = entered(pages)
    answers = [client.post("/adgangskode", sent(old=f"gæt {n}")).status_code for n in range(5)]
    assert answers[-1] == 429 and client.post("/adgangskode", sent()).status_code == 429
    assert right().check_password(PASSWORD)
    assert Event.objects.filter(action="password-changed", actor="anders", outcome="denied").count() == 6


def test_the_demos_password_is_everybodys(pages, settings):
    settings.DEMO = True
    client = entered(pages)
    assert "fælles for alle" in client.get("/adgangskode").content.decode()
    assert client.post("/adgangskode", sent()).status_code == 403 and right().check_password(PASSWORD)


@pytest.mark.parametrize("username", ["anders", "anna"])
def test_a_password_at_a_provider_is_changed_there(pages, username):
    client = pages(username)
    client.get("/om")
    session = client.session
    session["way"] = "provider"
    session.save()
    page = client.get("/adgangskode").content.decode()
    assert "helhed kender ikke din adgangskode" in page and ("mitid.dk" in page) == (username == "anna")
    assert client.post("/adgangskode", sent()).status_code == 403


def test_where_local_log_in_is_off_there_is_none_to_change(pages, settings):
    client = entered(pages)
    settings.LOCAL_LOGIN = False
    assert "helhed kender ikke" in client.get("/adgangskode").content.decode()
    assert client.post("/adgangskode", sent()).status_code == 403 and right().check_password(PASSWORD)
