"""The other administration's witness: it remembers the last head of each log and countersigns only what continues it.

It has a key and a folder of its own, knows no database, and shares nothing with helhed but the rules of the tree. So
whoever holds helhed's database and even its key cannot make the witness forget what it has seen.
"""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from cryptography.exceptions import InvalidSignature

from helhed.audit import line_files, trees
from helhed.audit.heads import SignedHead, read_head
from helhed.audit.keys import base64url, from_base64url, jwk, key_in, public_key

FORM = "helhed-witness/1"
LOGS_AT_MOST = 64
NAME = re.compile(r"[A-Za-z0-9_-]{43}")
Words = dict[str, Any]


class Refuses(Exception):
    """The witness will not countersign; the words say what contradicts what."""


@dataclass(frozen=True)
class Seen:
    """A head the witness has countersigned."""

    head: SignedHead
    key: Words
    statement: Words


class Witness:
    """A folder with a key and one file for each log: a line of JSON for each head, in the order seen."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = key_in(folder, "witness")
        self._lock = Lock()

    def last(self, log: str) -> Seen | None:
        """The last head seen of a log, which is named by its key's thumbprint."""
        words = line_files.last(self._file(log))
        return _seen(words) if words else None

    def everything(self, log: str) -> list[Words]:
        """Every head countersigned, with the statements."""
        file = self._file(log)
        return line_files.every(file) if file.exists() else []

    def take(self, log: str, words: Words) -> Words:
        """Countersign a head that continues the last one, and keep it. Answers the statement; the same head twice gets the
        same one. Refuses otherwise; ValueError when the words cannot be read."""
        head, path = read_head(words.get("head")), _path(words.get("consistency", []))
        with self._lock:
            last = self.last(log)
            key = last.key if last else words.get("key")
            if not isinstance(key, dict) or key.get("kid") != log or not head.is_signed_by(public_key(key)):
                raise Refuses("The head is not signed with the log's key.")
            if last is not None and last.head.hash() == head.hash():
                return last.statement
            self._hold(last, head, path)
            statement = self._statement(head)
            line_files.append(self._file(log), {"head": head.to_json(), "key": key, "statement": statement})
        return statement

    def _hold(self, last: Seen | None, head: SignedHead, path: list[bytes]) -> None:
        if last is None:
            if len(list(self.folder.glob("*.jsonl"))) >= LOGS_AT_MOST:
                raise Refuses(f"This witness already follows {LOGS_AT_MOST} logs.")
            return
        if head.size < last.head.size:
            raise Refuses(f"The log has shrunk: {last.head.size} lines were seen, now it says {head.size}.")
        if head.at < last.head.at:
            raise Refuses("The head is older than the last one seen.")
        if not trees.extends(last.head.size, last.head.root, head.size, head.root, path):
            raise Refuses(f"The log does not continue the {last.head.size} lines that were seen.")

    def _statement(self, head: SignedHead) -> Words:
        words = {
            "form": FORM,
            "head": head.hash().hex(),
            "size": head.size,
            "root": head.root.hex(),
            "at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "witness": jwk(self.key.public_key()),
        }
        return {**words, "signature": base64url(self.key.sign(_canonical(words)))}

    def _file(self, log: str) -> Path:
        if not NAME.fullmatch(log):
            raise ValueError("this is no name of a log")
        return self.folder / f"{log}.jsonl"


def read_statement(words: object, head: SignedHead) -> str:
    """Hold a countersignature against a head; answers the name of the witness' key. ValueError when it does not hold."""
    if not isinstance(words, dict):
        raise ValueError("the countersignature cannot be read")
    body = {name: value for name, value in words.items() if name != "signature"}
    try:
        key = public_key(body["witness"])
        key.verify(from_base64url(words["signature"]), _canonical(body))
        said = (body["form"], body["head"], body["size"])
    except (KeyError, TypeError, ValueError, InvalidSignature) as error:
        raise ValueError("the countersignature does not hold") from error
    if said != (FORM, head.hash().hex(), head.size):
        raise ValueError("the countersignature is for another head")
    return jwk(key)["kid"]


def _seen(words: Words) -> Seen:
    return Seen(read_head(words["head"]), words["key"], words["statement"])


def _path(words: object) -> list[bytes]:
    if not isinstance(words, list) or len(words) > 128:
        raise ValueError("the consistency proof cannot be read")
    try:
        return [bytes.fromhex(step) for step in words]
    except TypeError as error:
        raise ValueError("the consistency proof cannot be read") from error


def _canonical(words: Words) -> bytes:
    return json.dumps(words, sort_keys=True, separators=(",", ":")).encode()
