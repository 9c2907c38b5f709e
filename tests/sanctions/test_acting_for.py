"""Somebody with a mandate answers the hearing and complains for the citizen; the citizen is told, and the log says who."""

import pytest
from django.test import Client
from django.utils import timezone

from helhed.audit.models import Event
from helhed.coordination.handover.letters.models import Letter
from helhed.coordination.handover.sanctions import own
from helhed.coordination.handover.sanctions.models import Complaint, Sanction
from helhed.sharing.answers import NoAccess
from helhed.sharing.mandates.actions import revoke
from pages.world import mandate_to, user
from sanctions.acted import COMPLAINT, complained, effected
from sanctions.split import REASON, brought
from sanctions.test_pages import desk, path, text

__all__ = ["desk"]
WORDS = "Hun var indlagt den dag, spørg lægen."


def acting(mandate, row: Sanction, act: str = "") -> str:
    return f"/for/{mandate}/sanktioner" + (f"/{row.pk}/{act}" if act else "")


@pytest.fixture
def karin(desk) -> Client:
    return desk("karin")


def test_answers_the_hearing_and_the_citizen_is_told(world, desk, karin):
    mandate, row = mandate_to("karin", world.eva, "answer"), brought(world.eva, "heard")
    shown = text(karin.get(acting(mandate, row)))
    assert REASON in shown and "Svar for borgeren" in shown
    assert "Vi har fået dit svar" in text(
        karin.post(acting(mandate, row, "svar"), {"svar": WORDS}, follow=True)
    )
    step = row.taken.get(kind="answered")
    assert (step.by, step.unit, step.mandate) == ("karin", "", mandate)
    (letter,) = Letter.objects.filter(kind="acted-for", person_key=world.eva)
    assert WORDS in str(letter.texts["da"]) and "har svaret for dig" in str(letter.texts["da"])
    assert Event.objects.filter(action="sanction-answered", actor="karin", mandate=mandate).exists()
    eva = desk("eva")
    assert "Svaret fra" in text(eva.get("/mig/sanktioner")) and WORDS in text(eva.get("/mig/sanktioner"))
    assert "med fuldmagt fra borgeren" in text(desk("bente").get(path(row)))
    assert WORDS not in text(desk("yrsa").get(path(row)))


def test_complains_and_takes_the_complaint_back(world, desk, karin):
    mandate, row = mandate_to("karin", world.eva, "answer"), effected(world.eva)
    assert "Klag for borgeren" in text(karin.get(acting(mandate, row)))
    karin.post(acting(mandate, row, "klag"), {"klage": WORDS})
    assert Complaint.objects.get(sanction=row).state == "received"
    assert WORDS in text(desk("bente").get(path(row))) and WORDS not in text(desk("yrsa").get(path(row)))
    karin.post(acting(mandate, row, "klag/tilbage"))
    assert Complaint.objects.get(sanction=row).state == "taken-back"
    told = Letter.objects.filter(kind="acted-for", person_key=world.eva).order_by("written_at")
    assert ["har klaget" in str(told[0].texts), "tilbage for dig" in str(told[1].texts)] == [True, True]


@pytest.mark.parametrize("scope", ["see", "consent"])
def test_a_mandate_that_does_not_reach_answers_nothing(world, karin, scope):
    mandate, row = mandate_to("karin", world.eva, scope), brought(world.eva, "heard")
    assert karin.post(acting(mandate, row, "svar"), {"svar": WORDS}).status_code == 403
    with pytest.raises(NoAccess):
        own.answer(by=user("karin"), sanction=row.pk, words=WORDS, language="da", mandate=mandate)
    row.refresh_from_db()
    assert row.answered_at is None
    shown = karin.get(acting(mandate, row))
    assert shown.status_code == (200 if scope == "see" else 403)
    if scope == "see":
        assert "Din fuldmagt gælder ikke svaret" in text(shown) and "<textarea" not in text(shown)


def test_after_the_mandate_is_revoked_nothing_is_answered(world, karin):
    mandate, row = mandate_to("karin", world.eva, "answer"), brought(world.eva, "heard")
    revoke(by=user("eva"), mandate=mandate)
    assert karin.post(acting(mandate, row, "svar"), {"svar": WORDS}).status_code == 403
    row.refresh_from_db()
    assert row.answered_at is None


def test_only_of_the_citizen_who_gave_it(world, karin):
    mandate, row = mandate_to("karin", world.gry, "answer"), brought(world.eva, "heard")
    assert karin.post(acting(mandate, row, "svar"), {"svar": WORDS}).status_code == 404
    assert REASON not in text(karin.get(acting(mandate, row)))


