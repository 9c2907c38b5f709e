"""Keys and scans of the test alone."""

import pytest


@pytest.fixture(autouse=True)
def folders(settings, tmp_path_factory):
    settings.KEY_FOLDER = tmp_path_factory.mktemp("keys")
    settings.DATA_FOLDER = tmp_path_factory.mktemp("data")
