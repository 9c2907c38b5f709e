"""The citizen's consents: asked, answered in one step, withdrawn in as few, with a receipt; somebody else's do not exist."""

import json
import re
from uuid import uuid4

import pytest

from helhed.sharing.consent.models import Consent
from pages.asked import PLAN, asked
from pages.world import World, mandate_to


def answer(client, consent, word: str, follow: bool = True):
    return client.post(f"/mig/samtykker/{consent}", {"svar": word}, follow=follow)


def text_of(response) -> str:
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def question(pages, world: World):
    """A question to Bo, who has answered nothing before."""
    return asked(world.bo)


def test_the_own_page_says_that_somebody_waits_for_an_answer(pages, question):
    page = text_of(pages("bo").get("/mig"))
    assert "1 samtykke venter på dit svar" in page and f"/mig/samtykker/{question}" in page


def test_what_waits_stands_first_and_the_two_kinds_are_told_apart(pages, question, world: World):
    asked(world.bo, "helhedsorienteret-plan", PLAN)
    page = text_of(pages("bo").get("/mig/samtykker"))
    assert (
        page.index("Venter på dit svar") < page.index("Gælder nu") < page.index("Giv et samtykke af dig selv")
    )
    assert page.count("hel-paper--waiting") == 2
    assert "Samtykke til at dele oplysninger" in page and "Samtykke til en samlet plan" in page
    assert "de hænger ikke sammen" in page


def test_a_question_says_what_who_and_what_no_means_and_draws_who_sees(pages, question):
    page = text_of(pages("bo").get(f"/mig/samtykker/{question}"))
    three = page[page.index('class="hel-three"') : page.index('class="hel-ways"')]
    assert re.findall(r"<dt>([^<]+)</dt>", three) == ["Hvad", "Hvem", "Hvis du siger nej"]
    picture = page[page.index('class="hel-ways"') : page.index("</figure>")]
    assert "Ydelser" in picture and "Driftscenter 1" in picture
    assert "hel-way-end--bif" in picture and "hel-way-end--sof" in picture


def test_yes_and_no_are_two_buttons_of_one_kind(pages, question):
    page = text_of(pages("bo").get(f"/mig/samtykker/{question}"))
    form = page[page.index('class="hel-yes-no"') :]
    buttons = re.findall(r"<button ([^>]*)value=\"(ja|nej)\"", form)
    assert [value for _kind, value in buttons] == ["ja", "nej"]
    assert buttons[0][0] == buttons[1][0]


@pytest.mark.parametrize(
    ("word", "state", "said"),
    [("ja", "given", "Dit ja er noteret"), ("nej", "refused", "Dit nej er noteret")],
)
def test_answered_in_one_step_and_led_to_the_receipt(pages, question, word, state, said):
    shown = answer(pages("bo"), question, word)
    assert said in text_of(shown) and shown.redirect_chain[0][0].startswith("/mig/kvittering/")
    assert Consent.objects.get(pk=question).state == state


def test_withdrawn_in_as_few_steps_as_given_and_told_what_it_means(pages, question):
    client = pages("bo")
    answer(client, question, "ja")
    page = text_of(client.get(f"/mig/samtykker/{question}"))
    assert page.count('value="traek-tilbage"') == 1 and "Så stopper vi med det samme" in page
    shown = answer(client, question, "traek-tilbage")
    assert len(shown.redirect_chain) == 1 and "Dit samtykke er trukket tilbage" in text_of(shown)
    assert Consent.objects.get(pk=question).state == "withdrawn"


def test_the_receipt_is_fetched_for_people_and_for_machines(pages, question):
    client = pages("bo")
    shown = answer(client, question, "ja")
    address = shown.redirect_chain[0][0]
    machine, paper = client.get(address + ".json"), client.get(address + ".pdf")
    assert machine["Content-Type"] == "application/json" and json.loads(machine.content)
    assert paper.content.startswith(b"%PDF") and "attachment" in paper["Content-Disposition"]
    assert f"{address}.json" in text_of(shown) and f"{address}.pdf" in text_of(shown)


