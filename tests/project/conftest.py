"""A data folder the server's user can reach, also when the tests run as root."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from helhed.commands.refusal import RefusalError
from helhed.project.postgres import Server


def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="helhed-test-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder
    with suppress(RefusalError):
        Server(folder).stop()
    shutil.rmtree(folder)


@pytest.fixture
def data() -> Iterator[Path]:
    """An empty data folder; the server in it is stopped afterwards, whatever the test did to it."""
    yield from _folder()


@pytest.fixture(scope="package")
def server() -> Iterator[Server]:
    """A running server that has seen nothing but its own making."""
    for folder in _folder():
        server = Server(folder)
        with server.in_use():
            yield server
