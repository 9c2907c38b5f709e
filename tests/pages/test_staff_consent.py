"""Staff help a citizen who cannot log in: ask, write down, have it confirmed by another, hand in the paper, withdraw."""

import re
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from helhed.audit.models import Event
from helhed.sharing.consent.models import Consent
from pages.world import World

WISH = {
    "do": "bed",
    "oplysning": ["employment_case", "plan"],
    "fra": "bif",
    "til": "sof/driftscenter-1",
    "sag": "Din sag på Driftscenter 1",
    "dage": "90",
    "sprog": "da",
}
SAID = "Vi sad sammen på centret. Borgeren sagde: Ja, det er fint."
PAPER = b"%PDF-1.7\n% a scan\n"


def meet(client, person: UUID) -> None:
    """Say what the look is for, as the first page asks."""
    client.post(f"/borger/{person}", {"formaal": "sagsbehandling"})


def asked(client, person: UUID) -> Consent:
    """A question about sharing, sent."""
    meet(client, person)
    answer = client.post(f"/borger/{person}/samtykker/bed/deling", WISH)
    assert answer.status_code == 302, answer.content.decode()
    return Consent.objects.get(pk=answer["Location"].rsplit("/", 1)[1])


def state(consent: Consent) -> str:
    consent.refresh_from_db()
    return consent.state


def page_of(consent: Consent, step: str = "") -> str:
    return f"/borger/{consent.person_key}/samtykker/{consent.pk}{step}"


