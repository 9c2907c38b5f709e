"""What may be told across: the changes of one counting, by citizen, with the units concerned and whether consent holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from django.utils import timezone

from helhed.audit import anchoring
from helhed.membership import definitions
from helhed.membership import questions as memberships
from helhed.membership.models import Change
from helhed.register import questions as register
from helhed.register.questions import FactRow
from helhed.sharing import policy
from helhed.sharing.consent import standing as consents
from helhed.sharing.safeguards import standing as safeguards

CASES = ("employment_case", "social_case")


@dataclass(frozen=True)
class Message:
    """A citizen came into `came` and went out of `went` on a day. `units` are those with an open case that may be told of
    it, each with the consent it rests on, `held` those that may not, for want of consent.

    The consents are held FOR SHARE in the caller's transaction: what is made of a message is made before any of them can
    be withdrawn.
    """

    person_key: UUID
    on: date
    came: tuple[str, ...]
    went: tuple[str, ...]
    units: tuple[tuple[str, UUID], ...]
    held: tuple[str, ...]
    ground: str


def countings() -> list[int]:
    """The countings that found changes, oldest first."""
    return memberships.countings_with_changes()


def of_counting(recount: int, families: tuple[str, ...]) -> Iterator[Message]:
    """The messages one counting gives rise to, for groups of these families."""
    book = definitions.book()
    keys = [entry.key for entry in book.target_groups.values() if entry.family in families]
    changes = memberships.changes_of(recount, keys)
    people = {change.person_id for change in changes}
    facts, names = register.facts_of_each(people), register.keys_of(people)
    for person, rows in groupby(changes, key=lambda change: change.person_id):
        listed = [change for change in rows if change.what in ("in", "out")]
        if listed:
            yield _message(names[person], facts[person], listed)


def _message(key: UUID, facts: list[FactRow], changes: list[Change]) -> Message:
    day = timezone.localdate(changes[0].found_at)
    units = {f.unit for f in facts if policy.holds(f, day) and f.kind in CASES and f.unit}
    resting = {unit: consent_to_tell(key, unit) for unit in units}
    told = {unit: consent for unit, consent in resting.items() if consent is not None}
    return Message(
        person_key=key,
        on=max(change.on for change in changes),
        came=tuple(sorted(change.group_key for change in changes if change.what == "in")),
        went=tuple(sorted(change.group_key for change in changes if change.what == "out")),
        units=tuple(sorted(told.items())),
        held=tuple(sorted(units - told.keys())),
        ground=policy.CONSENT,
    )


def consent_to_tell(person: UUID, unit: str) -> UUID | None:
    """The consent by which a unit may be told which groups a citizen is in, held while the transaction lasts; None without.

    The groups rest on both sides, so the consent must reach from the other side to this unit.
    """
    if anchoring.state().sharing_paused or safeguards.embargoed(person):
        return None
    other = policy.other(policy.above(unit)[-1])
    for one in consents.holding(person, lock=True):
        if "group" in one.categories and other in one.sources and one.opens_to(unit):
            return one.id
    return None
