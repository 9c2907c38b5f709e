"""What a command stands on: the data folder, the key, and a database it can reach."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from helhed.commands.refusal import RefusalError
from helhed.project.databases import OWNER_ROLE, WEB_ROLE
from helhed.project.postgres import Server
from helhed.project.private import make_data_folder, secret_key
from helhed.project.roles import prepare_embedded, prepare_given

ADDRESSES = ("DATABASE_URL", "HELHED_WEB_URL", "HELHED_OWNER_URL")
BASE = Path(__file__).resolve().parents[3]


def data_folder() -> Path:
    """helhed's data folder: HELHED_DATA, or `data` beside the launcher."""
    return Path(os.environ.get("HELHED_DATA") or BASE / "data").absolute()


def name_settings() -> None:
    """Tell Django where its settings and its data are, and give it the key it signs with."""
    data = data_folder()
    make_data_folder(data)
    (data / "static").mkdir(exist_ok=True)
    os.environ["DJANGO_SETTINGS_MODULE"] = "helhed.project.settings"
    os.environ["HELHED_DATA"] = str(data)
    if not os.environ.get("HELHED_SECRET_KEY"):
        os.environ["HELHED_SECRET_KEY"] = secret_key(data)


def is_embedded() -> bool:
    """True when no server is named in the environment, so that helhed keeps one itself."""
    return not any(os.environ.get(name) for name in ("HELHED_WEB_URL", "DATABASE_URL"))


def _refuse_bad_addresses() -> None:
    for name in ADDRESSES:
        try:
            conninfo_to_dict(os.environ.get(name, ""))
        except psycopg.Error as error:
            raise RefusalError(
                f"{name} is not the address of a database ({str(error).strip()}). "
                "Write it as postgresql://login:password@host:5432/database."
            ) from None


@contextlib.contextmanager
def store(*, for_tests: bool = False) -> Iterator[None]:
    """Have a prepared database for the block: the one named in the environment, or the embedded one.

    The addresses stand in the environment, so that processes started inside the block use the same.
    """
    if not is_embedded():
        _refuse_bad_addresses()
        if not os.environ.get("HELHED_WEB_URL"):
            prepare_given(os.environ["DATABASE_URL"], for_tests=for_tests)
        yield
        return
    server = Server(data_folder())
    with server.in_use():
        prepare_embedded(server)
        addresses = {"HELHED_WEB_URL": server.url(WEB_ROLE), "HELHED_OWNER_URL": server.url(OWNER_ROLE)}
        os.environ.update(addresses)
        try:
            yield
        finally:
            for name in addresses:
                del os.environ[name]