def scan(content: bytes = PAPER, name: str = "papir.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


# ---- asking


def test_the_text_is_shown_word_for_word_before_anything_is_sent(pages, world: World):
    client = pages("soeren")
    meet(client, world.dorte)
    before = Consent.objects.count()
    shown = client.post(f"/borger/{world.dorte}/samtykker/bed/deling", WISH | {"do": "vis"}).content.decode()
    assert Consent.objects.count() == before
    consent = asked(client, world.dorte)
    first = consent.notice_text.split("\n\n")[0]
    assert first and first in shown
    assert first in client.get(page_of(consent)).content.decode()


def test_nothing_is_ticked_beforehand(pages, world: World):
    client = pages("soeren")
    meet(client, world.dorte)
    form = client.get(f"/borger/{world.dorte}/samtykker/bed/deling").content.decode()
    boxes = re.findall(r'<input type="checkbox"[^>]*name="oplysning"[^>]*>', form)
    assert boxes and not [box for box in boxes if "checked" in box]


def test_a_closed_lane_leads_to_the_form_with_its_own_kind_ticked(pages, world: World):
    client = pages("soeren")
    meet(client, world.dorte)
    page = client.get(f"/borger/{world.dorte}").content.decode()
    way = re.search(r'href="([^"]+samtykker/bed/deling\?fra=bif&amp;oplysning=benefit)"', page).group(1)
    form = client.get(way.replace("&amp;", "&")).content.decode()
    ticked = re.findall(r'name="oplysning" value="(\w+)" checked', form)
    assert ticked == ["benefit"]
    assert re.search(r'name="fra" value="bif" checked', form)


def test_what_is_missing_is_said_and_what_was_typed_stays(pages, world: World):
    client = pages("soeren")
    meet(client, world.dorte)
    answer = client.post(f"/borger/{world.dorte}/samtykker/bed/deling", WISH | {"oplysning": [], "do": "vis"})
    assert "Vælg mindst én slags oplysninger" in answer.content.decode()
    assert WISH["sag"] in answer.content.decode()


def test_the_two_kinds_stand_apart(pages, world: World):
    client = pages("bente")
    meet(client, world.anna)
    page = client.get(f"/borger/{world.anna}/samtykker").content.decode()
    assert "Deling af oplysninger" in page and "Fælles plan og overdragelse" in page


def test_the_purpose_travels_with_the_form_when_the_half_hour_is_over(pages, world: World):
    client = pages("soeren")
    answer = client.post(
        f"/borger/{world.dorte}/samtykker/bed/deling", WISH | {"til_formaal": "sagsbehandling"}
    )
    assert answer.status_code == 302 and "/samtykker/" in answer["Location"]


# ---- in person


def test_an_answer_in_person_waits_for_another(pages, world: World):
    soeren, lene = pages("soeren"), pages("lene")
    consent = asked(soeren, world.dorte)
    assert soeren.get(page_of(consent, "/mundtligt")).status_code == 200
    soeren.post(page_of(consent, "/mundtligt"), {"svar": "given", "ord": SAID})
    assert state(consent) == "requested"
    assert "Intet venter på dig" in soeren.get("/bekraeftelser").content.decode()
    assert SAID in lene.get("/bekraeftelser").content.decode()
    lene.post(f"/bekraeftelser/{consent.pk}", {"svar": "enig"})
    assert state(consent) == "given"


def test_nobody_confirms_what_they_wrote_themselves(pages, world: World):
    soeren = pages("soeren")
    consent = asked(soeren, world.dorte)
    soeren.post(page_of(consent, "/mundtligt"), {"svar": "given", "ord": SAID})
    assert soeren.post(f"/bekraeftelser/{consent.pk}", {"svar": "enig"}).status_code != 302
    assert state(consent) == "requested"


@pytest.mark.parametrize("stranger", ["birgit", "kim", "bente"])
def test_the_second_person_is_of_the_unit(pages, world: World, stranger):
    soeren, other = pages("soeren"), pages(stranger)
    consent = asked(soeren, world.dorte)
    soeren.post(page_of(consent, "/mundtligt"), {"svar": "given", "ord": SAID})
    assert SAID not in other.get("/bekraeftelser").content.decode()
    assert other.post(f"/bekraeftelser/{consent.pk}", {"svar": "enig"}).status_code != 302
    assert state(consent) == "requested"


def test_disagreeing_takes_a_reason_and_the_writer_sees_it(pages, world: World):
    soeren, lene = pages("soeren"), pages("lene")
    consent = asked(soeren, world.dorte)
    soeren.post(page_of(consent, "/mundtligt"), {"svar": "given", "ord": SAID})
    refused = lene.post(f"/bekraeftelser/{consent.pk}", {"svar": "uenig"})
    assert "Skriv, hvorfor du ikke kan bekræfte det" in refused.content.decode()
    why = "Borgeren siger i telefonen, at det ikke er rigtigt."
    lene.post(f"/bekraeftelser/{consent.pk}", {"svar": "uenig", "grund": why})
    assert state(consent) == "requested"
    assert why in soeren.get(page_of(consent)).content.decode()


def test_yes_and_no_stand_side_by_side_and_neither_is_chosen(pages, world: World):
    client = pages("soeren")
    consent = asked(client, world.dorte)
    for step in ("/mundtligt", "/papir"):
        radios = re.findall(
            r'<input type="radio"[^>]*name="svar"[^>]*>', client.get(page_of(consent, step)).content.decode()
        )
        assert len(radios) == 2 and not any("checked" in radio for radio in radios)


# ---- on paper


def test_the_form_to_sign_is_a_pdf(pages, world: World):
    client = pages("soeren")
    answer = client.get(page_of(asked(client, world.dorte), "/formular.pdf"))
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")


def test_a_signed_paper_counts_at_once_and_the_receipt_is_printed(pages, world: World):
    client = pages("soeren")
    consent = asked(client, world.dorte)
    day = timezone.localdate().strftime("%d-%m-%Y")
    client.post(page_of(consent, "/papir"), {"svar": "given", "dag": day, "papir": scan()})
    assert state(consent) == "given"
    receipt = re.search(
        r'href="(/borger/[^"]+/kvitteringer/[^"]+)"', client.get(page_of(consent)).content.decode()
    )
    assert client.get(receipt.group(1)).content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("paper", "sentence"),
    [
        (None, "Vælg den fil"),
        (scan(b"<html>not a paper</html>", "papir.pdf"), "hverken PDF, JPEG eller PNG"),
        (scan(b"", "tom.pdf"), "er tom"),
        (scan(b"%PDF-" + bytes(10 * 1024 * 1024), "stor.pdf"), "fylder"),
    ],
    ids=["none", "wrong kind", "empty", "too large"],
)
def test_a_wrong_paper_is_told_and_the_rest_stays(pages, world: World, paper, sentence):
    client = pages("soeren")
    consent = asked(client, world.dorte)
    form = {"svar": "refused", "dag": "01-06-2026"} | ({"papir": paper} if paper else {})
    answer = client.post(page_of(consent, "/papir"), form)
    page = answer.content.decode()
    assert sentence in page
    assert 'value="01-06-2026"' in page and re.search(r'value="refused" checked', page)
    assert state(consent) == "requested"


