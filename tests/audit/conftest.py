"""Keys of the tests' own, and no anchors unless a test names them."""

import pytest
from django.db import connections

from helhed.audit import anchoring


@pytest.fixture(autouse=True)
def own_keys(settings, tmp_path):
    settings.KEY_FOLDER = tmp_path / "keys"
    settings.ANCHOR_FILE = settings.WITNESS_URL = settings.TSA_URL = settings.TSA_ROOT = ""
    anchoring.forget()
    yield
    anchoring.forget()


@pytest.fixture
def owner():
    """The test runs as the owner of the tables, in the owner's transaction, which is rolled back."""
    usual = connections["default"]
    connections["default"] = connections["owner"]
    yield
    connections["default"] = usual
