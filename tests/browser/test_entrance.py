"""The target-group house for citizens with substance abuse (8B), as the demo lays it out: a citizen is invited, says yes on the
phone, comes, talks to both sides at one visit, and stops coming."""

import re

import pytest
from playwright.sync_api import Page, expect

PHONE = {"width": 375, "height": 740}
DESK = {"width": 1440, "height": 900}
INVITED = "Vil du møde begge forvaltninger ét sted?"


@pytest.fixture
def enter(page: Page):
    """Log in by the card, whoever was there before, on a desk or a phone."""

    def click(username: str, size: dict[str, int] = DESK) -> Page:
        page.set_viewport_size(size)
        page.context.clear_cookies()
        page.goto("log-ind")
        page.locator(f"[data-user={username}]").click()
        page.wait_for_load_state()
        return page

    return click


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def house(page: Page) -> None:
    """The reception of the entrance, by the list."""
    page.goto("indgange")
    page.locator("[data-rows] [data-door]").first.click()
    page.wait_for_load_state()


def invited_citizen(page: Page, enter) -> tuple[str, str]:
    """The user name of a citizen who can log in and is invited, and the citizen's name."""
    page.context.clear_cookies()
    page.goto("log-ind")
    cards = page.locator("[data-user]", has=page.get_by_text("Borger", exact=True))
    for username in [card.get_attribute("data-user") for card in cards.all()]:
        enter(username, PHONE).goto("mig/indgang")
        if page.get_by_role("heading", name=INVITED).is_visible():
            page.goto("mig")
            return username, page.locator("h1").inner_text()
    pytest.fail("nobody who can log in is invited")


def test_8b_from_the_invitation_through_a_visit_to_leaving(page, enter):
    citizen, name = invited_citizen(page, enter)

    page.goto("mig/indgang")
    yes, no = (page.locator(f"button[value={word}]").bounding_box() for word in ("ja", "nej"))
    assert (yes["width"], yes["height"]) == (no["width"], no["height"]) and fits(page)
    page.get_by_role("button", name="Ja, det vil jeg gerne").click()
    expect(page.get_by_text("Tak. Dit ja er noteret.")).to_be_visible()
    place = page.locator("h1").inner_text()

    enter("bente")
    house(page)
    page.get_by_label("Navn eller nummer").fill(name)
    page.get_by_role("button", name="Find").click()
    page.get_by_role("button", name=f"Er her – {name}").click()
    expect(page.get_by_text("Borgeren er noteret som ankommet.")).to_be_visible()
    page.get_by_role("button", name=f"BIF har talt med {name}").click()

    enter("kim")
    house(page)
    expect(page.locator("tr", has_text=name).locator(".hel-chip--bif")).to_be_visible()
    page.get_by_role("button", name=f"SOF har talt med {name}").click()
    page.get_by_role("button", name=f"Er gået – {name}").click()
    done = page.locator("tr", has_text=name)
    expect(done.locator(".hel-chip--bif, .hel-chip--sof")).to_have_count(2)
    page.get_by_role("link", name=name).first.click()
    expect(page.get_by_text(f"Udlånt til {place}")).to_be_visible()
    expect(page.get_by_text("Gammel Køge Landevej").first).to_be_visible()

    enter(citizen, PHONE).goto("mig/indgang")
    expect(page.get_by_text("Du talte med begge forvaltninger.")).to_be_visible()
    page.get_by_role("button", name="Nej tak, jeg vil ikke bruge det mere").click()
    expect(page.get_by_text("Det er noteret. Du bruger ikke stedet længere.")).to_be_visible()
    assert fits(page)

    enter("kim")
    house(page)
    page.get_by_role("link", name="Borgere", exact=True).last.click()
    page.get_by_role("link", name=re.compile("Afsluttede")).click()
    expect(page.locator("tr", has_text=name)).to_be_visible()
