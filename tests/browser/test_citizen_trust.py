"""The citizen and the relative on a phone: a consent given, its receipt fetched, and taken back; answered under a mandate."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

PHONE = {"width": 375, "height": 740}


@pytest.fixture
def phone(page) -> Page:
    """A page on a phone."""
    page.set_viewport_size(PHONE)
    return page


def enter(page: Page, username: str) -> None:
    """Log in by the card, whoever was there before."""
    page.context.clear_cookies()
    page.goto("log-ind")
    page.locator(f"[data-user={username}]").click()
    page.wait_for_load_state()


def last_citizen(page: Page) -> str:
    """The user name of the last citizen who can log in."""
    page.goto("log-ind")
    cards = page.locator("[data-user]", has=page.get_by_text("Borger", exact=True))
    return cards.last.get_attribute("data-user")


def begun(page: Page, kind: int) -> None:
    """A question of one's own, open to be answered: 0 is sharing, 1 is the joint plan."""
    page.goto("mig/samtykker")
    page.get_by_role("link", name="Vælg et samtykke").click()
    page.locator(".hel-offers > li").nth(kind).locator("button, a").first.click()
    expect(page.locator("button[value=ja]")).to_be_visible()


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_citizen_gives_keeps_the_receipt_and_takes_it_back(phone, tmp_path: Path):
    enter(phone, last_citizen(phone))
    begun(phone, 1)
    yes, no = (phone.locator(f"button[value={word}]").bounding_box() for word in ("ja", "nej"))
    assert (yes["width"], yes["height"]) == (no["width"], no["height"]) and fits(phone)
    phone.locator("button[value=ja]").click()
    expect(phone.locator("h1")).to_have_text("Tak. Dit ja er noteret")
    for name, ending in (("Hent som PDF", "pdf"), ("Hent som data (JSON)", "json")):
        with phone.expect_download() as fetched:
            phone.get_by_role("link", name=name).click()
        fetched.value.save_as(tmp_path / f"receipt.{ending}")
    assert (tmp_path / "receipt.pdf").read_bytes().startswith(b"%PDF")
    assert json.loads((tmp_path / "receipt.json").read_text())
    phone.get_by_role("link", name="Se samtykket").click()
    phone.get_by_role("button", name="Træk samtykket tilbage").click()
    expect(phone.locator("h1")).to_have_text("Dit samtykke er trukket tilbage")
    assert fits(phone)


def test_a_relative_answers_and_the_citizen_sees_who_did(phone):
    citizen = last_citizen(phone)
    enter(phone, citizen)
    begun(phone, 1)
    question = phone.url.rsplit("/", 1)[1]
    phone.goto("mig/fuldmagter")
    phone.get_by_role("link", name="Giv en fuldmagt").click()
    phone.get_by_label("1. Hvem giver du fuldmagt?").fill("Karin")
    phone.get_by_text("Svare på samtykker for mig").click()
    phone.get_by_role("button", name="Giv fuldmagt, og få koden").click()
    code = phone.locator(".hel-secret").inner_text().split()[-1]
    assert fits(phone)

    enter(phone, "karin")
    phone.get_by_label("Koden fra borgeren").fill(code)
    phone.get_by_role("button", name="Åbn fuldmagten").click()
    expect(phone.locator(".hel-acting")).to_contain_text("Du handler for")
    phone.get_by_role("navigation", name="Sider om").get_by_role("link", name="Samtykker").click()
    phone.locator(f"a[href$='{question}']").click()
    expect(phone.locator("#answer-title")).to_contain_text("Dit svar på vegne af")
    phone.locator("button[value=nej]").click()
    expect(phone.locator("h1")).to_have_text("Tak. Dit nej er noteret")
    assert fits(phone)

    enter(phone, citizen)
    phone.goto("mig/opslag")
    line = phone.locator(".hel-look--behalf", has_text="Sagde nej til et samtykke")
    expect(line.locator(".hel-look-who")).to_have_text("Karin på dine vegne")
