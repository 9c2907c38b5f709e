"""Which groups a criterion refers to, and the circles that must not be."""

from collections.abc import Iterable, Mapping

from helhed.rules.criteria import Criterion, Group, GroupRef, parts
from helhed.rules.errors import Message, RefusedError, unknown_name


def references(criterion: Criterion) -> tuple[str, ...]:
    """The keys of the groups a criterion refers to, at any depth, in the order written."""
    if isinstance(criterion, GroupRef):
        return (criterion.key,)
    return tuple(key for part in parts(criterion) for key in references(part))


def circle_from(start: str, groups: Mapping[str, Group]) -> tuple[str, ...] | None:
    """The way from a group back to itself, both ends named, if there is one."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for key in (k for version in groups[way[-1]].versions for k in references(version.criteria)):
            if key == start:
                return (*way, key)
            if key not in seen and key in groups:
                seen.add(key)
                ways.append((*way, key))
    return None


def circle_message(circle: tuple[str, ...]) -> Message:
    way = " → ".join(circle)
    return Message(
        f"Grupperne henviser til hinanden i ring: {way}. Fjern en af henvisningerne.",
        f"The groups refer to each other in a circle: {way}. Remove one of the references.",
    )


def refuse_broken(keys: Iterable[str], groups: Mapping[str, Group]) -> None:
    """RefusedError if one of these groups, or one they lead to, is not there or leads back to itself."""
    waiting, seen = list(keys), set[str]()
    while waiting:
        key = waiting.pop()
        if key in seen:
            continue
        seen.add(key)
        if key not in groups:
            raise RefusedError(unknown_name(("gruppe", "group"), key, groups))
        if circle := circle_from(key, groups):
            raise RefusedError(circle_message(circle))
        waiting.extend(k for version in groups[key].versions for k in references(version.criteria))
