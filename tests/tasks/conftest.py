"""The world of the hand-overs, once for this folder too."""

from handover.conftest import made, world

__all__ = ["made", "world"]
