"""An explanation as plain values for JSON, and as an indented list for the terminal."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from helhed.commands.exchange.group_files import Asked
from helhed.periods import date_of
from helhed.rules.criteria import (
    Age,
    All,
    AnyChild,
    AnyOf,
    AnyParent,
    AtLeast,
    Criterion,
    GroupRef,
    Not,
)
from helhed.rules.one import Almost, Fact, Obstacle, Reason, Value, near_misses
from helhed.rules.sentences import sentences
from helhed.rules.writing import criterion_as_plain

KINDS = {
    All: "all",
    AnyOf: "any",
    Not: "not",
    AtLeast: "at_least",
    Age: "age",
    AnyChild: "any_child",
    AnyParent: "any_parent",
    GroupRef: "group",
}
"""The name of a node by its criterion; any other is a leaf."""

MARKS = {Value.TRUE: "✓", Value.FALSE: "✗", Value.UNKNOWN: "?"}
WORDS = {
    "da": {
        "head": "{person} i {key} ({label}) den {on}: {value}",
        "true": "ja",
        "false": "nej",
        "unknown": "måske",
        "open": "uden slutdato",
        "no_unit": "uden enhed",
        "time": "men ikke på dagen",
        "code": "men en anden kode",
        "unit": "men en anden enhed",
        "since": "siden {day}",
        "until": "til {day}",
        "version": "gældende fra {day}",
        "no_version": "endnu ingen version i kraft",
        "missing": "Mangler kun: {what}",
        "or": "Eller kun: {what}",
        "and": " og ",
        "not": "ikke: {what}",
        "of": "{what} ({person})",
    },
    "en": {
        "head": "{person} in {key} ({label}) on {on}: {value}",
        "true": "yes",
        "false": "no",
        "unknown": "maybe",
        "open": "no end date",
        "no_unit": "no unit",
        "time": "but not on the day",
        "code": "but another code",
        "unit": "but another unit",
        "since": "since {day}",
        "until": "until {day}",
        "version": "in force from {day}",
        "no_version": "no version in force yet",
        "missing": "Only missing: {what}",
        "or": "Or only: {what}",
        "and": " and ",
        "not": "not: {what}",
        "of": "{what} ({person})",
    },
}


def as_plain(reason: Reason, key: str, on: date, asked: Asked, language: str) -> dict[str, Any]:
    """The explanation as docs/how-to/files-in-files-out.md describes it."""
    return {
        "group": key,
        "label": dict(asked.groups[key].label),
        "person": reason.person,
        "on": on.isoformat(),
        "value": reason.value.word,
        "reason": _node(reason, asked, language),
        "missing": [[_missing(obstacle, asked, language) for obstacle in way] for way in near_misses(reason)],
    }


def as_text(reason: Reason, key: str, on: date, asked: Asked, language: str) -> Iterator[str]:
    """The explanation line by line."""
    words = WORDS[language]
    value = f"{MARKS[reason.value]} {words[reason.value.word]}"
    label = asked.label("group", key, language)
    yield words["head"].format(person=reason.person, key=key, label=label, on=on, value=value)
    yield ""
    yield from _lines(reason, 0, reason.person, asked, language)
    for number, way in enumerate(near_misses(reason)):
        if number == 0:
            yield ""
        what = words["and"].join(_obstacle(each, reason.person, asked, language) for each in way)
        yield words["or" if number else "missing"].format(what=what)


def _node(reason: Reason, asked: Asked, language: str) -> dict[str, Any]:
    version = reason.version
    return {
        "kind": KINDS.get(type(reason.criterion), "leaf"),
        "criterion": criterion_as_plain(reason.criterion),
        "sentence": _sentence(reason.criterion, asked, language),
        "person": reason.person,
        "value": reason.value.word,
        "since": _iso(reason.since),
        "until": _iso(reason.until),
        "facts": [_fact(fact) for fact in reason.facts],
        "almost": [{"but": almost.but, "fact": _fact(almost.fact)} for almost in reason.almost],
        "version": version and {"valid_from": _iso(version.valid_from), "source": version.source},
        "parts": [_node(part, asked, language) for part in reason.parts],
    }


def _missing(obstacle: Obstacle, asked: Asked, language: str) -> dict[str, Any]:
    reason = obstacle.reason
    return {
        "criterion": criterion_as_plain(reason.criterion),
        "sentence": _sentence(reason.criterion, asked, language),
        "person": reason.person,
        "value": reason.value.word,
        "wanted": (Value.TRUE if obstacle.wanted else Value.FALSE).word,
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "person": fact.person,
        "kind": fact.kind,
        "code": fact.code,
        "unit": fact.unit,
        "start": _iso(fact.start),
        "end": _iso(fact.end),
        "more": fact.origin or {},
    }


def _lines(reason: Reason, depth: int, person: object, asked: Asked, language: str) -> Iterator[str]:
    """One line of a node, the facts under it, then its parts. Another person than the one above is named."""
    words = WORDS[language]
    said = _sentence(reason.criterion, asked, language)
    if reason.person != person:
        said = f"{reason.person}: {said}"
    if isinstance(reason.criterion, GroupRef):
        version = reason.version
        when = words["version"].format(day=_iso(version.valid_from)) if version else words["no_version"]
        said = f"{said}, {when}"
    indent = "  " * depth
    yield f"{indent}{MARKS[reason.value]} {said}{_while(reason, words)}"
    for fact in reason.facts:
        yield f"{indent}    {_told(fact, asked, language)}"
    for almost in reason.almost:
        yield f"{indent}    ({_told(almost.fact, asked, language)}, {words[_but(almost)]})"
    for part in reason.parts:
        yield from _lines(part, depth + 1, reason.person, asked, language)


def _but(almost: Almost) -> str:
    """A fact without a unit is no other unit's."""
    return "no_unit" if almost.but == "unit" and almost.fact.unit is None else almost.but


def _while(reason: Reason, words: dict[str, str]) -> str:
    """How long the value of an age has been and will be what it is; of a leaf its facts tell it."""
    if not isinstance(reason.criterion, Age):
        return ""
    bounds = (("since", reason.since), ("until", reason.until))
    told = [words[name].format(day=_iso(day)) for name, day in bounds if _iso(day)]
    return f" ({', '.join(told)})" if told else ""


def _told(fact: Fact, asked: Asked, language: str) -> str:
    words = WORDS[language]
    end = _iso(fact.end) or words["open"]
    told = [asked.label(fact.kind, fact.code, language)]
    if fact.unit is not None:
        told.append(asked.label("unit", fact.unit, language))
    told.append(f"{_iso(fact.start)} – {end}")
    told += [f"{name}: {value}" for name, value in (fact.origin or {}).items() if value is not None]
    return ", ".join(told)


def _obstacle(obstacle: Obstacle, person: object, asked: Asked, language: str) -> str:
    words = WORDS[language]
    said = _sentence(obstacle.reason.criterion, asked, language)
    if not obstacle.wanted:
        said = words["not"].format(what=said)
    other = obstacle.reason.person
    return said if other == person else words["of"].format(what=said, person=other)


def _sentence(criterion: Criterion, asked: Asked, language: str) -> str:
    """The first line of a criterion in words; of what holds several, the words that lead in."""
    return sentences(criterion, asked.label, language)[0].text


def _iso(day: int | None) -> str | None:
    """A day as text; None for none, and for one that no calendar date can name."""
    if day is None:
        return None
    try:
        return date_of(day).isoformat()
    except (ValueError, OverflowError):
        return None
