"""The embedded database from outside: kept up, copied, read back."""

import shutil

import psycopg
import pytest

from helhed.commands.main import parse
from helhed.commands.refusal import RefusalError
from helhed.project import upkeep
from helhed.project.postgres import Server


@pytest.fixture(autouse=True)
def embedded(data, monkeypatch):
    for name in ("DATABASE_URL", "HELHED_WEB_URL", "HELHED_OWNER_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HELHED_DATA", str(data))


def database(*arguments) -> None:
    upkeep.run(parse(["database", *(str(argument) for argument in arguments)]))


def fill(data) -> None:
    with psycopg.connect(Server(data).url("helhed_owner")) as connection:
        connection.execute("CREATE TABLE django_migrations AS SELECT 'kept' AS word")
        connection.execute("GRANT SELECT ON django_migrations TO helhed_web")


def test_started_it_stays_up_until_it_is_stopped(data):
    database("start")
    with Server(data).in_use():
        pass
    assert Server(data).is_ready()
    database("stop")
    assert not Server(data).is_ready()


def test_a_copy_read_back_is_the_same_with_its_rights(data, tmp_path, monkeypatch):
    database("start")
    fill(data)
    copy = tmp_path / "copy.dump"
    database("dump", copy)
    other = data / "other"
    monkeypatch.setenv("HELHED_DATA", str(other))
    database("restore", copy)
    server = Server(other)
    with server.in_use(), psycopg.connect(server.url("helhed_web")) as connection:
        assert connection.execute("SELECT word FROM django_migrations").fetchone() == ("kept",)
    shutil.rmtree(other)


def test_a_copy_is_not_read_over_data(data, tmp_path):
    database("start")
    fill(data)
    database("dump", tmp_path / "copy.dump")
    with pytest.raises(RefusalError, match="holds data already"):
        database("restore", tmp_path / "copy.dump")


@pytest.mark.parametrize("line", [["dump"], ["restore"], ["stop", "x.dump"]])
def test_a_file_too_many_or_too_few_is_one_sentence(line):
    with pytest.raises(RefusalError, match="take a file"):
        database(*line)


def test_what_is_no_copy_is_one_sentence(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear all")
    with pytest.raises(RefusalError, match="pg_restore did not manage"):
        database("restore", tmp_path / "letter.txt")


def test_a_server_of_ones_own_is_looked_after_elsewhere(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")
    with pytest.raises(RefusalError, match="that server's tools"):
        database("stop")
