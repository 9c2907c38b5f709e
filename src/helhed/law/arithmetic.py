"""The sums of the volume checks: `V002 + V003`, `V012 / V011`, `V024 * 0.5`, `2 + 1 + 1`."""

import re
from collections.abc import Callable, Mapping
from operator import add, mul, sub, truediv

_DO: Mapping[str, Callable[[float, float], float]] = {"+": add, "-": sub, "*": mul, "/": truediv}
_PART = re.compile(r"V\d{3}|\d+(?:\.\d+)?|[-+*/]")


def volumes_of(text: str) -> tuple[str, ...]:
    """The keys of the volumes a sum names, in order."""
    return tuple(re.findall(r"V\d{3}", text))


def computed(text: str, volumes: Mapping[str, float]) -> float:
    """The value of a sum, rounded to 3 decimals. Worked out from left to right, no brackets.

    ValueError if the text is not such a sum; KeyError if it names a volume that is not there.
    """
    parts = _PART.findall(text)
    if len(parts) % 2 == 0 or "".join(parts) != text.replace(" ", ""):
        raise ValueError(text)
    total = _value(parts[0], volumes)
    for sign, part in zip(parts[1::2], parts[2::2], strict=True):
        if sign not in _DO:
            raise ValueError(text)
        total = _DO[sign](total, _value(part, volumes))
    return round(total, 3)


def _value(part: str, volumes: Mapping[str, float]) -> float:
    if part in _DO:
        raise ValueError(part)
    return volumes[part] if part.startswith("V") else float(part)
