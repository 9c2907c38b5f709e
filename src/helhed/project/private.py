"""Files only their owner may read."""

import os
import secrets
from pathlib import Path


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read; whole or not at all."""
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    new.unlink(missing_ok=True)
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    new.replace(path)


def secret_key(data: Path) -> str:
    """Answer the key that signs sessions; made once in the data folder."""
    path = data / "secret-key"
    if not path.exists():
        write_private(path, secrets.token_urlsafe(50))
    return path.read_text()


def make_data_folder(data: Path) -> None:
    """Make the data folder when it is missing: others may pass through it to the server, not list it."""
    if not data.exists():
        data.mkdir(parents=True)
        data.chmod(0o711)
