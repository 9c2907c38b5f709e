"""The demo walked with a real browser as each role, under the strict content policy: a console error fails the test."""

import re

import pytest
from playwright.sync_api import Page, expect

REPORT_DAY = "kortlaegning?dato=2022-06-01"


def first_notice(page: Page) -> str:
    """The name on the first notice that leads to a citizen; clicked, and the purpose said."""
    door = page.locator("#advis a[data-door]").first
    name = door.inner_text()
    door.click()
    page.get_by_role("button", name="Vis borgeren").click()
    return name


def test_the_caseworker_finds_a_citizen_and_reads_the_timeline(enter):
    page = enter("bente")
    name = first_notice(page)
    expect(page.locator("h1")).to_have_text(name)
    expect(page.get_by_text("Dit opslag er logget")).to_be_visible()
    expect(page.locator(".hel-time-picture .hel-spell").first).to_be_visible()
    page.get_by_role("link", name="10 år").click()
    expect(page.locator("#tidslinje [aria-current=true]")).to_have_text("10 år")
    assert "aar=10" in page.url


def test_a_spell_can_be_read_with_the_keyboard(enter):
    page = enter("bente")
    first_notice(page)
    spell = page.locator(".hel-spell").first
    spell.focus()
    expect(page.locator("[data-reading-line]")).to_have_text(spell.get_attribute("aria-label"))
    page.keyboard.press("Enter")
    expect(page.locator("#fakta")).to_have_attribute("open", "")


def test_the_search_is_posted(enter):
    page = enter("soeren")
    page.wait_for_url("**/sagsbehandler")
    page.wait_for_load_state()
    name = page.locator("#advis a[data-door]").first.inner_text()
    page.keyboard.press("/")
    expect(page.locator("#tekst")).to_be_focused()
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    expect(page.locator("[data-rows] [data-door]").first).to_have_text(name)
    assert page.url.endswith("/borgere")
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(name)
    expect(page.locator("#tidslinje")).to_be_visible()


def test_signing_off_a_notice_takes_it_away(enter):
    page = enter("bente")
    waiting = int(re.match(r"\d+", page.locator(".hel-lead").inner_text()).group())
    page.get_by_role("button", name=re.compile("^Kvittér")).first.click()
    expect(page.get_by_text("Advis er kvitteret")).to_be_visible()
    expect(page.locator(".hel-lead")).to_contain_text(str(waiting - 1) if waiting > 1 else "Ingen advis")


def test_the_leader_sees_numbers_and_no_person(enter):
    page = enter("lene")
    expect(page.locator(".hel-figure-number").first).to_be_visible()
    expect(page.locator("a[href^='/borger']")).to_have_count(0)


def test_the_analyst_maps_sorts_and_opens_a_group(enter):
    page = enter("anders")
    page.goto(REPORT_DAY)
    expect(page.locator("#g-2A .hel-strong")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Beregnet")).click()
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("Beregnet")
    page.goto(REPORT_DAY)
    page.locator("#g-2A .hel-flaws summary").click()
    expect(page.locator("#g-2A .hel-flaws li").first).to_be_visible()
    page.locator("#g-2A a[data-door]").click()
    expect(page.locator(".hel-curve polyline").first).to_be_visible()


def test_the_day_is_chosen_in_the_calendar(enter):
    page = enter("ulla")
    page.goto(REPORT_DAY)
    page.get_by_role("button", name="Åbn kalender").click()
    page.get_by_role("button", name=re.compile("onsdag den 15. juni 2022")).click()
    page.get_by_role("button", name="Vis dagen").click()
    expect(page.locator("h1")).to_contain_text(re.compile(r"15\.\s+juni 2022"))
    assert "dato=2022-06-15" in page.url
    page.get_by_role("button", name="Åbn kalender").click()
    expect(page.get_by_role("button", name=re.compile("torsdag den 16. juni 2022"))).to_be_visible()


def test_the_report_is_fetched(enter):
    page = enter("ulla")
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Hent rapporten (PDF)").click()
    assert fetched.value.suggested_filename == "kortlaegning-2022-06-01.pdf"


def test_the_boundary_scrolls_in_its_own_box(enter):
    page = enter("anders")
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto("kortlaegning/graense?dato=2022-06-01")
    expect(page.locator(".hel-heat")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_the_steward_follows_a_delivery_to_its_rejected_rows(enter):
    page = enter("dorte")
    page.get_by_role("link", name=re.compile("^1 · ")).click()
    page.get_by_role("link", name=re.compile("Se de første")).first.click()
    expect(page.get_by_role("region", name="De første afviste rækker")).to_be_visible()
    page.goto("log?handling=see-rejected")
    expect(page.locator("tbody tr").first).to_contain_text("dorte")


def test_language_is_switched_and_kept(enter):
    page = enter("anders")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto("kortlaegning")
    expect(page.locator("h1")).to_contain_text("The shared citizens on")
    page.get_by_role("button", name="Open calendar").click()
    expect(page.locator(".date-picker__calendar").get_by_text("June")).to_be_visible()
    page.get_by_role("button", name="Dansk").click()
    expect(page.locator("h1")).to_contain_text("De fælles borgere")


def test_shortcuts_can_be_switched_off(enter):
    page = enter("anders")
    page.wait_for_url("**/analyse")
    page.wait_for_load_state()
    page.keyboard.press("?")
    expect(page.locator("#keys-dialog")).to_be_visible()
    page.get_by_text("Brug genveje med ét tegn").click()
    page.get_by_role("button", name="Luk").click()
    page.keyboard.press("?")
    expect(page.locator("#keys-dialog")).to_be_hidden()


@pytest.mark.parametrize("username", ["bente", "lene", "anders", "dorte", "ulla"])
def test_no_page_is_wider_than_the_screen(enter, username):
    """Each page is opened once and made narrower: no script of ours asks how wide the screen was when it came."""
    page = enter(username)
    page.wait_for_load_state()
    addresses = page.locator("nav.hel-side a, nav.hel-citizen-nav a").evaluate_all(
        "links => links.map(link => link.href)"
    )
    assert len(addresses) >= 3
    for address in addresses:
        page.goto(address)
        for width in (1440, 768, 375):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)


def test_the_menu_opens_without_scripts(demo, browser):
    context = browser.new_context(
        base_url=demo.address,
        locale="da-DK",
        java_script_enabled=False,
        viewport={"width": 375, "height": 800},
    )
    page = context.new_page()
    page.goto("log-ind")
    page.locator("[data-user=anders]").click()
    page.locator(".hel-menu summary").click()
    page.locator(".hel-menu-panel").get_by_role("link", name="Kortlægning").click()
    expect(page.locator("h1")).to_contain_text("De fælles borgere")
    page.locator("#dato").fill("01-01-2025")
    page.get_by_role("button", name="Vis dagen").click()
    expect(page.locator("h1")).to_contain_text("2025")
    context.close()


def test_the_analyst_tries_a_grace_and_compares_the_models(enter):
    page = enter("anders")
    page.goto("kortlaegning/1A?dato=2022-06-01")
    expect(page.locator(".hel-inout rect").first).to_be_visible()
    page.get_by_role("link", name="4 uger").click()
    assert "frist=P4W" in page.url
    expect(page.locator(".hel-chosen th")).to_have_text("4 uger")
    expect(page.get_by_text("med en frist på 4 uger")).to_be_visible()
    page.get_by_role("link", name="Modellerne", exact=True).click()
    page.get_by_role("link", name="Tilbage uden frist").click()
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("Tilbage uden frist")
