"""The doors of letters: the citizen's own, those of whoever acts for the citizen, and the staff's queue to the printer."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.audit.actions import note
from helhed.coordination.handover.letters import actions
from helhed.coordination.handover.letters.answers import LetterLine, LetterView, Queue, QueueRow, SentLetter
from helhed.coordination.handover.letters.models import PRINT, QUESTION, Letter
from helhed.coordination.handover.letters.printing import paper, sheet
from helhed.coordination.handover.letters.wording import text_of, unit_called
from helhed.sharing.access.listing import line_of, visible
from helhed.sharing.addressing import Addressed, addressed
from helhed.sharing.answers import NoAccess
from helhed.sharing.asking.letting import Let, own_matter
from helhed.sharing.consent.models import Consent
from helhed.sharing.consent.standing import PLAN
from helhed.sharing.departures import dead
from helhed.sharing.ledger.models import Holding
from helhed.sharing.naming import Named, meeting, named
from helhed.sharing.prying import turned_away

SEEING = "see"
"""What a mandate must reach to for its holder to read the citizen's letters."""
CASEWORK = "sagsbehandleransvar"
PURPOSE = "sagsbehandling"
AT_A_TIME = 50
LOOKED_AT = 200
"""So many waiting letters are looked at together for fifty the reader may send."""
OF_BOTH = (
    "consent-question",
    QUESTION,
    "decision",
    "moved",
    "not-moved",
    "delayed",
    "returning",
    "returned",
    "reorganised",
)
"""What tells of where the case lies, which both administrations know."""
PATIENCE = timedelta(days=14)
"""How long a letter may lie unread on the citizen's page before it is sent on paper too."""

REGRET = timedelta(hours=1)
"""How long a mark of having been sent can be taken back by who set it."""


def letters(*, by: User, language: str, mandate: UUID | None = None) -> tuple[LetterLine, ...]:
    """The citizen's letters, newest first."""
    with translation.override(language), own_matter(by, mandate, SEEING) as let:
        let.line("letters-seen", fields=("letter",))
        return tuple(_line(row, language) for row in _of(let.person.key))


def unread(*, by: User) -> int:
    """How many letters the citizen who is logged in has not opened."""
    return _of(by.person_key).filter(read_at__isnull=True).count() if by.may("citizen.own") else 0


def letter(*, by: User, letter: UUID, language: str, mandate: UUID | None = None) -> LetterView:
    """One letter, opened: from now it is read. LookupError where it is not the citizen's."""
    with translation.override(language), own_matter(by, mandate, SEEING) as let:
        row = _theirs(let, letter)
        actions.read(by=by, letter=row.pk)
        text = text_of(row.texts[language])
        sender = unit_called(row.unit, language)
        return LetterView(
            row.pk, row.kind, text, sender, row.written_at, row.read_at, row.about, row.printed_at is not None
        )


def letter_pdf(*, by: User, letter: UUID, language: str, mandate: UUID | None = None) -> bytes:
    """The same on paper, without the address. LookupError where it is not the citizen's."""
    with own_matter(by, mandate, SEEING) as let:
        row = _theirs(let, letter)
        actions.read(by=by, letter=row.pk)
        return paper([sheet(row, [let.person.name], language)])


def of_citizen(*, by: User, person: UUID, purpose: str, language: str) -> tuple[SentLetter, ...]:
    """What a citizen was told, for a member of staff who may see the citizen's hand-overs, newest first: of money and of joint
    entrances only what the own administration wrote. NoAccess for others."""
    with (
        translation.override(language),
        meeting(person, by=by, purpose=purpose, action="letters-seen", about="handover") as met,
    ):
        return tuple(_sent(row, language) for row in seen_by(by, met.person_key))


def seen_by(by: User, person: UUID) -> QuerySet[Letter]:
    """What the citizen was told that a member of staff, let in to the citizen's hand-overs, may read; newest first."""
    return _of(person).filter(Q(kind__in=OF_BOTH) | Q(unit__startswith=by.administration))


def queue(*, by: User, language: str) -> Queue:
    """The letters of the reader's line of units that must be sent on paper, the oldest first, as far as the reader may name
    the citizen: what a unit sent, and what goes to those whose case it has now."""
    _may_print(by)
    with transaction.atomic():
        waiting = _living(_waiting(by)).order_by("written_at", "pk")
        all_of_them = list(waiting.values_list("pk", "person_key"))
        near, elsewhere = _near(all_of_them, by)
        rows = list(Letter.objects.filter(pk__in=near[:AT_A_TIME]).order_by("written_at", "pk"))
        known = named({row.person_key for row in rows}, by=by, purpose=PURPOSE, action="list")
        shown = (_queued(row, known[row.person_key], language) for row in rows if row.person_key in known)
        return Queue(tuple(shown), len(all_of_them) - elsewhere, elsewhere)


