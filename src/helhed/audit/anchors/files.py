"""Heads in a file outside the database: one line of JSON each, on a disk that forgets nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from helhed.audit import line_files
from helhed.audit.anchors.receipts import NotTaken
from helhed.audit.heads import SignedHead, read_head

RootAt = Callable[[int], bytes]


def leave(file: Path, head: SignedHead, root_at: RootAt) -> bytes:
    """Append the head; NotTaken when the file's last head is not the beginning of this log."""
    try:
        _hold(line_files.last(file), head, root_at)
        file.parent.mkdir(parents=True, exist_ok=True)
        line_files.append(file, {"head": head.to_json()})
    except OSError as error:
        raise NotTaken(f"The file cannot be written: {error.strerror}.") from None
    except (ValueError, KeyError, TypeError):
        raise NotTaken("The last line of the file is no head.", refused=True) from None
    return b""


def _hold(last: dict[str, Any] | None, head: SignedHead, root_at: RootAt) -> None:
    if last is None:
        return
    seen = read_head(last["head"])
    if seen.size > head.size:
        raise NotTaken(
            f"The file holds a head of {seen.size} lines; the log now has {head.size}.", refused=True
        )
    if root_at(seen.size) != seen.root:
        raise NotTaken(f"The first {seen.size} lines are not those of the file's head.", refused=True)


def read(file: Path) -> list[SignedHead]:
    """The heads of an anchor file, or of a witness' file. ValueError names the line that cannot be read."""
    heads = []
    for number, words in enumerate(line_files.every(file), 1):
        try:
            heads.append(read_head(words["head"]))
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"line {number} of {file.name} is no head") from error
    return heads
