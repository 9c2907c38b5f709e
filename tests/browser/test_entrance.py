"""The target-group house for citizens with substance abuse (8B): two leaders make it, a citizen is invited, says yes on the
phone, comes, is served by both sides at one visit, and stops coming."""

import re

import pytest
from playwright.sync_api import Page, expect

PHONE = {"width": 375, "height": 740}
DESK = {"width": 1440, "height": 900}
HOUSE = "Rusmiddelhuset"
GKL, TWO = "bif/jobcenter-koebenhavn/gammel-koege-landevej", "sof/driftscenter-2"
INVITED = "Vil du møde begge forvaltninger ét sted?"
WAIT = 60_000
"""The worker's next round, while the machine is busy."""


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
    """The page of the entrance, by the navigation."""
    page.goto("indgange")
    page.get_by_role("link", name=HOUSE).click()


def adopt(enter) -> None:
    """The BIF leader proposes a trial of 8B, the SOF leader approves it."""
    page = enter("birgit")
    page.goto("modeller-i-brug/ny?model=8B")
    page.locator("input[name=maade][value=trial]").check(force=True)
    first = page.locator("input[name=fra]").input_value()
    day, month, year = re.fullmatch(r"(\d\d)-(\d\d)-(\d{4})", first).groups()
    page.locator("input[name=til]").fill(f"{day}-{month}-{int(year) + 1}")
    page.locator("textarea[name=grund]").fill("Et hus for borgere med misbrug prøves af i et år.")
    page.locator("button[name=do][value=send]").click()
    place = page.url
    enter("lene").goto(place)
    page.locator("button[name=do][value=godkend]").click()
    page.wait_for_load_state()


def plan(enter) -> None:
    """The BIF leader plans the house; each leader brings the people of the own side; it opens."""
    page = enter("birgit")
    page.goto("indgange")
    page.get_by_role("link", name="Planlæg en indgang").click()
    page.locator("select[name=model]").select_option(index=0)
    page.get_by_label("Hvad hedder indgangen?").fill(HOUSE)
    page.get_by_label("Adresse").fill("Prøvevej 1, 2400 København NV")
    page.get_by_role("button", name="Planlæg indgangen").click()
    for weekday in range(7):
        page.locator(f"#fra-{weekday}").fill("0.00")
        page.locator(f"#til-{weekday}").fill("23.59")
    page.get_by_role("button", name="Gem åbningstiderne").click()
    team(page, GKL, "bente")
    setup = page.url.partition("#")[0]
    enter("lene").goto(setup)
    team(page, TWO, "kim")
    page.get_by_role("button", name="Åbn indgangen").click()
    expect(page.get_by_text("Programmet inviterer nu målgruppen")).to_be_visible()


def team(page: Page, unit: str, username: str) -> None:
    added = page.locator("#hold details", has=page.locator("select[name=enhed]"))
    if added.get_attribute("open") is None:
        added.locator("summary").click()
    page.locator("select[name=enhed]").select_option(unit)
    page.get_by_role("button", name="Tilføj holdet").click()
    page.locator(".hel-team-add select[name=hvem]").first.select_option(username)
    page.locator(".hel-team-add button").first.click()


def invited_citizen(page: Page, enter) -> tuple[str, str]:
    """The user name of a citizen who can log in and is invited, and the citizen's name. The worker invites in its next
    round; until then nobody is."""
    page.context.clear_cookies()
    page.goto("log-ind")
    cards = page.locator("[data-user]", has=page.get_by_text("Borger", exact=True))
    users = [card.get_attribute("data-user") for card in cards.all()]
    for _ in range(WAIT // 1000):
        for username in users:
            enter(username, PHONE).goto("mig/indgang")
            if page.get_by_role("heading", name=INVITED).is_visible():
                page.goto("mig")
                return username, page.locator("h1").inner_text()
        page.wait_for_timeout(1000)
    pytest.fail("nobody who can log in was invited")


def test_8b_from_the_invitation_through_a_visit_to_leaving(page, enter):
    adopt(enter)
    plan(enter)
    citizen, name = invited_citizen(page, enter)

    page.goto("mig/indgang")
    yes, no = (page.locator(f"button[value={word}]").bounding_box() for word in ("ja", "nej"))
    assert (yes["width"], yes["height"]) == (no["width"], no["height"]) and fits(page)
    page.get_by_role("button", name="Ja, det vil jeg gerne").click()
    expect(page.get_by_text("Tak. Dit ja er noteret.")).to_be_visible()
    expect(page.locator("h1")).to_have_text(HOUSE)

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
    expect(page.get_by_text("borger talte med begge og slap for et besøg mere")).to_be_visible()
    page.get_by_role("link", name=name).first.click()
    expect(page.get_by_text(f"Udlånt til {HOUSE}")).to_be_visible()
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
