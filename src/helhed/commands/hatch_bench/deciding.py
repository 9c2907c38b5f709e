"""How long a decision takes: one category, and a whole look with its twenty."""

import time
from collections.abc import Callable, Iterable

from helhed.sharing.policy import Slice, decide

WHO = (("identity", "both"),)
WARM = 50


def each(questions: list[Slice], pairs: Iterable[tuple[str, str]] | None = None) -> list[float]:
    """The seconds of each decision, shortest first; the first few are not counted."""
    asked = None if pairs is None else list(pairs)
    return timed([lambda q=q: decide(q) if asked is None else decide(q, asked) for q in questions])


def timed(works: list[Callable[[], object]]) -> list[float]:
    """The seconds of each piece of work, shortest first; the first few are not counted."""
    spent = []
    for work in works:
        started = time.perf_counter()
        work()
        spent.append(time.perf_counter() - started)
    return sorted(spent[min(WARM, len(spent) // 2) :])


def share(sorted_seconds: list[float], of: float) -> float:
    """The length that this share of them stays below."""
    return sorted_seconds[min(len(sorted_seconds) - 1, int(len(sorted_seconds) * of))]
