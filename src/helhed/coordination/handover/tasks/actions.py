"""Verbs of tasks: write one, end one."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.audit.actions import note
from helhed.coordination.handover.tasks.belonging import holder_for
from helhed.coordination.handover.tasks.models import CANCELLED, DONE, OPEN, Task
from helhed.sharing.clock import moment
from helhed.sharing.refusal import Refused

FURTHEST_DAYS = 731
MOST_TITLE, MOST_NOTE, MOST_WHY = 120, 2000, 400


@dataclass(frozen=True)
class Wish:
    """A task as it was typed: with which part it lies, what is to be done, more about it, and by which day. `form`: the form it
    was typed into, each time it is shown another."""

    part: str
    title: str
    note: str
    due_on: date
    form: UUID = field(default_factory=uuid4)


@transaction.atomic
def write(*, by: User, person: UUID, wish: Wish, decision: UUID | None = None) -> UUID:
    """Write a task for the part of a citizen that lies with `by`'s unit. Refused for another's part, an empty title, or a
    day that has passed or lies more than two years ahead. The same written twice by the same user is one task, also where one
    form is sent twice at the same instant: the database takes it once."""
    unit = _held(by, person, wish.part)
    title, today = wish.title.strip(), timezone.localdate()
    if not title:
        raise Refused(_("Skriv, hvad der skal gøres."))
    if len(title) > MOST_TITLE or len(wish.note) > MOST_NOTE:
        raise Refused(_("Opgaven er for lang. Skriv den kortere."))
    if not 0 <= (wish.due_on - today).days <= FURTHEST_DAYS:
        raise Refused(_("Fristen skal ligge fra i dag og højst to år frem."))
    said = {"part": wish.part, "title": title, "note": wish.note.strip(), "due_on": wish.due_on}
    said |= {"person_key": person, "created_by": by.username}
    again = Task.objects.filter(state=OPEN, created_unit=unit, **said).first()
    if again is not None:  # the button was pressed twice
        return again.pk
    said["form"] = wish.form
    row = Task(created_unit=unit, **said)
    Task.objects.bulk_create([row], ignore_conflicts=True)
    kept = Task.objects.get(**said)
    if kept.pk == row.pk:
        _tell(by, "task-written", row, decision)
    return kept.pk


@transaction.atomic
def finish(*, by: User, task: UUID, decision: UUID | None = None) -> None:
    """The task is done. Refused where it is ended already or its part lies elsewhere; LookupError where there is none."""
    _end(by, task, DONE, "", "task-done", decision)


@transaction.atomic
def cancel(*, by: User, task: UUID, why: str, decision: UUID | None = None) -> None:
    """The task is not to be done after all, for a reason. Refused as `finish`, and without a reason."""
    if not why.strip() or len(why) > MOST_WHY:
        raise Refused(_("Skriv kort, hvorfor opgaven ikke skal løses."))
    _end(by, task, CANCELLED, why.strip(), "task-cancelled", decision)


def _end(by: User, task: UUID, state: str, why: str, action: str, decision: UUID | None) -> None:
    row = Task.objects.select_for_update().filter(pk=task).first()
    if row is None:
        raise LookupError(task)
    if row.state != OPEN:
        raise Refused(_("Opgaven er allerede afsluttet."))
    row.ended_unit = _held(by, row.person_key, row.part)
    row.state, row.ended_by, row.ended_at, row.ended_why = state, by.username, moment(), why
    row.save(update_fields=["state", "ended_by", "ended_unit", "ended_at", "ended_why"])
    _tell(by, action, row, decision)


def _held(by: User, person: UUID, part: str) -> str:
    unit = holder_for(by.unit, person, part)
    if not unit:
        raise Refused(_("Din enhed har ikke det ansvar for borgeren, som opgaven hører til."))
    return unit


def _tell(by: User, action: str, row: Task, decision: UUID | None) -> None:
    note(
        by=by,
        action=action,
        person_key=row.person_key,
        object=f"task {row.pk}",
        fields={"handover"},
        decision=decision,
    )