def test_a_short_answer_comes_back_with_a_sentence_and_the_words(world, karin):
    mandate, row = mandate_to("karin", world.eva, "answer"), brought(world.eva, "heard")
    answer = karin.post(acting(mandate, row, "svar"), {"svar": "Nej"})
    assert (
        answer.status_code == 409 and "mindst 10 tegn" in text(answer) and ">Nej</textarea>" in text(answer)
    )


def test_the_citizen_complains_follows_it_and_takes_it_back(world, desk):
    row, eva = effected(world.eva), desk("eva")
    assert "Klag senest" in text(eva.get("/mig/sanktioner"))
    assert "Vi har fået din klage" in text(
        eva.post(f"/mig/sanktioner/{row.pk}/klag", {"klage": COMPLAINT}, follow=True)
    )
    shown = text(eva.get("/mig/sanktioner"))
    assert "ser på sagen igen senest" in shown and COMPLAINT in shown and "Klag senest" not in shown
    again = eva.post(f"/mig/sanktioner/{row.pk}/klag", {"klage": "Igen, fordi jeg er uenig."})
    assert again.status_code == 409 and "allerede en klage" in text(again)
    eva.post(f"/mig/sanktioner/{row.pk}/klag/tilbage")
    assert "Du har taget klagen tilbage" in text(eva.get("/mig/sanktioner"))


def test_from_the_complaint_to_the_money_by_the_pages_of_both_sides(world, desk):
    row = complained(world.eva)
    bente, yrsa, eva = desk("bente"), desk("yrsa"), desk("eva")
    shown = text(bente.get(path(row)))
    assert "Borgeren har klaget" in shown and "inden for de fire uger" in shown and COMPLAINT in shown
    assert bente.post(path(row, "giv-ret"), {"hvorfor": "Du havde ret i det."}).status_code == 400
    said = {"hvorfor": "Vi havde overset lægens brev.", "hvor-meget": "alt"}
    assert "har fået ret" in text(bente.post(path(row, "giv-ret"), said, follow=True))
    assert "Betal pengene tilbage" in text(yrsa.get(path(row)))
    assert "lægens brev" not in text(yrsa.get(path(row)))
    wrong = yrsa.post(path(row, "betal-tilbage"), {"beloeb": "400,00", "dag": "2026-13-01"})
    assert wrong.status_code == 400 and "Skriv dagen som" in text(wrong)
    day = timezone.localdate(row.effected_at).isoformat()
    wrong = yrsa.post(path(row, "betal-tilbage"), {"beloeb": "400,00", "dag": day})
    assert wrong.status_code == 400 and "mangler 500,00 kr." in text(wrong)
    yrsa.post(path(row, "betal-tilbage"), {"beloeb": "500,00", "dag": day})
    row.refresh_from_db()
    assert (row.state, row.repaid_oere) == ("repaid", 50_000)
    told = text(eva.get("/mig/sanktioner"))
    assert "Du har fået penge tilbage" in told and "lægens brev" in told and "500,00 kr." in told


def test_a_complaint_by_telephone_on_to_the_board_and_its_answer(world, desk):
    row = effected(world.eva)
    bente, yrsa = desk("bente"), desk("yrsa")
    day = timezone.localdate(row.effected_at).isoformat()
    yrsa.post(path(row, "skriv-klage"), {"dag": day, "klage": "Ringede og var uenig."})
    assert "Ringede og var uenig" in text(yrsa.get(path(row)))
    bente.post(path(row, "fasthold-efter-klage"), {"hvorfor": "Der var mulighed for at melde afbud."})
    bente.post(path(row, "send-klagen"), {"dag": day})
    assert "Klagen ligger hos Ankestyrelsen" in text(bente.get(path(row)))
    assert bente.post(path(row, "ankestyrelsens-svar"), {"dag": day}).status_code == 400
    said = {"dag": day, "udfald": "ophaevet", "hvorfor": "Der var en rimelig grund."}
    bente.post(path(row, "ankestyrelsens-svar"), said)
    row.refresh_from_db()
    assert (row.state, row.reversed_whole, row.complaint) == ("reversed", True, "")


def test_an_error_found_without_a_complaint(world, desk):
    row, bente = effected(world.eva), desk("bente")
    said = {"hvorfor": "Beløbet var regnet forkert ud.", "hvor-meget": "en-del"}
    assert "skal betale pengene tilbage" in text(bente.post(path(row, "aendr"), said, follow=True))
    row.refresh_from_db()
    assert (row.state, row.reversed_whole) == ("reversed", False)
