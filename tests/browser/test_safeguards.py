"""The curious colleague is kept out, opens in an emergency, is looked at again and read of; the steward's sample is judged."""

import re

import pytest
from playwright.sync_api import Page, expect

REASON = "Fundet bevidstløs ved Driftscenter 2; lægen skal kende behandlingen."


@pytest.fixture
def desk(demo, browser):
    """`desk("kim")`: somebody at a machine of their own. What is refused there stands in the console, and may."""
    contexts = []

    def sit_down(username: str) -> Page:
        context = browser.new_context(
            base_url=demo.address, locale="da-DK", viewport={"width": 1440, "height": 900}
        )
        contexts.append(context)
        page = context.new_page()
        page.goto("log-ind")
        page.locator(f"[data-user={username}]").click()
        page.wait_for_load_state()
        return page

    yield sit_down
    for context in contexts:
        context.close()


def first_citizen(said: str) -> tuple[str, str]:
    """The number and the login of the first citizen the demo names, who has a case at Driftscenter 1 and not at 2."""
    number, given = re.search(r"(\d{10})\s+(\w+)", said).groups()
    return number, given.lower()


def opened(page: Page, number: str) -> str:
    """From the whole number to the citizen's page in an emergency; answers the name."""
    page.goto("noedadgang")
    page.fill("#nummer", number)
    page.get_by_role("button", name="Find borgeren").click()
    page.fill("#grund", "haster")
    page.get_by_role("button", name="Åbn i tre timer").click()
    expect(page.locator("#grund-fejl")).to_contain_text("mindst 20 tegn")
    page.fill("#grund", REASON)
    page.get_by_role("button", name="Åbn i tre timer").click()
    expect(page.locator(".hel-emergency-bar")).to_contain_text("Åben i en nødsituation til kl.")
    return page.locator("h1").inner_text()


def test_the_curious_colleague_is_refused_opens_and_everybody_can_see_it(demo, desk):
    number, login = first_citizen(demo.said)
    kim = desk("kim")
    kim.goto("noedadgang")
    kim.fill("#nummer", number)
    kim.get_by_role("button", name="Find borgeren").click()
    citizen = kim.url.removesuffix("/noedadgang")
    kim.goto(citizen)
    kim.get_by_role("button", name="Vis borgeren").click()
    expect(kim.locator("main")).to_contain_text("Findes, men du har ikke adgang")
    expect(kim.get_by_role("link", name="Nødadgang")).to_be_visible()
    name = opened(kim, number)
    assert name

    lene = desk("lene")
    lene.goto("leder")
    lene.locator("main").get_by_role("link", name=re.compile("venter på et andet blik")).click()
    look = lene.locator(".hel-confirm", has_text=REASON)
    expect(look.locator("h2")).to_have_text(f"Kim Dahl åbnede {name}")
    expect(look).to_contain_text("så en borgers side")
    look.locator("label", has_text="Ikke berettiget").click()
    look.locator("textarea").fill("Enheden kunne nås på telefonen.")
    look.get_by_role("button", name="Gem svaret").click()
    expect(lene.locator("table")).to_contain_text("Enheden kunne nås på telefonen.")

    kim.get_by_role("button", name="Luk nødadgangen nu").click()
    kim.goto(citizen)
    kim.get_by_role("button", name="Vis borgeren").click()
    expect(kim.locator("main")).to_contain_text("Findes, men du har ikke adgang")

    own = desk(login)
    own.goto("mig/opslag")
    line = own.locator(".hel-look--emergency").first
    expect(line).to_contain_text("Driftscenter 2")
    expect(line).to_contain_text("fundet, at den ikke var nødvendig")
    expect(own.locator("main")).not_to_contain_text("Kim Dahl")
    expect(own.locator("main")).not_to_contain_text(REASON)


def test_the_steward_draws_a_sample_and_the_leader_judges_and_files_it(desk):
    bente = desk("bente")
    bente.locator("#advis a[data-door]").first.click()
    bente.get_by_role("button", name="Vis borgeren").click()
    expect(bente.locator("#tidslinje")).to_be_visible()

    dorte = desk("dorte")
    dorte.goto("stikproever")
    dorte.get_by_role("button", name=re.compile("^Ekstra for")).click()
    expect(dorte.locator("main")).to_contain_text("udtrukket for")
    expect(dorte.locator("tbody tr", has_text="Birgit Lund").first).to_contain_text("0 af")

    birgit = desk("birgit")
    birgit.goto("stikproever")
    birgit.locator("tbody a[data-door]").first.click()
    expect(birgit.locator(".hel-drawn").first).to_be_visible()
    address = birgit.url
    for number in range(birgit.locator(".hel-drawn").count()):
        look = birgit.locator(".hel-drawn").nth(number)
        look.locator("label", has_text="Ja, arbejdet krævede det").click()
        look.get_by_label("Hvilken sag hørte det til?").fill(f"S-{number}")
        look.get_by_role("button", name="Gem svaret").click()
        expect(birgit.locator(".hel-drawn").nth(number)).to_contain_text(f"S-{number}")
    birgit.get_by_role("button", name="Arkivér stikprøven").click()
    expect(birgit.locator("main")).to_contain_text("Stikprøven er arkiveret")

    dorte.goto(address)
    dorte.get_by_role("link", name="Træk igen, og sammenlign").click()
    expect(dorte.locator("main")).to_contain_text("Trukket igen: de samme opslag")
    dorte.emulate_media(media="print")
    expect(dorte.locator(".hel-signature")).to_be_visible()


def test_new_people_wait_for_the_steward(desk):
    dorte = desk("dorte")
    dorte.goto("nye-borgere")
    cards = dorte.locator(".hel-confirm")
    before = cards.count()
    assert before > 1
    name = cards.first.locator("h2").inner_text()
    cards.first.get_by_role("button", name="Frigiv til deling").click()
    expect(dorte.locator(".form-error-message")).to_contain_text("hvad du har set efter")
    cards.first.locator("textarea").fill("Pas og sundhedskort set i Borgerservice.")
    cards.first.get_by_role("button", name="Frigiv til deling").click()
    expect(dorte.locator("main")).to_contain_text("Borgeren er frigivet")
    expect(cards).to_have_count(before - 1)
    assert name
