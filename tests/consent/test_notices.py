"""The words shown: whole in both languages, never edited once shown, and kept exactly as they were shown."""

import hashlib
import re

import pytest

from consent.conftest import CHOICES, asked, citizen
from helhed.law import catalogue
from helhed.sharing.consent import actions
from helhed.sharing.consent.models import KINDS, Consent
from helhed.sharing.consent.notices import (
    DELIVERED,
    FOLDER,
    HANDOVER,
    PARTS,
    as_stored,
    askable,
    forms,
    newest,
    shown,
)

PLACES = {"categories", "sources", "recipients", "case", "days"}


def test_no_version_was_edited_after_it_was_shown():
    listed = dict(reversed(line.split()) for line in (FOLDER / "shown.sha256").read_text().splitlines())
    files = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(FOLDER.glob("*.yaml"))
    }
    assert files == listed, "write a new version instead, and add its line"


@pytest.mark.parametrize("form", forms().values(), ids=lambda f: f"{f.key}.v{f.version}")
@pytest.mark.parametrize("language", ["da", "en"])
def test_every_version_is_whole(form, language):
    words = form.words[language]
    assert list(words) == list(PARTS) and all(words.values())
    assert {place for text in words.values() for place in re.findall(r"{(\w+)}", text)} <= PLACES
    assert "Datatilsynet" in words["rights"] or "Danish Data Protection Agency" in words["rights"]
    assert form.kind in KINDS and set(form.ground) <= set(catalogue().legal_grounds)
    text = shown(form, CHOICES, language).text
    assert "{" not in text and text.count("\n\n") == len(PARTS) - 1


@pytest.mark.parametrize("form", [*askable(), newest(HANDOVER)], ids=lambda f: f.key)
def test_sentences_are_short_enough_to_read(form):
    """At most twenty-five words a sentence, the list of categories apart."""
    words = shown(form, CHOICES, "da")
    for part in (words.what, words.who, words.if_no, words.withdraw, words.validity):
        for sentence in re.split(r"(?<=[.?!])\s", part):
            assert len(sentence.split()) <= 25, sentence


def test_the_two_kinds_are_never_one_notice():
    assert {newest(key).kind for key in DELIVERED.values()} == set(KINDS)
    assert {form.kind for form in askable()} == set(KINDS)
    assert HANDOVER not in {form.key for form in askable()} and newest(HANDOVER).days


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_exact_text_is_kept_with_its_hash(db, language):
    who = citizen()
    number = asked(who)
    actions.give(by=who, consent=number, language=language)
    row = Consent.objects.get(pk=number)
    words = shown(newest("deling"), CHOICES, language)
    assert (row.notice_text, row.notice_hash, row.language) == (words.text, words.hash, language)
    assert row.notice_hash == hashlib.sha256(row.notice_text.encode()).hexdigest()
    assert row.consequences == words.if_no
    assert as_stored("deling", 1, language, row.notice_text) == words
