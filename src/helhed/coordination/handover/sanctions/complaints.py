"""Verbs of a complaint about a sanction: it came, the deciding unit looks again within four weeks, what is not agreed with goes
to the National Social Appeals Board, and its answer comes back. Each names the sanction: it has one open complaint at most."""

from datetime import date
from typing import Unpack
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.coordination.handover.sanctions.actions import reverse
from helhed.coordination.handover.sanctions.four_weeks import four_weeks
from helhed.coordination.handover.sanctions.models import (
    CARRIES_OUT,
    DECIDES,
    OF_THE_BOARD,
    OPEN,
    Complaint,
    ComplaintStep,
    Sanction,
)
from helhed.coordination.handover.sanctions.stepping import (
    NOT_YOURS,
    Line,
    Rests,
    holding,
    in_days,
    taken,
    tell,
)
from helhed.coordination.handover.sanctions.telling import told_of_acting, told_of_complaint
from helhed.coordination.handover.sanctions.wishes import at_most, words_of
from helhed.sharing.refusal import Refused

SEND_DAYS = 3
"""The municipality's own deadline for sending a complaint on once it has looked again."""
BEFORE = {
    "kept": ("received", "returned"),
    "partly": ("received", "returned"),
    "agreed": OPEN,
    "sent": ("kept",),
    **dict.fromkeys(OF_THE_BOARD, ("sent",)),
    "taken-back": OPEN,
}
"""In which states of a complaint a step can be taken; the database says the same."""


@transaction.atomic
def complain(
    *, by: User, sanction: UUID, words: str, received_on: date, own: bool, **rests: Unpack[Rests]
) -> UUID:
    """A complaint came: by the citizen or under a mandate (`own`), or written down by a unit that works with the sanction.
    No words are needed. Too late it is written down all the same. Answers it."""
    row = taken(sanction)
    unit = "" if own else _of_either(by, row)
    _can_be_complained_of(row, received_on)
    time = four_weeks(row)
    complaint = Complaint.objects.create(
        sanction=row, received_on=received_on, told_on=time.told_on, last_day=time.last_day
    )
    said = {"note": at_most(words), "on_day": received_on, "mandate": rests.get("mandate")}
    made = _take(by, complaint, ComplaintStep(kind="complained", unit=unit, **said))
    tell(row, made.pk, "complained")
    told_of_complaint(by=by, row=row, step=made, kind="complaint-received")
    if made.mandate:
        told_of_acting(by=by, row=row, step=made.pk, mandate=made.mandate, what="complaint", words=made.note)
    Line(by, row, rests).note("complaint-received")
    return complaint.pk


@transaction.atomic
def keep(*, by: User, sanction: UUID, why: str, **rests: Unpack[Rests]) -> None:
    """Keep to the sanction after looking again, in words for the citizen; the complaint is then sent on. Where the Board had sent it
    back this is a new decision, which can be complained of again."""
    row, complaint = _open(sanction, "kept")
    made = _decided(by, row, complaint, "kept", why)
    if complaint.state == "returned":
        told_of_complaint(by=by, row=row, step=made, kind="complaint-ended", why=made.note)
    Line(by, row, rests).note("complaint-kept")


@transaction.atomic
def agree_in_part(*, by: User, sanction: UUID, why: str, **rests: Unpack[Rests]) -> None:
    """Undo a part of the sanction; the complaint goes on about the rest."""
    row, complaint = _open(sanction, "partly")
    made = _decided(by, row, complaint, "partly", why)
    reverse(by=by, sanction=sanction, why=why, whole=False, ref=made.pk, **rests)
    Line(by, row, rests).note("complaint-partly")


@transaction.atomic
def agree(*, by: User, sanction: UUID, why: str, **rests: Unpack[Rests]) -> None:
    """The citizen is right: the whole sanction is undone, and the complaint is over."""
    row, complaint = _open(sanction, "agreed")
    made = _decided(by, row, complaint, "agreed", why)
    reverse(by=by, sanction=sanction, why=why, whole=True, ref=made.pk, **rests)
    Line(by, row, rests).note("complaint-agreed")


@transaction.atomic
def send(*, by: User, sanction: UUID, on_day: date, **rests: Unpack[Rests]) -> None:
    """The complaint is sent to the Board, with what the deciding unit found; the citizen is told why it did not agree."""
    row, complaint = _open(sanction, "sent")
    _in_order(complaint, on_day)
    made = _decided(by, row, complaint, "sent", on_day=on_day)
    found = ComplaintStep.objects.filter(complaint=complaint, kind__in=["kept", "partly"])
    why = found.order_by("-number").values_list("note", flat=True).first() or ""
    told_of_complaint(by=by, row=row, step=made, kind="complaint-sent", why=why)
    Line(by, row, rests).note("complaint-sent")


