"""axe looks at every kind of page, in Danish and English, on a wide screen and a telephone: nothing against WCAG 2.2 A and AA.
The same walk asks for a quiet console and for pages no wider than the screen."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import product
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import BrowserContext, Page

AXE = Path(__file__).resolve().parents[1] / "node" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
USERS = ["-", "bente", "soeren", "kim", "lene", "birgit", "anders", "dorte", "ulla", "karin"]
CITIZEN = "citizen"
NOWHERE = "/findes/ikke"
VARIANTS = list(product(("da", "en"), (1440, 375)))
LEAVING = {"logout", "set_language", "stay", "login-demo", "notice-done"}
NO_PAGE = (".pdf", ".csv", ".json", ".jsonl", "/kvittering", "/bevis")


@dataclass
class Reader:
    """Somebody logged in once: a context of the browser, its one page, and what its console said."""

    context: BrowserContext
    page: Page
    said: list[str] = field(default_factory=list)

    def links(self, path: str) -> set[str]:
        """Addresses of the own site a page leads to, without opening it in the browser."""
        answer = self.context.request.get(path)
        if "text/html" not in answer.headers.get("content-type", ""):
            return set()
        found = re.findall(r'<a [^>]*href="(/[^"#]*)', answer.text())
        return {unescape(link) for link in found if not link.startswith("/static/")}

    def look(self, path: str, language: str, width: int) -> list[str]:
        """What is wrong with a page: findings of axe, words in the console, a page wider than the screen."""
        domain = urlsplit(self.page.url).hostname or "127.0.0.1"
        self.context.add_cookies(
            [{"name": "django_language", "value": language, "domain": domain, "path": "/"}]
        )
        self.page.set_viewport_size({"width": width, "height": 900})
        self.said.clear()
        self.page.goto(path)
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate(RUN, TAGS)["violations"]
        where = f"{path} {language} {width}"
        wrong = [
            f"{where}: {each['id']} at {node['target']}: {node['failureSummary']}"
            for each in found
            for node in each["nodes"]
            if not is_title_of_a_picture(each["id"], node)
        ]
        if (wide := self.page.evaluate("document.documentElement.scrollWidth")) > width:
            wrong.append(f"{where}: {wide} wide")
        if self.page.locator("html").get_attribute("lang") != language:
            wrong.append(f"{where}: the page says another language")
        said = [line for line in self.said if not (path == NOWHERE and "404" in line)]
        return wrong + [f"{where}: {line}" for line in said]


def is_title_of_a_picture(rule: str, node: dict) -> bool:
    """axe takes an SVG's <title> for words on the screen. A spell's words are the beginning of its name, cut where it ends."""
    return rule == "label-content-name-mismatch" and "hel-spell" in node["html"]


@pytest.fixture(scope="module")
def reader(demo, browser) -> Iterator[Callable[[str], Reader]]:
    """`reader("bente")`: logged in by the card, once for all tests here; `reader("-")`: nobody."""
    known: dict[str, Reader] = {}

    def make(username: str) -> Reader:
        if username not in known:
            context = browser.new_context(base_url=demo.address, locale="da-DK")
            one = Reader(context, context.new_page())
            one.page.on("console", lambda m: one.said.append(m.text) if m.type == "error" else None)
            one.page.on("pageerror", lambda error: one.said.append(str(error)))
            one.page.goto("log-ind")
            if username != "-":
                one.page.locator(card_of(one.page, username)).click()
                one.page.wait_for_load_state()
            known[username] = one
        return known[username]

    yield make
    for one in known.values():
        one.context.close()


@pytest.fixture(scope="module")
def looked_at() -> set[str]:
    """The kinds of pages that somebody has looked at."""
    return set()


def card_of(page: Page, username: str) -> str:
    """The card of a user; the citizen's is the one whose name is no member of staff's."""
    if username != CITIZEN:
        return f"[data-user={username}]"
    shown = page.locator("[data-user]").evaluate_all("cards => cards.map(card => card.dataset.user)")
    return f"[data-user={next(name for name in shown if name not in USERS)}]"


def kinds_of_pages(one: Reader, start: str) -> dict[str, str]:
    """One address of each kind of page that links lead to."""
    found: dict[str, str] = {}
    waiting, read = [start], set()
    while waiting:
        path = waiting.pop(0)
        name = name_of(path)
        if path in read or name is None or name in LEAVING or path.partition("?")[0].endswith(NO_PAGE):
            continue
        read.add(path)
        if name in found:
            continue
        found[name] = path
        waiting += sorted(one.links(path) - read)
    return found


def name_of(path: str) -> str | None:
    try:
        return resolve(unquote(urlsplit(path).path)).view_name
    except Resolver404:
        return None


def open_a_citizen(one: Reader) -> None:
    """Caseworkers say the purpose for the first citizen on their list, so that links lead on from there."""
    door = one.page.locator("a[href^='/borger/']").first
    if door.count():
        door.click()
        one.page.get_by_role("button", name=re.compile("Vis borgeren|Show the citizen")).click()
        one.page.wait_for_load_state()


def pages_of(one: Reader, username: str) -> dict[str, str]:
    if username == "-":
        return kinds_of_pages(one, "/log-ind") | {"not-found": NOWHERE}
    home = urlsplit(one.page.url).path
    if username in ("bente", "soeren", "kim"):
        open_a_citizen(one)
    return kinds_of_pages(one, home)


@pytest.mark.parametrize("username", [*USERS, CITIZEN])
def test_a_sample_of_every_kind_of_page(reader, looked_at, username):
    """Each kind of page once, by the first who comes to it: language and width take turns."""
    one = reader(username)
    pages = pages_of(one, username)
    assert len(pages) >= 3
    start = [*USERS, CITIZEN].index(username)
    fresh = {name: path for name, path in pages.items() if name not in looked_at}
    looked_at.update(fresh)
    wrong = [
        fault
        for number, path in enumerate(fresh.values(), start)
        for fault in one.look(path, *VARIANTS[number % len(VARIANTS)])
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
@pytest.mark.parametrize("username", [*USERS, CITIZEN])
def test_every_kind_of_page_in_both_languages_and_widths(reader, username):
    one = reader(username)
    pages = pages_of(one, username)
    wrong = [fault for path in pages.values() for variant in VARIANTS for fault in one.look(path, *variant)]
    assert not wrong, "\n".join(wrong)


def test_axe_finds_what_is_planted(reader):
    one = reader("-")
    one.page.goto("/om")
    one.page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    one.page.evaluate(AXE.read_text())
    assert {each["id"] for each in one.page.evaluate(RUN, TAGS)["violations"]} == {"image-alt"}
