"""The workshop as the server answers it, without a script: draw, save, send, decide, compare, try; and what htmx asks for."""

import re

import pytest

from helhed.membership.drafting import drafts_for
from helhed.membership.models import Adoption, Draft
from helhed.pages.analyst.workshop.compare import together
from helhed.pages.analyst.workshop.panel import step
from helhed.pages.analyst.workshop.saving import proposed_key
from helhed.sharing.answers import Count
from pages.world import sent_draft, user

NEW = "/vaerksted/ny"
HTMX = {"HX-Request": "true"}


def shown(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode().replace("\N{NO-BREAK SPACE}", " "))


def fields(answer) -> dict[str, list[str]]:
    """What a browser would post of the form on the page: hidden and text fields, ticked boxes, chosen options."""
    page, found = answer.content.decode(), {}
    for tag in re.findall(r"<input [^>]*>", page):
        said = dict(re.findall(r'([a-z_-]+)="([^"]*)"', tag))
        ticked = said.get("type") not in ("checkbox", "radio") or " checked" in tag
        if "name" in said and ticked and said["name"] not in ("csrfmiddlewaretoken", "language", "next"):
            found.setdefault(said["name"], []).append(said.get("value", ""))
    for name, options in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.findall(r'<option value="([^"]*)" selected', options) or re.findall(
            r'<option value="([^"]*)"', options
        )
        found[name] = chosen[:1]
    return found


def press(client, answer, button, path=NEW, **filled):
    """Press a button of the form with some fields filled in."""
    return client.post(path, {**fields(answer), **filled, "do": button})


@pytest.fixture
def drawn(pages, world):
    """The analyst's browser, and the bench with adults who have a case in SOF and no action plan."""
    client = pages("anders")
    answer = press(client, client.get(NEW), "tilfoej:k0:age")
    answer = press(client, answer, "tilfoej:k0:social_case")
    answer = press(client, answer, "tilfoej:k0:plan")
    wanted = {"k3-uden": "1", "k3-koder": "handleplan", "k3-tid": "within", "k3-antal": "12", "k3-maal": "M"}
    return client, press(client, answer, "", **wanted)


def saved(drawn, **filled) -> Draft:
    client, answer = drawn
    press(client, answer, "gem", navn="Voksne uden handleplan", **filled)
    return Draft.objects.latest("pk")


def test_the_empty_bench_offers_six_first_blocks(pages):
    page = shown(pages("anders").get(NEW))
    assert page.count('class="hel-card"') == 6 and "Tallet kommer her" in page


def test_blocks_are_added_without_a_script_and_read_back(drawn):
    page = shown(drawn[1])
    assert "Er fyldt 18 år" in page
    assert (
        "Ikke: har social handleplan (servicelovens § 141) nu eller inden for de seneste 12 måneder" in page
    )
    assert 'class="hel-impact-number">færre end 5<' in page


def test_an_unfinished_block_says_so_and_the_rest_counts(drawn):
    client, answer = drawn
    page = shown(press(client, answer, "tilfoej:k0:benefit"))
    assert "Vælg mindst én ydelse." in page
    assert "1 byggeklods er ikke færdig" in page and "hel-impact-number" in page


def test_what_is_unfinished_cannot_be_saved_and_nothing_is_lost(drawn):
    client, answer = drawn
    answer = press(client, answer, "tilfoej:k0:benefit")
    page = shown(press(client, answer, "gem", navn="Halvt"))
    assert "kan ikke gemmes endnu" in page and "Er fyldt 18 år" in page and 'value="Halvt"' in page
    assert not Draft.objects.exists()


def test_a_draft_needs_a_name(drawn):
    client, answer = drawn
    assert "Giv målgruppen et navn" in shown(press(client, answer, "gem"))
    assert not Draft.objects.exists()


@pytest.mark.parametrize("time", ["within", "lasted", "ending_within"])
def test_the_longest_of_times_is_counted(drawn, time):
    client, answer = drawn
    wanted = {"k3-koder": "handleplan", "k3-tid": time, "k3-antal": "999999", "k3-maal": "Y"}
    assert "999999 år" in shown(press(client, answer, "", **wanted))


def test_pasted_yaml_becomes_blocks(drawn):
    client, answer = drawn
    text = "any:\n- service: [SEL-110]\n- not: {benefit: [sygedagpenge]}\n"
    page = shown(press(client, answer, "yaml", yaml=text))
    assert "Mindst én af disse gælder" in page and "Får herberg (§ 110)" in page
    assert "modtager sygedagpenge" in page


