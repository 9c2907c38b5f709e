"""Delivered files laid aside under settings.DELIVERY_FOLDER, readable by the program only."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from django.conf import settings

from helhed.register.reasons import refused

BLOCK = 1024 * 1024


@dataclass(frozen=True)
class Stored:
    """A file laid aside: its name as delivered, its path below the folder, its digest and size in bytes."""

    name: str
    path: str
    sha256: str
    size: int


def store(files: Mapping[str, BinaryIO]) -> list[Stored]:
    """Copy files into a folder of their own; RefusedError, and nothing left behind, if one cannot be written."""
    folder = Path(settings.DELIVERY_FOLDER, uuid4().hex)
    name = ""
    try:
        folder.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
        folder.mkdir(mode=0o700)
        kept = []
        for number, (name, file) in enumerate(files.items()):
            path = folder / f"{number:02}.csv"  # names from outside are not used as paths
            digest, size = _copy(file, path)
            kept.append(Stored(name, str(path.relative_to(settings.DELIVERY_FOLDER)), digest, size))
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise refused(
            f"{name} kunne ikke gemmes i modtagemappen ({error.strerror}). Giv plads eller adgang, og levér igen.",
            f"{name} could not be stored in the delivery folder ({error.strerror}). Make room or give access, and "
            "deliver again.",
        ) from None
    return kept


def is_whole(path: str, digest: str) -> bool:
    """Whether a file laid aside is there and is still what it was."""
    file = Path(settings.DELIVERY_FOLDER, path)
    if not file.is_file():
        return False
    seen = sha256()
    with file.open("rb") as source:
        while block := source.read(BLOCK):
            seen.update(block)
    return seen.hexdigest() == digest


def _copy(source: BinaryIO, path: Path) -> tuple[str, int]:
    digest, size = sha256(), 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        while block := source.read(BLOCK):
            digest.update(block)
            target.write(block)
            size += len(block)
    return digest.hexdigest(), size
