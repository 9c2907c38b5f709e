"""`helhed bench`: how long something takes."""

import argparse

from helhed.commands import bench_engine, bench_handover, bench_hatch, bench_import
from helhed.commands.refusal import RefusalError

MOST_TIMES = 4
MOST_MEMORY = 4e9


def run(options: argparse.Namespace) -> None:
    """Measure, tell, and fail when it took too long or too much memory."""
    if options.what == "engine":
        asked = bench_engine.Asked(options.people, options.spells, options.big, options.peers)
        return bench_engine.run(asked, options.output)
    if options.what == "hatch":
        return bench_hatch.run(bench_hatch.Asked(), options.output)
    if options.what == "handover":
        return bench_handover.run(options.people, options.output)
    measured = bench_import.run(options.people)
    if measured.ratio > MOST_TIMES or measured.peak > MOST_MEMORY:
        raise RefusalError(
            f"The aim is at most {MOST_TIMES} times a bare COPY and {MOST_MEMORY / 1e9:.0f} GB."
        )
