"""Model 5A in the demo, from proposal to return: both sides at their machines, the citizen on a phone, and who lost the case kept out."""

from datetime import datetime

from playwright.sync_api import Browser, Page, expect

PHONE = {"width": 375, "height": 740}
ROUNDS = 40
"""So many times a page is loaded again, half a second apart, while the program goes its rounds."""


def first_citizen(demo, browser: Browser) -> tuple[str, str]:
    """User name and name of the first citizen who can log in: proposed under 5A, and asked nothing yet."""
    page = browser.new_page(base_url=demo.address, locale="da-DK")
    page.goto("log-ind")
    card = page.locator("[data-user]", has=page.get_by_text("Borger", exact=True)).first
    found = card.get_attribute("data-user"), card.locator("strong, b, .hel-card-name").first.inner_text()
    page.close()
    return found


def opened(page: Page, name: str, shelf: str) -> None:
    """The citizen's hand-over, found on a shelf of the work list by name."""
    page.goto(f"overdragelser?hylde={shelf}")
    page.fill("#tekst", name)
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name=name).click()
    expect(page.locator("h1")).to_contain_text(name)


def until(page: Page, act: str) -> None:
    """The program goes its rounds: the page is loaded again until the act can be done."""
    for _round in range(ROUNDS):
        if page.get_by_role("link", name=act, exact=True).count():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(f"»{act}« never came: {page.locator('main').inner_text()}")


def does(page: Page, act: str, button: str, said: dict[str, str] | None = None) -> None:
    """One act on the page of a hand-over: its link, the form with these radios and fields, and the button."""
    until(page, act)
    page.get_by_role("link", name=act, exact=True).click()
    expect(page.get_by_role("button", name=button)).to_be_visible()
    for field, value in (said or {}).items():
        if value in ("ja", "nej"):
            page.locator(f"label[for={field}-{value}]").click()
        else:
            page.fill(f"#{field}", value)
    page.get_by_role("button", name=button).click()
    expect(page.locator(".alert-success, .hel-message, [role=status]").first).to_be_visible()


def told(phone: Page, words: str) -> None:
    """What the citizen reads of the own case, once the program has been round; and the page fits a phone."""
    for _round in range(ROUNDS):
        phone.goto("mig/overflytning")
        if words in phone.locator("main").inner_text():
            break
        phone.wait_for_timeout(500)
    expect(phone.locator("main")).to_contain_text(words)
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_5a_from_proposal_to_return(demo, browser, sitting):
    username, name = first_citizen(demo, browser)
    bente, soeren, phone = sitting("bente"), sitting("soeren"), sitting(username, PHONE)

    opened(bente, name, "forslag")
    handover = bente.url
    does(bente, "Vurdér", "Gem vurderingen", {"EX1": "nej", "EX3": "nej"})
    opened(soeren, name, "forslag")
    does(soeren, "Vurdér", "Gem vurderingen", {"need": "ja", "EX2": "nej"})
    bente.goto(handover)
    does(bente, "Spørg borgeren", "Spørg nu")

    phone.goto("mig/overflytning")
    phone.get_by_role("link", name="Læs og svar").click()
    phone.locator("button[value=ja]").click()
    expect(phone.locator("h1")).to_have_text("Tak. Dit ja er noteret")

    bente.goto(handover)
    does(bente, "Træf afgørelse", "Træf afgørelsen", {"dag": f"{datetime.now():%d-%m-%Y}"})
    soeren.goto(handover)
    expect(soeren.locator("main")).to_contain_text(name)
    does(soeren, "Tag imod", "Tag imod nu")

    told(phone, "Din sag er hos Driftscenter\N{NO-BREAK SPACE}1")
    phone.goto("mig/breve")
    expect(phone.locator("main")).to_contain_text("Vi har besluttet, at din sag skal flytte")
    citizen = soeren_sees_who_holds_what(soeren, handover)
    looks_at(bente, citizen)
    expect(bente.locator("main")).to_contain_text("i en anden enhed end din")

    phone.goto("mig/overflytning")
    phone.fill("#hvorfor", "Jeg vil hellere have min gamle sagsbehandler.")
    phone.get_by_role("button", name="Jeg vil gerne tilbage").click()
    opened(soeren, name, "tilbage")
    way_back = soeren.url
    does(
        soeren,
        "Skriv overleveringsnotat",
        "Gem notatet",
        {"ord": "Aftalt: praktik fra mandag. Ring efter kl. 10."},
    )
    bente.goto(way_back)
    expect(bente.locator("main")).to_contain_text(name)
    does(bente, "Tag imod", "Tag imod nu")

    told(phone, "Gammel Køge Landevej")
    looks_at(bente, citizen)
    expect(bente.locator("h1")).to_contain_text(name)


def looks_at(page: Page, citizen: str) -> None:
    """The citizen's page, the purpose said where it is asked for."""
    page.goto(citizen)
    if page.get_by_role("button", name="Vis borgeren").count():
        page.get_by_role("button", name="Vis borgeren").click()


def soeren_sees_who_holds_what(page: Page, handover: str) -> str:
    """From the hand-over to the picture of responsibility over time; answers the address of the citizen's page."""
    page.goto(handover)
    page.get_by_role("button", name="Ansvaret over tid").click()
    expect(page.locator("svg.hel-time-picture")).to_be_visible()
    expect(page.locator("table").first).to_contain_text("Driftscenter 1")
    return page.url.removesuffix("/ansvar")
