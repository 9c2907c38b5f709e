"""Verbs of letters: write one or many, mark as printed and sent, mark as read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from helhed.accounts.models import User
from helhed.audit.actions import Actor, note
from helhed.audit.appending import together
from helhed.audit.canonical import canonical
from helhed.coordination.handover.letters.models import KINDS, PORTAL, PRINT, QUESTION, Letter
from helhed.coordination.handover.letters.reaching import lines
from helhed.coordination.handover.letters.wording import hash_of, texts_of
from helhed.sharing.clock import moment
from helhed.sharing.departures import dead

HABIT = timedelta(days=30)
"""Who has not logged in for so long is told on paper that a question waits on the own page."""


@dataclass(frozen=True)
class Draft:
    """One of many letters: to whom, the words, the act it follows from, what it is about, and its language."""

    person: UUID
    words: Mapping[str, Any]
    step: UUID
    about: UUID | None = None
    language: str = "da"


@transaction.atomic
def write(
    *,
    by: Actor,
    person: UUID,
    kind: str,
    words: Mapping[str, Any],
    unit: str,
    chain: UUID | None = None,
    step: UUID | None = None,
    language: str = "da",
) -> UUID | None:
    """Write a letter from a unit in both languages. Answers it; the one there is, where the step has told this already. None
    where the citizen has died: then nothing is written, and the log says so.

    `chain` is what it is about (a hand-over, a sanction, an entrance, a reorganisation), `step` the act it follows from; one
    of them is needed. The words of each kind stand in texts/. ValueError for a kind or a word that is missing.
    """
    follows = step or chain
    if follows is None:
        raise ValueError("a letter follows from a step, or is about a chain: name one of them")
    drafts = _to_the_living(by, kind, [Draft(person, words, follows, chain, language)])
    if not drafts:
        return None
    written, new = _write(by, kind, unit, drafts)
    if new:
        note(by=by, action="letter-written", person_key=person, object=f"letter {written[0]}: {kind}")
    return written[0]


@transaction.atomic
def write_many(*, by: Actor, kind: str, unit: str, letters: Sequence[Draft]) -> list[UUID]:
    """Write letters of one kind from one unit, in few queries. Answers them in the order given; none is written twice, and
    none to a citizen who has died."""
    written, new = _write(by, kind, unit, _to_the_living(by, kind, letters))
    if new:
        note(by=by, action="letter-written", object=f"{kind} from {unit}: {new} letters")
    return written


@transaction.atomic
def printed(*, by: User, letters: Iterable[UUID]) -> int:
    """Mark letters as printed and sent. Answers how many were not so before."""
    rows = list(
        Letter.objects.select_for_update()
        .filter(pk__in=set(letters), printed_at__isnull=True)
        .order_by("pk")
        .only("pk", "person_key")
    )
    now = moment()
    with together():
        for row in rows:
            note(by=by, action="letter-sent", person_key=row.person_key, object=f"letter {row.pk}")
    Letter.objects.filter(pk__in=[row.pk for row in rows]).update(printed_at=now, printed_by=by.username)
    return len(rows)


@transaction.atomic
def waiting_again(*, by: User, letters: Iterable[UUID]) -> int:
    """Letters marked as sent were not: they wait again. Answers how many."""
    rows = Letter.objects.select_for_update().filter(pk__in=set(letters), printed_at__isnull=False)
    people = dict(rows.order_by("pk").values_list("pk", "person_key"))
    with together():
        for pk, person in people.items():
            note(by=by, action="letter-not-sent", person_key=person, object=f"letter {pk}")
    return Letter.objects.filter(pk__in=people).update(printed_at=None, printed_by="")


@transaction.atomic
def read(*, by: User, letter: UUID) -> None:
    """Mark a letter as opened by the citizen, or by who acts for the citizen: the first time counts."""
    row = Letter.objects.select_for_update().get(pk=letter)
    if row.read_at is None:
        row.read_at, row.read_by = moment(), by.username
        row.save(update_fields=["read_at", "read_by"])
        note(by=by, action="letter-read", person_key=row.person_key, object=f"letter {row.pk}")


def _to_the_living(by: Actor, kind: str, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts but those to citizens who have died; each of those has a line in the log."""
    gone = dead({draft.person for draft in drafts})
    for person in sorted(gone):
        note(by=by, action="letter-withheld", person_key=person, object=f"{kind}: the citizen has died")
    return [draft for draft in drafts if draft.person not in gone]


def _write(by: Actor, kind: str, unit: str, drafts: Sequence[Draft]) -> tuple[list[UUID], int]:
    """The letters of these drafts, and how many of them were not there. A rival's letter of the same step is waited for."""
    if kind not in KINDS:
        raise ValueError(f"{kind}: no letter is called that")
    on_page = _with_a_page({draft.person for draft in drafts}, HABIT if kind == QUESTION else None)
    said = _worded(kind, unit, drafts)
    rows = [_row(by, kind, unit, draft, texts, on_page) for draft, texts in zip(drafts, said, strict=True)]
    made = {row.pk for row in Letter.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)}
    steps = {draft.step for draft in drafts}
    kept = {
        (step, person): pk
        for pk, step, person in Letter.objects.filter(kind=kind, step__in=steps).values_list(
            "pk", "step", "person_key"
        )
    }
    answer = [kept[draft.step, draft.person] for draft in drafts]
    return answer, len(made & set(answer))


def _worded(kind: str, unit: str, drafts: Sequence[Draft]) -> list[Mapping[str, Any]]:
    """The texts of each; what says the same is put in words once."""
    contact, found = lines(unit), dict[str, Mapping[str, Any]]()
    alike = [canonical(draft.words) for draft in drafts]
    for words, draft in zip(alike, drafts, strict=True):
        if words not in found:
            found[words] = texts_of(kind, unit, draft.words, contact)
    return [found[words] for words in alike]


def _row(
    by: Actor, kind: str, unit: str, draft: Draft, texts: Mapping[str, Any], on_page: set[UUID]
) -> Letter:
    return Letter(
        person_key=draft.person,
        kind=kind,
        about=draft.about,
        step=draft.step,
        unit=unit,
        language="en" if draft.language == "en" else "da",
        texts=texts,
        hash=hash_of(texts),
        channel=PORTAL if draft.person in on_page else PRINT,
        written_by=by.username,
    )


def _with_a_page(people: set[UUID], habit: timedelta | None) -> set[UUID]:
    """Those who have a log-in of their own today: they read their letters there, the others get them on paper. `habit`: only
    those who have used it within that time."""
    today = timezone.localdate()
    held = Q(appointed_to__isnull=True) | Q(appointed_to__gt=today)
    logins = User.objects.filter(
        held, role="citizen", is_active=True, appointed_from__lte=today, person_key__in=people
    )
    used = logins.filter(last_login__gte=timezone.now() - habit) if habit else logins
    return set(used.values_list("person_key", flat=True))
