"""Emergency access, protected addresses, new people, samples and the watched, as they are met on the pages."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event
from helhed.register.questions import find
from helhed.sharing.safeguards.actions import follow_embargo, open_emergency
from helhed.sharing.safeguards.models import Emergency, Sample, SampledLook, Watch
from helhed.sharing.safeguards.standing import embargoed, emergency_of
from pages.world import ANNA, World, deliver, user

REASON = "Fundet bevidstløs på Driftscenter 2; lægen skal kende behandlingen."
HOME, PHONE = "Tågehornsvej 12, 2. th, 2499 København X", "01 23 45 67"
NEW = "610190-3335"


def purposed(client, person: UUID) -> None:
    client.post(f"/borger/{person}", {"formaal": "sagsbehandling"})


def text(answer) -> str:
    return answer.content.decode()


# ---- emergency access


def test_refused_opened_seen_judged_and_read_by_the_citizen(pages, world: World):
    kim = pages("kim")
    purposed(kim, world.anna)
    closed = kim.get(f"/borger/{world.anna}")
    assert closed.status_code == 403 and f"/borger/{world.anna}/noedadgang" in text(closed)
    assert "Åkær" not in text(closed)
    kim.post(f"/borger/{world.anna}/noedadgang", {"grund": REASON})
    seen = kim.get(f"/borger/{world.anna}")
    assert seen.status_code == 200 and "Anna Åkær" in text(seen) and "Luk nødadgangen nu" in text(seen)

    lene = pages("lene")
    assert "1 nødadgang venter på et andet blik" in text(lene.get("/leder"))
    page = text(lene.get("/andet-blik"))
    assert "Kim Dahl" in page and REASON in page and "så en borgers side" in page
    row = Emergency.objects.get()
    lene.post(f"/andet-blik/{row.pk}", {"svar": "justified", "note": ""})
    assert Emergency.objects.get().seen_by == "lene"

    own = text(pages("anna").get("/mig/opslag"))
    assert "Nødadgang" in own and "Driftscenter 2" in own and "nødvendig" in own
    assert "Kim Dahl" not in own and REASON not in own


def test_a_short_reason_opens_nothing_and_is_kept_in_the_form(pages, world: World):
    answer = pages("kim").post(f"/borger/{world.anna}/noedadgang", {"grund": "haster"})
    assert answer.status_code == 400 and "haster</textarea>" in text(answer)
    assert emergency_of("kim", world.anna) is None


def test_found_by_the_whole_number_only_and_the_citizen_is_told(pages, world: World):
    kim = pages("kim")
    assert kim.post("/noedadgang", {"nummer": "Anna"}).status_code == 400
    assert kim.post("/noedadgang", {"nummer": "6101809999"}).status_code == 400
    found = kim.post("/noedadgang", {"nummer": ANNA})
    assert found["Location"] == f"/borger/{world.anna}/noedadgang"
    assert Event.objects.filter(action="emergency-find", person_key=world.anna, actor="kim").exists()


def test_closed_early_the_page_is_closed_at_once(pages, world: World):
    kim = pages("kim")
    kim.post(f"/borger/{world.anna}/noedadgang", {"grund": REASON})
    kim.post(f"/borger/{world.anna}/noedadgang/luk")
    assert emergency_of("kim", world.anna) is None
    purposed(kim, world.anna)
    assert kim.get(f"/borger/{world.anna}").status_code == 403


def test_it_opens_to_the_one_who_opened_it_and_nobody_else(pages, world: World):
    kim = pages("kim")
    kim.post(f"/borger/{world.anna}/noedadgang", {"grund": REASON})
    kim.get(f"/borger/{world.anna}")
    purposed(kim, world.bo)
    assert kim.get(f"/borger/{world.bo}").status_code == 403


def test_a_leader_of_the_other_administration_has_no_say(pages, world: World):
    row = open_emergency(by=user("kim"), person=world.anna, reason=REASON)
    birgit = pages("birgit")
    assert REASON not in text(birgit.get("/andet-blik"))
    assert birgit.post(f"/andet-blik/{row.pk}", {"svar": "justified"}).status_code == 403
    assert Emergency.objects.get().verdict == ""


def test_not_justified_says_why(pages, world: World):
    row = open_emergency(by=user("kim"), person=world.anna, reason=REASON)
    lene = pages("lene")
    assert lene.post(f"/andet-blik/{row.pk}", {"svar": "not-justified", "note": ""}).status_code == 400
    assert lene.post(f"/andet-blik/{row.pk}", {"svar": "", "note": "hm"}).status_code == 400
    lene.post(f"/andet-blik/{row.pk}", {"svar": "not-justified", "note": "Enheden kunne nås."})
    assert "Enheden kunne nås." in text(lene.get("/andet-blik"))


def test_many_of_one_user_are_shown_to_the_steward(pages, world: World, settings):
    settings.EMERGENCY_RATE = 1
    for person in (world.anna, world.bo):
        open_emergency(by=user("kim"), person=person, reason=REASON)
    page = text(pages("dorte").get("/tilsyn"))
    assert "Mere end 1 nødadgange på 30 dage" in page and "/log?hvem=kim" in page


# ---- protected addresses


@pytest.fixture
def protected(pages, world: World, tmp_path) -> World:
    """Anna lives somewhere, and her address is protected."""
    row = f"R;610180-1111;Åkær, Anna;Ja;{HOME};{PHONE}"
    files = {"SOF_BORGERE_AENDRING": ["AENDRING;Cpr;Navn;Beskyttet;Adresse;Telefon", row]}
    deliver(tmp_path / "adresse", "sof-fagsystem", files, nights_ago=0)
    user_row = user("bente")
    user_row.protected_address = True
    return world


def test_a_protected_address_is_on_no_page(pages, protected: World):
    for username in ("bente", "soeren"):
        client = pages(username)
        purposed(client, protected.anna)
        for place in ("", "/hvorfor", "/samtykker", "/opslag", "/fuldmagter"):
            page = text(client.get(f"/borger/{protected.anna}{place}"))
            assert HOME not in page and PHONE not in page, (username, place)
        hits = text(client.post("/borgere", {"tekst": "Anna", "formaal": "sagsbehandling"}))
        assert "Anna Åkær" in hits and HOME not in hits
        assert "Skjult: adressen er beskyttet" in text(client.get(f"/borger/{protected.anna}"))


def test_revealed_by_an_act_with_a_reason_that_the_citizen_can_read(pages, protected: World):
    bente = pages("bente")
    purposed(bente, protected.anna)
    assert HOME not in text(bente.get(f"/borger/{protected.anna}/adresse"))
    assert bente.post(f"/borger/{protected.anna}/adresse", {"grund": "brev"}).status_code == 400
    shown = bente.post(f"/borger/{protected.anna}/adresse", {"grund": "Brev om afgørelsen i dag"})
    assert HOME in text(shown) and PHONE in text(shown) and shown["Cache-Control"] == "no-store"
    assert HOME not in text(bente.get(f"/borger/{protected.anna}"))
    line = Event.objects.get(action="contact-reveal")
    assert (line.person_key, line.fields, line.outcome) == (protected.anna, ["contact"], "allowed")
    assert line.decision is not None
    assert "Så din beskyttede adresse" in text(pages("anna").get("/mig/opslag"))


def test_without_the_right_it_stays_hidden_and_the_try_is_noted(pages, protected: World):
    soeren = pages("soeren")
    purposed(soeren, protected.anna)
    answer = soeren.post(f"/borger/{protected.anna}/adresse", {"grund": "Brev om afgørelsen i dag"})
    assert answer.status_code == 403 and HOME not in text(answer)
    assert Event.objects.get(action="contact-reveal").outcome == "denied"


def test_an_emergency_does_not_reveal_it(pages, protected: World):
    kim = pages("kim")
    kim.post(f"/borger/{protected.anna}/noedadgang", {"grund": REASON})
    assert HOME not in text(kim.get(f"/borger/{protected.anna}"))
    assert (
        kim.post(f"/borger/{protected.anna}/adresse", {"grund": "Brev om afgørelsen i dag"}).status_code
        == 403
    )


def test_an_open_address_is_on_the_citizens_page(pages, world: World, tmp_path):
    row = f"R;610180-1111;Åkær, Anna;Nej;{HOME};{PHONE}"
    files = {"SOF_BORGERE_AENDRING": ["AENDRING;Cpr;Navn;Beskyttet;Adresse;Telefon", row]}
    deliver(tmp_path / "adresse", "sof-fagsystem", files, nights_ago=0)
    bente = pages("bente")
    purposed(bente, world.anna)
    assert HOME in text(bente.get(f"/borger/{world.anna}"))
    assert "contact" in Event.objects.filter(action="look").latest("pk").fields


# ---- new people


@pytest.fixture
def newcomer(pages, world: World, tmp_path) -> UUID:
    """A person first seen while the embargo is on, with the name and birthday of another."""
    follow_embargo(by=SYSTEM, on=True)
    rows = ["AENDRING;Cpr;Navn;Beskyttet", f"O;{NEW};Ny, Nis;Nej", "O;610190-3337;Ny, Nis;Nej"]
    deliver(tmp_path / "ny", "sof-fagsystem", {"SOF_BORGERE_AENDRING": rows}, nights_ago=0)
    return find(NEW)[0].key


def test_a_new_person_is_reviewed_and_released(pages, newcomer: UUID):
    dorte = pages("dorte")
    page = text(dorte.get("/nye-borgere"))
    assert "Nis Ny" in page and "Erstatningsnummer" in page and "En anden med samme navn" in page
    assert Event.objects.filter(action="list", person_key=newcomer, actor="dorte").exists()
    assert Event.objects.filter(action="identity-compared", person_key=newcomer).exists()
    assert dorte.post(f"/nye-borgere/{newcomer}", {"svar": "released", "note": ""}).status_code == 400
    dorte.post(f"/nye-borgere/{newcomer}", {"svar": "kept", "note": "afventer pas"})
    assert embargoed(newcomer) and "afventer pas" in text(dorte.get("/nye-borgere"))
    dorte.post(f"/nye-borgere/{newcomer}", {"svar": "released", "note": "pas set"})
    assert not embargoed(newcomer)


# ---- samples and the watched


@pytest.fixture
def sample(pages, world: World) -> Sample:
    """Bente has looked at Anna, and the steward has drawn an extra sample."""
    bente = pages("bente")
    purposed(bente, world.anna)
    bente.get(f"/borger/{world.anna}")
    month = timezone.localdate().strftime("%Y-%m")
    assert pages("dorte").post("/stikproever/udtraek", {"maaned": month}).status_code == 302
    return Sample.objects.get(unit=user("bente").unit)


def test_drawn_judged_and_filed(pages, sample: Sample):
    birgit = pages("birgit")
    assert "1 stikprøve skal vurderes" in text(birgit.get("/leder"))
    page = text(birgit.get(f"/stikproever/{sample.pk}"))
    assert "Bente Holm så en borgers side" in page and "Anna Åkær" in page
    look = SampledLook.objects.get(sample=sample)
    place = f"/stikproever/{sample.pk}/opslag/{look.pk}"
    assert birgit.post(place, {"behov": "no"}).status_code == 400
    assert birgit.post(f"/stikproever/{sample.pk}/arkiver").status_code == 400
    birgit.post(place, {"behov": "yes", "sag": "S1"})
    birgit.post(f"/stikproever/{sample.pk}/arkiver")
    dorte = pages("dorte")
    page = text(dorte.get(f"/stikproever/{sample.pk}?efterproev=1"))
    assert (
        "Ja, arbejdet krævede det" in page
        and "Trukket igen: de samme opslag" in page
        and "Underskrift" in page
    )
    assert re.search(r"Arkiveret .* af Birgit Lund", text(dorte.get("/stikproever")))
    assert birgit.post(place, {"behov": "no", "note": "fortrudt"}).status_code == 400


def test_only_the_units_leader_judges_it(pages, sample: Sample):
    look = SampledLook.objects.get(sample=sample)
    for username in ("lene", "dorte", "bente"):
        client = pages(username)
        answer = client.post(f"/stikproever/{sample.pk}/opslag/{look.pk}", {"behov": "yes", "sag": "S1"})
        assert answer.status_code == 403
    lene = pages("lene")
    assert lene.get(f"/stikproever/{sample.pk}").status_code == 403
    assert "Gammel Køge" not in text(lene.get("/stikproever"))


def test_nobody_judges_the_own_look(pages, world: World):
    until = timezone.localdate() + timedelta(days=30)
    dorte = pages("dorte")
    dorte.post("/overvaagede", {"hvem": "birgit", "grund": "Aftalt efter samtale med lederen.", "dage": "30"})
    assert Watch.objects.get().until == until
    Event.objects.create(
        actor="birgit", actor_role="leader", actor_unit=user("birgit").unit, action="list", person_key=world.anna,
        purpose="tilsyn", fields=["identity"], outcome="allowed",
    )  # fmt: skip
    dorte.post("/stikproever/udtraek", {"maaned": timezone.localdate().strftime("%Y-%m")})
    look = SampledLook.objects.get(watched=True)
    birgit = pages("birgit")
    page = text(birgit.get(f"/stikproever/{look.sample_id}"))
    assert "Overvåget" in page and 'name="behov"' not in page
    assert (
        birgit.post(
            f"/stikproever/{look.sample_id}/opslag/{look.pk}", {"behov": "yes", "sag": "S"}
        ).status_code
        == 403
    )


def test_the_watched_are_put_on_the_list_and_taken_off(pages, world: World):
    dorte = pages("dorte")
    assert dorte.post("/overvaagede", {"hvem": "ingen", "grund": "x" * 30}).status_code == 400
    assert dorte.post("/overvaagede", {"hvem": ANNA, "grund": "kort"}).status_code == 400
    assert dorte.post("/overvaagede", {"hvem": "dorte", "grund": "x" * 30}).status_code == 400
    dorte.post("/overvaagede", {"hvem": ANNA, "grund": "Omtalt i pressen den 3. november.", "dage": "90"})
    row = Watch.objects.get()
    assert row.person_key == world.anna and ANNA not in text(dorte.get("/overvaagede"))
    dorte.post(f"/overvaagede/{row.pk}/fjern")
    assert Watch.objects.get().ended_by == "dorte"
