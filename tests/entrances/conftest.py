"""The world of the hand-overs, with an entrance for 8B; made once for this folder, undone after each test."""

import pytest

from entrances.house import House, opened
from handover.conftest import made, world
from handover.world import World

__all__ = ["made", "world"]


@pytest.fixture
def house(world: World) -> House:
    """An open entrance for 8B with a team from each side, not yet begun."""
    return opened(world)
