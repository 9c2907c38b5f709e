"""The embedded server survives what happens to servers, and disturbs nobody."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from helhed.commands.refusal import RefusalError
from helhed.project import unprivileged
from helhed.project.postgres import ADMIN_ROLE, Server
from helhed.project.roles import prepare_embedded

USE = """
import sys, time
from pathlib import Path
from helhed.project.postgres import Server
from helhed.project.roles import prepare_embedded
server = Server(Path(sys.argv[1]))
with server.in_use():
    prepare_embedded(server)
    print("up", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def use(data: Path, seconds: float) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", USE, data, str(seconds)], stdout=subprocess.PIPE, text=True
    )


def ask(server: Server, query: str, role: str = "helhed_owner"):
    with psycopg.connect(server.url(role)) as connection:
        cursor = connection.execute(query)
        return cursor.fetchall() if cursor.description else None


def filled(data: Path) -> Server:
    """A running server with a thousand rows."""
    server = Server(data)
    server.start()
    prepare_embedded(server)
    ask(server, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
    return server


def rows(server: Server) -> int:
    return ask(server, "SELECT count(*) FROM kept")[0][0]


def processes_of(server: Server) -> list[int]:
    """Every process that works in the server's folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if Path(os.readlink(entry / "cwd")) == server.cluster.resolve():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def test_data_outlive_the_server(data):
    server = filled(data)
    server.stop()
    assert not server.is_ready()
    with Server(data).in_use():
        assert rows(server) == 1000
    assert not server.is_ready()


def test_passwords_are_private_and_needed(data):
    server = filled(data)
    assert (server.home / "passwords.json").stat().st_mode & 0o077 == 0
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(server.url("helhed_web").replace(server.passwords()["helhed_web"], "guess"))


def test_many_at_once_share_one_and_the_last_stops_it(data):
    users = [use(data, seconds) for seconds in (1, 1.5, 2, 2.5, 3)]
    assert [user.stdout.readline() for user in users] == ["up\n"] * 5
    assert users[0].wait() == 0
    server = Server(data)
    assert server.is_ready(), "the first one out stopped it under the others"
    assert [user.wait() for user in users] == [0] * 5
    assert server.postmaster() is None


def test_a_killed_postmaster_is_replaced(data):
    server = filled(data)
    os.kill(server.postmaster().pid, signal.SIGKILL)
    assert server.start()
    assert rows(server) == 1000


@pytest.mark.skipif(not Path("/proc/self/cwd").exists(), reason="finds the processes in /proc")
def test_a_power_cut_and_a_number_used_again(data):
    """All of the server is gone, and its process number belongs to another program."""
    server = filled(data)
    for process in processes_of(server):
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    with subprocess.Popen(["sleep", "60"]) as other:
        pid_file = server.cluster / "postmaster.pid"
        lines = pid_file.read_text().splitlines()
        pid_file.write_text("\n".join([str(other.pid), *lines[1:]]) + "\n")
        assert server.start()
        assert rows(server) == 1000
        assert other.poll() is None, "the other program was disturbed"
        other.kill()


def test_a_killed_making_begins_again(data):
    home = data / "postgres"
    (home / "cluster.new").mkdir(parents=True)
    home.chmod(0o711)
    (home / "cluster.new" / "rubbish").touch()
    (home / "passwords.json").write_text("{")
    assert rows(filled(data)) == 1000


def test_a_server_that_was_to_stay_is_left_running(data):
    server = filled(data)
    server.disown()
    with Server(data).in_use():
        pass
    assert server.is_ready()


def test_nobody_stops_it_under_another(data):
    user = use(data, 30)
    assert user.stdout.readline() == "up\n"
    server = Server(data)
    with pytest.raises(RefusalError, match="Another helhed uses the database"), server.alone():
        pass
    assert server.is_ready()
    user.send_signal(signal.SIGINT)
    user.wait()
    assert not server.is_ready()


def test_an_older_data_folder_is_refused(data):
    server = filled(data)
    server.stop()
    (server.cluster / "PG_VERSION").write_text("9\n")
    with pytest.raises(RefusalError, match="was made by PostgreSQL 9"):
        server.start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to another user")
def test_closed_folders_stay_closed(data, monkeypatch):
    closed, elsewhere = data / "closed", data / "elsewhere"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr(unprivileged, "ELSEWHERE", (elsewhere,))
    server = filled(closed / "data")
    assert closed.stat().st_mode & 0o777 == 0o700
    assert server.home.parent == elsewhere
    assert Server(closed / "data").home == server.home, "a later start finds the same"
    assert server.cluster.stat().st_uid != 0
    server.stop()


def test_socket_folders_do_not_pile_up(data):
    server = filled(data)
    first = Path(server.postmaster().socket)
    os.kill(server.postmaster().pid, signal.SIGKILL)
    time.sleep(0.1)
    server.start()
    second = Path(server.postmaster().socket)
    server.stop()
    assert not first.exists() and not second.exists()


def test_the_administrator_is_not_the_program(data):
    server = filled(data)
    rights = dict(ask(server, "SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles"))
    assert rights[ADMIN_ROLE] and not rights["helhed_owner"] and not rights["helhed_web"]
