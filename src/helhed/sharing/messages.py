"""What may be told across: the changes of one counting, by citizen, with the units concerned and whether consent holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from helhed.law import catalogue
from helhed.membership import questions as memberships
from helhed.register import questions as register
from helhed.sharing import policy


@dataclass(frozen=True)
class Message:
    """A citizen came into `came` and went out of `went` on a day; `units` are those with an open case then."""

    person_key: UUID
    on: date
    came: tuple[str, ...]
    went: tuple[str, ...]
    units: tuple[str, ...]
    consented: bool
    ground: str


def countings() -> list[int]:
    """The countings that found changes, oldest first."""
    return memberships.countings_with_changes()


def of_counting(recount: int, families: tuple[str, ...]) -> Iterator[Message]:
    """The messages one counting gives rise to, for groups of these families."""
    book = catalogue()
    keys = [entry.key for entry in book.target_groups.values() if entry.family in families]
    changes = memberships.changes_of(recount, keys)
    for person, rows in groupby(changes, key=lambda change: change.person_id):
        listed = list(rows)
        came = tuple(sorted(c.group_key for c in listed if c.what == "in"))
        went = tuple(sorted(c.group_key for c in listed if c.what == "out"))
        if came or went:
            on = max(c.on for c in listed if c.what in ("in", "out"))
            yield _message(person, on, came, went, listed[0].found_at.date())


def _message(person: int, on: date, came: tuple[str, ...], went: tuple[str, ...], day: date) -> Message:
    facts = register.facts_of(person)
    running = [f for f in facts if policy.holds(f, day)]
    cases = {f.unit for f in running if f.kind in ("employment_case", "social_case") and f.unit}
    consented = any(f.kind == "consent" and f.code == "deling" for f in running)
    key = register.key_of(person)
    return Message(key, on, came, went, tuple(sorted(cases)), consented, policy.CONSENT)
