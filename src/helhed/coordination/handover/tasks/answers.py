"""What the pages get of tasks: frozen values in the reader's language."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

TABS = ("open", "overdue", "gone", "ended")
"""The shelves of the unit's list; what is overdue, and what is about a citizen who has died or moved away (`gone`), stands on
the first one too."""


@dataclass(frozen=True)
class TaskView:
    """A task that lies with the viewer's unit. `name` is empty on the page of its citizen, where it stands above. `gone`: that
    the citizen has died or moved away, in words."""

    id: UUID
    person_key: UUID
    name: str
    part: str
    part_label: str
    title: str
    note: str
    due_on: date
    overdue: bool
    state: str
    state_label: str
    created_at: datetime
    created_unit_label: str
    ended_at: datetime | None
    ended_unit_label: str
    ended_why: str
    gone: str = ""


@dataclass(frozen=True)
class TaskPage:
    """A page of the unit's tasks, how many there are on this shelf, and on each."""

    rows: tuple[TaskView, ...]
    total: int
    counts: dict[str, int]


@dataclass(frozen=True)
class OfPerson:
    """A citizen's tasks, the open ones first, and the parts a new one can be written for: key and label."""

    person_key: UUID
    name: str
    open: tuple[TaskView, ...]
    ended: tuple[TaskView, ...]
    parts: tuple[tuple[str, str], ...]
