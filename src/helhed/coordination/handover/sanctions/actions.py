"""Verbs of sanctions. Each takes one step; the database holds that it is taken for the unit that has the part it asks for,
in the order of the states."""

from datetime import date, timedelta
from typing import Unpack
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.coordination.handover.sanctions.models import (
    CARRIES_OUT,
    DECIDES,
    DRAFT,
    HEARD,
    Sanction,
    SanctionStep,
)
from helhed.coordination.handover.sanctions.money import first_of, kroner
from helhed.coordination.handover.sanctions.stepping import Line, Rests, holding, in_days, step, take, taken
from helhed.coordination.handover.sanctions.telling import told, told_of_acting
from helhed.coordination.handover.sanctions.turns import EFFECT_DAYS, ready
from helhed.coordination.handover.sanctions.wishes import MOST_WORDS, Sum, Wish, check, in_time, words_of
from helhed.sharing.refusal import Refused

RECEIVE_DAYS, CALCULATE_DAYS, HEAR_DAYS, ANSWER_DAYS, UPHOLD_DAYS, REPAY_DAYS = 3, 5, 3, 14, 7, 10
"""The municipality's own deadlines, in days; what the law says of time is `wishes.MONTHS_AFTER`."""
SHORTEST_HEARING, LATEST_PAY = 7, 31


@transaction.atomic
def draft(*, by: User, person: UUID, wish: Wish, **rests: Unpack[Rests]) -> UUID:
    """Write a draft. Refused where the casework lies elsewhere, or the wish is not whole. The same draft twice is one."""
    check(wish)
    again = Sanction.objects.filter(person_key=person, state=DRAFT, **wish.columns).first()
    if again is not None and holding(by, again, DECIDES):  # the button was pressed twice
        return again.pk
    row = Sanction.objects.create(person_key=person, **wish.columns)
    step(by, row, "drafted")
    Line(by, row, rests).note("sanction-drafted")
    return row.pk


@transaction.atomic
def revise(*, by: User, sanction: UUID, wish: Wish, **rests: Unpack[Rests]) -> None:
    """Write a draft anew."""
    check(wish)
    row = taken(sanction)
    if row.state != DRAFT:
        raise Refused(_("Sanktionen er besluttet. Det, der er besluttet, kan ikke skrives om."))
    made = step(by, row, "revised")
    Sanction.objects.filter(pk=made.sanction_id).update(**wish.columns)
    Line(by, row, rests).note("sanction-revised")


@transaction.atomic
def decide(*, by: User, sanction: UUID, **rests: Unpack[Rests]) -> None:
    """Decide on the draft; from now on it is the benefits service's to receive."""
    row = taken(sanction)
    in_time(row.to_day, first_of(timezone.localdate()))
    step(by, row, "decided", due_on=in_days(RECEIVE_DAYS))
    Line(by, row, rests).note("sanction-decided")


@transaction.atomic
def withdraw(*, by: User, sanction: UUID, why: str, **rests: Unpack[Rests]) -> None:
    """Take a draft, or a decision the citizen has not been heard on, back; the reason stays with the deciding side."""
    row = taken(sanction)
    step(by, row, "withdrawn", note=words_of(why))
    Line(by, row, rests).note("sanction-withdrawn")


@transaction.atomic
def receive(*, by: User, sanction: UUID, **rests: Unpack[Rests]) -> None:
    """The benefits service has it."""
    row = taken(sanction)
    step(by, row, "received", due_on=in_days(CALCULATE_DAYS))
    Line(by, row, rests).note("sanction-received")


@transaction.atomic
def calculate(*, by: User, sanction: UUID, sum: Sum, why: str = "", **rests: Unpack[Rests]) -> None:
    """Say how much is deducted of which month's benefit, as often as needed until the citizen is heard. Refused above the
    month's benefit, before the event, or later than three whole calendar months after it."""
    row = taken(sanction)
    if sum.amount_oere <= 0:
        raise Refused(_("Skriv, hvor meget der trækkes, i kroner og øre."))
    if sum.benefit_oere is not None and sum.amount_oere > sum.benefit_oere:
        raise Refused(_("Der kan ikke trækkes mere, end ydelsen er i den måned."))
    if sum.month < first_of(row.from_day):
        raise Refused(_("Der kan ikke trækkes i en måned før hændelsen."))
    in_time(row.to_day, sum.month)
    numbers = {"month": sum.month, "amount_oere": sum.amount_oere, "benefit_oere": sum.benefit_oere}
    step(by, row, "calculated", note=why.strip()[:MOST_WORDS], due_on=in_days(HEAR_DAYS), **numbers)
    Line(by, row, rests).note("sanction-calculated")


@transaction.atomic
def hear(*, by: User, sanction: UUID, days: int = ANSWER_DAYS, **rests: Unpack[Rests]) -> None:
    """Ask the citizen, by letter, before anything is deducted; the answer goes to the deciding unit."""
    row = taken(sanction)
    if days < SHORTEST_HEARING:
        raise Refused(_("Borgeren skal have mindst %(days)s dage til at svare.") % {"days": SHORTEST_HEARING})
    made = step(by, row, "heard", due_on=in_days(days))
    told(by=by, sanction=row.pk, kind="sanction-hearing", step=made.pk, due=made.due_on)
    Line(by, row, rests).note("sanction-heard")