# ---- withdrawing


def test_withdrawing_on_the_citizens_word_says_what_it_means_and_counts_at_once(pages, world: World):
    client = pages("soeren")
    consent = asked(client, world.dorte)
    day = timezone.localdate().strftime("%d-%m-%Y")
    client.post(page_of(consent, "/papir"), {"svar": "given", "dag": day, "papir": scan()})
    before = client.get(page_of(consent, "/traek-tilbage")).content.decode()
    assert "kan ikke længere se" in before
    client.post(page_of(consent, "/traek-tilbage"), {"hvordan": "oral"})
    assert state(consent) == "withdrawn"
    page = client.get(page_of(consent)).content.decode()
    assert len(re.findall(r'href="/borger/[^"]+/kvitteringer/', page)) == 2


# ---- who is kept out


def test_a_colleague_of_another_unit_is_told_the_ways(pages, world: World):
    client = pages("kim")
    meet(client, world.dorte)
    for place in ("", "/samtykker", "/fuldmagter", "/opslag", "/samtykker/bed", "/samtykker/bed/deling"):
        answer = client.get(f"/borger/{world.dorte}{place}")
        page = answer.content.decode()
        assert answer.status_code == 403, place
        assert "Spørg den enhed, der har sagen" in page and "Spørg borgeren" in page
        assert "Ørum" not in page


def test_a_consent_is_not_shown_under_another_citizen(pages, world: World):
    client = pages("soeren")
    consent = asked(client, world.dorte)
    meet(client, world.anna)
    assert client.get(f"/borger/{world.anna}/samtykker/{consent.pk}").status_code == 404


# ---- mandates, and who has looked


def test_a_mandate_on_paper_shows_its_code_once_and_waits(pages, world: World):
    soeren, lene = pages("soeren"), pages("lene")
    meet(soeren, world.dorte)
    form = {"hvem": "Ove Ørum", "slags": "relative", "maa": ["see", "consent"], "dage": "90", "papir": scan()}
    page = soeren.post(f"/borger/{world.dorte}/fuldmagter", form).content.decode()
    code = re.search(r'hel-big-code">([^<]+)<', page).group(1)
    listed = soeren.get(f"/borger/{world.dorte}/fuldmagter").content.decode()
    assert "Ove Ørum" in listed and code not in listed and "Venter på bekræftelse" in listed
    waiting = lene.get("/bekraeftelser").content.decode()
    item = re.search(r'action="/bekraeftelser/([^"]+)"', waiting).group(1)
    paper = lene.get(f"/bekraeftelser/{item}/papir")
    assert "attachment" in paper["Content-Disposition"] and paper.content == PAPER
    assert lene.post(f"/bekraeftelser/{item}", {"svar": "enig"}).status_code == 302
    soeren.post(f"/borger/{world.dorte}/fuldmagter/{item}/kald-tilbage")
    assert "Tilbagekaldt" in soeren.get(f"/borger/{world.dorte}/fuldmagter").content.decode()


