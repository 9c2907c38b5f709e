"""Everyone sees where they are logged in, and can end what they do not know."""

from datetime import timedelta

import pytest
from django.utils import timezone

from helhed.accounts.browsers import browser_and_system
from helhed.accounts.models import Visit
from helhed.audit.models import Event
from pages.world import PASSWORD

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Mobile Safari/604.1"


def entered(pages, username="anders", door="medarbejder", browser=FIREFOX):
    client = pages()
    client.defaults["HTTP_USER_AGENT"] = browser
    client.post(f"/log-ind/{door}", {"username": username, "password": PASSWORD})
    return client


def page_of(client) -> str:
    return client.get("/mine-log-ind").content.decode()


@pytest.mark.parametrize(
    ("described", "names"),
    [
        (FIREFOX, ("Firefox", "Windows")),
        (SAFARI, ("Safari", "iPhone")),
        ("Mozilla/5.0 (X11; Linux) AppleWebKit/537 Chrome/140 Safari/537", ("Chrome", "Linux")),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X) Chrome/140 Safari/537 Edg/140", ("Edge", "Mac")),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile Safari/537", ("Chrome", "Android")),
        ("<script>", ("", "")),
    ],
)
def test_a_browser_in_plain_words(described, names):
    assert browser_and_system(described) == names


@pytest.mark.parametrize(
    ("username", "door"), [("anders", "medarbejder"), ("anna", "borger"), ("karin", "borger")]
)
def test_everyone_sees_their_own_log_ins_and_nobody_elses(pages, username, door):
    entered(pages, "ulla")
    entered(pages, username, door, SAFARI)
    page = page_of(entered(pages, username, door))
    assert page.count("Firefox på Windows") == 1 and page.count("Safari på iPhone</th>") == 1
    assert page.count('<th scope="row"') == 2 and page.count("Her er du nu") == 1
    assert Visit.objects.count() == 3


def test_one_log_in_is_ended_at_once(pages):
    other, here = entered(pages, browser=SAFARI), entered(pages)
    row = Visit.objects.get(system="iPhone")
    assert here.post("/mine-log-ind", {"luk": str(row.pk)})["Location"] == "/mine-log-ind"
    assert "1 log-ind er lukket" in page_of(here) and Visit.objects.count() == 1
    assert other.get("/lov").status_code == 302 and here.get("/lov").status_code == 200
    assert Event.objects.filter(action="visit-ended", actor="anders", object="one").count() == 1


def test_all_others_are_ended_at_once(pages):
    others, here = [entered(pages) for _ in range(3)], entered(pages)
    ulla = entered(pages, "ulla")
    here.post("/mine-log-ind", {"luk": "andre"})
    assert [each.get("/lov").status_code for each in [*others, here]] == [302, 302, 302, 200]
    assert ulla.get("/kortlaegning").status_code == 200
    assert Event.objects.filter(action="visit-ended", actor="anders", object="all others: 3").exists()


@pytest.mark.parametrize("which", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_what_is_not_there_is_not_ended(pages, which):
    assert entered(pages).post("/mine-log-ind", {"luk": which}).status_code == 404


def test_somebody_elses_and_the_own_present_log_in_are_not_ended(pages):
    ulla, here = entered(pages, "ulla"), entered(pages)
    for row in Visit.objects.all():
        assert here.post("/mine-log-ind", {"luk": str(row.pk)}).status_code == 404
    assert ulla.get("/kortlaegning").status_code == 200 and Visit.objects.count() == 2


def test_whoever_logged_in_long_ago_proves_it_again_first(pages):
    other, here = entered(pages, browser=SAFARI), entered(pages)
    Visit.objects.filter(system="Windows").update(began_at=timezone.now() - timedelta(minutes=10))
    page = page_of(here)
    assert "Log ind igen" in page and 'name="luk"' not in page
    assert here.post("/mine-log-ind", {"luk": "andre"}).status_code == 403
    assert other.get("/lov").status_code == 200


def test_a_row_lasts_as_long_as_its_log_in(pages):
    client = entered(pages)
    client.post("/log-af")
    assert not Visit.objects.exists()
    client = entered(pages)
    client.post("/log-ind/medarbejder", {"username": "ulla", "password": PASSWORD})
    entered(pages)
    Visit.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    entered(pages, "ulla")
    assert list(Visit.objects.values_list("user__username", flat=True)) == ["ulla"]


def test_a_log_in_that_ran_out_is_neither_shown_nor_kept(pages, monkeypatch):
    client = entered(pages)
    late = int(timezone.now().timestamp()) + 31 * 60
    monkeypatch.setattr("helhed.pages.login.keeping._now", lambda: late)
    assert client.get("/lov").status_code == 302 and not Visit.objects.exists()


def test_a_sign_of_life_is_seen(pages):
    client = entered(pages)
    hour_ago = timezone.now() - timedelta(hours=1)
    Visit.objects.update(seen_at=hour_ago)
    client.post("/bliv")
    assert Visit.objects.get().seen_at > hour_ago


def test_every_page_leads_there(pages):
    assert 'href="/mine-log-ind"' in entered(pages).get("/om").content.decode()
    assert 'href="/mine-log-ind"' not in pages().get("/om").content.decode()