@transaction.atomic
def answer(*, by: User, sanction: UUID, words: str, own: bool, **rests: Unpack[Rests]) -> None:
    """The citizen's answer: given by the citizen or under a mandate (`own`), or written down by a unit that works with the
    sanction. The deciding unit then keeps to the decision or annuls it; the citizen is told what somebody else answered."""
    row = taken(sanction)
    unit = "" if own else holding(by, row, CARRIES_OUT) or holding(by, row, DECIDES)
    if not own and not unit:
        raise Refused(_("Din enhed arbejder ikke med denne sanktion."))
    if row.state != HEARD:
        raise Refused(_("Sanktionen er ikke i høring nu."))
    said = {"unit": unit, "note": words_of(words), "mandate": rests.get("mandate")}
    made = take(by, row, SanctionStep(kind="answered", due_on=in_days(UPHOLD_DAYS), **said))
    if made.mandate:
        told_of_acting(by=by, row=row, step=made.pk, mandate=made.mandate, what="answer", words=made.note)
    Line(by, row, rests).note("sanction-answered")


@transaction.atomic
def uphold(*, by: User, sanction: UUID, why: str, **rests: Unpack[Rests]) -> None:
    """Keep to the decision after the citizen's answer, with the reason why it changes nothing."""
    row = taken(sanction)
    if row.answered_at is None or (row.upheld_at and row.upheld_at >= row.answered_at):
        raise Refused(_("Der er intet svar fra borgeren, som venter på jer."))
    step(by, row, "upheld", note=words_of(why), due_on=in_days(EFFECT_DAYS))
    Line(by, row, rests).note("sanction-upheld")


@transaction.atomic
def annul(*, by: User, sanction: UUID, why: str, **rests: Unpack[Rests]) -> None:
    """Let the decision go: nothing is deducted, and the citizen is told why."""
    row = taken(sanction)
    made = step(by, row, "annulled", note=words_of(why))
    told(by=by, sanction=row.pk, kind="sanction-cancelled", step=made.pk)
    Line(by, row, rests).note("sanction-annulled")


@transaction.atomic
def effect(*, by: User, sanction: UUID, **rests: Unpack[Rests]) -> None:
    """Deduct: after the hearing's time is up without an answer, or after the deciding unit has kept to its decision."""
    row = taken(sanction)
    if row.state == HEARD and not ready(row, timezone.localdate()):
        raise Refused(_("Borgeren er ikke hørt færdig, så der kan ikke trækkes endnu."))
    made = step(by, row, "effected")
    told(by=by, sanction=row.pk, kind="sanction-effected", step=made.pk)
    Line(by, row, rests).note("sanction-effected")


@transaction.atomic
def reverse(
    *, by: User, sanction: UUID, why: str, whole: bool, ref: UUID | None = None, **rests: Unpack[Rests]
) -> None:
    """Undo a sanction that took effect, all of it or a part; the benefits service pays it back. `ref`: the step of a complaint
    it follows from; without one it is refused while a complaint is open."""
    row = taken(sanction)
    if ref is None and row.complaint:
        raise Refused(
            _("Der er en klage over sanktionen. Svar på klagen, så bliver sanktionen ændret samtidig.")
        )
    if row.reversed_whole:
        raise Refused(_("Sanktionen er allerede ændret, og hele beløbet betales tilbage."))
    if row.state == "reversed" and not whole:
        raise Refused(_("En del er allerede på vej tilbage. Vent til den er betalt, eller ændr det hele."))
    more = {"whole": whole, "ref": ref, "due_on": in_days(REPAY_DAYS)}
    made = step(by, row, "reversed", note=words_of(why), **more)
    told(by=by, sanction=row.pk, kind="sanction-reversed", step=made.pk)
    Line(by, row, rests).note("sanction-reversed")


@transaction.atomic
def repay(*, by: User, sanction: UUID, amount_oere: int, paid_on: date, **rests: Unpack[Rests]) -> None:
    """Pay back what was undone: how much, and on which day it is paid. All that is left where all was undone, less otherwise."""
    row = taken(sanction)
    left = (row.amount_oere or 0) - row.repaid_oere
    if row.state == "reversed" and row.reversed_whole and amount_oere != left:
        raise Refused(_("Hele beløbet skal betales tilbage. Der mangler %(sum)s.") % {"sum": kroner(left)})
    if row.state == "reversed" and not row.reversed_whole and not 0 < amount_oere < left:
        raise Refused(_("Kun en del skal betales tilbage: mindre end %(sum)s.") % {"sum": kroner(left)})
    today = timezone.localdate()
    if row.effected_at and not timezone.localdate(row.effected_at) <= paid_on <= today + timedelta(
        days=LATEST_PAY
    ):
        raise Refused(_("Pengene skal betales senest om en måned, og ikke før de blev trukket."))
    made = step(by, row, "repaid", amount_oere=amount_oere, paid_on=paid_on)
    told(by=by, sanction=row.pk, kind="sanction-repaid", step=made.pk)
    Line(by, row, rests).note("sanction-repaid")
