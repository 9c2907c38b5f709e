"""The work list, the chain's page and the ledger's, as browsers get them: from proposal to return, from both sides."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from handover import acts
from handover.carrying import carried
from handover.world import World, adopt
from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event
from helhed.coordination.handover.chain import actions
from helhed.coordination.handover.chain.models import Chain
from helhed.coordination.handover.chain.returning import open_return, write_note
from helhed.coordination.handover.letters.models import Letter
from helhed.pages.handovers.acts import ACTS
from helhed.sharing.consent import actions as consents
from pages.world import user


@pytest.fixture
def proposed(world: World) -> World:
    """Eva, Finn and Jon are proposed under 5A."""
    adoption = adopt("5A")
    people = [world.eva, world.finn, world.jon]
    assert actions.propose(by=SYSTEM, adoption=adoption.pk, people=people) == 3
    return world


def browser(username: str) -> Client:
    client = Client(headers={"accept-language": "da"})
    client.force_login(user(username))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "da"
    return client


def read(username: str, path: str, **data) -> str:
    client = browser(username)
    answer = client.post(path, data) if data else client.get(path)
    assert answer.status_code == 200, (path, answer.status_code, answer.content.decode()[:3000])
    return answer.content.decode()


def chain_of(person) -> Chain:
    return Chain.objects.get(person_key=person, direction="over")


def test_both_sides_see_the_proposals(proposed):
    for who in ("bente", "soeren"):
        text = read(who, "/overdragelser")
        assert "Eva Holt" in text and "Finn Bech" in text and "Jon Lund" in text
        assert "Vurdér de valgte" in text


def test_the_chain_page(proposed):
    chain = chain_of(proposed.eva)
    text = read("bente", f"/overdragelser/{chain.pk}")
    assert "Begge sider skal svare" in text
    assert "Er ydelsen ved at stoppe?" in read("bente", f"/overdragelser/{chain.pk}/vurder")


def done(username: str, path: str, back: str, **data) -> list[str]:
    """Post a form that is done and leads back; answers what is said of it."""
    client = browser(username)
    answer = client.post(path, data)
    assert answer.status_code == 302, answer.content.decode()[:4000]
    assert answer.url.startswith(back), answer.url
    return [str(message) for message in client.get(answer.url).context["messages"]]


def many(username: str, act: str, people, **data) -> list[str]:
    ticked = {"borger": [str(chain_of(person).pk) for person in people], "do": "goer", "liste": ""}
    return done(username, f"/overdragelser/samlet/{act}", "/overdragelser", **ticked, **data)


def one(username: str, chain: Chain, act: str, **data) -> list[str]:
    path = f"/overdragelser/{chain.pk}"
    read(username, f"{path}/{act}")
    leads = ACTS[act].leads
    return done(
        username, f"{path}/{act}", f"/overdragelser?hylde={leads}" if leads else "/overdragelser/", **data
    )


def test_from_proposal_to_return_through_the_pages(proposed):
    world, both = proposed, (proposed.eva, proposed.finn)
    ticked = [str(chain_of(person).pk) for person in both]
    shown = read("bente", "/overdragelser/samlet/vurder", borger=ticked, liste="hylde=forslag")
    assert "De 2 valgte borgere" in shown and "Svarene gælder for alle 2" in shown
    assert "Vurderingen er gemt for 2 borgere." in many("bente", "vurder", both, EX1="nej", EX3="nej")[0]
    assert "Kun vurderingen fra SOF mangler." in read("soeren", f"/overdragelser/{ticked[0]}")
    many("soeren", "vurder", both, need="ja", EX2="nej")
    assert "2 borgere er spurgt." in many("soeren", "spoerg", both, hvordan="letter", dage="365")[0]
    assert "spurgt med brev" in read("soeren", "/overdragelser?hylde=samtykke")
    eva, finn = chain_of(world.eva), chain_of(world.finn)
    assert Letter.objects.filter(kind="consent-question", about=eva.pk).exists()
    consents.give(by=SYSTEM, consent=eva.consent, language="da")
    consents.refuse(by=SYSTEM, consent=finn.consent, language="da")
    assert actions.hear_answers(by=SYSTEM) == 2
    assert "Borgeren siger nej" in read("bente", f"/overdragelser/{finn.pk}")
    today = f"{timezone.localdate():%d-%m-%Y}"
    assert one("bente", eva, "afgoer", dag=today, ord="") == [
        "Afgørelsen er truffet, og sagen er sendt til den nye enhed."
    ]
    shown = read("soeren", f"/overdragelser/{eva.pk}")
    assert "skal tage imod eller sende retur." in shown
    one("soeren", eva, "tag-imod")
    assert chain_of(world.eva).state == "effective"
    one("soeren", eva, "saet-mig-paa")
    assert "Søren Kjær" in read("soeren", "/overdragelser?hylde=flyttet")
    one("soeren", eva, "tilbage", grund="request", ord="Eva vil hellere have sagen i jobcenteret.")
    back = Chain.objects.get(returns=eva)
    over = read("soeren", f"/overdragelser/{eva.pk}")
    assert (
        "Vejen tilbage er åbnet." in over
        and f"/overdragelser/{back.pk}" in over
        and "Sæt mig på sagen" not in over
    )
    one("soeren", back, "notat", ord="Alt er aftalt. Næste samtale er den 3. december.")
    assert "Venter på, at BIF tager imod" in read("bente", "/overdragelser?hylde=tilbage")
    meant = read("bente", "/overdragelser/samlet/tag-imod", borger=[str(back.pk)], liste="hylde=tilbage")
    assert "Ansvaret går tilbage til BIF i dag" in meant and "som leder" not in meant
    one("bente", back, "tag-imod")
    assert Chain.objects.get(pk=back.pk).state == "effective"
    client = browser("bente")
    client.post(f"/borger/{world.eva}", {"formaal": "sagsbehandling"})
    shown = client.get(f"/borger/{world.eva}/ansvar").content.decode()
    assert "Ansvaret er flyttet 2 gange." in shown and "Tilbageførsel" in shown


def test_sent_on_within_bif_leads_back_to_the_list(proposed):
    eva = carried(proposed.eva, "effective")
    one("soeren", eva, "tilbage", grund="request", ord="Eva vil hellere have sagen i jobcenteret.")
    back = Chain.objects.get(returns=eva)
    one("soeren", back, "notat", ord="Alt er aftalt. Næste samtale er den 3. december.")
    said = one("bente", back, "send-videre", enhed="bif/ungeenhed", ord="Eva hører til i ungeenheden.")
    assert said == ["Sagen er sendt videre."]
    assert browser("bente").get(f"/overdragelser/{back.pk}").status_code == 404


def test_sent_back_and_answered(proposed):
    chain = carried(proposed.eva, "offered")
    said = "Borgeren bor ikke længere på herberg."
    one("soeren", chain, "send-retur", grund="maalgruppe", ord=said)
    assert said in read("bente", f"/overdragelser/{chain.pk}")
    assert said in read("bente", f"/overdragelser/{chain.pk}/svar")
    one("bente", chain, "svar", ord="Det gør borgeren stadig, spurgt i dag.")
    assert Chain.objects.get(pk=chain.pk).state == "proposed"


def test_no_room_is_the_leaders(proposed):
    chain = carried(proposed.eva, "offered")
    one("soeren", chain, "send-retur", grund="kapacitet", ord="Vi har ingen ledige sagsbehandlere.")
    assert (
        browser("bente").post(f"/overdragelser/{chain.pk}/svar", {"ord": "Prøv igen nu"}).status_code == 302
    )
    assert Chain.objects.get(pk=chain.pk).state == "refused"
    assert "Eva Holt" in read("birgit", "/overdragelser?hylde=afgoerelse")
    shown = read("lene", "/overdragelser?hylde=afgoerelse")
    assert "Borger uden navn her" in shown and "Eva Holt" not in shown
    assert "en leder skal sende den igen" in read("lene", "/leder") and "en leder skal" not in read(
        "bente", "/sagsbehandler"
    )
    assert '?alle=1&amp;hvad=retur">1 er sendt retur</a>' in read("bente", "/sagsbehandler")
    one("lene", chain, "send-igen", ord="Vi har ansat en mere, send den igen.")
    assert "en leder skal" not in read("lene", "/leder")
    assert "Du tager imod som leder, på vegne af" in read("lene", f"/overdragelser/{chain.pk}/tag-imod")
    one("lene", chain, "tag-imod")
    assert Chain.objects.get(pk=chain.pk).state in ("accepted", "effective")


def test_what_one_side_knows_is_not_told_the_other(proposed):
    chain = chain_of(proposed.eva)
    why = "Indsatsen er afsluttet, fordi borgeren er udskrevet."
    one("soeren", chain, "vurder", need="nej", EX2="ja", ord=why)
    own, other = read("soeren", f"/overdragelser/{chain.pk}"), read("bente", f"/overdragelser/{chain.pk}")
    assert why in own and why not in other
    assert "Indsatsen i SOF er ved at stoppe" in own and "Indsatsen i SOF er ved at stoppe" not in other
    assert "Undtaget efter vurdering fra SOF." in other


def test_a_form_says_what_is_missing(proposed):
    chain = chain_of(proposed.eva)
    path = f"/overdragelser/{chain.pk}"
    answer = browser("bente").post(f"{path}/vurder", {"EX1": "ja", "EX3": "nej"})
    assert answer.status_code == 400 and "Skriv den konkrete grund" in answer.content.decode()
    answer = browser("bente").post(f"{path}/opgiv", {"ord": "kort"})
    assert answer.status_code == 400 and "Vælg en grund." in answer.content.decode()


def test_others_meet_nothing(proposed):
    chain = chain_of(proposed.eva)
    for stranger in ("kim", "yrsa"):
        assert browser(stranger).get(f"/overdragelser/{chain.pk}").status_code == 404
        assert "Eva Holt" not in read(stranger, "/overdragelser")
    for nobody in ("anders", "dorte", "eva"):
        assert browser(nobody).get("/overdragelser").status_code == 403


def test_the_list_is_filtered_sorted_and_searched(proposed):
    one("bente", chain_of(proposed.eva), "vurder", EX1="nej", EX3="nej")
    ours = read("bente", "/overdragelser?hylde=forslag&vores=1")
    assert "Eva Holt" not in ours and "Finn Bech" in ours
    by_name = read("bente", "/overdragelser?sorter=navn")
    assert by_name.index("Finn Bech") < by_name.index("Eva Holt") < by_name.index("Jon Lund")
    found = read("bente", "/overdragelser?hylde=forslag", tekst="Jon")
    assert "Jon Lund" in found and "Finn Bech" not in found
    assert "Jon Lund" not in read("bente", "/overdragelser?model=4A")
    assert read("bente", "/overdragelser?alle=1").count("data-choose checked") == 2


def test_a_page_that_has_been_emptied_leads_to_the_last_there_is(proposed):
    answer = browser("bente").get("/overdragelser?hylde=forslag&side=3")
    assert answer.status_code == 302 and answer.url == "/overdragelser?hylde=forslag&side=1"


def test_the_strip_and_the_chip(proposed):
    assert 'hylde=forslag"><strong>3</strong>' in read("bente", "/sagsbehandler")
    assert 'hylde=forslag"><strong>3</strong>' in read("lene", "/leder")
    client = browser("bente")
    client.post(f"/borger/{proposed.eva}", {"formaal": "sagsbehandling"})
    assert "Overdragelse: Skal vurderes" in client.get(f"/borger/{proposed.eva}").content.decode()


def test_how_often_is_counted_for_leaders(world):
    assert "Ingen er flyttet endnu" in read("lene", "/hyppige-flytninger")
    assert browser("bente").get("/hyppige-flytninger").status_code == 403


def test_who_of_the_unit_was_moved_back_soon_is_named_to_its_leaders(world):
    over = acts.effective(world.eva)
    back = open_return(
        by=user("soeren"), chain=over.pk, cause="request", note="Eva vil tilbage til jobcentret."
    )
    write_note(by=user("soeren"), chain=back, note="Vi har aftalt det med Eva, og planen følger med.")
    actions.accept(by=user("bente"), chain=back)
    actions.effect(by=SYSTEM, chain=back)
    shown = read("birgit", "/hyppige-flytninger")
    assert "Eva Holt" in shown and f"/overdragelser/{back}" in shown and "Flytninger i alt" in shown
    assert Event.objects.filter(action="handovers-listed", person_key=world.eva, actor="birgit").exists()
    assert "Eva Holt" not in read("lene", "/hyppige-flytninger"), "SOF no longer has the case"


def test_of_a_family_sof_is_asked_one_thing_more(world: World):
    adoption = adopt("4A")
    assert actions.propose(by=SYSTEM, adoption=adoption.pk, people=[world.hans, world.ida]) == 2
    hans, ida = chain_of(world.hans), chain_of(world.ida)
    shown = read("maja", f"/overdragelser/{hans.pk}/vurder")
    assert "Skal hele familiens sag flyttes samlet?" in shown
    assert "Skal hele familiens sag" not in read("bente", f"/overdragelser/{hans.pk}/vurder")
    many("maja", "vurder", (world.hans, world.ida), need="ja", EX2="nej", family="ja", familie="1")
    many("bente", "vurder", (world.hans, world.ida), EX1="nej", EX3="nej")
    assert {hans.state, ida.state} == {"proposed"}
    hans.refresh_from_db()
    assert hans.state == "assessed"
    one("maja", hans, "familien", family="nej", ord="Far søger arbejde og har intet brug for SOF.")
    assert f"/overdragelser/{ida.pk}" in read("maja", f"/overdragelser/{hans.pk}")