@transaction.atomic
def hear_board(
    *,
    by: User,
    sanction: UUID,
    answer: str,
    on_day: date,
    why: str = "",
    whole: bool = True,
    **rests: Unpack[Rests],
) -> None:
    """The Board's answer of a day: "confirmed", "changed" (the sanction is undone, whole or in part, and `why` is told to the
    citizen), "dismissed", or "returned": decide again within four weeks."""
    if answer not in OF_THE_BOARD:
        raise Refused(_("Vælg, hvad Ankestyrelsen har svaret."))
    row, complaint = _open(sanction, answer)
    _in_order(complaint, on_day)
    words = words_of(why) if answer == "changed" else at_most(why)
    made = _decided(by, row, complaint, answer, words, on_day=on_day)
    if answer == "changed":
        reverse(by=by, sanction=sanction, why=words, whole=whole, ref=made.pk, **rests)
    else:
        told_of_complaint(by=by, row=row, step=made, kind="complaint-ended", why=words)
    Line(by, row, rests).note("complaint-answered")


@transaction.atomic
def take_back(*, by: User, sanction: UUID, own: bool, why: str = "", **rests: Unpack[Rests]) -> None:
    """The complaint is taken back: by the citizen or under a mandate (`own`), or as the citizen said to a unit (`why`: how)."""
    row, complaint = _open(sanction, "taken-back")
    unit = "" if own else _of_either(by, row)
    said = {"note": at_most(why) if own else words_of(why), "mandate": rests.get("mandate")}
    made = _take(by, complaint, ComplaintStep(kind="taken-back", unit=unit, **said))
    tell(row, made.pk, "taken-back")
    told_of_complaint(by=by, row=row, step=made, kind="complaint-ended")
    if made.mandate:
        told_of_acting(by=by, row=row, step=made.pk, mandate=made.mandate, what="take-back", words="")
    Line(by, row, rests).note("complaint-taken-back")


def _can_be_complained_of(row: Sanction, received_on: date) -> None:
    if row.effected_at is None:
        raise Refused(_("Der er ikke trukket noget endnu, så der er ikke noget at klage over."))
    if row.reversed_whole:
        raise Refused(_("Sanktionen er ændret, og hele beløbet betales tilbage."))
    if row.complaint:
        raise Refused(_("Der er allerede en klage over sanktionen, som ikke er afgjort."))
    if not timezone.localdate(row.effected_at) <= received_on <= timezone.localdate():
        raise Refused(_("Klagen kan ikke være kommet før afgørelsen eller efter i dag."))


def _open(sanction: UUID, kind: str) -> tuple[Sanction, Complaint]:
    """The sanction, locked, and its open complaint; Refused where there is none, or it is somewhere else."""
    row = taken(sanction)
    complaint = Complaint.objects.filter(sanction=row, ended_at__isnull=True).first()
    if complaint is None or complaint.state not in BEFORE[kind]:
        raise Refused(_("Klagen er et andet sted nu. Genindlæs siden, og se, hvordan den står."))
    return row, complaint


def _decided(
    by: User, row: Sanction, complaint: Complaint, kind: str, why: str = "", *, on_day: date | None = None
) -> ComplaintStep:
    """A step of the deciding unit's. What it found is said in words; what the Board answered may be."""
    unit = holding(by, row, DECIDES)
    if not unit:
        raise Refused(str(NOT_YOURS[DECIDES]))
    note = words_of(why) if kind in ("kept", "partly", "agreed") else why
    due = in_days(SEND_DAYS) if kind in ("kept", "partly") else None
    return _take(by, complaint, ComplaintStep(kind=kind, unit=unit, note=note, on_day=on_day, due_on=due))


def _take(by: User, complaint: Complaint, step: ComplaintStep) -> ComplaintStep:
    step.complaint, step.number, step.by = complaint, 0, by.username
    step.save(force_insert=True)
    return step


def _of_either(by: User, row: Sanction) -> str:
    unit = holding(by, row, CARRIES_OUT) or holding(by, row, DECIDES)
    if not unit:
        raise Refused(_("Din enhed arbejder ikke med denne sanktion."))
    return unit


def _in_order(complaint: Complaint, on_day: date) -> None:
    first = complaint.sent_on or complaint.received_on
    if not first <= on_day <= timezone.localdate():
        raise Refused(_("Dagen kan ikke ligge før det sidste skridt i klagen eller efter i dag."))
