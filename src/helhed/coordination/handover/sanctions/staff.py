"""The doors of sanctions for both sides. Each call decides and writes its line in the log.

The deciding unit sees its own assessment and the citizen's answers; the benefits service sees the reason, the days and the
money, and of the citizen's answers only those it wrote down itself: it needs nothing of the social side.
"""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Least
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.audit.actions import note
from helhed.coordination.handover.sanctions.answers import OfPerson, Page, View
from helhed.coordination.handover.sanctions.letting import SEEN, SIDES, side_work, sides_of
from helhed.coordination.handover.sanctions.models import CARRIES_OUT, DECIDES, DRAFT, ENDED, Sanction
from helhed.coordination.handover.sanctions.picturing import row_view, view
from helhed.coordination.handover.sanctions.turns import (
    COMPLAINED,
    TO_DECIDE,
    overdue_itself,
    to_carry_out,
)
from helhed.coordination.handover.tasks.belonging import lies_with, own_units
from helhed.law import catalogue
from helhed.periods import day_of
from helhed.sharing import naming
from helhed.sharing.answers import NoAccess

PAGE = 50
LIST = "list"
SHELVED = {"decides": "decides", "carries_out": "carries"}
"""What a row of a shelf says of each side: whether it is the viewer's."""


def of_person(*, by: User, person: UUID, purpose: str, language: str) -> OfPerson:
    """A citizen's sanctions, as far as the viewer's side may see them: drafts only for who decides."""
    with translation.override(language), side_work(by=by, person=person, purpose=purpose, action=SEEN) as let:
        let.seen(by=by, purpose=purpose)
        rows = Sanction.objects.filter(person_key=let.met.row.key).order_by("-created_at")
        if "decides" not in let.sides:
            rows = _reached(rows)
        grounds = _grounds(language) if "decides" in let.sides else ()
        name = let.met.row.name
        shown = tuple(row_view(row, name, language, let.sides) for row in rows)
        return OfPerson(let.met.row.key, name, let.sides, shown, grounds)


def one(*, by: User, person: UUID, sanction: UUID, purpose: str, language: str) -> View:
    """One of them, whole; the citizen is decided about first. LookupError where there is none of the citizen's that the
    viewer's side may know."""
    with translation.override(language), side_work(by=by, person=person, purpose=purpose, action=SEEN) as let:
        rows = Sanction.objects.filter(person_key=let.met.row.key)
        row = (rows if "decides" in let.sides else _reached(rows)).filter(pk=sanction).first()
        if row is None:
            raise LookupError(sanction)
        let.seen(by=by, purpose=purpose, object=f"sanction {sanction}")
        return view(row, let, by, language)


def listed(*, by: User, purpose: str, language: str, tab: str = "yours", page: int = 1) -> Page:
    """The unit's sanctions, fifty a page, by deadline. A citizen who may not be named to the viewer is left out."""
    if not by.may("sanction.work") or not by.unit:
        note(by=by, action=LIST, object="sanctions", ground="role", outcome="denied")
        raise NoAccess(_("Din rolle giver ikke adgang til sanktioner."))
    shelves = _shelves(by)
    counts = {key: rows.count() for key, rows in shelves.items()}
    first = (max(page, 1) - 1) * PAGE
    rows = list(shelves[tab][first : first + PAGE])
    with translation.override(language):
        named = naming.named({row.person_key for row in rows}, by=by, purpose=purpose, action=LIST)
        shown = tuple(
            row_view(row, named[row.person_key].name, language, _sides(row))
            for row in rows
            if row.person_key in named
        )
    return Page(shown, counts[tab], counts)


def waiting(*, by: User) -> tuple[int, int]:
    """How many sanctions wait for the viewer's unit, and how many of them are overdue: numbers without names."""
    shelves = _shelves(by)
    return shelves["yours"].count(), shelves["overdue"].count()


def concerns(*, by: User, person: UUID) -> bool:
    """Whether a citizen's sanctions are the viewer's unit's to decide or to carry out."""
    return by.may("sanction.work") and bool(by.unit) and bool(sides_of(by, person))


def known(sanction: UUID) -> Sanction:
    """A sanction by its key; LookupError where there is none."""
    row = Sanction.objects.filter(pk=sanction).first()
    if row is None:
        raise LookupError(sanction)
    return row


def _sides(row: Sanction) -> frozenset[str]:
    """The viewer's sides of a row of a shelf."""
    return frozenset(side for side in SIDES if getattr(row, SHELVED[side]))


def _shelves(by: User) -> dict[str, QuerySet[Sanction]]:
    """The shelves of a unit's list. What waits for the unit is the turn of the side that is the unit's."""
    units, today = own_units(by.unit), timezone.localdate()
    decides, carries = lies_with(units, DECIDES), lies_with(units, CARRIES_OUT)
    rows = Sanction.objects.annotate(decides=decides, carries=carries).filter(
        Q(decides=True) | Q(carries=True)
    )
    rows = rows.exclude(Q(decides=False) & (Q(state=DRAFT) | Q(state="withdrawn", decided_at__isnull=True)))
    yours = (Q(decides=True) & (TO_DECIDE | COMPLAINED)) | (Q(carries=True) & to_carry_out(today))
    late = (
        Q(decides=True) & (TO_DECIDE & overdue_itself(today) | COMPLAINED & Q(complaint_due__lt=today))
    ) | (Q(carries=True) & to_carry_out(today) & overdue_itself(today))
    running = rows.exclude(Q(state__in=ENDED) & Q(complaint=""))
    due = Least("due_on", "complaint_due")
    return {
        "yours": running.filter(yours).order_by(due.asc(nulls_last=True), "created_at"),
        "overdue": running.filter(late).order_by(due.asc(nulls_last=True), "created_at"),
        "theirs": running.exclude(yours).order_by(due.asc(nulls_last=True), "created_at"),
        "ended": rows.filter(state__in=ENDED, complaint="").order_by("-ended_at"),
    }


def _reached(rows: QuerySet[Sanction]) -> QuerySet[Sanction]:
    """What has been decided: a draft, and one withdrawn as a draft, is the deciding side's own."""
    return rows.filter(decided_at__isnull=False)


def _grounds(language: str) -> tuple[tuple[str, str], ...]:
    today = day_of(timezone.localdate())
    found = [key for key, each in catalogue().legal_grounds.on(today).items() if each.use == "sanction"]
    return tuple((key, catalogue().label("legal_grounds", key, language)) for key in found)
