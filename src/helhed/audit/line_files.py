"""Files of JSON lines that are only appended to, each line on the disk before it counts."""

import json
import os
from pathlib import Path
from typing import Any

LINE_AT_MOST = 16_384


def append(file: Path, words: dict[str, Any]) -> None:
    """Append a line and wait for the disk. Half a line, left by a machine that stopped, never counted and is cut off."""
    with file.open("ab") as opened:
        end = opened.tell()
        whole = _whole(file, end)
        if whole != end:
            opened.truncate(whole)
        opened.write(json.dumps(words).encode() + b"\n")
        opened.flush()
        os.fsync(opened.fileno())


def last(file: Path) -> dict[str, Any] | None:
    """The last whole line; None when there is none. Only the end of the file is read."""
    if not file.exists():
        return None
    end = _whole(file, file.stat().st_size)
    with file.open("rb") as opened:
        opened.seek(max(0, end - LINE_AT_MOST))
        lines = opened.read(end - opened.tell()).splitlines()
    return json.loads(lines[-1]) if lines else None


def every(file: Path) -> list[dict[str, Any]]:
    """Every whole line. ValueError names the line that is no JSON."""
    data = file.read_bytes()
    found = []
    for number, line in enumerate(data[: data.rfind(b"\n") + 1].splitlines(), 1):
        try:
            found.append(json.loads(line))
        except ValueError as error:
            raise ValueError(f"line {number} of {file.name} is no JSON") from error
    return found


def _whole(file: Path, end: int) -> int:
    """Where the last whole line ends."""
    with file.open("rb") as opened:
        start = max(0, end - LINE_AT_MOST)
        opened.seek(start)
        return start + opened.read(end - start).rfind(b"\n") + 1
