"""How much there is to do, as numbers; the words of a task come through its doors."""

from collections.abc import Iterable
from uuid import UUID

from helhed.coordination.handover.tasks.models import OPEN, Task


def open_of(person_key: UUID, parts: Iterable[str]) -> int:
    """How many open tasks lie with some parts of the responsibility for a citizen: what goes along when they move."""
    return Task.objects.filter(person_key=person_key, part__in=tuple(parts), state=OPEN).count()
