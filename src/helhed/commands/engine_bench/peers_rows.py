"""The rows of the peers: the same groups on a tenth of the people, the time multiplied."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import connections

from helhed.commands.engine_bench.apart import apart
from helhed.commands.engine_bench.peers import ranges
from helhed.commands.engine_bench.rows import NOT_INSTALLED, Row, seconds
from helhed.commands.own_database import database_of_its_own
from helhed.commands.refusal import RefusalError

_HERE = "helhed.commands.engine_bench.peers"
_INSTALL = ".venv/bin/python -m pip install --require-hashes -r requirements-bench.lock"


def rows(folder: str, times: int, ours: float, ours_here: float, say: Callable[[str], None]) -> Iterator[Row]:
    """OpenFisca, DuckDB and PostgreSQL on the facts of the folder, of which the whole has so many times as many.

    `ours`: our seconds for the whole; `ours_here`: for these facts. RefusalError if a peer's answer is not ours.
    """
    say("OpenFisca-core")
    fisca = apart(f"{_HERE}.fisca:run", folder=folder)
    about = "leaves by month are given to it ready made"
    yield _row(
        "OpenFisca-core",
        10,
        fisca,
        times,
        (ours, ours_here),
        f"{about} ({seconds(fisca.get('leaves', 0))} more)",
    )
    say("DuckDB")
    yield _row(
        "DuckDB", 10, apart(f"{_HERE}.duck:run", folder=folder), times, (ours, ours_here), "window SQL"
    )
    say("PostgreSQL")
    with database_of_its_own(), connections["owner"].cursor() as cursor:
        told = {"installed": True, **ranges.run(cursor, folder)}
    yield _row("PostgreSQL", 20, told, times, (ours, ours_here), "multiranges")


def not_installed(work: str, peer: str, aim: tuple[str, float] | None = None) -> Row:
    """The row of a peer whose package is missing."""
    return Row(
        work,
        "",
        f"{peer} {NOT_INSTALLED}",
        None,
        aim,
        note=f"{peer} is {NOT_INSTALLED}. To ask it too: {_INSTALL}",
    )


def _row(
    peer: str, aim: float, told: dict[str, Any], times: int, ours: tuple[float, float], about: str
) -> Row:
    work, bound = f"against {peer}", ("≥", aim)
    if not told["installed"]:
        return not_installed(work, peer, bound)
    if told["differ"]:
        raise RefusalError(f"{peer} and helhed differ in {told['differ']} places; no time is compared.")
    whole, here = ours
    same = f"{told['compared']:,} answers by month" if "compared" in told else f"all {told['rows']:,} spells"
    return Row(
        work,
        seconds(whole),
        f"{peer} {seconds(told['seconds'] * times)}",
        told["seconds"] * times / whole,
        bound,
        note=f"{peer}: {told['groups']} groups, {about}; {seconds(told['seconds'])} on a sample, multiplied by {times}. "
        f"The same on the sample: {same}, unknown ones too; there we take {seconds(here)}, "
        f"{told['seconds'] / here:.3g} times faster.",
    )
