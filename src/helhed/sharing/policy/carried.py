"""What each part of the responsibility carries, as data, and the rules that are made of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from helhed.sharing.policy.words import BIF, BOTH, INFORMATION

FILE = Path(__file__).parent / "carried.yaml"
RULE = Path(__file__).parent / "cedar" / "carried.cedar"


@dataclass(frozen=True)
class Carried:
    """What a part carries, as (category, side); `across` only where it lies in another administration than the law's."""

    always: tuple[tuple[str, str], ...]
    across: tuple[tuple[str, str], ...]


@cache
def carried() -> Mapping[str, Carried]:
    """By part; a part that carries nothing is not in it. ValueError for information there is not."""
    found = {}
    for part, told in yaml.safe_load(FILE.read_text()).items():
        always = tuple((category, side) for side, each in told["carries"].items() for category in each)
        across = tuple((category, BOTH) for category in told["across"])
        unknown = {*always, *across} - set(INFORMATION)
        if unknown:
            raise ValueError(f"carried.yaml: {part} carries what there is not: {sorted(unknown)}")
        found[part] = Carried(always, across)
    return found


def rules_of_parts() -> str:
    """The rules, one for each part."""
    template = RULE.read_text()
    comment, rule = template.split("@id", 1)
    made = [
        f"@id{rule}".replace("PART", part).replace("PAIRS", _pairs(each)) for part, each in carried().items()
    ]
    return comment + "\n".join(made)


def _pairs(each: Carried) -> str:
    by_side: dict[str, list[str]] = {}
    for category, side in each.always:
        by_side.setdefault(side, []).append(category)
    said = [
        f'(context.side == "{side}" && {json.dumps(categories)}.contains(context.category))'
        for side, categories in by_side.items()
    ]
    if each.across:
        words = json.dumps([category for category, _side in each.across])
        said.append(f'(principal.administration != "{BIF}" && {words}.contains(context.category))')
    return " || ".join(said)
