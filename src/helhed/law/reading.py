"""From a YAML value with its line to a frozen entry. Whatever does not fit the entry's shape is refused."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass
from typing import Any, Literal, TypeVar, get_args, get_origin

from helhed.law.entries import Entry
from helhed.law.shapes import KEY, Mark, Ref, SourceRef, shape_of, unwrapped
from helhed.periods import Duration, day_of
from helhed.rules.errors import CriteriaError, unknown_name
from helhed.rules.yaml_lines import Node

_Entry = TypeVar("_Entry", bound=Entry)


@dataclass(frozen=True, slots=True)
class Reference:
    """A key that must be in one of the sections, and where it was written. Checked when all is read."""

    node: Node
    key: str
    sections: tuple[str, ...]


class EntryReader:
    """Reads entries one by one and remembers every reference they make."""

    def __init__(self) -> None:
        self.references: list[Reference] = []

    def entry(
        self, kind: type[_Entry], section: str, key: str, node: Node, given: Mapping[str, Any] | None = None
    ) -> _Entry:
        """The entry of a mapping; `given` are fields that do not come from the file as they stand."""
        values = self._fields(kind, node, also=tuple(given or ()))
        made = kind(section=section, key=key, **values, **(given or {}))
        if made.valid_from is not None and made.valid_to is not None and made.valid_to <= made.valid_from:
            raise _at(node, "valid_to").error(
                f"»{key}« ophører, før den begynder. Sæt valid_to efter valid_from.",
                f'"{key}" ends before it begins. Set valid_to after valid_from.',
            )
        for item in _at(node, "successors").items() if made.successors else ():
            self.references.append(Reference(item, item.string(), (section,)))
        return made

    def _fields(self, kind: type, node: Node, also: tuple[str, ...] = ()) -> dict[str, Any]:
        shape = shape_of(kind)
        need = tuple(each.name for each in shape.values() if each.required)
        may = (*(each.name for each in shape.values() if not each.required), *also)
        written = node.mapping(need=need, may=may)
        return {
            name: self.value(written[name], each.hint)
            for name, each in shape.items()
            if name in written and not (written[name].value is None and each.may_be_null)
        }

    def value(self, node: Node, hint: Any) -> Any:
        """The value of a node by the type of its field."""
        plain, mark = unwrapped(hint)
        if mark is not None:
            return self._marked(node, mark)
        if get_origin(plain) is tuple:
            return tuple(self.value(item, get_args(plain)[0]) for item in node.items())
        if get_origin(plain) is Literal:
            return _word(node, get_args(plain))
        if is_dataclass(plain) and isinstance(plain, type):
            return plain(**self._fields(plain, node))
        return _plain(node, plain)

    def _marked(self, node: Node, mark: Mark | Ref) -> Any:
        if isinstance(mark, Ref):
            self.references.append(Reference(node, node.string(), mark.sections))
            return node.string()
        if mark.name == "day":
            return day_of(node.day())
        return self.sources(node) if mark.name == "sources" else _duration(node)

    def sources(self, node: Node) -> tuple[SourceRef, ...]:
        """`implement-2022 Bilag 2, l. 720; notat-2024 l. 19` as references to sources."""
        found = []
        for part in node.string().split(";"):
            source, _, place = part.strip().partition(" ")
            self.references.append(Reference(node, source, ("sources",)))
            found.append(SourceRef(source, place.strip()))
        return tuple(found)


def checked_key(node: Node, key: str) -> str:
    """The key of an entry, refused if it has other letters than a key may have."""
    if not re.fullmatch(KEY, key):
        raise node.error(
            f"»{key}« kan ikke være en nøgle. Brug a-z, cifre og bindestreg, ae, oe og aa for æ, ø og å.",
            f'"{key}" cannot be a key. Use a-z, digits and hyphens, ae, oe and aa for æ, ø and å.',
            key,
        )
    return key


def _at(node: Node, key: str) -> Node:
    """The value of a key that is known to be there."""
    return node.mapping()[key]


def _word(node: Node, words: tuple[str, ...]) -> str:
    if node.string() not in words:
        raise node.refusal(unknown_name(("værdi", "value"), node.string(), words))
    return node.string()


def _plain(node: Node, hint: Any) -> Any:
    if hint is bool:
        return node.boolean()
    if hint is int:
        return node.whole_number()
    if hint is float:
        return _number(node)
    if hint is str:
        return node.string()
    raise TypeError(f"a field of a type the loader does not know: {hint!r}")


def _number(node: Node) -> float:
    if isinstance(node.value, bool) or not isinstance(node.value, int | float):
        raise node.error("Her skal stå et tal.", "A number is expected here.")
    return float(node.value)


def _duration(node: Node) -> Duration:
    text = node.string()
    try:
        return Duration.parse(text)
    except ValueError as error:
        if isinstance(error, CriteriaError):
            raise
        raise node.error(
            f"»{text}« er ikke en varighed. Skriv fx P30D, P2W, P6M eller P1Y.",
            f'"{text}" is not a duration. Write for example P30D, P2W, P6M or P1Y.',
        ) from None