def test_answered_twice_is_told_calmly(pages, question):
    client = pages("bo")
    answer(client, question, "ja")
    again = answer(client, question, "nej")
    assert (
        again.status_code == 409 and "alert-warning" in text_of(again) and "Du sagde ja den" in text_of(again)
    )
    assert Consent.objects.get(pk=question).state == "given"


def test_an_answer_that_is_none_changes_nothing(pages, question):
    assert answer(pages("bo"), question, "måske").status_code == 400
    assert Consent.objects.get(pk=question).state == "requested"


def test_somebody_elses_consent_does_not_exist(pages, question):
    stranger = pages("anna")
    shown = answer(pages("bo"), question, "nej").redirect_chain[0][0]
    for path in (
        f"/mig/samtykker/{question}",
        shown,
        f"{shown}.json",
        f"{shown}.pdf",
        f"/mig/samtykker/{uuid4()}",
    ):
        assert stranger.get(path).status_code == 404
    assert answer(stranger, question, "ja").status_code == 404


@pytest.mark.parametrize("kind", ["deling", "helhedsorienteret-plan"])
def test_given_on_ones_own_initiative_after_reading(pages, kind):
    client = pages("bo")
    shown = client.post("/mig/samtykker/nyt", {"slags": kind}, follow=True)
    page = text_of(shown)
    assert 'value="ja"' in page and 'value="nej"' in page
    begun = Consent.objects.get(person_key=Consent.objects.latest("requested_at").person_key, kind=kind)
    assert begun.state == "requested"
    again = text_of(client.get("/mig/samtykker/nyt"))
    assert "Der venter allerede et spørgsmål om det" in again


def test_a_kind_that_is_none_begins_nothing(pages):
    before = Consent.objects.count()
    assert pages("bo").post("/mig/samtykker/nyt", {"slags": "alt"}).status_code == 200
    assert Consent.objects.count() == before


def test_what_is_shared_can_be_stopped_where_it_is_seen(pages, question):
    client = pages("bo")
    assert "Lige nu deles ingenting" in text_of(client.get("/mig/delt"))
    answer(client, question, "ja")
    page = text_of(client.get("/mig/delt"))
    assert "Ydelser" in page and "Driftscenter 1" in page and "Stop delingen" in page
    assert f'action="/mig/samtykker/{question}"' in page
    answer(client, question, "traek-tilbage")
    assert "Lige nu deles ingenting" in text_of(client.get("/mig/delt"))


def test_in_english(pages, question):
    client = pages("bo")
    client.cookies["django_language"] = "en"
    page = text_of(client.get(f"/mig/samtykker/{question}"))
    assert "May we share information about you?" in page and "Yes, I say yes to this" in page


def test_a_relative_answers_and_the_citizen_reads_who_did(pages, question, world: World):
    mandate = mandate_to("karin", world.bo)
    karin = pages("karin")
    page = text_of(karin.get(f"/for/{mandate}/samtykker/{question}"))
    assert "Du handler for Bo Berg" in page and "Dit svar på vegne af Bo Berg" in page
    shown = karin.post(f"/for/{mandate}/samtykker/{question}", {"svar": "ja"}, follow=True)
    assert shown.redirect_chain[0][0].startswith(f"/for/{mandate}/kvittering/")
    assert "Karin Madsen sagde ja på borgerens vegne" in text_of(pages("bo").get("/mig/samtykker"))
    log = text_of(pages("bo").get("/mig/opslag"))
    assert "<strong>Karin Madsen</strong> på dine vegne" in log


def test_a_relative_may_not_answer_for_somebody_elses_citizen(pages, question, world: World):
    mandate = mandate_to("karin", world.anna)
    karin = pages("karin")
    assert karin.get(f"/for/{mandate}/samtykker/{question}").status_code == 404
    assert karin.post(f"/for/{mandate}/samtykker/{question}", {"svar": "ja"}).status_code == 404
    assert Consent.objects.get(pk=question).state == "requested"
