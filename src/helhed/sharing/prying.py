"""Somebody asked for what is not theirs, by its number: one line in the log for each, which names no citizen.

A number that means nothing leaves a line as well. So both take the same work, and who tries numbers is seen by it.
"""

from collections.abc import Collection, Iterable

from helhed.audit.actions import Actor, note

REFUSED = "refused"
NOT_YOURS, NOT_THERE = "not-yours", "not-there"


def turned_away(*, by: Actor, kind: str, asked: Iterable[object], there: Collection[object]) -> None:
    """`asked`: the numbers of a kind of thing that were not shown; `there`: those of them that exist."""
    for number in sorted(asked, key=str):
        ground = NOT_YOURS if number in there else NOT_THERE
        note(by=by, action=REFUSED, object=f"{kind} {number}"[:200], ground=ground, outcome="denied")
