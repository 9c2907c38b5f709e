"""Whoever is refused again and again is shown to the steward; whoever is refused once is not."""

import html
from uuid import uuid4

import pytest

from helhed.audit.models import Event
from helhed.audit.questions import refused_often

OVERDUE = {
    "overdragelser": "/overdragelser/{}",
    "breve": "/breve-til-print/{}.pdf",
    "indgange": "/indgang/{}/dag",
}


@pytest.mark.parametrize("times", [4, 5])
def test_the_steward_is_told_of_many_tries_on_one_day(world, browser, settings, times):
    settings.REFUSED_A_DAY = 5
    maja = browser("maja")
    for _each in range(times):
        assert maja.get(OVERDUE["overdragelser"].format(uuid4())).status_code == 404
    found = [tries for tries in refused_often(5, 30) if tries.actor == "maja"]
    assert [(each.number, each.different) for each in found] == ([(5, 5)] if times == 5 else [])
    page = html.unescape(browser("dorte").get("/tilsyn").content.decode())
    assert ("afvist 5 gange eller mere" in page) == (times == 5)
    assert ("på 5 forskellige ting" in page) == (times == 5)


def test_the_same_thing_again_and_again_is_one_thing(world, browser):
    maja, same = browser("maja"), uuid4()
    for path in list(OVERDUE.values()) * 2:
        maja.get(path.format(same))
    (found,) = [tries for tries in refused_often(5, 30) if tries.actor == "maja"]
    assert (found.number, found.different) == (6, 3)


def test_what_was_tried_stands_in_words(world, browser):
    number = uuid4()
    browser("maja").get(f"/overdragelser/{number}")
    page = html.unescape(browser("dorte").get("/log?hvem=maja&udfald=denied").content.decode())
    assert f"overdragelse {str(number)[:8]}" in page and "findes ikke" in page
    assert Event.objects.get(object=f"chain {number}").person_key is None


def test_many_chosen_at_once_leave_a_line_each(world, browser):
    """The forms for many take what is the viewer's, and say of the rest no more than that it is not."""
    numbers = [str(uuid4()) for _each in range(3)]
    browser("maja").post("/overdragelser/samlet/vurder", {"borger": numbers, "do": "goer", "svar": "ja"})
    browser("maja").post("/breve-til-print", {"brev": numbers})
    browser("maja").post("/breve-til-print/valgte.pdf", {"brev": numbers})
    lines = Event.objects.filter(actor="maja", action="refused", ground="not-there", person_key=None)
    told = sorted(line.object for line in lines)
    assert told == sorted([f"chain {each}" for each in numbers] + [f"letter {each}" for each in numbers] * 2)
