"""The leaders' pages of models in use: proposed on one side, decided on the other, stopped by either."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from helhed.coordination.handover.adoption.models import AdoptedModel
from helhed.coordination.handover.adoption.standing import in_use
from helhed.coordination.handover.adoption.terms import longest_trial

WRITTEN = "%d-%m-%Y"


def sent(**more: str) -> dict[str, str]:
    today = timezone.localdate()
    said = {
        "model": "5A",
        "maade": "trial",
        "fra": today.strftime(WRITTEN),
        "til": longest_trial(today).strftime(WRITTEN),
        "enhed": "sof/driftscenter-1",
        "hjemmel": "LOV-1750-2025",
        "form": "pair",
        "bemanding": "A",
        "grund": "Rapporten anbefaler modellen.",
        "grace_days": "56",
        "assess_days": "14",
        "consent_days": "28",
        "accept_days": "7",
        "return_days": "28",
        "do": "send",
    }
    return said | more


def proposed(pages, **more: str) -> str:
    answer = pages("birgit").post("/modeller-i-brug/ny", sent(**more))
    assert answer.status_code == 302, text(answer)
    return answer["Location"]


def text(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode().replace("\N{NO-BREAK SPACE}", " "))


def test_a_proposal_is_decided_by_the_other_administration(pages):
    address = proposed(pages)
    assert "En leder i den anden forvaltning skal tage stilling" in text(pages("birgit").get(address))
    assert "Venter på din forvaltning" in text(pages("lene").get("/modeller-i-brug"))
    assert "1 forslag om en model venter" in text(pages("lene").get("/leder"))
    assert "forslag om en model venter" not in text(pages("birgit").get("/leder"))
    shown = text(pages("lene").get(address))
    assert "Makkerpar" in shown and "LC11" in shown and 'value="godkend"' in shown
    assert 'value="godkend"' not in text(pages("birgit").get(address))
    assert pages("birgit").post(address, {"do": "godkend"}).status_code == 403
    assert pages("lene").post(address, {"do": "godkend"})["Location"] == address
    assert in_use("5A", timezone.localdate()).form == "pair"
    assert "I brug nu" in text(pages("birgit").get("/modeller-i-brug"))


def test_the_form_says_what_the_law_of_the_day_is(pages):
    form = "/modeller-i-brug/ny"
    assert "LC11" in text(pages("birgit").get(f"{form}?model=5A"))
    shown = text(pages("birgit").post(form, sent(fra="01-06-2022", do="dag")))
    assert "Hvad loven siger den 1. juni 2022" in shown and "LOUB § 6, stk. 4" in shown
    assert "Hjemlen gælder kun til 1. februar 2026" in shown
    entrance = text(pages("birgit").get(f"{form}?model=8B"))
    assert "flytter ingen myndighed" in entrance and "Hvad der sker med ansvaret" not in entrance
    assert pages("birgit").get(f"{form}?model=9Z").status_code == 404


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"fra": ""}, "Skriv den første dag"),
        ({"fra": "i morgen"}, "er ikke en dato"),
        ({"til": "snart"}, "er ikke en dato"),
        ({"til": ""}, "Et forsøg skal have en sidste dag"),
        ({"grace_days": "mange"}, "Skriv fristerne som hele dage"),
        ({"grace_days": "400"}, "skal være fra 0 til 182 dage"),
        ({"maade": ""}, "Vælg, om modellen skal være"),
        ({"form": "alle"}, "Vælg, hvordan medarbejderne"),
        ({"enhed": "bif"}, "Den enhed har ikke modellens borgere"),
        ({"grund": ""}, "Skriv med 10 til 600 tegn"),
        ({"maade": "in_force"}, "Juristen skal have taget stilling til LC11"),
        ({"model": "9Z"}, ""),
    ],
)
def test_a_fault_is_one_sentence_and_what_was_typed_stays(pages, more, sentence):
    answer = pages("birgit").post("/modeller-i-brug/ny", sent(**more))
    assert not AdoptedModel.objects.exists()
    if not sentence:
        assert answer.status_code == 404
        return
    assert answer.status_code == 400
    shown = text(answer)
    assert sentence in shown
    if "grund" not in more:
        assert "Rapporten anbefaler modellen." in shown


def test_in_force_with_the_lawyers_word(pages):
    said = {"maade": "in_force", "til": "", "jurist": "J. Holm, notat 7", "bekraeftet": "02-03-2026"}
    address = proposed(pages, **said, afklaret="LC11")
    assert "Bekræftet 2. marts 2026: J. Holm, notat 7" in text(pages("lene").get(address))


def test_a_rejection_needs_a_reason_and_can_be_read(pages):
    address = proposed(pages)
    answer = pages("lene").post(address, {"do": "afvis", "grund": "nej"})
    assert answer.status_code == 400 and "mindst 10 tegn" in text(answer)
    pages("lene").post(address, {"do": "afvis", "grund": "Vi mangler lokaler."})
    assert "Vi mangler lokaler." in text(pages("birgit").get(address))


def test_who_proposed_can_take_it_back_and_nobody_else(pages):
    address = proposed(pages)
    assert "Træk forslaget tilbage" not in text(pages("lene").get(address))
    assert pages("lene").post(address, {"do": "tilbage"}).status_code == 403
    assert "Træk forslaget tilbage" in text(pages("birgit").get(address))
    assert pages("birgit").post(address, {"do": "tilbage"})["Location"] == address
    shown = text(pages("birgit").get(address))
    assert "Trukket tilbage" in shown and 'value="tilbage"' not in shown
    assert pages("lene").post(address, {"do": "godkend"}).status_code == 400, "it waits no longer"
    assert "forslag om en model venter" not in text(pages("lene").get("/leder"))
    assert AdoptedModel.objects.get().state == "withdrawn"
    assert "Trukket tilbage" in text(pages("lene").get("/modeller-i-brug"))


def test_a_model_is_stopped_with_a_day_and_a_reason(pages):
    address = proposed(pages)
    pages("lene").post(address, {"do": "godkend"})
    for said in ({"fra": "straks"}, {"fra": "01-01-2020", "grund": "Forsøget er slut."}):
        assert pages("birgit").post(address, {"do": "stop", **said}).status_code == 400
    day = timezone.localdate() + timedelta(days=10)
    said = {"do": "stop", "fra": day.strftime(WRITTEN), "grund": "Forsøget er slut."}
    assert pages("birgit").post(address, said).status_code == 302
    assert in_use("5A", day) is None and in_use("5A", day - timedelta(days=1)) is not None
    assert "Forsøget er slut." in text(pages("lene").get(address))


def test_in_english(pages):
    client = pages("lene")
    client.cookies["django_language"] = "en"
    proposed(pages)
    shown = text(client.get("/modeller-i-brug"))
    assert "Waiting for your administration" in shown and "Trial from" in shown