def test_a_mandate_without_a_paper_keeps_what_was_typed(pages, world: World):
    client = pages("soeren")
    meet(client, world.dorte)
    answer = client.post(
        f"/borger/{world.dorte}/fuldmagter", {"hvem": "Ove Ørum", "slags": "relative", "maa": ["see"]}
    )
    page = answer.content.decode()
    assert 'value="Ove Ørum"' in page
    assert re.search(r'id="maa-see"[^>]*checked', page)


def test_the_citizens_log_is_printed_and_that_is_a_line_itself(pages, world: World):
    client = pages("soeren")
    meet(client, world.dorte)
    client.get(f"/borger/{world.dorte}")
    before = Event.objects.filter(person_key=world.dorte).count()
    page = client.get(f"/borger/{world.dorte}/opslag").content.decode()
    assert "En sagsbehandler" in page
    assert Event.objects.filter(person_key=world.dorte).count() > before


# ---- lists


def test_the_units_list_marks_the_protected_and_logs_each_name(pages, world: World):
    client = pages("soeren")
    page = client.get("/enhedens-borgere").content.decode()
    assert "Ørum" in page and "Beskyttet adresse" in page and "Berg" not in page
    assert Event.objects.filter(person_key=world.dorte, actor="soeren", action="list").exists()


def test_a_name_looked_for_is_never_in_the_address(pages, world: World):
    page = pages("soeren").get("/enhedens-borgere").content.decode()
    assert re.search(r'<form method="post" action="/enhedens-borgere"', page)


def test_what_expires_soon_is_listed(pages, world: World):
    client = pages("soeren")
    consent = asked(client, world.dorte)
    meet(client, world.dorte)
    day = timezone.localdate().strftime("%d-%m-%Y")
    wish = WISH | {"dage": "30"}
    short = client.post(f"/borger/{world.dorte}/samtykker/bed/deling", wish)["Location"]
    assert "Ørum" not in client.get("/samtykker-der-udloeber").content.decode()
    client.post(f"{short}/papir", {"svar": "given", "dag": day, "papir": scan()})
    assert "Ørum" in client.get("/samtykker-der-udloeber").content.decode()
    assert state(consent) == "requested"


def test_the_front_pages_say_how_much_waits_without_a_line_in_anybodys_log(pages, world: World):
    soeren, lene = pages("soeren"), pages("lene")
    meet(soeren, world.dorte)
    short = soeren.post(f"/borger/{world.dorte}/samtykker/bed/deling", WISH | {"dage": "30"})["Location"]
    day = timezone.localdate().strftime("%d-%m-%Y")
    soeren.post(f"{short}/papir", {"svar": "given", "dag": day, "papir": scan()})
    soeren.post(page_of(asked(soeren, world.dorte), "/mundtligt"), {"svar": "given", "ord": SAID})
    before = Event.objects.filter(person_key=world.dorte).count()
    assert "samtykke udløber inden for 30 dage" in soeren.get("/sagsbehandler").content.decode()
    leaders = lene.get("/leder").content.decode()
    assert "svar eller fuldmagt skal bekræftes" in leaders and "udløber inden for 30 dage" in leaders
    assert Event.objects.filter(person_key=world.dorte, actor="lene").count() == 0
    assert Event.objects.filter(person_key=world.dorte).count() == before


# ---- what cannot be


def test_a_kind_of_information_needs_a_source_that_has_it(pages, world: World):
    client = pages("soeren")
    meet(client, world.dorte)
    wish = WISH | {"oplysning": ["social_case"], "do": "vis"}
    page = client.post(f"/borger/{world.dorte}/samtykker/bed/deling", wish).content.decode()
    assert "findes kun hos SOF" in page and not Consent.objects.filter(person_key=world.dorte).exists()


def test_what_was_never_given_leads_back_instead_of_being_withdrawn(pages, world: World):
    client = pages("soeren")
    consent = asked(client, world.dorte)
    answer = client.post(page_of(consent, "/traek-tilbage"), follow=True)
    assert "intet at trække tilbage" in answer.content.decode() and state(consent) == "requested"
