"""People new to helhed: held back from sharing until the steward has looked at who they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.audit.actions import SYSTEM, note
from helhed.audit.appending import together
from helhed.register import questions as register
from helhed.register.cpr import read_number
from helhed.register.questions import PersonRow
from helhed.sharing import hatch
from helhed.sharing.answers import NoAccess
from helhed.sharing.emergencies import names_of
from helhed.sharing.safeguards import actions, questions
from helhed.sharing.safeguards.models import Embargo, IdentityReview

PURPOSE = "tilsyn"
MOST = 50


@dataclass(frozen=True)
class Alike:
    """Another person of the same name and birth date, perhaps the same: which kind of number, and who told of them."""

    number_kind: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Newcomer:
    """A person held back. `number_kind` is "cpr", "erstatning", "other" or "" (none); `kept_*` of the last review, if any."""

    person_key: UUID
    name: str
    number_kind: str
    sources: tuple[str, ...]
    since: datetime
    alike: tuple[Alike, ...]
    kept_by: str
    kept_at: datetime | None
    kept_note: str


def newcomers(*, by: User, language: str) -> tuple[int, tuple[Newcomer, ...]]:
    """How many are held back, and the fifty who have waited longest; each shown is a line in the person's own log."""
    _needs(by)
    rows = questions.embargoed()
    return len(rows), _shown(rows[:MOST], by, language)


def newcomer(*, by: User, person: UUID, language: str) -> Newcomer:
    """One who is held back. NoAccess where that is nobody, or no longer so."""
    _needs(by)
    row = questions.embargo_of(person)
    if row is None or row.lifted_at is not None:
        raise NoAccess(_("Borgeren er ikke holdt tilbage fra deling."))
    return _shown([row], by, language)[0]


def review(*, by: User, person: UUID, decision: str, words: str) -> None:
    """Release a person for sharing ("released"), or keep holding back ("kept"), with a note of what was looked at."""
    _needs(by)
    actions.review_identity(by=by, person=person, decision=decision, words=words)


def follow_setting() -> bool:
    """Let the embargo on new people be as the setting says from now on. True when that changed it."""
    return actions.follow_embargo(by=SYSTEM, on=settings.EMBARGO)


def waiting() -> int:
    """How many are held back."""
    return len(questions.embargoed())


@transaction.atomic
def _shown(rows: list[Embargo], by: User, language: str) -> tuple[Newcomer, ...]:
    keys = [row.person_key for row in rows]
    names = hatch.names(people=keys, by=by, purpose=PURPOSE, language=language)
    people = register.persons_asked_for(keys)
    alike = register.alike_to_each(person.id for person in people.values())
    everybody = {*alike, *(other.id for others in alike.values() for other in others)}
    sources = _sources(everybody, language)
    reviews = questions.last_reviews(keys)
    staff = names_of(review.by for review in reviews.values())
    with together():
        for other in (other for person in people.values() for other in alike[person.id]):
            _compared(other, by)
    return tuple(
        _newcomer(row, names, people.get(row.person_key), (alike, sources), _kept(row, reviews, staff))
        for row in rows
    )


def _compared(other: PersonRow, by: User) -> None:
    """Whoever is shown beside a newcomer is shown too."""
    note(
        by=by,
        action="identity-compared",
        person_key=other.key,
        purpose=PURPOSE,
        ground=PURPOSE,
        fields=["identity"],
    )


def _newcomer(
    row: Embargo,
    names: dict[UUID, str],
    person: PersonRow | None,
    found: tuple[dict[int, list[PersonRow]], dict[int, tuple[str, ...]]],
    kept: tuple[str, datetime | None, str],
) -> Newcomer:
    """`found`: who is alike, and the sources of everybody, by person; `kept`: by whom, when, and why at the last review."""
    alike, sources = found
    others = alike[person.id] if person else []
    by_whom, at, why = kept
    return Newcomer(
        person_key=row.person_key,
        name=names.get(row.person_key, ""),
        number_kind=_kind(person) if person else "",
        sources=sources[person.id] if person else (),
        since=row.since,
        alike=tuple(Alike(_kind(other), sources[other.id]) for other in others),
        kept_by=by_whom,
        kept_at=at,
        kept_note=why,
    )


def _kept(
    row: Embargo, reviews: dict[UUID, IdentityReview], staff: dict[str, str]
) -> tuple[str, datetime | None, str]:
    review = reviews.get(row.person_key)
    return (staff.get(review.by, review.by), review.at, review.note) if review else ("", None, "")


def _kind(person: PersonRow) -> str:
    number = read_number(person.number)
    return number.kind if number else "other" if person.number else ""


def _sources(people: Iterable[int], language: str) -> dict[int, tuple[str, ...]]:
    found = register.sources_of_each(people)
    return {
        person: tuple(en if language == "en" else da for _key, da, en in said)
        for person, said in found.items()
    }


def _needs(by: User) -> None:
    if not by.may("identity.review"):
        raise NoAccess(_("Din rolle giver ikke adgang til dette."))
