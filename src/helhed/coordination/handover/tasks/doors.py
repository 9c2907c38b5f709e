"""The doors of tasks for caseworkers. Each call decides and writes its line in the log.

A task is seen by the unit its part lies with, and by no other: whoever no longer holds the part has lost the task too.
"""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.audit.actions import note
from helhed.coordination.handover.tasks import actions
from helhed.coordination.handover.tasks.actions import Wish
from helhed.coordination.handover.tasks.answers import TABS, OfPerson, TaskPage, TaskView
from helhed.coordination.handover.tasks.belonging import is_own, lies_with, own_units
from helhed.coordination.handover.tasks.models import CANCELLED, DONE, OPEN, Task
from helhed.law import catalogue
from helhed.sharing import departures, hatch, naming
from helhed.sharing.answers import NoAccess
from helhed.sharing.hatch import Met
from helhed.sharing.ledger.models import PARTS
from helhed.sharing.ledger.standing import holders

PAGE = 50
MOST_ENDED = 50
LOOK, LIST = "tasks-seen", "list"


def of_person(*, by: User, person: UUID, purpose: str, language: str) -> OfPerson:
    """A citizen's tasks, as far as they lie with the viewer's unit. NoAccess where the citizen may not be met."""
    _may(by)
    row = hatch.known_person(person)
    with translation.override(language), hatch.meeting(row, by=by, purpose=purpose, action=LOOK) as met:
        met.note(by=by, action=LOOK, purpose=purpose, fields={"identity", "task"})
        parts = _own_parts(by, row.key)
        tasks = Task.objects.filter(person_key=row.key, part__in=parts)
        ended = tasks.exclude(state=OPEN).order_by("-ended_at")[:MOST_ENDED]
        return OfPerson(
            row.key,
            row.name,
            _views(tasks.filter(state=OPEN).order_by("due_on", "created_at"), {}, language),
            _views(ended, {}, language),
            tuple((part, _part_label(part, language)) for part in parts),
        )


def listed(*, by: User, purpose: str, language: str, tab: str = "open", page: int = 1) -> TaskPage:
    """The unit's tasks, fifty a page: those whose part lies with the viewer's unit, by deadline. A citizen who may not be
    named to the viewer is left out of the page."""
    _may(by)
    units, today = own_units(by.unit), timezone.localdate()
    mine = Task.objects.filter(lies_with(units, OuterRef("part")))
    waiting = mine.filter(state=OPEN).order_by("due_on", "pk")
    gone = departures.departed(waiting.order_by().values_list("person_key", flat=True).distinct())
    shelves = {
        "open": waiting,
        "overdue": waiting.filter(due_on__lt=today),
        "gone": waiting.filter(person_key__in=gone),
        "ended": mine.exclude(state=OPEN).order_by("-ended_at", "pk"),
    }
    counts = {key: shelves[key].count() for key in TABS}
    first = (max(page, 1) - 1) * PAGE
    rows = list(shelves[tab][first : first + PAGE])
    with translation.override(language):
        found = naming.named({row.person_key for row in rows}, by=by, purpose=purpose, action=LIST)
        names = {key: each.name for key, each in found.items()}
        shown = _views((row for row in rows if row.person_key in names), names, language)
    return TaskPage(shown, counts[tab], counts)


def waiting(*, by: User) -> tuple[int, int]:
    """How many open tasks lie with the viewer's unit, and how many of them are past their day: numbers without names."""
    rows = Task.objects.filter(lies_with(own_units(by.unit), OuterRef("part")), state=OPEN)
    late = Q(due_on__lt=timezone.localdate())
    return rows.count(), rows.filter(late).count()


def write(*, by: User, person: UUID, purpose: str, language: str, wish: Wish) -> UUID:
    """Write a task. Refused and NoAccess as the verb and the hatch say."""
    with translation.override(language), _met(by, person, purpose) as met:
        return actions.write(by=by, person=met.row.key, wish=wish, decision=met.decision.id)


def finish(*, by: User, task: UUID, purpose: str, language: str) -> None:
    """The task is done. LookupError where none of that number lies with the viewer's unit."""
    with translation.override(language), _met(by, _known(by, task).person_key, purpose) as met:
        actions.finish(by=by, task=task, decision=met.decision.id)


def cancel(*, by: User, task: UUID, purpose: str, language: str, why: str) -> None:
    """The task is not to be done after all. LookupError where none of that number lies with the viewer's unit."""
    with translation.override(language), _met(by, _known(by, task).person_key, purpose) as met:
        actions.cancel(by=by, task=task, why=why, decision=met.decision.id)


def _met(by: User, person: UUID, purpose: str) -> AbstractContextManager[Met]:
    _may(by)
    return hatch.meeting(hatch.known_person(person), by=by, purpose=purpose, action=LOOK)


def _may(by: User) -> None:
    if not by.may("handover.work") or not by.unit:
        note(by=by, action=LIST, object="tasks", ground="role", outcome="denied")
        raise NoAccess(_("Din rolle giver ikke adgang til opgaver om borgere."))


def _known(by: User, task: UUID) -> Task:
    _may(by)
    mine = Task.objects.filter(lies_with(own_units(by.unit), OuterRef("part")))
    row = mine.filter(pk=task).first()
    if row is None:
        raise LookupError(task)
    return row


def _own_parts(by: User, person: UUID) -> list[str]:
    held = holders(person)
    return [part for part in PARTS if part in held and is_own(held[part].unit, by.unit)]


def _views(rows: Iterable[Task], names: dict[UUID, str], language: str) -> tuple[TaskView, ...]:
    today, shown = timezone.localdate(), list(rows)
    open_ones = {row.person_key for row in shown if row.state == OPEN}
    gone = {key: _gone(one.cause) for key, one in departures.departed(open_ones).items()}
    return tuple(
        replace(
            _view(row, names.get(row.person_key, ""), language, today),
            gone=gone.get(row.person_key, "") if row.state == OPEN else "",
        )
        for row in shown
    )


def _gone(cause: str) -> str:
    return _("Borgeren er død") if cause == departures.DEATH else _("Borgeren er flyttet fra kommunen")


def _view(row: Task, name: str, language: str, today: date) -> TaskView:
    return TaskView(
        id=row.pk,
        person_key=row.person_key,
        name=name,
        part=row.part,
        part_label=_part_label(row.part, language),
        title=row.title,
        note=row.note,
        due_on=row.due_on,
        overdue=row.state == OPEN and row.due_on < today,
        state=row.state,
        state_label={OPEN: _("Åben"), DONE: _("Løst"), CANCELLED: _("Opgivet")}[row.state],
        created_at=row.created_at,
        created_unit_label=hatch.label_of_unit(row.created_unit, language),
        ended_at=row.ended_at,
        ended_unit_label=hatch.label_of_unit(row.ended_unit, language),
        ended_why=row.ended_why,
    )


def _part_label(part: str, language: str) -> str:
    return catalogue().label("responsibilities", part, language)
