"""What is closed on a citizen's page, by side, so that the page can lead from a closed lane to the question that opens it."""

from dataclasses import dataclass

from helhed.sharing.answers import CitizenView, Lane


@dataclass(frozen=True)
class Shut:
    """An administration's closed lanes."""

    side: str
    lanes: tuple[Lane, ...]


def shut_sides(view: CitizenView) -> tuple[Shut, ...]:
    """The sides with closed lanes, each kind of information once."""
    found = []
    for side in ("bif", "sof"):
        lanes = {lane.kind: lane for lane in view.lanes if lane.side == side and not lane.open}
        if lanes:
            found.append(Shut(side, tuple(lanes.values())))
    return tuple(found)