def test_yaml_that_is_not_understood_names_line_and_nearest_and_changes_nothing(drawn):
    client, answer = drawn
    page = shown(press(client, answer, "yaml", yaml="all:\n- service: [SEL-11]\n"))
    assert "linje 2" in page and "Mente du »SEL-110«?" in page.replace("&quot;", '"')
    assert "Er fyldt 18 år" in page


def test_a_day_that_is_none_gets_a_sentence(drawn):
    client, answer = drawn
    assert "er ikke en dag fra 2008 og frem" in shown(press(client, answer, "", dag="31-02-2026"))


def test_with_htmx_a_change_brings_only_what_it_touches(drawn):
    client, answer = drawn
    sent = {**fields(answer), "do": ""}
    part = client.post(NEW, sent, headers=HTMX).content.decode()
    assert 'id="virkning"' in part and 'id="baenk"' not in part and "<html" not in part
    whole = client.post(NEW, {**sent, "do": "fjern:k1"}, headers=HTMX)
    assert whole["HX-Retarget"] == "#baenk" and "Er fyldt" not in whole.content.decode()


def test_a_group_is_made_another_kind_of_group(drawn):
    client, answer = drawn
    answer = press(client, answer, "ret:k0")
    changed = client.post(NEW, {**fields(answer), "k0-slags": "any", "do": ""}, headers=HTMX)
    assert changed["HX-Retarget"] == "#baenk" and ">eller<" in changed.content.decode()


def test_a_draft_starts_from_a_version_and_says_what_changed(pages, world):
    page = shown(pages("anders").get(f"{NEW}?fra=2A/2025-07-01"))
    assert "Begynder fra 2A" in page and "Er fyldt 30 år" in page and "Mod 2A, som den er" in page
    assert pages("anders").get(f"{NEW}?fra=2Z").status_code == 404


def test_saved_sent_and_approved_from_a_day(drawn, pages):
    draft = saved(drawn)
    client = drawn[0]
    assert (draft.state, draft.key, draft.label_en) == (
        "draft",
        "VOKSNE-UDEN-HANDLEPLAN",
        "Voksne uden handleplan",
    )
    assert "Du kan ikke godkende dit eget" in shown(client.get(f"/vaerksted/{draft.pk}/send"))
    assert "Venter på godkendelse" in shown(client.post(f"/vaerksted/{draft.pk}/send", follow=True))
    leader = pages("lene")
    assert "Venter på din godkendelse" in shown(leader.get("/vaerksted"))
    page = shown(leader.get(f"/vaerksted/{draft.pk}/godkend"))
    assert page.index("Virkningen") < page.index('value="godkend"')
    receipt = shown(
        leader.post(f"/vaerksted/{draft.pk}/godkend", {"do": "godkend", "fra": "01-12-2030"}, follow=True)
    )
    assert "er vedtaget og gælder fra 1. december 2030" in receipt and "Lene Brandt" in receipt
    adoption = Adoption.objects.get(draft=draft)
    assert (adoption.approved_by, adoption.drafted_by, adoption.key) == ("lene", "anders", draft.key)
    row = pages("lene").get("/kortlaegning?dato=2027-06-01").content.decode().split(draft.key, 1)[1][:2000]
    assert "ingen data" in row


def test_nobody_approves_their_own(pages, world):
    draft, client = sent_draft("anders"), pages("anders")
    assert "En anden end den, der har tegnet eller sendt udkastet" in shown(
        client.get(f"/vaerksted/{draft.pk}/godkend")
    )
    client.post(f"/vaerksted/{draft.pk}/godkend", {"do": "godkend", "fra": "01-12-2030"})
    assert not Adoption.objects.exists()


def test_a_rejection_needs_a_reason_that_the_drawer_can_read(pages, world):
    draft, leader = sent_draft("anders"), pages("lene")
    address = f"/vaerksted/{draft.pk}/godkend"
    assert "Skriv, hvorfor udkastet afvises." in shown(leader.post(address, {"do": "afvis", "grund": " "}))
    leader.post(address, {"do": "afvis", "grund": "For bred"})
    draft.refresh_from_db()
    assert draft.state == "rejected"
    assert "For bred" in shown(pages("anders").get(f"/vaerksted/{draft.pk}"))


@pytest.mark.parametrize("typed", ["i morgen", "", "31-02-2030"])
def test_a_day_in_force_that_is_none_changes_nothing(pages, world, typed):
    draft = sent_draft("anders")
    page = pages("lene").post(f"/vaerksted/{draft.pk}/godkend", {"do": "godkend", "fra": typed})
    assert "er ikke en dato" in shown(page) and not Adoption.objects.exists()


