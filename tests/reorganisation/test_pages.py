"""The leaders' pages of reorganisations: what will go along is seen first, and two persons decide."""

import re

from helhed.audit.actions import SYSTEM
from helhed.coordination.advis.actions import rehouse
from helhed.coordination.handover.reorganisation import actions
from helhed.coordination.handover.reorganisation.models import Reorganisation
from pages.conftest import _browser as browser
from pages.conftest import english
from reorganisation.conftest import ADULTS, HOMELESS, Before, at

__all__ = ["english"]
ADDRESS = "/omlaegninger/2025-01-01"
WISH = {"do": "foreslaa", f"rest-{ADULTS}": "sof/driftscenter-2", "grund": "Besluttet i 2024."}


def text(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode().replace("\N{NO-BREAK SPACE}", " "))


def test_what_goes_along_is_seen_before_anything_is_proposed(then: Before):
    shown = text(browser("lene").get(ADDRESS))
    assert "Hjemløseenheden" in shown and "Hanne Vig" in shown and "modtager for 5A" in shown
    assert "færre end 5 borgere" in shown and "Enheden for Sociale Ydelser går til BIF" in shown
    assert not Reorganisation.objects.exists()
    listed = text(browser("lene").get("/omlaegninger"))
    assert "1. januar 2025" in listed and "Ingen har foreslået den" in listed


def test_from_proposal_to_record(then: Before):
    assert browser("lene").post(ADDRESS, WISH)["Location"] == ADDRESS
    assert "En leder i den anden forvaltning skal godkende den" in text(browser("lene").get(ADDRESS))
    assert browser("lene").post(ADDRESS, {"do": "godkend"}).status_code == 403
    assert 'value="godkend"' in text(browser("birgit").get(ADDRESS))
    assert browser("birgit").post(ADDRESS, {"do": "godkend"}).status_code == 302
    assert "Godkendt, ikke gennemført endnu" in text(browser("lene").get(ADDRESS))
    assert actions.carry_out_due(by=SYSTEM, notices=rehouse) == 1
    shown = text(browser("lene").get(ADDRESS))
    assert "Det fulgte med" in shown and "Gennemført" in shown and "Programmet" in shown
    assert 'value="foreslaa"' not in shown
    at(then.world.hans, HOMELESS)
    assert "Noget er kommet til de gamle enheder" in text(browser("lene").get(ADDRESS))
    row = Reorganisation.objects.get()
    assert row.changes.get(old=ADULTS).otherwise == "sof/driftscenter-2"


def test_a_fault_is_one_sentence(then: Before):
    answer = browser("lene").post(ADDRESS, WISH | {"grund": "kort"})
    assert answer.status_code == 400 and "mindst 10 tegn" in text(answer)
    assert '<option value="sof/driftscenter-2" selected>' in text(answer), "what was chosen stays"
    answer = browser("lene").post(ADDRESS, WISH | {f"rest-{ADULTS}": "bif"})
    assert answer.status_code == 400 and "hvor resten skal hen" in text(answer)
    answer = browser("lene").post(ADDRESS, {"do": "godkend"})
    assert answer.status_code == 400 and "ikke foreslået" in text(answer)
    assert not Reorganisation.objects.exists()


def test_a_rejected_one_says_why_and_can_be_proposed_again(then: Before):
    browser("lene").post(ADDRESS, WISH)
    browser("birgit").post(ADDRESS, {"do": "afvis", "grund": "Vi er ikke klar."})
    shown = text(browser("lene").get(ADDRESS))
    assert "Vi er ikke klar." in shown and 'value="foreslaa"' in shown
    assert browser("lene").post(ADDRESS, WISH).status_code == 302


def test_a_day_on_which_nothing_happens_is_not_found(then: Before):
    assert browser("lene").get("/omlaegninger/2025-01-02").status_code == 404
    assert browser("lene").get("/omlaegninger/i-morgen").status_code == 404


def test_where_nothing_is_left_nothing_is_proposed(then: Before):
    shown = text(browser("lene").get("/omlaegninger/2024-01-01"))
    assert "Der er intet at flytte" in shown and 'value="foreslaa"' not in shown
    assert "Hvad der følger med" not in shown
    listed = text(browser("lene").get("/omlaegninger"))
    assert listed.count("Intet tilbage at flytte") == 1 and listed.count("Ingen har foreslået den") == 1
