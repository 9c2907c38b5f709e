"""How lines come into the log: one by one, or many in one statement."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

from helhed.audit.models import Event

_waiting: ContextVar[list[Event] | None] = ContextVar("helhed_lines", default=None)


def append(line: Event) -> None:
    """Append a line in the caller's transaction, or with the others that are noted together."""
    waiting = _waiting.get()
    if waiting is None:
        line.save(force_insert=True)
    else:
        waiting.append(line)


@contextmanager
def together() -> Iterator[None]:
    """Lines noted inside are appended in one statement, in their order, when the block ends; until then they have no number.

    For a loop that does nothing but note. What goes wrong inside undoes the whole transaction, lines and all.
    """
    if _waiting.get() is not None:
        yield
        return
    lines: list[Event] = []
    token = _waiting.set(lines)
    try:
        with transaction.atomic(savepoint=False):
            yield
            Event.objects.bulk_create(lines)
    finally:
        _waiting.reset(token)