def test_two_who_save_the_same_draft_lose_nothing(drawn):
    client = drawn[0]
    draft = saved(drawn)
    path = f"/vaerksted/{draft.pk}"
    one, other = client.get(path), client.get(path)
    press(client, one, "gem", path, navn="Den første")
    answer = press(client, other, "gem", path, navn="Den anden")
    assert "Udkastet er gemt et andet sted imens" in shown(answer) and 'value="Den anden"' in shown(answer)
    draft.refresh_from_db()
    assert draft.label_da == "Den første"
    press(client, answer, "gem-ny", path, navn="Den anden")
    assert {d.label_da for d in drafts_for(user("anders"))} == {"Den første", "Den anden"}


def test_a_draft_is_its_owners_until_it_is_shared(drawn, pages):
    draft = saved(drawn)
    assert pages("lene").get(f"/vaerksted/{draft.pk}").status_code == 404
    drawn[0].post(f"/vaerksted/{draft.pk}/del", {"delt": "1"})
    page = shown(pages("lene").get(f"/vaerksted/{draft.pk}"))
    assert "Voksne uden handleplan" in page and 'value="gem"' not in page


def test_two_side_by_side(drawn, pages):
    draft = saved(drawn)
    page = shown(drawn[0].get(f"/vaerksted/{draft.pk}/sammenlign/maalgruppe/2A"))
    assert "er i begge" in page and "Kun i Voksne uden handleplan" in page
    assert (
        drawn[0]
        .get("/vaerksted", {"a": draft.pk, "b": "g:7"})["Location"]
        .endswith("/sammenlign/maalgruppe/7")
    )
    assert (
        drawn[0]
        .get("/vaerksted", {"a": draft.pk, "b": draft.pk})["Location"]
        .endswith(f"/sammenlign/{draft.pk}")
    )


def test_three_parts_are_hidden_together():
    few = Count(None, "small", 5)
    assert set(vars(together(Count(40), few, Count(100))).values()) == {few}
    assert together(Count(40), Count(10), Count(0)).first == Count(10)


def test_a_made_up_citizen_is_explained(drawn):
    draft, client = saved(drawn), drawn[0]
    page = shown(client.get(f"/vaerksted/{draft.pk}/afproev"))
    assert "Vis svaret" in page and "Ingen virkelig borgers oplysninger læses" in page
    asked = {"foedt": "01-01-1980", "hvad": "social_case:primaer", "start": "01-01-2024", "dag": "01-06-2026"}
    assert "hel-why-answer--true" in shown(client.get(f"/vaerksted/{draft.pk}/afproev", asked))
    child = shown(client.get(f"/vaerksted/{draft.pk}/afproev", asked | {"foedt": "01-01-2015"}))
    assert "hel-why-answer--false" in child
    wrong = shown(client.get(f"/vaerksted/{draft.pk}/afproev", asked | {"start": "i går"}))
    assert "Række 1: skriv datoen" in wrong


def test_a_caseworker_tries_a_shared_draft_on_a_citizen_they_may_see(pages, world):
    draft, client = sent_draft("anders"), pages("soeren")
    address = f"/vaerksted/{draft.pk}/afproev"
    found = shown(client.post(address, {"tekst": "Anna", "formaal": "sagsbehandling"}))
    assert "Anna Åkær" in found
    page = shown(
        client.post(address, {"borger": str(world.anna), "navn": "Anna Åkær", "formaal": "sagsbehandling"})
    )
    assert "efter udkastet" in page and "Hvad udkastet kræver" in page
    assert client.post(address, {"borger": str(world.bo), "formaal": "sagsbehandling"}).status_code == 403
    assert client.post(address, {"borger": "ingen", "formaal": "sagsbehandling"}).status_code == 404


def test_an_analyst_cannot_try_a_draft_on_a_citizen(pages, world):
    draft = sent_draft("anders")
    page = shown(pages("anders").post(f"/vaerksted/{draft.pk}/afproev", {"borger": str(world.anna)}))
    assert "Anna" not in page and "Hvad udkastet kræver" not in page


def test_what_a_change_did():
    assert step(1000, Count(790)).words == "− 210 personer"
    assert step(1000, Count(1000)).words == "uændret antal"
    assert step(None, Count(5)) is None and step(10, Count(None, "small", 5)) is None


@pytest.mark.django_db
def test_a_key_is_made_of_the_name():
    assert proposed_key("Hjemløse 18+ på kontanthjælp") == "HJEMLOESE-18-PAA-KONTANTHJAELP"
    assert proposed_key("2a") == "2A-2" and proposed_key("…") == "UDKAST"
