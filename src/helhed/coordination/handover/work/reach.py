"""Whose a chain is, and what one who reaches it can do with it now."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from helhed.accounts.models import User
from helhed.coordination.handover.chain.models import UNACCEPTED
from helhed.coordination.handover.chain.returning import STOPPABLE
from helhed.sharing.access.listing import line_of

BIF, SOF, OVER, BACK = "bif", "sof", "over", "back"
PURPOSE = "koordinering"
"""What work with hand-overs is for."""


@dataclass(frozen=True)
class Reach:
    """One who works with hand-overs: the units of the own line, the side, and whether as a caseworker or as a leader."""

    line: tuple[str, ...]
    side: str
    works: bool
    leads: bool

    @cached_property
    def units(self) -> frozenset[str]:
        """The line, to look up in."""
        return frozenset(self.line)

    def told(self) -> dict[str, Any]:
        """What the statements of `selecting` are given."""
        return {"line": list(self.line), "side": self.side, "works": self.works, "leads": self.leads}


@dataclass(frozen=True)
class Place:
    """As much of a chain as says what can be done: where it goes, how far it is, which halves of the assessment are in, why
    it was sent back, and whether it is past its deadline or is going back already, what a
    return was opened for, and whether a whole family is concerned."""

    direction: str
    state: str
    from_unit: str
    to_unit: str
    halves: frozenset[str] = frozenset()
    refusal: str = ""
    late: bool = False
    returning: bool = False
    cause: str = ""
    family: bool = False


def reach_of(by: User) -> Reach:
    """The reach of a member of staff."""
    line = tuple(line_of(by.unit)) if by.unit else ()
    return Reach(line, by.administration, by.may("handover.work"), by.may("handover.lead"))


def acts(place: Place, reach: Reach) -> frozenset[str]:
    """What can be done now, of ACTS."""
    found = _over(place, reach) if place.direction == OVER else _back(place, reach)
    return frozenset(found)


def _over(place: Place, reach: Reach) -> Iterable[str]:
    giving, taking = place.from_unit in reach.units, place.to_unit in reach.units
    if reach.works:
        yield from _worked(place, reach.side, giving=giving, taking=taking)
    if reach.leads and (giving or taking):
        if place.state == "offered" and taking:
            yield "accept"
        if place.state == "refused" and place.refusal == "kapacitet":
            yield from ("offer", "cancel")


def _worked(place: Place, side: str, *, giving: bool, taking: bool) -> Iterable[str]:
    state = place.state
    mine = giving if side == BIF else taking
    if state == "proposed" and mine and side not in place.halves:
        yield "assess"
    if state == "assessed" and (giving or taking):
        yield "ask"
    if state == "asked" and (giving or taking):
        yield "record"
    if state == "consented" and giving:
        yield "decide"
    if state == "offered" and taking:
        yield from ("accept", "refuse")
    if giving and (state == "decided" or (state == "refused" and place.refusal != "kapacitet")):
        yield "answer"
    if place.family and taking and side == SOF and state in REASSESSED:
        yield "family"
    if (giving or taking) and state in CANCELLABLE:
        yield "cancel"
    if state == "effective" and taking and not place.returning:
        yield from ("take", "return")


CANCELLABLE = ("proposed", "assessed", "asked", "consented", "decided", "offered", "refused", "accepted")
REASSESSED = ("assessed", "asked", "consented", "decided", "offered", "refused", "accepted")
"""Where SOF can still answer anew whether the family's case moves as one."""


def _back(place: Place, reach: Reach) -> Iterable[str]:
    giving, taking = place.from_unit in reach.units, place.to_unit in reach.units
    if place.state == "proposed" and giving and reach.works:
        yield "note"
    if place.cause in STOPPABLE and reach.works and (giving or taking):
        yield "cancel"
    if place.cause == "moved-away" and place.state in UNACCEPTED and reach.works and (giving or taking):
        yield "stays"
    if place.state == "offered":
        if taking and reach.works:
            yield from ("accept", "redirect")
        elif reach.leads and (taking or (giving and place.late)):
            yield "accept"
