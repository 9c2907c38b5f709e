"""A folder of YAML files read into the catalogue, or refused at the first thing that is not understood."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

from helhed.law.checks import check_circles, check_parents, check_references, check_sums
from helhed.law.readers import Catalogue
from helhed.law.reading import EntryReader, checked_key
from helhed.law.section import Section, Units
from helhed.law.sections import SECTION_OF_KIND, SECTIONS
from helhed.rules.criteria import Group
from helhed.rules.errors import CriteriaError, Message, unknown_name
from helhed.rules.reading import Reader
from helhed.rules.vocabulary import Vocabulary
from helhed.rules.yaml_lines import Node, read_yaml

_CRITERIA = ("label", "source", "versions")  # what the criteria language reads of a group
_VERSION = ("valid_from", "source", "criteria")


@dataclass
class _Written:
    """The files before they are understood: per section and key the entry's mapping, and where its key stands."""

    nodes: dict[str, dict[str, Node]] = field(default_factory=lambda: {name: {} for name in SECTIONS})
    places: dict[str, Node] = field(default_factory=dict)


def load(folder: Path) -> Catalogue:
    """The catalogue of a folder and the folders in it. CriteriaError with file, line and a sentence in Danish
    and English if a file, section, key, code, date, source or sum is not as it should be."""
    written = _written(folder)
    reader = EntryReader()
    entries = {name: _read(reader, name, nodes) for name, nodes in written.nodes.items() if name != "groups"}
    check_parents(written.nodes, written.places)
    keys = {name: tuple(nodes) for name, nodes in written.nodes.items()}
    check_references(reader.references, keys)
    check_circles(entries, written.nodes)
    vocabulary = _vocabulary(entries)
    groups = _groups(written.nodes["groups"], vocabulary)
    entries["groups"] = _target_groups(reader, written.nodes["groups"], groups)
    check_references(reader.references, keys)
    check_sums(entries, written.nodes)
    return Catalogue(**_sections(entries), criteria=groups, names=vocabulary, hash=_hash(written))


def _written(folder: Path) -> _Written:
    written = _Written()
    for root in _files(folder):
        for section, entries in root.mapping().items():
            if section not in SECTIONS:
                raise root.refusal(unknown_name(("afsnit", "section"), section, SECTIONS), section)
            for key, node in entries.mapping().items():
                checked_key(entries, key)
                _add(written, section, key, node, entries)
    return written


def _files(folder: Path) -> Iterator[Node]:
    """The one document of each file, named by its path from the folder."""
    paths = sorted(folder.rglob("*.yaml"))
    if not paths:
        message = Message("Her er ingen YAML-filer.", "There are no YAML files here.")
        raise CriteriaError(str(folder), 1, message)
    for path in paths:
        name = path.relative_to(folder).as_posix()
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            message = Message("Filen er ikke gemt som UTF-8.", "The file is not saved as UTF-8.")
            raise CriteriaError(name, line, message) from None
        yield read_yaml(text, name)


def _add(written: _Written, section: str, key: str, node: Node, place: Node) -> None:
    if key in written.nodes[section]:
        before = written.nodes[section][key]
        raise place.error(
            f"»{key}« findes allerede i {before.file}, linje {before.line}. Giv den en anden nøgle.",
            f'"{key}" is already in {before.file}, line {before.line}. Give it another key.',
            key,
        )
    written.nodes[section][key] = node
    written.places[f"{section}/{key}"] = place


def _read(reader: EntryReader, section: str, nodes: Mapping[str, Node]) -> Mapping[str, Any]:
    kind = SECTIONS[section].entry
    return {key: reader.entry(kind, section, key, node) for key, node in nodes.items()}


def _vocabulary(entries: Mapping[str, Mapping[str, Any]]) -> Vocabulary:
    """The kinds, codes, units and successors that a criterion may use."""
    return Vocabulary(
        kinds=frozenset(SECTION_OF_KIND),
        codes={kind: frozenset(entries[section]) for kind, section in SECTION_OF_KIND.items()},
        successors={kind: _successors(entries[section]) for kind, section in SECTION_OF_KIND.items()},
        units=frozenset(entries["units"]),
        unit_successors=_successors(entries["units"]),
    )


def _successors(entries: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {key: entry.successors for key, entry in entries.items() if entry.successors}


def _groups(nodes: Mapping[str, Node], vocabulary: Vocabulary) -> dict[str, Group]:
    """The criteria of the groups, read by the criteria language's own reader."""
    reader = Reader(vocabulary)
    for key, node in nodes.items():
        for version in node.mapping(need=_CRITERIA, may=None)["versions"].items():
            version.mapping(need=_VERSION, may=())
        named = {"key": Node(key, node.file, node.line, key), **node.mapping()}
        lines = {"key": node.line, **node.key_lines}
        others = tuple(name for name in node.mapping() if name not in _CRITERIA)
        reader.add(Node(named, node.file, node.line, key_lines=lines), also=others)
    return reader.done()


def _target_groups(
    reader: EntryReader, nodes: Mapping[str, Node], groups: Mapping[str, Group]
) -> Mapping[str, Any]:
    """What the documents say of each group, with the criteria beside it."""
    kind = SECTIONS["groups"].entry
    made = {}
    for key, node in nodes.items():
        for version in node.mapping()["versions"].items():
            reader.sources(version.mapping()["source"])
        given = {"versions": groups[key].versions}
        made[key] = reader.entry(kind, "groups", key, node, given)
    return made


def _sections(entries: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The fields of the catalogue; the section `groups` is its target_groups."""
    found: dict[str, Any] = {}
    for name in SECTIONS:
        kept = MappingProxyType(dict(entries[name]))
        made = Units(name, kept) if name == "units" else Section(name, kept)
        found["target_groups" if name == "groups" else name] = made
    return found


def _hash(written: _Written) -> str:
    """SHA-256 of what is said, whatever the files, the order and the comments."""
    said = {
        section: {key: node.plain() for key, node in nodes.items()}
        for section, nodes in written.nodes.items()
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
    return sha256(text.encode()).hexdigest()
