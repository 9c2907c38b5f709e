"""Danish first, English by one click, remembered; and every text of the package is there in English."""

import re

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

from pages.extraction import PACKAGE, texts

CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
PLACES = re.compile(r"%\([a-z_]+\)s")


def english() -> dict[str | tuple[str, ...], str | tuple[str, ...]]:
    with CATALOGUE.open("rb") as file:
        return {message.id: message.string for message in read_po(file, abort_invalid=True) if message.id}


def as_key(text: tuple[str, ...]) -> str | tuple[str, ...]:
    return text if len(text) > 1 else text[0]


def test_every_text_is_there_in_english():
    known = english()
    missing = [f"{where}: {text}" for text, where in texts().items() if not all_said(known.get(as_key(text)))]
    assert not missing


def test_no_english_text_without_a_danish_one():
    assert not set(english()) - {as_key(text) for text in texts()}


def test_the_english_text_has_the_same_places():
    for danish, translated in english().items():
        forms = zip(*(t if isinstance(t, tuple) else (t,) for t in (danish, translated)), strict=True)
        for one, other in forms:
            assert set(PLACES.findall(other)) <= set(PLACES.findall(str(danish))), one


def test_switching_is_remembered(pages):
    client = pages("anders")
    answer = client.post("/sprog", {"language": "en", "next": "/kortlaegning?dato=2022-06-01"}, follow=True)
    assert '<html lang="en">' in answer.content.decode()
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    shown = client.get("/kortlaegning?dato=2022-06-01").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "The shared citizens on 1 June 2022" in shown


@pytest.mark.parametrize(
    ("language", "words"),
    [("da", "De fælles borgere den 1. juni 2022"), ("en", "The shared citizens on 1 June 2022")],
)
def test_dates_in_both_languages(pages, language, words):
    client = pages("ulla")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    shown = client.get("/kortlaegning?dato=2022-06-01").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert words in shown


def all_said(translated: str | tuple[str, ...] | None) -> bool:
    return bool(translated) and all(translated if isinstance(translated, tuple) else [translated])
