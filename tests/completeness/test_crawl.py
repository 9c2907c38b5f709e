"""Whoever is shown a citizen, in whatever way, has left a line that the citizen reads in the own log within a second."""

import pytest

from completeness.crawler import Crawler
from completeness.seen import everybody
from pages.test_who_may import EVERYONE, ROWS, _bad_file
from pages.world import ANNA, BO, DORTE, World, mandate_to, sent_draft, user

PURPOSES = ("sagsbehandling", "koordinering")
SEARCHES = ("Åkær", "Berg", "Ørum", ANNA, f"{BO[:6]}-{BO[6:]}", DORTE, "an", "nobody at all")
SEES_PEOPLE = {"bente", "soeren", "anna", "bo", "karin", "dorte"}


@pytest.mark.parametrize("username", sorted(EVERYONE))
def test_everybody_seen_can_read_who_saw(pages, world: World, username):
    crawler = Crawler(pages(username), user(username), everybody())
    addresses = every_address(world)
    for person in (world.anna, world.bo, world.dorte):
        for purpose in PURPOSES:
            crawler.post(f"/borger/{person}", formaal=purpose)
    for text in SEARCHES:
        crawler.post("/borgere", tekst=text, formaal="sagsbehandling")
    crawler.walk("/", *addresses)
    assert (crawler.unlogged, crawler.broken) == ([], [])
    assert bool(crawler.met) == (username in SEES_PEOPLE), "who sees no citizen is seen by none"


def every_address(world: World) -> list[str]:
    """One address of every name, those of citizens for each person."""
    given = {
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
