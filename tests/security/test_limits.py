"""The limits in docs/security/README.md are those of the program."""

import re
from datetime import timedelta

import pytest
from django.conf import settings

from helhed.pages.caseworker import paper
from helhed.sharing import hatch, scans
from helhed.sharing.mandates import actions as mandates
from helhed.sharing.safeguards.models import LASTS
from house.building import BASE

TEXT = (BASE / "docs" / "security" / "README.md").read_text()
LIMITS = {
    "Staff without a click": (settings.IDLE_SECONDS["staff"] // 60, "30 minutes"),
    "Citizens without a click": (settings.IDLE_SECONDS["citizen"] // 60, "20 minutes"),
    "Staff at most": (settings.LONGEST_SECONDS["staff"] // 3600, "8 hours"),
    "Citizens at most": (settings.LONGEST_SECONDS["citizen"] // 3600, "2 hours"),
    "Wrong passwords for one name": (settings.AXES_FAILURE_LIMIT, "5,"),
    "Wrong passwords from one address": (settings.ADDRESS_FAILURE_LIMIT, "30,"),
    "Wrong codes of a mandate from one login": (mandates.MOST_ATTEMPTS, "5 an hour"),
    "Emergency access": (LASTS // timedelta(hours=1), "3 hours"),
    "Hits of a search": (hatch.MOST_FOUND, "50"),
    "The fewest persons a number may stand for": (settings.SMALL_COUNT, "5"),
    "Share of a table's facts a delivery may close unasked": (round(settings.CLOSING_LIMIT * 100), "20 %"),
    "A scanned paper": (scans.MOST_BYTES // 1024**2, "10 MB"),
}


@pytest.mark.parametrize("limit", LIMITS)
def test_the_document_says_what_holds(limit):
    value, words = LIMITS[limit]
    row = re.search(rf"^\| {re.escape(limit)} \| ([^|]+) \|", TEXT, re.M).group(1)
    assert row.startswith(words) and words.startswith(str(value))


def test_both_readers_of_papers_agree():
    assert paper.MOST_BYTES == scans.MOST_BYTES
    assert set(paper.BEGINNINGS) == set(scans.BEGINNINGS)


def test_a_quarter_of_an_hour():
    assert timedelta(minutes=15) == settings.AXES_COOLOFF_TIME


def test_passwords():
    (rule,) = [
        each for each in settings.AUTH_PASSWORD_VALIDATORS if each["NAME"].endswith("MinimumLengthValidator")
    ]
    row = re.search(r"^\| A password \| ([^|]+) \|", TEXT, re.M).group(1)
    assert f"at least {rule['OPTIONS']['min_length']} signs" in row


@pytest.mark.parametrize("setting", sorted(set(re.findall(r"HELHED_[A-Z_]+[A-Z]", TEXT))))
def test_settings_named_there_are_read_by_the_program(setting):
    sources = [path.read_text() for path in (BASE / "src").rglob("*.py")] + [(BASE / "helhed").read_text()]
    name = re.sub(r"^HELHED_OIDC_(?:STAFF|CITIZEN)_", "", setting)
    assert any(name in text for text in sources)
