"""A sanction from its draft to the money back: the unit that decides, the benefits service and the citizen's phone, by clicks alone."""

import re
from datetime import date, timedelta

from playwright.sync_api import Browser, Page, expect

PHONE = {"width": 375, "height": 740}
REASON = "Kom ikke til samtalen den dag og meldte ikke afbud."
KEPT = "Indkaldelsen blev sendt en uge før, og du blev ringet op samme dag."
FOUND = "Vi kan se nu, at beskeden gik til et gammelt nummer."


def second_citizen(demo, browser: Browser) -> tuple[str, str]:
    """User name and name of the second citizen who can log in: the case is Bente's unit's, and no other sanction is there."""
    page = browser.new_page(base_url=demo.address, locale="da-DK")
    page.goto("log-ind")
    card = page.locator("[data-user]", has=page.get_by_text("Borger", exact=True)).nth(1)
    found = card.get_attribute("data-user"), card.locator("strong, b, .hel-card-name").first.inner_text()
    page.close()
    return found


def looked_up(page: Page, name: str) -> None:
    """The citizen's sanctions, by the search and the tab."""
    page.goto("borgere")
    page.fill("#tekst", name)
    page.keyboard.press("Enter")
    page.locator("[data-rows] [data-door]", has_text=name).first.click()
    expect(page).to_have_url(re.compile("/borger/"))
    if page.get_by_role("button", name="Vis borgeren").count():
        page.get_by_role("button", name="Vis borgeren").click()
    page.get_by_role("link", name="Sanktioner").last.click()


def waits(page: Page, name: str) -> None:
    """The citizen's sanction, among those that wait for the reader's unit."""
    page.goto("sanktioner?hylde=venter-paa-os")
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.locator("h1")).to_have_text(name)


def does(page: Page, act: str, button: str, said: dict[str, str] | None = None) -> None:
    """One act: its link, the form with these fields, the button, and the receipt."""
    page.get_by_role("link", name=act, exact=True).click()
    expect(page.locator("h1")).to_have_text(act)
    for field, value in (said or {}).items():
        page.fill(f"#{field}", value)
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".alert-success")).to_be_visible()


def reads(phone: Page, words: str) -> None:
    """What stands first on the citizen's page about it; and it fits a phone."""
    phone.goto("mig/sanktioner")
    expect(phone.locator("h2").first).to_have_text(words)
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_from_the_draft_through_a_complaint_to_the_money_back(demo, browser, sitting):
    username, name = second_citizen(demo, browser)
    bente, yrsa, phone = sitting("bente"), sitting("yrsa"), sitting(username, PHONE)
    faults: list[str] = []
    for page in (bente, yrsa, phone):
        page.on("pageerror", lambda error: faults.append(str(error)))

    looked_up(bente, name)
    bente.get_by_role("link", name="Skriv et udkast").click()
    bente.fill("#fra", str(date.today() - timedelta(days=1)))
    bente.fill("#begrundelse", REASON)
    bente.fill("#vurdering", "Ingen rimelig grund.")
    bente.get_by_role("button", name="Gem udkastet").click()
    does(bente, "Beslut sanktionen", "Beslut")

    waits(yrsa, name)
    expect(yrsa.locator("main")).not_to_contain_text("Ingen rimelig grund")
    does(yrsa, "Modtag afgørelsen", "Modtag")
    does(yrsa, "Regn beløbet ud", "Gem beløbet", {"beloeb": "250,50"})
    does(yrsa, "Hør borgeren", "Send høringen")

    phone.goto("mig")
    phone.get_by_role("link", name="Vi vil høre dig, før vi sætter din ydelse ned").first.click()
    expect(phone.locator("main")).to_contain_text("250,50 kr.")
    phone.get_by_label("Dit svar").fill("Jeg fik ingen besked om samtalen.")
    phone.get_by_role("button", name="Send svaret").click()
    reads(phone, "Vi har fået dit svar")

    waits(bente, name)
    does(bente, "Hold fast efter borgerens svar", "Hold fast", {"hvorfor": KEPT})
    waits(yrsa, name)
    does(yrsa, "Træk i ydelsen", "Træk nu")

    reads(phone, "Din ydelse er sat ned")
    expect(phone.locator("main")).to_contain_text("Klag senest")
    phone.get_by_label("Hvorfor er du uenig?").fill("Mit nummer er et andet nu.")
    phone.get_by_role("button", name="Send klagen").click()
    reads(phone, "Din ydelse er sat ned, og du har klaget")

    waits(bente, name)
    expect(bente.locator("h2").first).to_have_text("Borgeren har klaget. I skal se på sagen igen.")
    bente.get_by_role("link", name="Giv borgeren ret", exact=True).click()
    expect(bente.locator("main")).to_contain_text("Mit nummer er et andet nu.")
    bente.locator("label[for=alt]").click()
    bente.fill("#hvorfor", FOUND)
    bente.get_by_role("button", name="Giv ret", exact=True).click()

    waits(yrsa, name)
    expect(yrsa.locator("main")).not_to_contain_text(FOUND)
    does(yrsa, "Betal pengene tilbage", "Gem betalingen")
    reads(phone, "Du har fået penge tilbage")
    phone.goto("mig/breve")
    expect(phone.locator("main")).to_contain_text("Vi har fået din klage")
    expect(phone.locator("main")).to_contain_text("Du får penge tilbage")
    assert not faults
