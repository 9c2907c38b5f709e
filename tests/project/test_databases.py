"""From addresses to Django's DATABASES."""

import pytest

from helhed.commands.refusal import RefusalError
from helhed.project.databases import databases
from helhed.project.environment import store


def test_one_address_serves_both_roles():
    found = databases({"DATABASE_URL": "postgresql://me:secret@db:5433/shared?sslmode=verify-full"})
    assert {alias: d["OPTIONS"]["options"] for alias, d in found.items()} == {
        "default": "-c role=helhed_web",
        "owner": "-c role=helhed_owner",
    }
    for entry in found.values():
        assert (entry["USER"], entry["PASSWORD"], entry["HOST"], entry["PORT"], entry["NAME"]) == (
            *("me", "secret", "db", "5433", "shared"),
        )
        assert entry["OPTIONS"]["sslmode"] == "verify-full"


def test_what_else_the_address_says_is_kept():
    address = "postgresql://me@db/x?connect_timeout=3&options=-c%20statement_timeout%3D5s"
    options = databases({"DATABASE_URL": address})["default"]["OPTIONS"]
    assert options == {"connect_timeout": "3", "options": "-c statement_timeout=5s -c role=helhed_web"}


def test_two_logins_win_over_one():
    found = databases({"DATABASE_URL": "postgresql://a@h/d", "HELHED_WEB_URL": "postgresql://b@h/d"})
    assert (found["default"]["USER"], found["owner"]["USER"]) == ("b", "a")


def test_a_socket_folder_is_a_host():
    found = databases({"HELHED_WEB_URL": "postgresql://w:p@/helhed?host=/tmp/x&port=5432"})["default"]
    assert (found["HOST"], found["PORT"]) == ("/tmp/x", "5432")


@pytest.mark.parametrize("name", ["DATABASE_URL", "HELHED_WEB_URL"])
def test_what_is_no_address_is_one_sentence(name, monkeypatch):
    for other in ("DATABASE_URL", "HELHED_WEB_URL", "HELHED_OWNER_URL"):
        monkeypatch.delenv(other, raising=False)
    monkeypatch.setenv(name, "nonsense://")
    with pytest.raises(RefusalError, match=f"{name} is not the address of a database"), store():
        pass
