"""How a step of a sanction is taken: by whom it may be, from which states, for the unit that holds the part it asks for; who is
told of it, and its line in the log."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypedDict
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helhed.accounts.models import User
from helhed.audit.actions import note
from helhed.coordination.handover.sanctions.models import (
    CARRIES_OUT,
    DECIDES,
    OF_CARRYING_OUT,
    Sanction,
    SanctionMessage,
    SanctionStep,
)
from helhed.coordination.handover.tasks.belonging import holder_for
from helhed.sharing.departures import dead
from helhed.sharing.refusal import Refused

CONCERNS = {
    "decided": CARRIES_OUT,
    "withdrawn": CARRIES_OUT,
    "answered": DECIDES,
    "upheld": CARRIES_OUT,
    "annulled": CARRIES_OUT,
    "effected": DECIDES,
    "reversed": CARRIES_OUT,
    "repaid": DECIDES,
    "complained": DECIDES,
    "taken-back": DECIDES,
}
"""Which side is told of a step that the other side, or the citizen, has taken."""


class Rests(TypedDict, total=False):
    """What a step rests on: the decision that let its taker in, and the mandate of who acts for the citizen."""

    decision: UUID | None
    mandate: UUID | None


@dataclass(frozen=True)
class Line:
    """The line of the log about a step: who took it, of which sanction, and what it rests on."""

    by: User
    row: Sanction
    rests: Rests

    def note(self, action: str) -> None:
        """Write it."""
        note(
            by=self.by,
            action=action,
            person_key=self.row.person_key,
            object=f"sanction {self.row.pk}",
            ground=self.row.ground,
            fields={"sanction"},
            **self.rests,
        )


def step(by: User, row: Sanction, kind: str, **more: object) -> SanctionStep:
    """Take a step for the unit that holds the part it asks for, where that is `by`'s; Refused where it is not."""
    part = CARRIES_OUT if kind in OF_CARRYING_OUT else DECIDES
    unit = holding(by, row, part)
    if not unit:
        raise Refused(str(NOT_YOURS[part]))
    if part == CARRIES_OUT and by.username in (row.decided_by, row.reversed_by):
        raise Refused(_("Du har selv besluttet sanktionen. En anden skal føre den ud i livet."))
    if kind in ONWARDS and dead([row.person_key]):
        raise Refused(
            _("Folkeregistret siger, at borgeren er død. Sanktionen kan kun trækkes tilbage eller bortfalde.")
        )
    return take(by, row, SanctionStep(kind=kind, unit=unit, **more))


def take(by: User, row: Sanction, step: SanctionStep) -> SanctionStep:
    """Take a step as it stands, and tell the side that it concerns. Refused where the sanction is somewhere else."""
    if row.state not in BEFORE[step.kind]:
        raise Refused(_("Sanktionen er et andet sted nu. Genindlæs siden, og se, hvordan den står."))
    step.sanction, step.number, step.by = row, 0, by.username
    step.save(force_insert=True)
    tell(row, step.pk, step.kind)
    return step


BEFORE = {
    "drafted": ("draft",),
    "revised": ("draft",),
    "decided": ("draft",),
    "withdrawn": ("draft", "decided", "received", "calculated"),
    "received": ("decided",),
    "calculated": ("received", "calculated"),
    "heard": ("calculated",),
    "answered": ("heard",),
    "upheld": ("heard",),
    "annulled": ("heard",),
    "effected": ("heard",),
    "reversed": ("effected", "reversed", "repaid"),
    "repaid": ("reversed",),
}
"""In which states a step can be taken; the database says the same."""
ONWARDS = ("drafted", "revised", "decided", "received", "calculated", "heard", "upheld", "effected")
"""The steps that bring a sanction on; none is taken when the citizen has died."""
NOT_YOURS = {
    DECIDES: gettext_lazy("Kun den enhed, der har sagsbehandleransvaret, kan beslutte en sanktion."),
    CARRIES_OUT: gettext_lazy(
        "Kun den enhed, der har ydelsesansvaret, kan beregne, høre, trække i ydelsen og betale tilbage."
    ),
}


def holding(by: User, row: Sanction, part: str) -> str:
    """The unit that holds a part of the sanction's citizen, where that is `by`'s; else ""."""
    return holder_for(by.unit, row.person_key, part)


def taken(sanction: UUID) -> Sanction:
    """The sanction with its row locked. LookupError where there is none."""
    row = Sanction.objects.select_for_update().filter(pk=sanction).first()
    if row is None:
        raise LookupError(sanction)
    return row


def in_days(days: int) -> date:
    """The day so many days from today."""
    return timezone.localdate() + timedelta(days=days)


def tell(row: Sanction, step: UUID, kind: str) -> None:
    """Tell the side a step concerns; nobody where it concerns no other side, or a draft was withdrawn that none had seen."""
    part = CONCERNS.get(kind)
    if part and not (kind == "withdrawn" and row.state == "draft"):
        SanctionMessage.objects.create(sanction=row, step=step, part=part, what=kind)
