"""Groups and criteria read from YAML. Whatever cannot be understood is refused with file and line."""

from collections.abc import Mapping
from typing import TypeVar

from helhed.periods import Duration, day_of
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
from helhed.rules.errors import CriteriaError, Message, RefusedError, unknown_name
from helhed.rules.references import circle_from, circle_message
from helhed.rules.vocabulary import RESERVED, Vocabulary
from helhed.rules.yaml_lines import Node, read_yaml

_MODIFIERS = ("within", "lasted", "ending_within")
_LANGUAGES = ("da", "en")
_Value = TypeVar("_Value")


def read_groups(
    text: str, file: str, vocabulary: Vocabulary, known: Mapping[str, Group] | None = None
) -> dict[str, Group]:
    """The groups of one YAML text, a single group or a list of them, by key, in the order of the file.

    `known` are groups read before, which these may refer to. CriteriaError (file, line, nearest known name)
    if anything at all is not understood; then nothing is returned.
    """
    reader = Reader(vocabulary, known)
    root = read_yaml(text, file)
    for node in root.items() if isinstance(root.value, list) else [root]:
        reader.add(node)
    return reader.done()


def read_criterion(text: str, file: str, vocabulary: Vocabulary, known: Mapping[str, Group]) -> Criterion:
    """One criterion alone, as a form or a page sends it; it may refer to the groups `known`."""
    reader = Reader(vocabulary, known)
    criterion = reader.criterion(read_yaml(text, file))
    reader.done()
    return criterion


