"""The citizen's page: purpose before anything is shown, a line for each look, lanes closed with their reason; the own page."""

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest

from helhed.audit.models import Event
from helhed.membership.questions import Standing
from helhed.sharing import hatch
from helhed.sharing.answers import NoAccess
from helhed.sharing.lanes import groups_of
from pages.world import ANNA, World, user


def search(client, text: str, **more: str):
    return client.post("/borgere", {"tekst": text, "formaal": "koordinering", **more})


def look(client, person, purpose="sagsbehandling"):
    return client.post(f"/borger/{person}", {"formaal": purpose}, follow=True)


def test_a_number_in_the_address_finds_nobody(pages):
    answer = pages("bente").get(f"/borgere?tekst={ANNA}")
    assert "Åkær" not in answer.content.decode()


def test_found_by_name_and_by_number(pages, world: World):
    client = pages("bente")
    for text in ("åkær", ANNA, f"{ANNA[:6]}-{ANNA[6:]}"):
        page = search(client, text).content.decode()
        assert (
            "Anna Åkær" in page
            and f"/borger/{world.anna}" in page
            and ANNA not in page.split("data-search")[1].split(">", 1)[1]
        )


def test_nobody_of_the_other_administration_is_found(pages):
    assert "Ørum" not in search(pages("bente"), "ørum").content.decode()
    assert "Ingen fundet" in search(pages("bente"), "ørum").content.decode()


def test_one_letter_is_too_little(pages):
    assert "Skriv mindst to tegn." in search(pages("bente"), "a").content.decode()


def test_a_search_and_its_hits_are_logged(pages, world: World):
    search(pages("bente"), "åkær")
    assert Event.objects.filter(action="find", actor="bente", purpose="koordinering").count() == 1
    assert Event.objects.filter(action="find-hit", person_key=world.anna).count() == 1


def test_nothing_is_shown_before_the_purpose(pages, world: World):
    page = pages("bente").get(f"/borger/{world.anna}").content.decode()
    assert "Hvad skal du bruge opslaget til?" in page and "Åkær" not in page
    assert not Event.objects.filter(action="look", person_key=world.anna).exists()


def test_each_showing_is_a_line_in_the_log_under_the_purpose_given(pages, world: World):
    client = pages("bente")
    assert "Dit opslag er logget" in look(client, world.anna, "koordinering").content.decode()
    client.get(f"/borger/{world.anna}?aar=1")
    lines = Event.objects.filter(action="look", person_key=world.anna, actor="bente")
    assert [line.purpose for line in lines] == ["koordinering", "koordinering"]


def test_an_unknown_purpose_becomes_the_ordinary_one(pages, world: World):
    look(pages("bente"), world.anna, "nysgerrighed")
    assert Event.objects.get(action="look", person_key=world.anna).purpose == "sagsbehandling"


def test_with_consent_both_sides_are_drawn(pages, world: World):
    page = look(pages("bente"), world.anna).content.decode()
    assert "hel-spell--bif" in page and "hel-spell--sof" in page and "hel-shade" in page
    assert "hel-shut" not in page


def test_without_consent_the_other_side_is_hatched_with_its_reason(pages, world: World):
    page = look(pages("bente"), world.bo).content.decode()
    assert "hel-spell--bif" in page and "hel-spell--sof" not in page
    assert "hel-shut" in page and "Åbnes, når borgeren samtykker til deling" in page


def test_a_protected_address_is_marked(pages, world: World):
    assert "Beskyttet adresse" in look(pages("soeren"), world.dorte).content.decode()


def test_exists_but_no_access(pages, world: World):
    answer = look(pages("soeren"), world.bo)
    page = answer.content.decode()
    assert answer.status_code == 403 and "Findes, men du har ikke adgang" in page
    assert "Sådan kan du få adgang" in page and "Bo Berg" not in page
    assert Event.objects.get(action="look", person_key=world.bo).outcome == "denied"


def test_a_refused_search_stays_in_the_log(pages):
    with pytest.raises(NoAccess):
        hatch.find(text="Anna", by=user("anders"), purpose="sagsbehandling", language="da")
    assert Event.objects.get(action="find").outcome == "denied"


def test_a_group_that_asks_about_a_parent_is_nobody_elses_bar():
    spells = [Standing(key, True, date(2026, 1, 1), None) for key in ("4A-BOERN", "8D-BOERN", "4A")]
    all_open = SimpleNamespace(whole=lambda *_pair: True)
    assert [bar.key for bar in groups_of(spells, all_open, "da")] == ["4A"]


def test_nobody_at_the_address(pages):
    answer = look(pages("bente"), uuid4())
    assert answer.status_code == 403 and "Der findes ingen borger" in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "current"), [("?aar=1", "1 år"), ("?aar=10", "10 år"), ("?aar=tusind&til=i-morgen", "3 år")]
)
def test_the_width_is_in_the_address(pages, world: World, query, current):
    client = pages("bente")
    look(client, world.anna)
    page = client.get(f"/borger/{world.anna}{query}").content.decode()
    assert f'aria-current="true">{current}</a>' in page


def test_the_own_page_says_consent_in_plain_words(pages):
    page = pages("anna").get("/mig").content.decode()
    assert "De to forvaltninger må tale sammen om dig" in page and "Du sagde ja den" in page
    assert "Du har ikke sagt ja til én samlet plan" in page


def test_the_citizen_sees_who_looked(pages, world: World):
    look(pages("bente"), world.anna)
    page = pages("anna").get("/mig/opslag").content.decode()
    assert "En sagsbehandler" in page and "for at behandle din sag" in page and "Bente Holm" not in page


def test_signing_off_a_notice(pages, world: World):
    client = pages("bente")
    page = client.get("/sagsbehandler").content.decode()
    assert "Anna Åkær" in page and "1 advis venter på" in page
    client.post(f"/advis/{world.notices['bif'].pk}/kvitteret")
    page = client.get("/sagsbehandler").content.decode()
    assert "Ingen advis venter på" in page and "Advis er kvitteret" in page


def test_another_units_notice_does_not_exist(pages, world: World):
    assert pages("bente").post(f"/advis/{world.notices['sof'].pk}/kvitteret").status_code == 404
