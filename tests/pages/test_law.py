"""The catalogue on the screen: every entry of every section can be read in both languages; search, day and history."""

import pytest
from django.conf import settings

from helhed.law import catalogue
from helhed.law.sections import SECTIONS
from helhed.pages.analyst.reading import CHAPTERS


def test_every_section_has_a_place_in_the_contents():
    shown = {name for _heading, names in CHAPTERS for name in names}
    assert shown <= set(SECTIONS)
    assert set(SECTIONS) - shown == {"assessments", "mapping_questions", "responsibility_tasks"}


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", list(SECTIONS))
def test_every_entry_can_be_read(pages, name, language):
    client = pages("anders")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    assert client.get(f"/lov/{name}?alt=1").status_code == 200
    for entry in catalogue().section(name).values():
        page = client.get(f"/lov/{name}/{entry.key}").content.decode()
        assert "hel-law" in page, entry.key


def test_search_by_section_of_the_act_and_by_word(pages):
    client = pages("anders")
    assert "SEL-107" in client.get("/lov?ord=107").content.decode()
    assert "SEL-110" in client.get("/lov?ord=herberg").content.decode()
    assert "Intet nævner" in client.get("/lov?ord=qwertyuiop").content.decode()
    assert "Skriv mindst to tegn." in client.get("/lov?ord=a").content.decode()


def test_a_section_as_it_stood_on_a_day(pages):
    client = pages("anders")
    before = client.get("/lov/units?dato=2024-12-31").content.decode()
    after = client.get("/lov/units?dato=2025-01-01").content.decode()
    assert "sof/borgercenter-voksne/hjemloeseenheden" in before and "sof/driftscenter-1" not in before
    assert "sof/driftscenter-1" in after and "sof/borgercenter-voksne/hjemloeseenheden" not in after


def test_what_came_before_and_after(pages):
    page = pages("anders").get("/lov/benefits/uddannelseshjaelp/aktivitetsparat").content.decode()
    assert "Afløst af" in page and "/lov/benefits/kontanthjaelp/aktivitetsparat" in page


def test_history_tells_the_reform(pages):
    page = pages("bente").get("/lov/aendringer").content.decode()
    assert "1. juli 2025" in page.replace("\N{NO-BREAK SPACE}", " ") and "uddannelseshjaelp" in page


def test_known_flaws_link_to_the_groups_for_those_who_may_see_them(pages):
    assert "/kortlaegning/3A" in pages("anders").get("/lov/uoverensstemmelser").content.decode()
    assert "/kortlaegning/3A" not in pages("bente").get("/lov/uoverensstemmelser").content.decode()


@pytest.mark.parametrize("path", ["/lov/farver", "/lov/benefits/guld", "/lov/farver/roed"])
def test_what_is_not_in_the_catalogue_does_not_exist(pages, path):
    assert pages("anders").get(path).status_code == 404
