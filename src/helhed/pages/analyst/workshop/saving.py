"""Saving what lies on the bench: a key where none was given, and the two who saved the same draft kept apart."""

import re
import unicodedata

from helhed.accounts.models import User
from helhed.membership import drafting
from helhed.membership.definitions import book
from helhed.membership.models import Draft
from helhed.pages.analyst.workshop.bench import Bench
from helhed.rules.criteria import Criterion
from helhed.rules.writing import write_criterion

_LONGEST_KEY = 30
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "AE", "Ø": "OE", "Å": "AA"})


class ConflictError(Exception):
    """Somebody has saved the draft since this bench was laid out; `saved` is the draft as it stands now."""

    def __init__(self, saved: Draft) -> None:
        super().__init__(saved.key)
        self.saved = saved


def save(bench: Bench, criterion: Criterion, draft: Draft | None, by: User) -> Draft:
    """Save as a new draft, or over `draft`. ConflictError if it is no longer the one that was opened; what else the room
    below refuses, it refuses with its own sentence."""
    if draft is not None and draft.edition != bench.edition:
        raise ConflictError(draft)
    try:
        return drafting.save(
            by=by,
            draft=draft,
            key=key_of(bench),
            label_da=bench.name_da,
            label_en=bench.name_en or bench.name_da,
            base_key=bench.base,
            criteria=write_criterion(criterion),
            note=bench.note,
            edition=None if draft is None else bench.edition,
        )
    except drafting.StaleError:
        raise ConflictError(draft) from None


def key_of(bench: Bench) -> str:
    """The key to save under: the base's for a new version of it, the one given, else one made of the name."""
    if bench.as_version and bench.base:
        return bench.base
    return bench.key or proposed_key(bench.name_da)


def proposed_key(name: str) -> str:
    """A key from a name: `Hjemløse 18+ uden plan` → `HJEMLOESE-18-UDEN-PLAN`, numbered where the catalogue has it."""
    letters = unicodedata.normalize("NFKD", name.translate(_LETTERS)).encode("ascii", "ignore").decode()
    whole = "-".join(re.findall(r"[A-Z0-9]+", letters.upper()))[:_LONGEST_KEY].strip("-") or "UDKAST"
    known, key, number = book().groups(), whole, 1
    while key in known:
        number += 1
        key = f"{whole}-{number}"
    return key
