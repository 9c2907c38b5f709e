"""Whoever is shown a citizen, in whatever way, has left a line that the citizen reads in the own log within a second."""

import pytest

from completeness.crawler import Crawler
from completeness.own_log import OwnLog, moment
from completeness.seen import everybody
from entrances.house import attached, opened_for_8a
from helhed.audit.models import Event
from helhed.sharing import hatch
from pages.test_who_may import EVERYONE, ROWS, _bad_file
from pages.world import ANNA, BO, DORTE, World, mandate_to, sent_draft, user

PURPOSES = ("sagsbehandling", "koordinering")
SEARCHES = ("Åkær", "Berg", "Ørum", ANNA, f"{BO[:6]}-{BO[6:]}", DORTE, "an", "nobody at all")
SEES_PEOPLE = {"bente", "soeren", "kim", "yrsa", "karin", "dorte"}
"""Citizens meet themselves only, which the last test asks for."""


@pytest.mark.parametrize("username", sorted(EVERYONE))
def test_everybody_seen_can_read_who_saw(pages, world: World, username):
    """One page of each kind."""
    crawl(pages, world, username, alike=1)


@pytest.mark.slow
@pytest.mark.parametrize("username", sorted(EVERYONE))
def test_everybody_seen_on_more_pages_can_read_who_saw(pages, world: World, username):
    crawl(pages, world, username, alike=8)


def crawl(pages, world: World, username: str, alike: int) -> None:
    crawler = Crawler(pages(username), user(username), everybody(), alike)
    addresses = every_address(world)
    for person in (world.anna, world.bo, world.dorte):
        for purpose in PURPOSES:
            crawler.post(f"/borger/{person}", formaal=purpose)
    for text in SEARCHES:
        crawler.post("/borgere", tekst=text, formaal="sagsbehandling")
    crawler.walk("/", *addresses)
    assert (crawler.unlogged, crawler.broken) == ([], [])
    assert bool(crawler.met) == (username in SEES_PEOPLE), "who sees no citizen is seen by none"


@pytest.mark.parametrize("path", ["/mig", "/mig/hvorfor", "/mig/hvorfor/2A", "/mig/samtykker", "/mig/delt"])
def test_ones_own_look_is_a_line_too(pages, world: World, path):
    began = moment()
    assert pages("anna").get(path).status_code == 200
    assert OwnLog(world.anna).tells_of(user("anna"), began)


def test_the_protected_can_read_that_the_steward_saw_them(pages, world: World):
    crawler = Crawler(pages("dorte"), user("dorte"), everybody())
    for number in (ANNA, BO):
        crawler.post("/saerlig-beskyttelse", nummer=number, grund="Borgerens søster er ansat i enheden")
    crawler.post("/saerlig-beskyttelse", nummer=ANNA, grund="Borgerens søster er ansat i enheden")
    assert (crawler.met, crawler.unlogged) == ({world.anna, world.bo}, [])


def test_a_look_without_its_line_is_found(pages, world: World, monkeypatch):
    """The crawler itself: where the hatch forgets the line of one look, it says whose."""
    monkeypatch.setattr(hatch, "note", lambda **said: Event(pk=1, at=moment()))
    crawler = Crawler(pages("bente"), user("bente"), everybody())
    crawler.post(f"/borger/{world.anna}", formaal="sagsbehandling")
    assert crawler.get(f"/borger/{world.anna}") and world.anna in crawler.met
    crawler.post("/borgere", tekst="Åkær", formaal="sagsbehandling")
    assert {each.person for each in crawler.unlogged} == {world.anna}


def every_address(world: World) -> list[str]:
    """One address of every name, those of citizens for each person."""
    house = opened_for_8a()
    given = {
        "entrance": house.entrance.pk,
        "attachment": attached(house, world.anna).pk,
        "delivery": world.delivery.pk,
        "file": _bad_file(world),
        "draft": sent_draft("anders").pk,
        "mandate": mandate_to("karin", world.anna),
    }
    found = []
    for row in ROWS.values():
        if not row.post:
            found += [row.path.format(anna=key, **given) for key in (world.anna, world.bo, world.dorte)]
    return list(dict.fromkeys(found))
