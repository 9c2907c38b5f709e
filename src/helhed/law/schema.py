"""The JSON schema of a catalogue file, made from the shapes of the entries. `python -m helhed.law.schema` prints it.

The committed `schema.json` is what this prints (a test holds them equal), so that an editor can check a file while it
is written. The loader checks the same and more: references, circles, sums.
"""

import json
from dataclasses import is_dataclass
from typing import Any, Literal, get_args, get_origin

from helhed.law.sections import SECTION_OF_KIND, SECTIONS
from helhed.law.shapes import KEY, Mark, Ref, shape_of, unwrapped
from helhed.law.statements import TargetGroup

_TEXT = {"type": "string", "minLength": 1}
_DAY = {"$ref": "#/$defs/day"}
_LENGTH = {"$ref": "#/$defs/duration"}
_PLAIN: dict[type, dict[str, Any]] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    str: _TEXT,
}
_NAMED: dict[str, dict[str, Any]] = {
    "day": {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "duration": {"type": "string", "pattern": "^P[0-9]{1,6}[DWMY]$"},
    "sources": {**_TEXT, "description": "source-key place; source-key place"},
}


def schema() -> dict[str, Any]:
    """The schema of one file: a mapping of sections, each a mapping of entries by key. Every object is closed."""
    definitions: dict[str, Any] = {
        "criterion": _criterion(),
        "leaf": _leaf(),
        "version": _version(),
        **_NAMED,
    }
    sections = {name: _section(shape.entry, definitions) for name, shape in SECTIONS.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A file of the helhed law catalogue",
        "type": "object",
        "properties": sections,
        "additionalProperties": False,
        "minProperties": 1,
        "$defs": dict(sorted(definitions.items())),
    }


def _section(entry: type[Any], definitions: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "propertyNames": {"pattern": f"^{KEY}$"},
        "additionalProperties": _value(entry, definitions),
    }


def _object(kind: type[Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """The closed object of a frozen value."""
    shape = shape_of(kind)
    properties: dict[str, Any] = {}
    for name, field in shape.items():
        value = _value(field.hint, definitions)
        properties[name] = {"anyOf": [value, {"type": "null"}]} if field.may_be_null else value
    required = [name for name, field in shape.items() if field.required]
    if kind is TargetGroup:
        properties["versions"] = {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/version"}}
        required.append("versions")
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _value(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    inner, mark = unwrapped(hint)
    if isinstance(mark, Ref):
        return {**_TEXT, "description": f"a key of: {', '.join(mark.sections)}"}
    if isinstance(mark, Mark):
        return {"$ref": f"#/$defs/{mark.name}"}
    if get_origin(inner) is tuple:
        return {"type": "array", "items": _value(get_args(inner)[0], definitions)}
    if get_origin(inner) is Literal:
        return {"enum": list(get_args(inner))}
    if is_dataclass(inner) and isinstance(inner, type):
        if inner.__name__ not in definitions:
            definitions[inner.__name__] = _object(inner, definitions)
        return {"$ref": f"#/$defs/{inner.__name__}"}
    plain: Any = inner
    return dict(_PLAIN[plain])


def _version() -> dict[str, Any]:
    return _closed(
        {"valid_from": _DAY, "source": _TEXT, "criteria": {"$ref": "#/$defs/criterion"}},
        need=["valid_from", "source", "criteria"],
    )


def _criterion() -> dict[str, Any]:
    """One word of the criteria language, or one kind of spell."""
    one = {"$ref": "#/$defs/criterion"}
    several = {"type": "array", "minItems": 1, "items": one}
    age = {"type": "integer", "minimum": 0, "maximum": 150}
    words: dict[str, Any] = {
        "all": several,
        "any": several,
        "not": one,
        "at_least": _closed({"n": {"type": "integer", "minimum": 1}, "of": several}, need=["n", "of"]),
        "age": {**_closed({"from": age, "below": age}), "minProperties": 1},
        "any_child": one,
        "any_parent": one,
        "group": _TEXT,
        **{kind: {"$ref": "#/$defs/leaf"} for kind in SECTION_OF_KIND},
    }
    return {**_closed(words), "minProperties": 1, "maxProperties": 1}


def _leaf() -> dict[str, Any]:
    codes = {"type": "array", "minItems": 1, "items": _TEXT}
    modifiers = dict.fromkeys(("within", "lasted", "ending_within"), _LENGTH)
    whole = _closed({"any_of": codes, "unit": codes, "exact": {"type": "boolean"}, **modifiers})
    return {"anyOf": [codes, whole]}


def _closed(properties: dict[str, Any], need: list[str] | None = None) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": need or [], "additionalProperties": False}


def as_text() -> str:
    """The schema as the committed file holds it: one line a property."""
    return _written(schema(), 4) + "\n"


def _written(value: Any, depth: int, indent: str = "") -> str:
    """JSON with a line per key down to a depth, and the rest on one line."""
    if not isinstance(value, dict) or depth == 0 or not value:
        return json.dumps(value, ensure_ascii=False)
    inner = indent + "  "
    lines = [f"{inner}{json.dumps(key)}: {_written(each, depth - 1, inner)}" for key, each in value.items()]
    return "{\n" + ",\n".join(lines) + f"\n{indent}}}"


if __name__ == "__main__":
    print(as_text(), end="")
