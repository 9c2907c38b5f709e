"""The world of the hand-overs, once for this folder too."""

from handover.conftest import made, owner, world

__all__ = ["made", "owner", "world"]
