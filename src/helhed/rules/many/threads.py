"""Work shared out to the processor's cores; the compiled loops let each other run."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_FEW = 1 << 16

_Work = TypeVar("_Work")
_Done = TypeVar("_Done")


class Threads:
    """So many threads, by default one per core this process may use."""

    def __init__(self, count: int | None = None) -> None:
        self.count = count or _cores()

    def for_rows(self, rows: int) -> "Threads":
        """These threads, or one where there is so little to do that it is done before another has begun."""
        return self if rows > _FEW else Threads(1)

    def ranges(self, size: int) -> list[tuple[int, int]]:
        """0 to `size` cut into a range per thread."""
        cuts = [size * number // self.count for number in range(self.count + 1)]
        return list(zip(cuts[:-1], cuts[1:], strict=True))

    def each(self, work: Callable[[_Work], _Done], pieces: Iterable[_Work]) -> list[_Done]:
        """What the work gives for each piece, in their order, however the threads took them."""
        listed = list(pieces)
        if self.count == 1 or len(listed) < 2:
            return [work(piece) for piece in listed]
        with ThreadPoolExecutor(self.count) as pool:
            return list(pool.map(work, listed))


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
