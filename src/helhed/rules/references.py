"""Groups that refer to each other, and the circles that must not be."""

from collections.abc import Iterable, Mapping

from helhed.rules.criteria import Group, references
from helhed.rules.errors import Message, RefusedError, unknown_name

__all__ = ["circle_from", "circle_message", "references", "refuse_broken"]


def circle_from(start: str, groups: Mapping[str, Group]) -> tuple[str, ...] | None:
    """The way from a group back to itself, both ends named, if there is one."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for key in groups[way[-1]].refers_to:
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
        waiting.extend(groups[key].refers_to)
