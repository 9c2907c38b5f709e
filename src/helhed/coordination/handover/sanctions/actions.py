"""Verbs of sanctions. Each takes one step; the database holds that it is taken for the unit that has the part it asks for,
in the order of the states."""

from datetime import date, timedelta
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helhed.accounts.models import User
from helhed.audit.actions import note
from helhed.coordination.handover.sanctions.models import (
    CARRIES_OUT,
    DECIDES,
    DRAFT,
    HEARD,
    OF_CARRYING_OUT,
    Sanction,
    SanctionStep,
)
from helhed.coordination.handover.sanctions.money import first_of
from helhed.coordination.handover.sanctions.telling import told
from helhed.coordination.handover.sanctions.turns import ready
from helhed.coordination.handover.sanctions.wishes import MOST_WORDS, Sum, Wish, check, in_time, words_of
from helhed.coordination.handover.tasks.belonging import holder_for
from helhed.sharing.refusal import Refused

RECEIVE_DAYS, CALCULATE_DAYS, HEAR_DAYS, ANSWER_DAYS, UPHOLD_DAYS, EFFECT_DAYS = 3, 5, 3, 14, 7, 5
"""The municipality's own deadlines, in days; what the law says of time is `wishes.MONTHS_AFTER`."""
SHORTEST_HEARING = 7


class Rests(TypedDict, total=False):
    """What a step rests on."""

    decision: UUID | None


@transaction.atomic
def draft(*, by: User, person: UUID, wish: Wish, **rests: Unpack[Rests]) -> UUID:
    """Write a draft. Refused where the casework lies elsewhere, or the wish is not whole."""
    check(wish)
    row = Sanction.objects.create(person_key=person, **wish.columns)
    _step(by, row, "drafted")
    _note(by, "sanction-drafted", row, rests)
    return row.pk


@transaction.atomic
def revise(*, by: User, sanction: UUID, wish: Wish, **rests: Unpack[Rests]) -> None:
    """Write a draft anew."""
    check(wish)
    row = _taken(sanction)
    if row.state != DRAFT:
        raise Refused(_("Sanktionen er besluttet. Det, der er besluttet, kan ikke skrives om."))
    step = _step(by, row, "revised")
    Sanction.objects.filter(pk=step.sanction_id).update(**wish.columns)
    _note(by, "sanction-revised", row, rests)


@transaction.atomic
def decide(*, by: User, sanction: UUID, **rests: Unpack[Rests]) -> None:
    """Decide on the draft; from now on it is the benefits service's to receive."""
    row = _taken(sanction)
    in_time(row.to_day, first_of(timezone.localdate()))
    _step(by, row, "decided", due_on=_in(RECEIVE_DAYS))
    _note(by, "sanction-decided", row, rests)


@transaction.atomic
def withdraw(*, by: User, sanction: UUID, why: str, **rests: Unpack[Rests]) -> None:
    """Take a draft, or a decision the citizen has not been heard on, back; the reason stays with the deciding side."""
    row = _taken(sanction)
    _step(by, row, "withdrawn", note=words_of(why))
    _note(by, "sanction-withdrawn", row, rests)


@transaction.atomic
def receive(*, by: User, sanction: UUID, **rests: Unpack[Rests]) -> None:
    """The benefits service has it."""
    row = _taken(sanction)
    _step(by, row, "received", due_on=_in(CALCULATE_DAYS))
    _note(by, "sanction-received", row, rests)


@transaction.atomic
def calculate(*, by: User, sanction: UUID, sum: Sum, why: str = "", **rests: Unpack[Rests]) -> None:
    """Say how much is deducted of which month's benefit, as often as needed until the citizen is heard. Refused above the
    month's benefit, before the event, or later than three whole calendar months after it."""
    row = _taken(sanction)
    if sum.amount_oere <= 0:
        raise Refused(_("Skriv, hvor meget der trækkes, i kroner og øre."))
    if sum.benefit_oere is not None and sum.amount_oere > sum.benefit_oere:
        raise Refused(_("Der kan ikke trækkes mere, end ydelsen er i den måned."))
    if sum.month < first_of(row.from_day):
        raise Refused(_("Der kan ikke trækkes i en måned før hændelsen."))
    in_time(row.to_day, sum.month)
    numbers = {"month": sum.month, "amount_oere": sum.amount_oere, "benefit_oere": sum.benefit_oere}
    _step(by, row, "calculated", note=why.strip()[:MOST_WORDS], due_on=_in(HEAR_DAYS), **numbers)
    _note(by, "sanction-calculated", row, rests)


