"""The workshop with a real browser: an analyst who has never seen YAML draws a target group, another approves it."""

import re

import pytest
from playwright.sync_api import Page, expect

NAME = "Hjemløse 18+ på kontanthjælp uden handleplan i 12 måneder"
DRAFT = re.compile(r"/vaerksted/\d+$")


def number(page: Page) -> str:
    """The big number, once it stands there."""
    expect(page.locator(".hel-impact-number")).to_have_text(re.compile(r"\d"))
    return page.locator(".hel-impact-number").inner_text()


def add(page: Page, word: str) -> None:
    """Add a block from the menu under the blocks."""
    page.locator(".hel-root > .hel-add > summary").click()
    page.locator(".hel-root > .hel-add").get_by_role("button", name=word, exact=True).click()
    expect(page.locator(".hel-block--open .hel-block-form")).to_be_visible()


def tick(page: Page, *labels: str) -> None:
    for label in labels:
        begins = re.compile("^" + re.escape(label))
        page.locator(".hel-block--open label").filter(has_text=begins).first.click()


def draw(page: Page) -> None:
    """Homeless adults on kontanthjælp without an action plan for twelve months, by clicks alone."""
    page.get_by_role("button", name="Hvor gammel?").click()
    expect(page.locator("#klods-k1")).to_contain_text("Er fyldt 18 år")
    add(page, "Sag i SOF")
    page.get_by_label("Søg i enhederne").fill("hjemløseenhed")
    tick(page, "Hjemløseenheden")
    expect(page.locator("#klods-k2 .hel-block-head")).to_have_text("Har en social sag hos Hjemløseenheden")
    add(page, "Ydelse")
    expect(page.locator("#fejl-k3")).to_have_text("Vælg mindst én ydelse.")
    tick(page, "Kontanthjælp")
    expect(page.locator("#klods-k3 .hel-block-head")).to_have_text("Modtager kontanthjælp")
    add(page, "Plan")
    tick(page, "Det gælder ikke", "Social handleplan (servicelovens § 141)")
    page.get_by_label("Tidsbetingelse").select_option(label="nu eller inden for de seneste …")
    page.get_by_label("Hvor længe").fill("12")
    expect(page.locator("#laest")).to_contain_text("nu eller inden for de seneste 12 måneder")


def test_drawn_sent_and_approved(enter):
    analyst = enter("anders")
    analyst.goto("vaerksted")
    analyst.get_by_role("link", name="Tegn en ny målgruppe").click()
    draw(analyst)
    drawn = number(analyst)
    expect(analyst.locator(".hel-picture .hel-line").first).to_be_visible()
    analyst.locator("#ret-k2").click()
    analyst.locator("#klods-k2").get_by_text("Det gælder ikke", exact=True).click()
    expect(analyst.locator(".hel-impact-number")).not_to_have_text(drawn)
    expect(analyst.locator(".hel-step")).to_have_text(re.compile("[+−] [0-9.]+ personer"))
    analyst.locator("#klods-k2").get_by_text("Det gælder", exact=True).click()
    expect(analyst.locator(".hel-impact-number")).to_have_text(drawn)
    analyst.get_by_label("Navn", exact=True).fill(NAME)
    analyst.get_by_role("button", name="Gem udkast").click()
    expect(analyst.get_by_text(f"Udkastet »{NAME}« er gemt.")).to_be_visible()
    address = analyst.url
    assert DRAFT.search(address)
    analyst.get_by_role("button", name="Gem og send til godkendelse …").click()
    expect(analyst.locator("h1")).to_contain_text("til godkendelse?")
    analyst.get_by_role("button", name="Send til godkendelse").click()
    expect(analyst.locator("h1 .hel-chip")).to_have_text("Venter på godkendelse")
    analyst.context.clear_cookies()
    leader = enter("lene")
    leader.goto("vaerksted")
    leader.get_by_role("link", name=NAME).click()
    above = leader.get_by_role("heading", name="Virkningen").bounding_box()
    below = leader.get_by_role("button", name="Godkend").bounding_box()
    assert above["y"] < below["y"]
    expect(leader.locator(".hel-picture .hel-line").first).to_be_visible()
    leader.get_by_role("button", name="Godkend").click()
    expect(leader.get_by_text("er vedtaget og gælder fra")).to_be_visible()
    leader.goto("vaerksted")
    row = leader.get_by_role("row", name=re.compile(re.escape(NAME)))
    expect(row.locator(".hel-chip")).to_have_text("Vedtaget")


def test_the_choice_in_a_list_is_kept_with_the_keyboard_alone(enter):
    page = enter("anders")
    page.goto("vaerksted/ny")
    page.get_by_role("button", name="Hvilken ydelse?").press("Enter")
    expect(page.locator("#k1-c1")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator("#klods-k1 .hel-block-head")).to_have_text("Modtager A-dagpenge")
    expect(page.locator("#k1-c1")).to_be_focused()
    page.get_by_role("button", name="Færdig").press("Enter")
    expect(page.locator("#klods-k1 .hel-block-form")).to_have_count(0)


@pytest.mark.parametrize("username", ["bente", "ulla"])
def test_others_get_the_designed_refusal(demo, browser, username):
    context = browser.new_context(base_url=demo.address, locale="da-DK")
    page = context.new_page()
    page.goto("log-ind")
    page.locator(f"[data-user={username}]").click()
    page.goto("vaerksted/ny")
    expect(page.locator("h1")).to_have_text("Siden er ikke for din rolle")
    expect(page.get_by_text("Analytiker", exact=True)).to_be_visible()
    context.close()


def test_without_a_script_every_change_has_a_button(demo, browser):
    context = browser.new_context(base_url=demo.address, locale="da-DK", java_script_enabled=False)
    page = context.new_page()
    page.goto("log-ind")
    page.locator("[data-user=anders]").click()
    page.goto("vaerksted/ny")
    page.get_by_role("button", name="Hvor gammel?").click()
    page.get_by_label("Under").fill("30")
    page.get_by_role("button", name="Opdater tallene").click()
    expect(page.locator("#klods-k1 .hel-block-head")).to_have_text("Er fyldt 18 år og under 30 år")
    before = number(page)
    add(page, "Ydelse")
    tick(page, "Kontanthjælp")
    page.get_by_role("button", name="Opdater tallene").click()
    assert number(page) != before
    page.get_by_label("Navn", exact=True).fill("Unge på kontanthjælp")
    page.get_by_role("button", name="Gem udkast").click()
    expect(page.get_by_text("Udkastet »Unge på kontanthjælp« er gemt.")).to_be_visible()
    context.close()
