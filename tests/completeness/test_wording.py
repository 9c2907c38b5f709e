"""No act of the log is without words for the steward, also where no scene happens to come by; and the words say something."""

import ast

import pytest
from django.utils.translation import override

from helhed.pages.missing import KINDS
from helhed.pages.steward import log_words, object_words
from helhed.sharing import log_words as citizen
from house.building import PACKAGE, sources, tree


def named() -> set[str]:
    """Every act that is written out where a line is noted, or passed on to where it is."""
    return {
        word.value.value
        for file in sources()
        if file.is_relative_to(PACKAGE)
        for call in ast.walk(tree(file))
        if isinstance(call, ast.Call) and not _of_a_command(call)
        for word in call.keywords
        if word.arg == "action" and isinstance(word.value, ast.Constant)
    }


def _of_a_command(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr == "add_argument"


def test_every_act_has_its_words():
    assert len(named()) > 60
    assert named() - log_words.ACTIONS.keys() == set()


def test_every_kind_of_thing_has_its_word():
    assert KINDS.keys() - object_words.KINDS.keys() == set()


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_words_are_a_code(language):
    with override(language):
        told = [*log_words.ACTIONS.items(), *citizen.ACTIONS.items(), *object_words.LETTERS.items()]
        assert [key for key, words in told if str(words) == key or "-" in str(words).split()[0]] == []


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("entrance 5f9a1c00-0000-4000-8000-000000000000: 4 citizens", "fælles indgang 5f9a1c00: 4 borgere"),
        ("delivery 7 of bif-fagsystem: received", "leverance 7 fra bif-fagsystem: modtaget"),
        (
            "sample 3: sof/driftscenter-1 2026-03, 5 looks",
            "stikprøve 3: Driftscenter 1, marts 2026, 5 opslag",
        ),
        (
            "5f9a1c00-0000-4000-8000-000000000000 over 5A bif no-need #0a1b2c",
            "overdragelse 5f9a1c00 efter model 5A BIF Intet fortsat behov for en indsats fra SOF (segl 0a1b2c)",
        ),
        ("ressortflyt 5f9a1c00-0000-4000-8000-000000000000", "overdragelse af ansvar 5f9a1c00"),
        ("noget, ingen har skrevet før", None),
    ],
)
def test_what_a_line_was_about(kept, told):
    with override("da"):
        assert object_words.told(kept) == told
