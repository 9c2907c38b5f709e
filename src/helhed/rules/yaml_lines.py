"""YAML read with its line numbers, and nothing guessed.

Plain `yes`, `12:30` or `010` stay the text they are: only true/false, whole numbers, decimal numbers, dates
(2022-06-01) and null are anything else. Keys are text as written and may not repeat. Anchors and aliases may
be used to write a list once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

import yaml

from helhed.rules.errors import CriteriaError, Message, unknown_name

Scalar: TypeAlias = str | int | float | bool | date | None

_MOST_NODES = 200_000  # aliases of aliases can make a small file grow without bound
_DEEPEST = 100


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where it is there: four times as fast


@dataclass(frozen=True, slots=True)
class Node:
    """A value in a YAML file, and where it stands.

    `value`: a scalar, a list of nodes, or a dict of nodes by key. `text`: a scalar as it was written.
    `key_lines`: the line of each key of a mapping.
    """

    value: "Scalar | list[Node] | dict[str, Node]"
    file: str
    line: int
    text: str = ""
    key_lines: dict[str, int] = field(default_factory=dict)

    def error(self, da: str, en: str, key: str | None = None) -> CriteriaError:
        """An error at this value, or at one of its keys, to be raised."""
        return self.refusal(Message(da, en), key)

    def refusal(self, message: Message, key: str | None = None) -> CriteriaError:
        """The same from a ready message."""
        line = self.line if key is None else self.key_lines.get(key, self.line)
        return CriteriaError(self.file, line, message)

    def mapping(self, *, need: tuple[str, ...] = (), may: tuple[str, ...] | None = None) -> "dict[str, Node]":
        """The value as a mapping with all the keys `need` and no others than `may` (None = any)."""
        if not isinstance(self.value, dict):
            raise self.error("Her skal stå nøgler med værdier.", "Keys with values are expected here.")
        allowed = None if may is None else (*need, *may)
        for key in self.value:
            if allowed is not None and key not in allowed:
                raise self.refusal(unknown_name(("nøgle", "key"), key, allowed), key)
        for key in need:
            if key not in self.value:
                raise self.error(f"Nøglen »{key}« mangler.", f'The key "{key}" is missing.')
        return self.value

    def items(self) -> "list[Node]":
        """The value as a list."""
        if not isinstance(self.value, list):
            raise self.error("Her skal stå en liste.", "A list is expected here.")
        return self.value

    def string(self) -> str:
        """A scalar as the text it was written as, so that a key `7` or `1A` is text either way. Not empty."""
        if isinstance(self.value, list | dict) or self.value is None or not self.text:
            raise self.error("Her skal stå en tekst.", "A text is expected here.")
        return self.text

    def strings(self) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(item.string() for item in self.items())

    def whole_number(self) -> int:
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            raise self.error("Her skal stå et helt tal.", "A whole number is expected here.")
        return self.value

    def boolean(self) -> bool:
        if not isinstance(self.value, bool):
            raise self.error("Her skal stå true eller false.", "true or false is expected here.")
        return self.value

    def day(self) -> date:
        if not isinstance(self.value, date):
            raise self.error(
                "Her skal stå en dato som 2022-06-01.", "A date such as 2022-06-01 is expected here."
            )
        return self.value

    def plain(self) -> Any:
        """The value without lines: dicts, lists and scalars."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value


def read_yaml(text: str, file: str) -> Node:
    """The one document of a YAML text. CriteriaError if it is not well-formed or a key repeats."""
    try:
        composed = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = min(mark.line + 1, len(text.splitlines())) if mark else 1
        raise CriteriaError(file, line, _not_yaml(error.problem or "")) from None
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        raise CriteriaError(file, line, _not_yaml(error.reason)) from None
    except RecursionError:
        raise CriteriaError(file, 1, _too_large()) from None
    if composed is None:
        return Node(None, file, 1)
    return _Lines(file).node(composed)


class _Lines:
    """Turns composed YAML into nodes with lines; counts them, as nested aliases could fill the memory."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.made = 0
        self.open: set[int] = set()  # nodes we are inside of; an alias to one of them would never end

    def node(self, raw: yaml.Node) -> Node:
        line = raw.start_mark.line + 1
        self.made += 1
        if self.made > _MOST_NODES or len(self.open) > _DEEPEST or id(raw) in self.open:
            raise CriteriaError(self.file, line, _too_large())
        if isinstance(raw, yaml.ScalarNode):
            value = _scalar(raw, self.file, line)
            return Node(value, self.file, line, raw.value)
        self.open.add(id(raw))
        made = self._mapping(raw, line) if isinstance(raw, yaml.MappingNode) else self._list(raw, line)
        self.open.discard(id(raw))
        return made

    def _list(self, raw: yaml.Node, line: int) -> Node:
        return Node([self.node(item) for item in raw.value], self.file, line)

    def _mapping(self, raw: yaml.Node, line: int) -> Node:
        values: dict[str, Node] = {}
        key_lines: dict[str, int] = {}
        for key, value in self._pairs(raw):
            if key.value in values:
                before = key_lines[key.value]
                message = Message(
                    f"Nøglen »{key.value}« står to gange (første gang i linje {before}).",
                    f'The key "{key.value}" is written twice (first on line {before}).',
                )
                raise CriteriaError(self.file, key.start_mark.line + 1, message)
            key_lines[key.value] = key.start_mark.line + 1
            values[key.value] = self.node(value)
        return Node(values, self.file, line, key_lines=key_lines)

    def _pairs(self, raw: yaml.Node) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
        for key, value in raw.value:
            if not isinstance(key, yaml.ScalarNode):
                message = Message("En nøgle skal være en tekst.", "A key must be a text.")
                raise CriteriaError(self.file, key.start_mark.line + 1, message)
            yield key, value


def _scalar(raw: yaml.ScalarNode, file: str, line: int) -> Scalar:
    text: str = raw.value
    if raw.style:  # quoted or block text is text
        return text
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if re.fullmatch(r"-?(0|[1-9][0-9]{0,17})", text):
        return int(text)
    if re.fullmatch(r"-?(0|[1-9][0-9]*)\.[0-9]+", text):
        return float(text)
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return _date(text, file, line)
    return text


def _date(text: str, file: str, line: int) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = Message(f"{text} er ikke en dag i kalenderen.", f"{text} is not a day of the calendar.")
        raise CriteriaError(file, line, message) from None


def _not_yaml(problem: str) -> Message:
    return Message(
        "Filen kan ikke læses som YAML her. Ret indrykning, kolon eller citationstegn.",
        f"The file cannot be read as YAML here ({problem}). Correct the indentation, colon or quotes.",
    )


def _too_large() -> Message:
    return Message(
        "Filen er for stor, for dybt indlejret eller henviser til sig selv. Del den op.",
        "The file is too large, too deeply nested or refers to itself. Divide it.",
    )
