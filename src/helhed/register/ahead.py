"""Reading the next file while the store is busy with this one: the two work on different processors."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Condition
from types import TracebackType

from helhed.register.rows import Checked

MOST_PIECES = 32
MOST_FAULTS = 100_000
"""How much may be read before it is taken: good rows are small, faults carry their lines."""


class Ahead:
    """The pieces of a file, read in a thread of its own as soon as this is made. What the reading raises, taking raises.

    The reading must not use the database: connections belong to the thread that made them.
    """

    def __init__(self, pieces: Iterator[Checked]) -> None:
        self._pieces = pieces
        self._waiting: deque[Checked] = deque()
        self._changed = Condition()
        self._faults, self._stopped = 0, False
        self._pool = ThreadPoolExecutor(1, "register-ahead")
        self._reading: Future[None] = self._pool.submit(self._read)
        self._reading.add_done_callback(lambda _: self._tell())

    def __enter__(self) -> "Ahead":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the reading end, also when nobody wants the rest."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        self._pool.shutdown()

    def __iter__(self) -> Iterator[Checked]:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._reading.done())
                if not self._waiting:
                    break
                piece = self._waiting.popleft()
                self._faults -= len(piece.faults)
                self._changed.notify_all()
            yield piece
        self._reading.result()

    def _read(self) -> None:
        for piece in self._pieces:
            with self._changed:
                self._changed.wait_for(lambda: self._stopped or self._has_room())
                if self._stopped:
                    return
                self._waiting.append(piece)
                self._faults += len(piece.faults)
                self._changed.notify_all()

    def _has_room(self) -> bool:
        return len(self._waiting) < MOST_PIECES and self._faults < MOST_FAULTS

    def _tell(self) -> None:
        with self._changed:
            self._changed.notify_all()
