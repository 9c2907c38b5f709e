"""What the leaders read of calling off: the wish that waits, its story, and what was called off lately."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.coordination.handover.reorganisation.calling_off import can_agree
from helhed.coordination.handover.reorganisation.changes import Change, changes_on
from helhed.coordination.handover.reorganisation.models import AGREED, ASKED, KEPT, CallOff, Reorganisation
from helhed.law import catalogue
from helhed.sharing.emergencies import names_of

TOLD_DAYS = 14
"""So long the leaders' front page says that a reorganisation was called off."""
Told = tuple[str, str, str, datetime, str]
"""What was done, by whom, for which unit, when, and why."""


@dataclass(frozen=True)
class Off:
    """Whether an approved reorganisation is to be called off. `reason`: why somebody asks to, "" where nobody does; `mine`: it
    was this reader; `may_ask` and `may_agree`: what this reader can do."""

    reason: str
    mine: bool
    may_ask: bool
    may_agree: bool


def off_of(row: Reorganisation | None, by: User, changes: tuple[Change, ...]) -> Off | None:
    """How it stands with calling it off; None where that cannot be done."""
    if row is None or row.state != "approved" or row.day <= timezone.localdate():
        return None
    wish = row.call_offs.filter(state=ASKED).first()
    if wish is None:
        return Off("", False, bool(by.unit), False)
    return Off(wish.reason, wish.asked_by == by.username, False, can_agree(by, wish, changes))


def waiting(*, by: User) -> int:
    """How many wishes to call off wait for this reader's answer."""
    if not by.may("reorganisation.carry"):
        return 0
    day = timezone.localdate()
    wishes = CallOff.objects.filter(state=ASKED, reorganisation__day__gt=day).select_related("reorganisation")
    return sum(can_agree(by, wish, changes_on(wish.reorganisation.day)) for wish in wishes)


def lately(*, by: User) -> tuple[date, ...]:
    """The days whose reorganisation was called off in the last fortnight, for the leaders, who knew of it."""
    if not by.may("reorganisation.carry"):
        return ()
    since = timezone.now() - timedelta(days=TOLD_DAYS)
    agreed = CallOff.objects.filter(state=AGREED, answered_at__gte=since).order_by("reorganisation__day")
    return tuple(agreed.values_list("reorganisation__day", flat=True))


def story(row: Reorganisation, language: str) -> list[Told]:
    """Who asked to call it off, and what was answered, in the order it happened."""
    wishes = list(row.call_offs.order_by("asked_at"))
    names = names_of([name for wish in wishes for name in (wish.asked_by, wish.answered_by)])

    def told(what: str, who: str, unit: str, at: datetime, why: str) -> Told:
        return what, names.get(who, who), catalogue().called(unit, language), at, why

    found = []
    for wish in wishes:
        found.append(told(_("Bedt om at aflyse"), wish.asked_by, wish.asked_unit, wish.asked_at, wish.reason))
        if wish.answered_at is not None:
            what = {AGREED: _("Aflyst"), KEPT: _("Står ved magt")}[wish.state]
            found.append(told(what, wish.answered_by, wish.answered_unit, wish.answered_at, wish.answer))
    return found
