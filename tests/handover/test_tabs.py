"""The sides of a citizen's page: each that is shown opens, and what is closed to the reader is not shown."""

import re

import pytest

from handover.carrying import carried
from handover.test_handover_pages import browser
from handover.world import World
from helhed.pages.caseworker.tabs import TABS

TAB = re.compile(r'<li><a href="(/borger/[^"]*)"')
ALL = [key for key, _address, _title in TABS]


def opened(username: str, person) -> tuple[list[str], dict[str, int]]:
    """The titles of the sides that are shown, and what each answers."""
    client = browser(username)
    client.post(f"/borger/{person}", {"formaal": "sagsbehandling"})
    page = client.get(f"/borger/{person}")
    assert page.status_code == 200, username
    nav = page.content.decode().partition("hel-tabs")[2].partition("</nav>")[0]
    answers = {path: client.get(path).status_code for path in TAB.findall(nav)}
    return [path.rpartition("/")[2] for path in answers], answers


@pytest.mark.parametrize("username", ["bente", "soeren", "yrsa"])
def test_each_side_that_is_shown_opens(world: World, username):
    carried(world.eva, "proposed")
    _shown, answers = opened(username, world.eva)
    assert len(answers) >= 6 and set(answers.values()) == {200}


def test_the_benefits_service_is_not_led_to_what_is_closed_to_it(world: World):
    shown, _answers = opened("yrsa", world.eva)
    assert not {"ansvar", "breve", "hvem-har-set"} & set(shown)
    assert "sanktioner" in shown
    client = browser("yrsa")
    client.post(f"/borger/{world.eva}", {"formaal": "sagsbehandling"})
    for closed in ("ansvar", "breve"):
        assert client.get(f"/borger/{world.eva}/{closed}").status_code == 403


def test_who_holds_the_case_has_every_side_and_the_other_administration_no_sanctions(world: World):
    carried(world.eva, "proposed")
    shown, _answers = opened("bente", world.eva)
    assert len(shown) == len(ALL)
    shown, _answers = opened("soeren", world.eva)
    assert "sanktioner" not in shown and "ansvar" in shown