class Reader:
    """Reads groups one by one, from one file or several, and checks at the end that their references hold."""

    def __init__(self, vocabulary: Vocabulary, known: Mapping[str, Group] | None = None) -> None:
        self.vocabulary = vocabulary
        self.known = dict(known or {})
        self.groups: dict[str, Group] = {}
        self._references: list[tuple[str, str, Node]] = []  # group read, group referred to, where
        self._places: dict[str, Node] = {}
        self._reading = ""

    def add(self, node: Node, key: str | None = None, also: tuple[str, ...] = ()) -> Group:
        """The group of a mapping with key, label, source and versions.

        Give `key` if it stands outside the mapping. The keys in `also` are left for the caller to read.
        """
        need = ("versions",) if key is not None else ("key", "versions")
        entries = node.mapping(need=need, may=("label", "source", *also))
        key = key if key is not None else entries["key"].string()
        if key in self.groups or key in self.known:
            raise self._twice(node, key)
        self._places[key] = node
        versions = self.versions(entries["versions"], key)
        label = self._label(entries["label"]) if "label" in entries else {}
        source = entries["source"].string() if "source" in entries else ""
        self.groups[key] = _made(entries["versions"], Group, key, versions, label, source)
        return self.groups[key]

    def _twice(self, node: Node, key: str) -> CriteriaError:
        """That there is a group of this key already, and where it stands if it was read here."""
        before = self._places.get(key)
        da = f" ({before.file}, linje {before.line})" if before else ""
        en = f" ({before.file}, line {before.line})" if before else ""
        return node.error(
            f"Gruppen »{key}« findes allerede{da}. Giv den en anden nøgle.",
            f'There is a group "{key}" already{en}. Give this one another key.',
        )

    def versions(self, node: Node, key: str) -> tuple[Version, ...]:
        """The versions of the group `key` alone, for a caller who makes the group."""
        self._reading = key
        return tuple(self._version(item) for item in node.items())

    def done(self) -> dict[str, Group]:
        """All groups added, once every reference is known to lead to a group and none back to itself."""
        self.check({**self.known, **self.groups})
        return self.groups

    def check(self, groups: Mapping[str, Group]) -> None:
        """CriteriaError if a reference read so far leads to none of these groups, or in a circle."""
        for _, key, node in self._references:
            if key not in groups:
                raise node.refusal(unknown_name(("gruppe", "group"), key, groups))
        for reading, key, node in self._references:
            circle = circle_from(reading, groups) if reading in groups else None
            if circle and key in circle:
                raise node.refusal(circle_message(circle))

    def criterion(self, node: Node) -> Criterion:
        """The criterion of a mapping with exactly one key: a word of the language, or a kind of spell."""
        entries = node.mapping()
        if len(entries) != 1:
            raise node.error(
                f"Et kriterium har netop én nøgle; her er {len(entries)}. Saml flere med all eller any.",
                f"A criterion has exactly one key; here are {len(entries)}. Join several with all or any.",
            )
        [(word, value)] = entries.items()
        if word in self.vocabulary.kinds:
            return self._leaf(word, value)
        if word not in RESERVED:
            names = self.vocabulary.kinds | RESERVED
            raise node.refusal(unknown_name(("type eller nøgle", "kind or key"), word, names), word)
        if word == "all":
            return _made(node, All, self._several(value))
        if word == "any":
            return _made(node, AnyOf, self._several(value))
        return self._other(word, node, value)

    def _other(self, word: str, node: Node, value: Node) -> Criterion:
        if word == "not":
            return Not(self.criterion(value))
        if word == "any_child":
            return AnyChild(self.criterion(value))
        if word == "any_parent":
            return AnyParent(self.criterion(value))
        if word == "group":
            self._references.append((self._reading, value.string(), value))
            return GroupRef(value.string())
        if word == "age":
            ages = value.mapping(may=("from", "below"))
            bounds = [ages[name].whole_number() if name in ages else None for name in ("from", "below")]
            return _made(value, Age, *bounds)
        entries = value.mapping(need=("n", "of"), may=())
        return _made(value, AtLeast, entries["n"].whole_number(), self._several(entries["of"]))

    def _several(self, node: Node) -> tuple[Criterion, ...]:
        return tuple(self.criterion(item) for item in node.items())

    def _leaf(self, kind: str, node: Node) -> Leaf:
        if isinstance(node.value, list):
            return _made(node, Leaf, kind, self._codes(kind, node))
        entries = node.mapping(may=("any_of", "unit", "exact", *_MODIFIERS))
        codes = self._codes(kind, entries["any_of"]) if "any_of" in entries else None
        units = self._units(entries["unit"]) if "unit" in entries else None
        durations = [_duration(entries[name]) if name in entries else None for name in _MODIFIERS]
        exact = entries["exact"].boolean() if "exact" in entries else False
        return _made(node, Leaf, kind, codes, units, *durations, exact)

    def _codes(self, kind: str, node: Node) -> tuple[str, ...]:
        noun = (f"{kind}-kode", f"{kind} code")
        return _names(node, noun, self.vocabulary.codes_of(kind))

    def _units(self, node: Node) -> tuple[str, ...]:
        return _names(node, ("enhed", "unit"), self.vocabulary.units)

    def _version(self, node: Node) -> Version:
        entries = node.mapping(need=("valid_from", "criteria"), may=("source",))
        source = entries["source"].string() if "source" in entries else ""
        return Version(day_of(entries["valid_from"].day()), self.criterion(entries["criteria"]), source)

    def _label(self, node: Node) -> dict[str, str]:
        return {language: text.string() for language, text in node.mapping(may=_LANGUAGES).items()}


def _names(node: Node, noun: tuple[str, str], known: frozenset[str]) -> tuple[str, ...]:
    for item in node.items():
        if item.string() not in known:
            raise item.refusal(unknown_name(noun, item.string(), known))
    return node.strings()


def _duration(node: Node) -> Duration:
    try:
        return Duration.parse(node.string())
    except ValueError as error:
        if isinstance(error, CriteriaError):
            raise
        text = node.text
        message = Message(
            f"»{text}« er ikke en varighed. Skriv et tal på mindst 1 og en enhed: P30D, P2W, P6M eller P1Y.",
            f'"{text}" is not a duration. Write a number of at least 1 and a unit: P30D, P2W, P6M or P1Y.',
        )
        raise node.refusal(message) from None


def _made(node: Node, kind: type[_Value], *values: object) -> _Value:
    """The value, or its refusal with the place where it was written."""
    try:
        return kind(*values)
    except RefusedError as refusal:
        raise node.refusal(refusal.message) from None
