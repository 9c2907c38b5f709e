"""Keys of the tests' own, and no anchors unless a test names them."""

import pytest

from helhed.audit import anchoring


@pytest.fixture(autouse=True)
def own_keys(settings, tmp_path):
    settings.KEY_FOLDER = tmp_path / "keys"
    settings.ANCHOR_FILE = settings.WITNESS_URL = settings.TSA_URL = settings.TSA_ROOT = ""
    anchoring.forget()
    yield
    anchoring.forget()
