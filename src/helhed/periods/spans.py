"""Spans of days, half-open, and what can be made of several: union, intersection, complement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from helhed.periods.days import OPEN


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `start` up to, not including, `end`; an open span has end None. Never empty."""

    start: int
    end: int | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise ValueError(f"a span must end after its start: [{self.start}, {self.end})")

    @property
    def stop(self) -> int:
        """The end as a number: OPEN if the span is open."""
        return OPEN if self.end is None else self.end

    def __contains__(self, day: int) -> bool:
        return self.start <= day < self.stop


def span_of(start: int, stop: int) -> Span:
    """A span from two numbers, where a stop of OPEN (or later) means open."""
    return Span(start, None if stop >= OPEN else stop)


def union(spans: Iterable[Span]) -> list[Span]:
    """The same days as disjoint spans in order of time, none of which touch."""
    united: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        if united and span.start <= united[-1].stop:
            united[-1] = span_of(united[-1].start, max(united[-1].stop, span.stop))
        else:
            united.append(span)
    return united


def intersection(one: Sequence[Span], other: Sequence[Span]) -> list[Span]:
    """The days in both. Both must be disjoint and in order, as `union` gives them; so is the result."""
    shared: list[Span] = []
    i = j = 0
    while i < len(one) and j < len(other):
        start, stop = max(one[i].start, other[j].start), min(one[i].stop, other[j].stop)
        if start < stop:
            shared.append(span_of(start, stop))
        if one[i].stop <= other[j].stop:
            i += 1
        else:
            j += 1
    return shared


def complement(spans: Sequence[Span], within: Span) -> list[Span]:
    """The days of `within` that are in none of the spans (disjoint, in order of time)."""
    gaps: list[Span] = []
    reached = within.start
    for span in spans:
        if reached < min(span.start, within.stop):
            gaps.append(span_of(reached, min(span.start, within.stop)))
        reached = max(reached, span.stop)
    if reached < within.stop:
        gaps.append(span_of(reached, within.stop))
    return gaps


def clip(spans: Sequence[Span], within: Span) -> list[Span]:
    """The part of the spans that lies in `within`."""
    return intersection(spans, [within])
