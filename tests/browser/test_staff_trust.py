"""A citizen without MitID is helped all the way by staff, and a colleague of another unit is kept out, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

SAID = "Vi sad sammen på centret. Borgeren sagde: Ja, det er fint, at I taler sammen."


@pytest.fixture
def colleague(demo, browser):
    """`colleague("lene")`: another member of staff at another machine. What is refused may be said in the console there."""
    contexts = []

    def sit_down(username: str):
        context = browser.new_context(base_url=demo.address, locale="da-DK")
        contexts.append(context)
        page = context.new_page()
        page.goto("log-ind")
        page.locator(f"[data-user={username}]").click()
        return page

    yield sit_down
    for context in contexts:
        context.close()


def meet_a_citizen_without_consent(page) -> str:
    """Open, from the unit's list, a citizen who has said yes to nothing; answers the name."""
    page.goto("enhedens-borgere")
    rows = page.locator("tbody tr").filter(has_text="Lukket").filter(has_text="Intet")
    door = rows.first.locator("[data-door]")
    name = door.inner_text()
    door.click()
    expect(page.locator("h1")).to_have_text(name)
    return name


def ask(page) -> str:
    """From the closed lane through the form and the text to the question; answers its address."""
    page.locator(".hel-shut-side a", has_text="Beskæftigelsessag").click()
    expect(page.locator("input[name=oplysning]:checked")).to_have_count(1)
    page.fill("#sag", "Din sag på Driftscenter 1")
    page.get_by_role("button", name="Vis teksten, borgeren får").click()
    expect(page.locator(".hel-notice")).to_contain_text("Siger du nej")
    page.get_by_role("button", name="Bed om samtykke").click()
    expect(page.locator("main")).to_contain_text("Borgeren er spurgt")
    return page.url


def fetched(page, link) -> str:
    """The kind of what a link leads to, fetched as this user."""
    return page.request.get(link.get_attribute("href")).headers["content-type"]


def test_a_person_without_mitid_is_helped_confirmed_by_another_and_can_take_it_back(enter, colleague):
    page = enter("soeren")
    name = meet_a_citizen_without_consent(page)
    citizen = page.url
    consent = ask(page)
    assert fetched(page, page.get_by_role("link", name="Udskriv papiret")) == "application/pdf"

    page.get_by_role("link", name="Borgeren svarer nu").click()
    page.locator("label[for=svar-ja]").click()
    page.fill("#ord", SAID)
    page.get_by_role("button", name="Gem svaret").click()
    expect(page.locator("main")).to_contain_text("Venter på bekræftelse")
    page.goto("bekraeftelser")
    expect(page.locator("main")).not_to_contain_text(SAID)

    leader = colleague("lene")
    leader.goto("bekraeftelser")
    noted = leader.locator(".hel-confirm", has_text=SAID)
    expect(noted).to_contain_text(f"{name}: sagde ja")
    noted.get_by_role("button", name="Jeg bekræfter").click()
    expect(leader.locator("main")).to_contain_text("Bekræftet")

    page.goto(consent)
    receipt = page.get_by_role("link", name=re.compile("Samtykke givet"))
    assert fetched(page, receipt) == "application/pdf"
    page.goto(citizen)
    expect(page.locator(".hel-shut-side a", has_text="Beskæftigelsessag")).to_have_count(0)

    page.goto(consent)
    page.get_by_role("link", name="Træk tilbage på borgerens ord").click()
    expect(page.locator(".hel-consequences")).to_contain_text("kan ikke længere se")
    page.get_by_role("button", name="Træk tilbage nu").click()
    expect(page.locator("main")).to_contain_text("Trukket tilbage")
    assert (
        fetched(page, page.get_by_role("link", name=re.compile("Samtykke trukket tilbage")))
        == "application/pdf"
    )
    page.goto(citizen)
    expect(page.locator(".hel-shut-side a", has_text="Beskæftigelsessag")).to_have_count(1)

    page.goto(f"{citizen}/opslag")
    expect(page.locator("main")).to_contain_text("En sagsbehandler")


def test_a_colleague_in_the_wrong_unit_is_refused_with_the_ways(enter, colleague):
    page = enter("soeren")
    name = meet_a_citizen_without_consent(page)
    kim = colleague("kim")
    kim.goto(f"{page.url}/samtykker")
    kim.get_by_role("button", name="Vis borgeren").click()
    main = kim.locator("main")
    for way in ("Spørg den enhed, der har sagen", "Spørg borgeren", "fare for liv eller helbred"):
        expect(main).to_contain_text(way)
    expect(main).not_to_contain_text(name)


def test_the_paper_without_a_file_says_so_and_keeps_the_answer(enter):
    page = enter("soeren")
    meet_a_citizen_without_consent(page)
    ask(page)
    page.get_by_role("link", name="Papiret er skrevet under").click()
    page.locator("label[for=svar-nej]").click()
    page.fill("#dag", "01-06-2026")
    page.get_by_role("button", name="Gem papir og svar").click()
    expect(page.locator("#papir-fejl")).to_contain_text("Vælg den fil")
    expect(page.locator("#svar-nej")).to_be_checked()
    expect(page.locator("#dag")).to_have_value("01-06-2026")
