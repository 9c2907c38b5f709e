"""On paper across the counter: a letter in either language, who has the case, and that it was given."""

from uuid import uuid4

import pytest

from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event
from helhed.coordination.handover.letters import actions, reaching
from helhed.coordination.handover.letters.models import Letter
from pages.test_letters import ONE, on_paper, text_of, words_in, written
from pages.world import World, user


@pytest.fixture
def met(pages, world: World):
    """A caseworker who has said what for."""
    client = pages("bente")
    client.post(f"/borger/{world.anna}/breve", {"formaal": "sagsbehandling"})
    return client


@pytest.mark.parametrize(
    ("language", "words"), [("da", "Din sag er flyttet til"), ("en", "Your case has moved to")]
)
def test_a_letter_in_the_language_asked_for(met, world: World, tmp_path, language, words):
    letter = written(world.anna)
    answer = met.get(f"/borger/{world.anna}/breve/{letter}.pdf?sprog={language}")
    assert answer["Cache-Control"] == "no-store"
    assert words in words_in(answer.content, tmp_path) and "Anna Åkær" in words_in(answer.content, tmp_path)
    assert Event.objects.filter(action="letter-printed", person_key=world.anna, actor="bente").exists()
    assert Letter.objects.get(pk=letter).state == "written", "printing alone says nothing of who has it"


def test_given_once_it_waits_for_no_envelope(met, world: World):
    letter = on_paper(world.anna)
    path = f"/borger/{world.anna}/breve/{letter}/givet"
    assert "har fået brevet på papir" in text_of(
        met.post(path, {"til_formaal": "sagsbehandling"}, follow=True)
    )
    assert "allerede noteret" in text_of(met.post(path, follow=True))
    assert Letter.objects.get(pk=letter).printed_by == "bente"
    assert "Ingen breve venter på papir" in text_of(met.get("/breve-til-print"))


def test_anothers_letter_and_the_other_sides_do_not_exist(met, world: World):
    said = {"kind": "sanction-cancelled", "words": {"deciding_unit": ONE}, "unit": ONE, "step": uuid4()}
    theirs, money = written(world.bo), actions.write(by=SYSTEM, person=world.anna, **said)
    for letter in (theirs, money):
        assert met.get(f"/borger/{world.anna}/breve/{letter}.pdf").status_code == 404
        assert met.post(f"/borger/{world.anna}/breve/{letter}/givet").status_code == 404
        assert Letter.objects.get(pk=letter).state == "written"


def test_who_has_the_case_on_paper_says_what_the_page_says(met, pages, world: World, tmp_path):
    wish = reaching.Wish(phone="12345678", hours_da="hverdage kl. 9–15")
    reaching.say(by=user("birgit"), unit="bif", wish=wish, language="da")
    page = text_of(pages("anna").get("/mig/overflytning"))
    sheet = words_in(met.get(f"/borger/{world.anna}/hvem-har-sagen.pdf").content, tmp_path)
    for said in (
        "Ingen har foreslået at flytte din sag.",
        "Du skal ikke gøre noget.",
        "12 34 56 78",
        "Dine penge",
    ):
        assert said in page and said in sheet
    assert "Din sociale sag" in page and "Din sociale sag" not in sheet, "the printer may not know of one"
    assert "in Danish" not in sheet and "Whom can you talk to?" in words_in(
        met.get(f"/borger/{world.anna}/hvem-har-sagen.pdf?sprog=en").content, tmp_path
    )


def test_closed_to_who_may_not_meet_the_citizen(pages, world: World):
    client = pages("kim")
    client.post(f"/borger/{world.anna}/breve", {"formaal": "sagsbehandling"})
    letter = written(world.anna)
    assert client.get(f"/borger/{world.anna}/breve/{letter}.pdf").status_code == 403
    assert client.get(f"/borger/{world.anna}/hvem-har-sagen.pdf").status_code == 403
    assert client.post(f"/borger/{world.anna}/breve/{letter}/givet").status_code == 403
