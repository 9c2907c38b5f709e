"""Whether an answer that read somebody's data rests on a decision. The rooms that read say so here, and so does the log
when it writes a line with a decision, and so does who decides; the guard of the pages looks at both before anything leaves."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID


@dataclass
class Tally:
    """What one answer has read of persons, by the name of the question; the decisions its lines in the log name; and whether
    one of its lines says that something was denied."""

    touched: set[str] = field(default_factory=set)
    decisions: list[UUID] = field(default_factory=list)
    choosing: int = 0
    denied: bool = False

    @property
    def uncovered(self) -> bool:
        """True when something was read and nothing decided."""
        return bool(self.touched) and not self.decisions


_now: ContextVar[Tally | None] = ContextVar("helhed_covering", default=None)


@contextmanager
def counting() -> Iterator[Tally]:
    """Count what is read and decided inside, for one answer."""
    tally = Tally()
    token = _now.set(tally)
    try:
        yield tally
    finally:
        _now.reset(token)


@contextmanager
def choosing() -> Iterator[None]:
    """What is read inside is only chosen from; what is answered of it is decided afterwards, each on its own."""
    tally = _now.get()
    if tally is not None:
        tally.choosing += 1
    try:
        yield
    finally:
        if tally is not None:
            tally.choosing -= 1


def touch(question: str) -> None:
    """Somebody's data were read by this question."""
    tally = _now.get()
    if tally is not None and not tally.choosing:
        tally.touched.add(question)


def cover(decision: UUID) -> None:
    """This decision was made, or a line in the log names it."""
    tally = _now.get()
    if tally is not None:
        tally.decisions.append(decision)


def deny() -> None:
    """A line in the log says that something was denied."""
    tally = _now.get()
    if tally is not None:
        tally.denied = True


def was_denied() -> bool:
    """Whether a line of this answer has said so."""
    tally = _now.get()
    return tally is not None and tally.denied
