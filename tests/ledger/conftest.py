"""The small world of the page tests: Anna and Bo have employment cases, so their ledgers are opened."""

import pytest

from pages.world import World, build


@pytest.fixture
def world(db, tmp_path) -> World:
    return build(tmp_path)
