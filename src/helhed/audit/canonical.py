"""One text for one value, so that a hash of it says what the value was."""

import json
from typing import Any

_ONE = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, default=str
)


def canonical(value: Any) -> str:
    """JSON with its keys sorted, without space, letters as themselves. Days, moments and keys of rows are written as text;
    ValueError for a number that is none."""
    return _ONE.encode(value)
