"""Telling how far a long command is: a living line at a terminal, plain lines anywhere else."""

import contextlib
import time
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

Report = Callable[[str, float], None]
"""Called with what is being done now, and the share of the step that is done, 0 to 1."""

PLAIN_EVERY = 0.25


class Telling:
    """Tells a number of steps one by one: what is done now, how far it is, how long it took.

    `done`: the word for it, where the steps have titles in another language.
    """

    def __init__(self, total: int, console: Console | None = None, done: str = "done") -> None:
        self.console = console or Console(stderr=True, highlight=False)
        self.total, self.number, self.done = total, 0, done

    @contextlib.contextmanager
    def step(self, title: str) -> Iterator[Report]:
        """Tell one step; the block reports through what it is given."""
        self.number += 1
        label = f"{self.number}/{self.total} {title}"
        started = time.monotonic()
        living = self._living if self.console.is_terminal else self._plain
        with living(label) as report:
            yield report
        self.console.print(f"{label}: {self.done} ({time.monotonic() - started:.1f} s)", markup=False)

    def skip(self, title: str, why: str) -> None:
        """Tell that a step needs nothing."""
        self.number += 1
        self.console.print(f"{self.number}/{self.total} {title}: {why}", markup=False)

    @contextlib.contextmanager
    def _living(self, label: str) -> Iterator[Report]:
        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[now]}", markup=False),
        )
        with Progress(*columns, console=self.console, transient=True) as progress:
            task = progress.add_task(label, total=None, now="")

            def report(now: str, share: float) -> None:
                progress.update(task, total=1.0, completed=min(share, 1.0), now=now)

            yield report

    @contextlib.contextmanager
    def _plain(self, label: str) -> Iterator[Report]:
        self.console.print(f"{label} …", markup=False)
        told = [0.0]

        def report(now: str, share: float) -> None:
            if share >= told[0] + PLAIN_EVERY:
                told[0] = share - share % PLAIN_EVERY
                self.console.print(f"    {share:4.0%} {now}", markup=False)

        yield report
