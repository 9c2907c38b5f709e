"""The work list by keyboard and mouse: rows with j and k, ticks with x, all at once, a bulk act with its receipt and the way on;
and the unit's messages read in bulk."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect


@pytest.fixture
def desk(enter, page: Page) -> Page:
    """Bente's proposals."""
    enter("bente")
    page.goto("overdragelser?hylde=forslag&vores=1")
    expect(page.locator("tbody tr").nth(2)).to_be_visible()
    return page


@pytest.fixture
def citizens(demo, browser: Browser) -> list[str]:
    """Names of the citizens who can log in."""
    page = browser.new_page(base_url=demo.address, locale="da-DK")
    page.goto("log-ind")
    cards = page.locator("[data-user]", has=page.get_by_text("Borger", exact=True))
    names = cards.locator("strong, b, .hel-card-name").all_inner_texts()
    page.close()
    return names


def door(page: Page, row: int):
    return page.locator("tbody tr").nth(row).locator("[data-door]")


def test_rows_are_walked_ticked_and_opened_by_keys(desk):
    number = desk.locator("[data-choose-number]")
    expect(number).to_have_text("Ingen valgt")
    desk.keyboard.press("j")
    expect(door(desk, 0)).to_be_focused()
    desk.keyboard.press("x")
    expect(number).to_have_text("1 valgt")
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    desk.keyboard.press("k")
    expect(door(desk, 1)).to_be_focused()
    desk.keyboard.press("x")
    expect(number).to_have_text("2 valgt")
    desk.keyboard.press("x")
    expect(number).to_have_text("1 valgt")
    expect(desk.locator("tbody tr.hel-ticked")).to_have_count(1)
    name = door(desk, 1).inner_text()
    desk.keyboard.press("Enter")
    expect(desk.locator("h1")).to_have_text(name)
    expect(desk.locator("[aria-current=step]")).to_contain_text("Skal vurderes")


def test_keys_do_nothing_while_somebody_types(desk):
    desk.keyboard.press("/")
    expect(desk.locator("#tekst")).to_be_focused()
    desk.keyboard.type("xj")
    expect(desk.locator("#tekst")).to_have_value("xj")
    expect(desk.locator("[data-choose-number]")).to_have_text("Ingen valgt")


def test_all_on_the_page_are_ticked_at_once(desk):
    boxes = desk.locator("[data-choose]").count()
    desk.locator("#alle").click()
    expect(desk.locator("[data-choose-number]")).to_have_text(f"{boxes} valgt")
    desk.locator("[data-choose]").first.click()
    expect(desk.locator("[data-choose-number]")).to_have_text(f"{boxes - 1} valgt")
    assert desk.locator("#alle").evaluate("box => box.indeterminate")
    desk.locator("#alle").click()
    desk.locator("#alle").click()
    expect(desk.locator("[data-choose-number]")).to_have_text("Ingen valgt")


MIXED = """() => {
  const first = document.querySelector("[data-does]");
  const other = first.cloneNode(true);
  other.dataset.does = "ask";
  first.after(other);
  const hint = document.createElement("p");
  hint.dataset.apart = "";
  hint.hidden = true;
  first.before(hint);
  document.querySelectorAll("[data-choose]")[1].dataset.can = "ask";
}"""


def test_only_what_the_ticked_ones_share_can_be_done(desk):
    desk.evaluate(MIXED)
    assess, ask, hint = (
        desk.locator("[data-does=assess]"),
        desk.locator("[data-does=ask]"),
        desk.locator("[data-apart]"),
    )
    boxes = desk.locator("[data-choose]")
    boxes.nth(1).click()
    expect(ask).to_be_visible()
    expect(assess).to_be_hidden()
    boxes.nth(0).click()
    expect(ask).to_be_hidden()
    expect(assess).to_be_hidden()
    assert not hint.evaluate("line => line.hidden")
    boxes.nth(1).click()
    expect(assess).to_be_visible()
    expect(ask).to_be_hidden()


def others(page: Page, names: list[str]) -> list[int]:
    """The rows of citizens who cannot log in: those who can belong to the tests that follow them all the way."""
    rows = page.locator("tbody tr").count()
    return [row for row in range(rows) if door(page, row).inner_text() not in names]


def test_a_bulk_act_ends_with_its_receipt_and_the_way_on(desk, citizens):
    at = -1
    for row in others(desk, citizens)[:2]:
        for _step in range(row - at):
            desk.keyboard.press("j")
        desk.keyboard.press("x")
        at = row
    desk.get_by_role("button", name="Vurdér de valgte").click()
    expect(desk.locator("h1")).to_have_text("Vurdér")
    desk.locator("label[for=EX1-nej]").click()
    desk.locator("label[for=EX3-nej]").click()
    desk.get_by_role("button", name="Gem vurderingen").click()
    receipt = desk.locator(".alert")
    expect(receipt).to_contain_text("Vurderingen er gemt for 2 borgere.")
    receipt.get_by_role("link", name="Se dem, der kan spørges nu").click()
    expect(desk).to_have_url(re.compile("hylde=samtykke&venter=spoerges"))
    expect(desk.locator(".hel-picks [aria-current]")).to_contain_text("At borgeren spørges")


def test_messages_are_read_by_keys_and_all_at_once(enter, page):
    enter("soeren")
    page.goto("beskeder")
    before = int(page.locator(".hel-shelves [aria-current] .hel-shelf-number").inner_text())
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("[data-choose-number]")).to_have_text("1 valgt")
    page.get_by_role("button", name="Marker de valgte som læst").click()
    expect(page.locator(".alert")).to_contain_text("1 besked er markeret som læst.")
    expect(page.locator(".hel-shelves [aria-current] .hel-shelf-number")).to_have_text(str(before - 1))
    page.get_by_role("button", name=re.compile("^Marker (alle|den)")).click()
    expect(page.locator("main")).to_contain_text("Alt er læst.")
    page.get_by_role("link", name="Forside").click()
    expect(page.locator(".hel-due")).not_to_contain_text("ulæste beskeder til enheden")
