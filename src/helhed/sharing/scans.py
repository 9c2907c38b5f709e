"""Scanned papers: kept under random names outside the web root, readable by the program alone, told by their content."""

import hashlib
import os
import secrets
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from helhed.register.scanning import Verdict, scan
from helhed.sharing.refusal import Refused

MOST_BYTES = 10 * 1024 * 1024
BEGINNINGS = {
    b"%PDF-": ("application/pdf", "pdf"),
    b"\x89PNG\r\n\x1a\n": ("image/png", "png"),
    b"\xff\xd8\xff": ("image/jpeg", "jpg"),
}


@dataclass(frozen=True)
class Kept:
    """A paper as it was kept: the SHA-256 of its bytes, and the file's random name."""

    hash: str
    file: str


def keep(data: bytes) -> Kept:
    """Keep a scan, or Refused when it is empty, too large, neither PDF, PNG nor JPEG by its content, or not let in by
    the virus scanner.

    The file is written before the caller's transaction ends; after a rollback nobody knows its name.
    """
    kind_of(data)
    if len(data) > MOST_BYTES:
        raise Refused(_("Filen fylder mere end 10 MB. Scan papiret igen i en lavere opløsning."))
    _scan(data)
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = secrets.token_hex(16)
    number = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "wb") as file:
        file.write(data)
    return Kept(hash_of(data), name)


def kept(file: str, hash: str) -> bytes:
    """The bytes of a scan; Refused when it is gone or no longer what was kept."""
    path = _folder() / Path(file).name
    data = path.read_bytes() if file and path.is_file() else b""
    if hash_of(data) != hash:
        raise Refused(
            _(
                "Det scannede papir er væk eller ændret, siden det blev gemt. Sig det til databeskyttelsesrådgiveren."
            )
        )
    return data


def kind_of(data: bytes) -> tuple[str, str]:
    """Media type and ending by the first bytes; Refused for anything but PDF, PNG and JPEG."""
    for beginning, kind in BEGINNINGS.items():
        if data.startswith(beginning):
            return kind
    raise Refused(_("Filen er hverken PDF, PNG eller JPEG. Scan papiret som en af dem."))


def _scan(data: bytes) -> None:
    verdict = scan(BytesIO(data))
    if verdict is Verdict.FOUND:
        raise Refused(_("Filen blev standset af virusscanneren. Åbn den ikke, og sig det til it-sikkerhed."))
    if verdict is Verdict.UNKNOWN:
        raise Refused(_("Virusscanneren svarer ikke, så filen er ikke gemt. Prøv igen om lidt."))


def _folder() -> Path:
    return Path(settings.DATA_FOLDER) / "scans"


def hash_of(data: bytes) -> str:
    """SHA-256 as sixty-four hexadecimal signs."""
    return hashlib.sha256(data).hexdigest()
