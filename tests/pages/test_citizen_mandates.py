"""Giv fuldmagt, and the side of the one who holds it: the code shown once, the scope kept, the end at once."""

import re
from datetime import timedelta
from time import sleep

import pytest
from django.utils import timezone

from helhed.sharing.mandates.models import Mandate
from pages.asked import asked
from pages.world import World, mandate_to, user

FORM = {"navn": "Karin Madsen", "slags": "relative", "maa": ["see", "log"], "dage": "30"}


def text_of(response) -> str:
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def give(client, **changed):
    """The form filled in and sent as a browser does, with the seal it was given."""
    seal = re.search(r'name="segl" value="([^"]+)"', text_of(client.get("/mig/fuldmagter/ny"))).group(1)
    return client.post("/mig/fuldmagter/ny", FORM | {"segl": seal} | changed)


def code_in(page: str) -> str:
    return re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", page).group()


def test_the_code_is_shown_once_and_opens_the_mandate(pages, world: World):
    client = pages("bo")
    shown = give(client)
    code = code_in(text_of(shown))
    assert "Giv koden til Karin Madsen" in text_of(shown) and shown["Cache-Control"] == "no-store"
    assert code not in text_of(client.get("/mig/fuldmagter"))
    karin = pages("karin")
    opened = karin.post("/fuldmagter-til-mig", {"kode": code.lower()}, follow=True)
    mandate = Mandate.objects.get(person_key=world.bo)
    assert opened.redirect_chain[0][0] == f"/for/{mandate.pk}" and mandate.state == "active"
    assert "Du handler for Bo Berg" in text_of(opened)
    assert "Virker nu" in text_of(client.get("/mig/fuldmagter"))


def test_a_form_sent_twice_gives_one_mandate(pages):
    client = pages("bo")
    seal = re.search(r'name="segl" value="([^"]+)"', text_of(client.get("/mig/fuldmagter/ny"))).group(1)
    client.post("/mig/fuldmagter/ny", FORM | {"segl": seal})
    again = client.post("/mig/fuldmagter/ny", FORM | {"segl": seal}, follow=True)
    assert "Fuldmagten er allerede givet" in text_of(again) and Mandate.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"navn": " "}, "Skriv navnet på den, du giver fuldmagt."),
        ({"slags": "ven"}, "Vælg, hvem personen er."),
        ({"maa": []}, "Vælg mindst én ting, personen må."),
        ({"dage": "100000"}, "Vælg, hvor længe fuldmagten gælder."),
    ],
)
def test_what_is_missing_is_said_beside_it(pages, changed, sentence):
    shown = give(pages("bo"), **changed)
    assert shown.status_code == 400 and text_of(shown).count(sentence) == 2
    assert not Mandate.objects.exists()


def test_revoked_at_once_by_the_citizen(pages, world: World):
    mandate = mandate_to("karin", world.bo)
    karin = pages("karin")
    assert karin.get(f"/for/{mandate}").status_code == 200
    told = pages("bo").post(f"/mig/fuldmagter/{mandate}/tilbagekald", follow=True)
    assert "Fuldmagten er tilbagekaldt" in text_of(told)
    ended = karin.get(f"/for/{mandate}/samtykker")
    assert ended.status_code == 403 and "Fuldmagten gælder ikke længere" in text_of(ended)


def test_an_expired_mandate_is_a_calm_page(pages, world: World):
    mandate = mandate_to("karin", world.bo, lasts=timedelta(seconds=0.5))
    sleep(0.6)
    assert "Fuldmagten gælder ikke længere" in text_of(pages("karin").get(f"/for/{mandate}"))


def test_somebody_elses_mandate_does_not_exist(pages, world: World):
    mandate = mandate_to("karin", world.bo)
    assert pages("anna").post(f"/mig/fuldmagter/{mandate}/tilbagekald").status_code == 404
    assert Mandate.objects.get(pk=mandate).state == "active"
    assert pages("karin").get("/for/00000000-0000-4000-8000-000000000000").status_code == 404


@pytest.mark.parametrize(
    ("scope", "closed"),
    [
        ("see", ["opslag", "samtykker", "samtykker/nyt"]),
        ("log", ["samtykker", "delt"]),
        ("consent", ["opslag", "delt"]),
    ],
)
def test_the_scope_is_kept(pages, world: World, scope, closed):
    question = asked(world.bo)
    mandate = mandate_to("karin", world.bo, scope)
    karin = pages("karin")
    assert karin.get(f"/for/{mandate}").status_code == 200
    for path in closed:
        shown = karin.get(f"/for/{mandate}/{path}")
        assert shown.status_code == 403 and "Fuldmagten rækker ikke så langt" in text_of(shown)
    if scope != "consent":
        assert karin.post(f"/for/{mandate}/samtykker/{question}", {"svar": "ja"}).status_code == 403


def test_the_timeline_is_there_only_where_one_may_see(pages, world: World):
    seen = text_of(pages("karin").get(f"/for/{mandate_to('karin', world.bo, 'see')}"))
    closed = text_of(pages("karin").get(f"/for/{mandate_to('karin', world.anna, 'log')}"))
    assert 'id="tidslinje"' in seen and "hel-spell--bif" in seen
    assert 'id="tidslinje"' not in closed and "Sager og tidslinje er lukket for dig" in closed


def test_a_wrong_code_says_so_and_too_many_must_wait(pages):
    karin = pages("karin")
    first = karin.post("/fuldmagter-til-mig", {"kode": "AAAA-BBBB-CCCC-DDDD"})
    assert first.status_code == 409 and 'aria-invalid="true"' in text_of(first)
    for _try in range(12):
        last = karin.post("/fuldmagter-til-mig", {"kode": "AAAA-BBBB-CCCC-DDDD"})
    assert "Du har tastet for mange forkerte koder" in text_of(last)


def test_those_one_acts_for(pages, world: World):
    mandate_to("karin", world.bo, "see")
    page = text_of(pages("karin").get("/fuldmagter-til-mig"))
    assert "Hjælp Bo Berg" in page and "Anna" not in page
    assert text_of(pages("karin").get("/", follow=True)).count("Fuldmagter til mig")


def test_a_mandate_ends_by_itself(pages, world: World):
    mandate = mandate_to("karin", world.bo)
    row = Mandate.objects.get(pk=mandate)
    assert row.valid_to - timezone.now() < timedelta(days=31) and row.holder == user("karin").username
