"""Heads with a witness: it is asked what it saw last, told how the log went on, and its countersignature is held good."""

import json
from collections.abc import Callable
from typing import Any

import httpx

from helhed.audit.anchors.receipts import NotTaken
from helhed.audit.heads import SignedHead, read_head
from helhed.audit.witness import read_statement

WAIT = httpx.Timeout(5.0, connect=2.0)
Path = Callable[[int], list[bytes]]


def leave(url: str, head: SignedHead, key: dict[str, str], path_from: Path, known: str) -> bytes:
    """Let the witness countersign the head; answers its statement as JSON.

    `path_from(size)` is the consistency proof from that size, `known` the name of the key it signed with before ('' the
    first time). NotTaken when it is away, refuses, or is another than before.
    """
    try:
        with httpx.Client(base_url=url.rstrip("/"), timeout=WAIT) as client:
            answer = client.get(f"/log/{head.key}")
            seen = 0 if answer.status_code == 404 else read_head(_read(answer)["head"]).size
            if seen > head.size:
                raise NotTaken(
                    f"The witness has seen {seen} lines; the log now has {head.size}.", refused=True
                )
            path = [step.hex() for step in path_from(seen)] if seen else []
            words = {"head": head.to_json(), "key": key, "consistency": path}
            statement = _read(client.post(f"/log/{head.key}", json=words))
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NotTaken(f"The witness does not answer ({type(error).__name__}).") from None
    except (ValueError, KeyError, TypeError) as error:
        raise NotTaken(f"The witness answers something else than it should: {error}.") from None
    return _held(statement, head, known)


def _held(statement: dict[str, Any], head: SignedHead, known: str) -> bytes:
    try:
        witness = read_statement(statement, head)
    except ValueError as error:
        raise NotTaken(f"The witness' answer is not good: {error}.") from None
    if known and witness != known:
        raise NotTaken("The witness signs with another key than before.", refused=True)
    return json.dumps(statement, sort_keys=True).encode()


def _read(answer: httpx.Response) -> dict[str, Any]:
    if answer.status_code == 409:
        raise NotTaken(f"The witness refuses: {answer.json()['error']}", refused=True)
    if answer.status_code != 200:
        raise NotTaken(f"The witness answers {answer.status_code}.")
    return answer.json()


def heads(url: str, key: str) -> list[SignedHead]:
    """Every head a witness has seen of the log of this key. NotTaken when it cannot be asked."""
    try:
        answer = httpx.get(f"{url.rstrip('/')}/log/{key}/heads", timeout=WAIT)
        if answer.status_code == 404:
            return []
        return [read_head(words["head"]) for words in _read(answer)["heads"]]
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NotTaken(f"The witness does not answer ({type(error).__name__}).") from None
    except (ValueError, KeyError, TypeError) as error:
        raise NotTaken(f"The witness answers something else than it should: {error}.") from None
