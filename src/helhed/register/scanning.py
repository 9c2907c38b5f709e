"""Files handed in are shown to a virus scanner first: clamd, by its INSTREAM command, where the settings name one."""

import logging
import socket
from enum import Enum
from typing import BinaryIO

from django.conf import settings

CONNECT = 5.0
ANSWER = 30.0
"""Seconds to wait for the scanner: to be there, and for each piece and the answer."""
PIECE = 64 * 1024
LONGEST_ANSWER = 4096
log = logging.getLogger(__name__)


class Verdict(Enum):
    """What is known of a file. Only CLEAN lets it in: a scanner that is away, or cannot say, lets nothing in."""

    CLEAN = "clean"
    FOUND = "found"
    UNKNOWN = "unknown"


def scan(file: BinaryIO) -> Verdict:
    """Show a file to the scanner, from its beginning, and put it back there. CLEAN where no scanner is named."""
    if settings.CLAMD is None:
        return Verdict.CLEAN
    file.seek(0)
    try:
        answer = _asked(file)
    except OSError as error:
        answer = f"{type(error).__name__} {error}"
    finally:
        file.seek(0)
    if answer == "stream: OK":
        return Verdict.CLEAN
    found = answer.startswith("stream: ") and answer.endswith(" FOUND")
    log.warning("the virus scanner did not let a file in: %r", answer[:200])
    return Verdict.FOUND if found else Verdict.UNKNOWN


def _asked(file: BinaryIO) -> str:
    """clamd's answer: the file goes in pieces, each after its length, and a length of none ends it."""
    with _connected() as scanner:
        scanner.settimeout(ANSWER)
        scanner.sendall(b"zINSTREAM\0")
        while piece := file.read(PIECE):
            scanner.sendall(len(piece).to_bytes(4, "big") + piece)
        scanner.sendall(bytes(4))
        told = b""
        while not told.endswith(b"\0") and len(told) < LONGEST_ANSWER and (more := scanner.recv(1024)):
            told += more
    return told.rstrip(b"\0").decode(errors="replace")


def _connected() -> socket.socket:
    if isinstance(settings.CLAMD, tuple):
        return socket.create_connection(settings.CLAMD, CONNECT)
    scanner = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        scanner.settimeout(CONNECT)
        scanner.connect(settings.CLAMD)
    except OSError:
        scanner.close()
        raise
    return scanner
