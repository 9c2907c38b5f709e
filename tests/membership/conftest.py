"""A few people whose days can be delivered, counted and turned."""

import pytest

from membership.nights import Nights


@pytest.fixture
def nights(db, settings, tmp_path):
    """Deliveries, countings and midnights, one after another."""
    settings.DELIVERY_FOLDER = tmp_path / "kept"
    settings.DATA_FOLDER = tmp_path
    return Nights(tmp_path / "sent")