def _near(waiting: Sequence[tuple[UUID, UUID]], by: User) -> tuple[list[UUID], int]:
    """The letters of citizens the reader may meet, as many as a page has and perhaps some more, and how many of those looked at
    are not: a long queue is not looked through for a page of it."""
    near: list[UUID] = []
    elsewhere = 0
    for first in range(0, len(waiting), LOOKED_AT):
        some = waiting[first : first + LOOKED_AT]
        seen = visible({person for _pk, person in some}, by=by, purpose=PURPOSE)
        near += [pk for pk, person in some if person in seen]
        elsewhere += sum(person not in seen for _pk, person in some)
        if len(near) >= AT_A_TIME:
            break
    return near, elsewhere


def sheets(*, by: User, letters: Iterable[UUID]) -> bytes:
    """Letters of the queue as one PDF, each in the language it is sent in. LookupError where one is not in it."""
    _may_print(by)
    asked = set(letters)
    with transaction.atomic():
        rows = list(_living(_waiting(by).filter(pk__in=asked)).order_by("written_at", "pk")[:AT_A_TIME])
        people = {row.person_key for row in rows}
        known = addressed(people, by=by, purpose=PURPOSE, action="letter-printed")
        whole = {row.pk for row in rows if row.person_key in known} == asked != set()
        if not whole:  # nothing is printed, and no line says so
            transaction.set_rollback(True)
    if not whole:
        _pried(by, asked)
        raise LookupError(asked)
    return paper([sheet(row, _receiver(known[row.person_key]), row.language) for row in rows])


def sent(*, by: User, letters: Iterable[UUID]) -> int:
    """Letters of the queue are on their way. Answers how many; what was marked before is not counted again."""
    _may_print(by)
    asked = set(letters)
    with transaction.atomic():
        left = set(_living(_waiting(by).filter(pk__in=asked)).values_list("pk", flat=True))
        _pried(by, asked)
        return actions.printed(by=by, letters=left)


def not_sent(*, by: User, letters: Iterable[UUID]) -> int:
    """Take back that letters were sent, of those the same user marked within the hour. Answers how many wait again."""
    _may_print(by)
    since = timezone.now() - REGRET
    with transaction.atomic():
        marked = Letter.objects.filter(pk__in=set(letters), printed_by=by.username, printed_at__gt=since)
        return actions.waiting_again(by=by, letters=list(marked.values_list("pk", flat=True)))


def _may_print(by: User) -> None:
    if not by.may("letter.print") or not by.unit:
        note(by=by, action="letter-printed", ground="role", outcome="denied")
        raise NoAccess(_("Din rolle kan ikke sende breve til borgere."))


def _pried(by: User, asked: set[UUID]) -> None:
    """The line of somebody who asked for letters that are not theirs to send, if any of these are not."""
    others = asked - set(_ours(by).filter(pk__in=asked).values_list("pk", flat=True))
    if others:
        there = set(Letter.objects.filter(pk__in=others).values_list("pk", flat=True))
        turned_away(by=by, kind="letter", asked=others, there=there)


def _ours(by: User) -> QuerySet[Letter]:
    """The letters of the reader's line of units, and those to citizens whose case it has."""
    line = line_of(by.unit)
    ours = Holding.objects.filter(part=CASEWORK, unit__in=line, until__isnull=True).values("person_key")
    return Letter.objects.filter(Q(unit__in=line) | Q(person_key__in=ours))


def _waiting(by: User) -> QuerySet[Letter]:
    """Those of them that must go on paper; of a question only while it waits for its answer."""
    late = Q(channel=PRINT) | Q(written_at__lt=timezone.now() - PATIENCE)
    asked = Consent.objects.filter(person_key=OuterRef("person_key"), kind=PLAN, state="requested")
    open_yet = ~Q(kind=QUESTION) | Exists(asked)
    return _ours(by).filter(late, open_yet, printed_at__isnull=True, read_at__isnull=True)


def _living(rows: QuerySet[Letter]) -> QuerySet[Letter]:
    """Without those to citizens who have died since they were written."""
    return rows.exclude(person_key__in=dead(rows.values_list("person_key", flat=True).distinct()))


def _receiver(who: Addressed) -> list[str]:
    return [who.name, *who.lines]


def _queued(row: Letter, who: Named, language: str) -> QueueRow:
    return QueueRow(
        row.pk,
        row.person_key,
        who.name,
        who.protected,
        row.texts[language]["title"],
        unit_called(row.unit, language),
        row.written_at,
        row.channel != PRINT,
    )


def _sent(row: Letter, language: str) -> SentLetter:
    text, sender = text_of(row.texts[language]), unit_called(row.unit, language)
    at = row.read_at or row.printed_at
    return SentLetter(row.pk, text, sender, row.written_at, row.channel, row.state, at)


def _of(person: UUID | None) -> QuerySet[Letter]:
    return Letter.objects.filter(person_key=person).order_by("-written_at", "pk")


def _theirs(let: Let, letter: UUID) -> Letter:
    row = _of(let.person.key).filter(pk=letter).first()
    if row is None:
        raise LookupError(letter)
    let.line("letters-seen", f"letter {letter}", fields=("letter",))
    return row


def _line(row: Letter, language: str) -> LetterLine:
    said = row.texts[language]
    sender = unit_called(row.unit, language)
    return LetterLine(
        row.pk, row.kind, said["title"], said["lead"], sender, row.written_at, row.read_at is None
    )
