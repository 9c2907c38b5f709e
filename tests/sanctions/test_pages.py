"""Sanctions and tasks in the browser: each side's pages, what the other side is not shown, and the citizen's answer."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from handover.world import ONE
from helhed.coordination.handover.letters.models import Letter
from helhed.coordination.handover.sanctions.models import Sanction
from helhed.coordination.handover.tasks.models import Task
from helhed.pages.money import oere_typed
from helhed.pages.templatetags.money import kroner, typed
from pages.world import user
from sanctions.split import ASSESSMENT, REASON, brought, hand_over, yesterday

SECRET = "Borgeren bor på herberg og er i behandling."


@pytest.fixture
def desk(world):
    """`desk("bente")`: a browser in which this user has said what for, for Eva."""

    def opened(username: str) -> Client:
        client = Client(headers={"accept-language": "da"})
        client.force_login(user(username))
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "da"
        if user(username).role == "caseworker":
            client.post(f"/borger/{world.eva}", {"formaal": "sagsbehandling"})
        return client

    return opened


def text(answer) -> str:
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def path(row: Sanction, act: str = "") -> str:
    return f"/borger/{row.person_key}/sanktioner/{row.pk}" + (f"/{act}" if act else "")


def test_from_the_draft_to_the_receipt(world, desk):
    """The deciding unit, the benefits service and the citizen, each by their own pages."""
    bente, yrsa, eva = desk("bente"), desk("yrsa"), desk("eva")
    form = {"fra": yesterday().isoformat(), "til": "", "bestemmelse": "LAS-36", "begrundelse": REASON}
    answer = bente.post(f"/borger/{world.eva}/sanktioner/ny", form | {"vurdering": SECRET})
    row = Sanction.objects.get(person_key=world.eva)
    assert answer["Location"] == path(row)
    assert "ikke jeres vurdering" in text(bente.get(path(row, "beslut")))
    assert "ligger nu hos Ydelsesservice" in text(bente.post(path(row, "beslut"), follow=True))
    assert "Modtag afgørelsen" in text(yrsa.get(path(row)))
    yrsa.post(path(row, "modtag"))
    assert (
        "ydelsen kendes ikke" not in (shown := text(yrsa.get(path(row, "beregn"))))
        and "11.000,00 kr." in shown
    )
    month = timezone.localdate().replace(day=1).isoformat()
    yrsa.post(path(row, "beregn"), {"beloeb": "1.143,25", "maaned": month, "hvordan": "Tre dage"})
    yrsa.post(path(row, "hoer"))
    assert "Vi vil høre dig" in text(eva.get("/mig"))
    told = text(eva.get("/mig/sanktioner"))
    assert "1.143,25 kr." in told and REASON in told and SECRET not in told
    eva.post(f"/mig/sanktioner/{row.pk}/svar", {"svar": "Jeg var syg den dag."})
    assert "Jeg var syg" in text(bente.get(path(row)))
    bente.post(path(row, "fasthold"), {"hvorfor": "Der var mulighed for at melde afbud."})
    assert "har fået et brev" in text(yrsa.post(path(row, "gennemfoer"), follow=True))
    row.refresh_from_db()
    assert (row.state, row.amount_oere) == ("effected", 114_325)
    assert set(Letter.objects.values_list("kind", flat=True)) == {"sanction-hearing", "sanction-effected"}
    assert "mulighed for at melde afbud" in text(eva.get("/mig/sanktioner"))


def test_the_benefits_service_never_sees_the_social_side(world, desk):
    """Nor the deciding unit's assessment, its reasons, or the citizen's own answer."""
    row = brought(world.eva, "heard")
    desk("eva").post(f"/mig/sanktioner/{row.pk}/svar", {"svar": SECRET})
    desk("bente").post(path(row, "fasthold"), {"hvorfor": "Herberget kunne have ringet for dig."})
    yrsa = desk("yrsa")
    seen = [text(yrsa.get(each)) for each in (path(row), f"/borger/{world.eva}/sanktioner", "/sanktioner")]
    assert all(words not in "".join(seen) for words in (SECRET, ASSESSMENT, "Herberget", "Driftscenter"))
    assert REASON in seen[0] and "Ordene er for den besluttende enhed" in seen[0]


def test_an_answer_the_benefits_service_wrote_down_it_may_read_again(world, desk):
    row = brought(world.eva, "heard")
    yrsa = desk("yrsa")
    yrsa.post(path(row, "skriv-svar"), {"svar": "Ringede: var hos tandlægen."})
    assert "hos tandlægen" in text(yrsa.get(path(row)))
    assert "hos tandlægen" in text(desk("bente").get(path(row)))


def test_a_draft_is_not_there_for_the_benefits_service(world, desk):
    row = brought(world.eva, "draft")
    yrsa = desk("yrsa")
    assert yrsa.get(path(row)).status_code == 404
    assert REASON not in text(yrsa.get("/sanktioner")) and "Udkast" not in text(yrsa.get("/sanktioner"))
    assert yrsa.get(f"/borger/{world.eva}/sanktioner/ny").status_code == 302


def test_after_the_hand_over_the_draft_is_the_new_units_and_the_old_is_shut_out(world, desk):
    row = brought(world.eva, "draft")
    assert desk("soeren").get(path(row)).status_code == 403
    hand_over(world.eva, ONE)
    assert desk("bente").get(path(row)).status_code == 403
    soeren = desk("soeren")
    assert ASSESSMENT in text(soeren.get(path(row)))
    assert "Eva Holt" in text(soeren.get("/sanktioner"))
    assert "ligger nu hos Ydelsesservice" in text(soeren.post(path(row, "beslut"), follow=True))
    assert "Driftscenter 1" in text(soeren.get(path(row)))


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("12.50", "Skriv beløbet som 1.234,50"),
        ("", "Skriv beløbet som 1.234,50"),
        ("-5", "Skriv beløbet som 1.234,50"),
        ("11.000,01", "mere, end ydelsen er"),
        ("0", "hvor meget der trækkes"),
    ],
)
def test_an_amount_that_cannot_be(world, desk, amount, words):
    row = brought(world.eva, "received")
    month = timezone.localdate().replace(day=1).isoformat()
    answer = desk("yrsa").post(path(row, "beregn"), {"beloeb": amount, "maaned": month})
    assert answer.status_code == 400 and words in text(answer)
    assert Sanction.objects.get(pk=row.pk).state == "received"


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"fra": "31-31-2026"}, "Skriv dagen som"),
        ({"til": "i går"}, "Skriv dagen som"),
        ({"begrundelse": "kort"}, "mindst 10 tegn"),
        ({"bestemmelse": "FVL-28"}, "Vælg, hvilken bestemmelse"),
    ],
)
def test_a_draft_that_is_not_whole_keeps_what_was_typed(world, desk, form, words):
    whole = {
        "fra": yesterday().isoformat(),
        "bestemmelse": "LAS-36",
        "begrundelse": REASON,
        "vurdering": SECRET,
    }
    answer = desk("bente").post(f"/borger/{world.eva}/sanktioner/ny", whole | form)
    assert answer.status_code == 400 and words in text(answer) and SECRET in text(answer)
    assert not Sanction.objects.exists()


def test_an_act_whose_time_is_not_now_leads_back_with_a_sentence(world, desk):
    row = brought(world.eva, "decided")
    answer = desk("bente").post(path(row, "annuller"), {"hvorfor": "Det var en fejl."}, follow=True)
    assert "Det kan ikke gøres nu" in text(answer)
    assert desk("bente").get(path(row, "findes-ikke")).status_code == 404
    at_finn, bente = path(row).replace(str(world.eva), str(world.finn)), desk("bente")
    bente.post(at_finn, {"formaal": "sagsbehandling"})
    assert bente.get(at_finn).status_code == 404


def test_another_citizens_sanction_is_not_there(world, desk):
    row = brought(world.finn, "heard")
    assert desk("eva").post(f"/mig/sanktioner/{row.pk}/svar", {"svar": "Det er ikke min."}).status_code == 404
    assert REASON not in text(desk("eva").get("/mig/sanktioner"))


def test_an_empty_answer_is_sent_back_with_a_sentence(world, desk):
    row = brought(world.eva, "heard")
    answer = desk("eva").post(f"/mig/sanktioner/{row.pk}/svar", {"svar": " "})
    assert answer.status_code == 409 and "mindst 10 tegn" in text(answer)


def test_tasks_of_a_citizen_and_of_the_unit(world, desk):
    bente = desk("bente")
    due = (timezone.localdate() + timedelta(days=2)).isoformat()
    form = {
        "titel": "Ring om praktikken",
        "ansvar": "sagsbehandleransvar",
        "frist": due,
        "note": "Spørg til transport",
    }
    bente.post(f"/borger/{world.eva}/opgaver", form)
    task = Task.objects.get()
    assert "Ring om praktikken" in text(bente.get("/opgaver")) and "Eva Holt" in text(bente.get("/opgaver"))
    assert "Ring om praktikken" not in text(desk("yrsa").get("/opgaver"))
    refused = bente.post(f"/opgaver/{task.pk}/afslut", {"hvordan": "opgivet", "hvorfor": ""}, follow=True)
    assert "Skriv kort, hvorfor" in text(refused)
    answer = bente.post(f"/opgaver/{task.pk}/afslut", {"borger": str(world.eva)}, follow=True)
    assert "Opgaven er løst" in text(answer) and "1 afsluttet opgave" in text(answer)


def test_a_task_with_a_day_that_is_none_keeps_what_was_typed(world, desk):
    form = {"titel": "Ring om praktikken", "ansvar": "sagsbehandleransvar", "frist": "snart"}
    answer = desk("bente").post(f"/borger/{world.eva}/opgaver", form)
    assert (
        answer.status_code == 400
        and "Skriv fristen som" in text(answer)
        and "Ring om praktikken" in text(answer)
    )


@pytest.mark.parametrize(
    ("written", "oere"),
    [
        ("1.234,50", 123_450),
        ("1234,5", 123_450),
        ("1234", 123_400),
        ("12,05 kr.", 1_205),
        ("1.000.000", 100_000_000),
        ("12.50", None),
        ("1,234.50", None),
        ("-5", None),
        ("", None),
        ("12,345", None),
        ("1e5", None),
    ],
)
def test_money_as_people_type_it(written, oere):
    assert oere_typed(written) == oere


def test_money_as_it_is_shown():
    assert (kroner(123_450), kroner(None), typed(123_405), typed(None)) == (
        "1.234,50 kr.",
        "–",
        "1234,05",
        "",
    )
