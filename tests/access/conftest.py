"""The small world of the page tests, for the lists and the decisions behind them."""

import pytest

from pages.world import World, build


@pytest.fixture
def world(db, tmp_path) -> World:
    return build(tmp_path)