@transaction.atomic
def hear(*, by: User, sanction: UUID, days: int = ANSWER_DAYS, **rests: Unpack[Rests]) -> None:
    """Ask the citizen, by letter, before anything is deducted; the answer goes to the deciding unit."""
    row = _taken(sanction)
    if days < SHORTEST_HEARING:
        raise Refused(_("Borgeren skal have mindst %(days)s dage til at svare.") % {"days": SHORTEST_HEARING})
    step = _step(by, row, "heard", due_on=_in(days))
    told(by=by, sanction=row.pk, kind="sanction-hearing", step=step.pk, due=step.due_on)
    _note(by, "sanction-heard", row, rests)


@transaction.atomic
def answer(*, by: User, sanction: UUID, words: str, own: bool, **rests: Unpack[Rests]) -> None:
    """The citizen's answer: given by the citizen (`own`), or written down by a unit that works with the sanction. The
    deciding unit then keeps to the decision or annuls it."""
    row = _taken(sanction)
    unit = "" if own else _holding(by, row, CARRIES_OUT) or _holding(by, row, DECIDES)
    if not own and not unit:
        raise Refused(_("Din enhed arbejder ikke med denne sanktion."))
    if row.state != HEARD:
        raise Refused(_("Sanktionen er ikke i høring nu."))
    step = SanctionStep(kind="answered", unit=unit, note=words_of(words), due_on=_in(UPHOLD_DAYS))
    _take(by, row, step)
    _note(by, "sanction-answered", row, rests)


@transaction.atomic
def uphold(*, by: User, sanction: UUID, why: str, **rests: Unpack[Rests]) -> None:
    """Keep to the decision after the citizen's answer, with the reason why it changes nothing."""
    row = _taken(sanction)
    if row.answered_at is None or (row.upheld_at and row.upheld_at >= row.answered_at):
        raise Refused(_("Der er intet svar fra borgeren, som venter på jer."))
    _step(by, row, "upheld", note=words_of(why), due_on=_in(EFFECT_DAYS))
    _note(by, "sanction-upheld", row, rests)


@transaction.atomic
def annul(*, by: User, sanction: UUID, why: str, **rests: Unpack[Rests]) -> None:
    """Let the decision go: nothing is deducted, and the citizen is told why."""
    row = _taken(sanction)
    step = _step(by, row, "annulled", note=words_of(why))
    told(by=by, sanction=row.pk, kind="sanction-cancelled", step=step.pk)
    _note(by, "sanction-annulled", row, rests)


@transaction.atomic
def effect(*, by: User, sanction: UUID, **rests: Unpack[Rests]) -> None:
    """Deduct: after the hearing's time is up without an answer, or after the deciding unit has kept to its decision."""
    row = _taken(sanction)
    if row.state == HEARD and not ready(row, timezone.localdate()):
        raise Refused(_("Borgeren er ikke hørt færdig, så der kan ikke trækkes endnu."))
    step = _step(by, row, "effected")
    told(by=by, sanction=row.pk, kind="sanction-effected", step=step.pk)
    _note(by, "sanction-effected", row, rests)


def _step(by: User, row: Sanction, kind: str, **more: object) -> SanctionStep:
    """Take a step for the unit that holds the part it asks for, where that is `by`'s; Refused where it is not."""
    part = CARRIES_OUT if kind in OF_CARRYING_OUT else DECIDES
    unit = _holding(by, row, part)
    if not unit:
        raise Refused(str(NOT_YOURS[part]))
    if part == CARRIES_OUT and by.username == row.decided_by:
        raise Refused(_("Du har selv besluttet sanktionen. En anden skal føre den ud i livet."))
    return _take(by, row, SanctionStep(kind=kind, unit=unit, **more))


def _take(by: User, row: Sanction, step: SanctionStep) -> SanctionStep:
    if row.state not in BEFORE[step.kind]:
        raise Refused(_("Sanktionen er et andet sted nu. Genindlæs siden, og se, hvordan den står."))
    step.sanction, step.number, step.by = row, 0, by.username
    step.save(force_insert=True)
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
}
"""In which states a step can be taken; the database says the same."""
NOT_YOURS = {
    DECIDES: gettext_lazy("Kun den enhed, der har sagsbehandleransvaret, kan beslutte en sanktion."),
    CARRIES_OUT: gettext_lazy(
        "Kun den enhed, der har ydelsesansvaret, kan beregne, høre og trække i ydelsen."
    ),
}


def _holding(by: User, row: Sanction, part: str) -> str:
    return holder_for(by.unit, row.person_key, part)


def _taken(sanction: UUID) -> Sanction:
    """The sanction with its row locked. LookupError where there is none."""
    row = Sanction.objects.select_for_update().filter(pk=sanction).first()
    if row is None:
        raise LookupError(sanction)
    return row


def _in(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def _note(by: User, action: str, row: Sanction, rests: Rests) -> None:
    note(
        by=by,
        action=action,
        person_key=row.person_key,
        object=f"sanction {row.pk}",
        ground=row.ground,
        fields={"sanction"},
        **rests,
    )
