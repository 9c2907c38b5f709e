"""What follows from spells: counts, flows, durations, overlaps, moves between groups, and the replay of a model.

Everything here answers from one value, `Spells`: who is (or may be) in which group on which days. Days are whole
numbers since 1970-01-01, spans half-open. Nothing here knows a person: only numbers go in, only counts come out.
"""

from helhed.rules.spells.counts import Counts, counts_on
from helhed.rules.spells.durations import Durations, durations
from helhed.rules.spells.flows import Flows, flows
from helhed.rules.spells.moves import moves
from helhed.rules.spells.overlaps import overlap_with, overlaps_on, overlaps_over
from helhed.rules.spells.replay import Replay, replay
from helhed.rules.spells.shapes import (
    TRUE,
    UNKNOWN,
    Spells,
    exits_of,
    from_columns,
    from_table,
    pick,
    values_on,
)

__all__ = [
    "TRUE",
    "UNKNOWN",
    "Counts",
    "Durations",
    "Flows",
    "Replay",
    "Spells",
    "counts_on",
    "durations",
    "exits_of",
    "flows",
    "from_columns",
    "from_table",
    "moves",
    "overlap_with",
    "overlaps_on",
    "overlaps_over",
    "pick",
    "replay",
    "values_on",
]
