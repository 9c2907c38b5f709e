"""What a field of an entry may hold, said once in its type; the loader and the JSON schema both follow it.

A field of an entry is text, a whole number, a number, true/false, one of a few words (`Literal`), a tuple of
these, another frozen value, or one of the marked types below. `X | None` is a field that may be left out.
"""

import types
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from helhed.periods import Duration

LANGUAGES = ("da", "en")
KEY = r"[A-Za-z0-9][A-Za-z0-9-]*(/[a-z0-9][a-z0-9-]*)*"
"""A key: letters a-z, digits and hyphens, with `/` for a place in a tree. No æ, ø or å."""


@dataclass(frozen=True, slots=True)
class Label:
    """The same words in Danish and in English."""

    da: str
    en: str

    def in_language(self, language: str) -> str:
        """The words in `da` or `en`."""
        return self.en if language == "en" else self.da


@dataclass(frozen=True, slots=True)
class SourceRef:
    """A place in a source: the source's key and where in it (empty = the whole)."""

    source: str
    place: str = ""

    def __str__(self) -> str:
        return f"{self.source} {self.place}".strip()


@dataclass(frozen=True, slots=True)
class Mark:
    """What a plain type stands for: a day, a list of sources, a duration."""

    name: str


@dataclass(frozen=True, slots=True)
class Ref:
    """That a text is the key of an entry in one of these sections."""

    sections: tuple[str, ...]


Day = Annotated[int, Mark("day")]
"""A day number (days since 1970-01-01), written as a date in the files."""

Sources = Annotated[tuple[SourceRef, ...], Mark("sources")]
"""Where something is said, written `source-key place; source-key place`."""

Length = Annotated[Duration, Mark("duration")]
"""A duration such as P6M."""


@dataclass(frozen=True, slots=True)
class FieldShape:
    """One field as the files know it; with `default` = MISSING it must be written."""

    name: str
    hint: Any
    default: Any

    @property
    def required(self) -> bool:
        return self.default is MISSING

    @property
    def may_be_null(self) -> bool:
        """Whether the field may be written as null, which says that it is unknown or open."""
        return type(None) in get_args(self.hint)

    def is_said(self, value: Any) -> bool:
        """Whether a value says more than leaving the field out."""
        return self.required or value != self.default


_SHAPES: dict[type[Any], Mapping[str, FieldShape]] = {}


def shape_of(kind: type[Any]) -> Mapping[str, FieldShape]:
    """The fields of a frozen value that are written in the files, by name, in order; not those marked GIVEN."""
    if kind not in _SHAPES:
        hints = get_type_hints(kind, include_extras=True)
        _SHAPES[kind] = {
            each.name: FieldShape(each.name, hints[each.name], each.default)
            for each in fields(kind)
            if not each.metadata.get("given")
        }
    return _SHAPES[kind]


GIVEN: Mapping[str, bool] = {"given": True}
"""Metadata of a field that the loader sets: `field(metadata=GIVEN)`."""


def unwrapped(hint: Any) -> tuple[Any, Mark | Ref | None]:
    """The type of a field without `| None`, and its mark if it has one."""
    if get_origin(hint) in (Union, types.UnionType):
        [hint] = [each for each in get_args(hint) if each is not type(None)]
    if get_origin(hint) is Annotated:
        plain, mark = get_args(hint)
        return plain, mark
    return hint, None
