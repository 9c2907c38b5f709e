"""Groups and criteria written as the YAML they are read from: reading what is written gives the same values."""

from collections.abc import Iterable
from typing import Any

import yaml

from helhed.periods import date_of
from helhed.rules.criteria import (
    Age,
    All,
    AnyChild,
    AnyOf,
    AnyParent,
    AtLeast,
    Criterion,
    Group,
    GroupRef,
    Leaf,
    Not,
    Version,
)


def write_groups(groups: Iterable[Group]) -> str:
    """The YAML text of a list of groups."""
    return _yaml([group_as_plain(group) for group in groups])


def write_criterion(criterion: Criterion) -> str:
    """The YAML text of one criterion."""
    return _yaml(criterion_as_plain(criterion))


def group_as_plain(group: Group) -> dict[str, Any]:
    """A group as dicts, lists, texts and dates."""
    plain: dict[str, Any] = {"key": group.key}
    if group.label:
        plain["label"] = dict(group.label)
    if group.source:
        plain["source"] = group.source
    plain["versions"] = [_version(version) for version in group.versions]
    return plain


def criterion_as_plain(criterion: Criterion) -> dict[str, Any]:
    """A criterion as a dict with its one key."""
    match criterion:
        case Leaf():
            return {criterion.kind: _leaf(criterion)}
        case Age():
            bounds = {"from": criterion.start, "below": criterion.below}
            return {"age": {name: age for name, age in bounds.items() if age is not None}}
        case GroupRef():
            return {"group": criterion.key}
        case Not():
            return {"not": criterion_as_plain(criterion.of)}
        case AnyChild():
            return {"any_child": criterion_as_plain(criterion.of)}
        case AnyParent():
            return {"any_parent": criterion_as_plain(criterion.of)}
        case AtLeast():
            return {"at_least": {"n": criterion.n, "of": _several(criterion.of)}}
        case All():
            return {"all": _several(criterion.of)}
        case AnyOf():
            return {"any": _several(criterion.of)}


def _several(criteria: tuple[Criterion, ...]) -> list[dict[str, Any]]:
    return [criterion_as_plain(criterion) for criterion in criteria]


def _leaf(leaf: Leaf) -> list[str] | dict[str, Any]:
    said = {
        "any_of": None if leaf.any_of is None else list(leaf.any_of),
        "unit": None if leaf.unit is None else list(leaf.unit),
        "within": leaf.within,
        "lasted": leaf.lasted,
        "ending_within": leaf.ending_within,
        "exact": leaf.exact or None,
    }
    plain: dict[str, Any] = {name: value for name, value in said.items() if value is not None}
    for modifier in ("within", "lasted", "ending_within"):
        if modifier in plain:
            plain[modifier] = str(plain[modifier])
    return list(leaf.any_of) if leaf.any_of is not None and plain.keys() == {"any_of"} else plain


def _version(version: Version) -> dict[str, Any]:
    plain: dict[str, Any] = {"valid_from": date_of(version.valid_from)}
    if version.source:
        plain["source"] = version.source
    return {**plain, "criteria": criterion_as_plain(version.criteria)}


def _yaml(plain: object) -> str:
    return yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=100)
