"""Log-in, log-out, the demo's cards, the designed refusals."""

import pytest

from helhed.accounts.models import User
from helhed.audit.models import Event
from pages.world import PASSWORD


def test_name_and_password_lead_in_and_are_logged(pages):
    client = pages()
    answer = client.post(
        "/log-ind/medarbejder", {"username": "anders", "password": PASSWORD, "next": "/lov"}, follow=True
    )
    assert answer.redirect_chain == [("/lov", 302)] and "Anders Wulff" in answer.content.decode()
    assert Event.objects.filter(action="log-in", actor="anders").exists()
    assert 0 < int(answer.content.decode().split('data-session-ends="')[1].split('"')[0]) <= 30 * 60


def test_a_wrong_password_gets_one_sentence(pages):
    page = pages().post("/log-ind/medarbejder", {"username": "anders", "password": "gæt"}).content.decode()
    assert "Brugernavn og adgangskode passer ikke sammen." in page


def test_log_in_leads_nowhere_outside(pages):
    answer = pages().post(
        "/log-ind/medarbejder", {"username": "anders", "password": PASSWORD, "next": "https://example.org/"}
    )
    assert answer["Location"] == "/"


def test_no_cards_outside_the_demo(pages):
    assert "data-user" not in pages().get("/log-ind").content.decode()


def test_a_card_leads_in_with_one_click(pages, settings):
    settings.DEMO, settings.DEMO_PASSWORD = True, PASSWORD
    client = pages()
    assert client.get("/log-ind").content.decode().count("data-user") == User.objects.count()
    page = client.post("/log-ind/demo", {"username": "ulla"}, follow=True)
    assert page.redirect_chain[-1][0] == "/udvalg"


def test_a_card_nobody_holds_leads_back(pages, settings):
    settings.DEMO, settings.DEMO_PASSWORD = True, PASSWORD
    assert pages().post("/log-ind/demo", {"username": "nisse"})["Location"] == "/log-ind"


def test_after_log_out_the_door_is_closed(pages):
    client = pages("anders")
    client.post("/log-af")
    assert client.get("/lov").status_code == 302


def test_a_refused_page_says_who_may(pages):
    page = pages("ulla").get("/leverancer").content.decode()
    assert "Siden er ikke for din rolle" in page and "Databeskyttelsesrådgiver" in page and "/udvalg" in page


@pytest.mark.parametrize("username", ["", "anders"])
def test_an_unknown_address(pages, username):
    answer = pages(username).get("/findes/ikke")
    assert answer.status_code == 404 and "Siden findes ikke" in answer.content.decode()


def test_the_page_for_our_own_faults_needs_no_machinery(pages, settings):
    settings.ROOT_URLCONF = "pages.broken"
    client = pages()
    client.raise_request_exception = False
    answer = client.get("/i-stykker")
    assert answer.status_code == 500 and "Noget gik galt hos os" in answer.content.decode()
