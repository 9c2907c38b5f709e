"""What must hold across the entries of the catalogue. Each check refuses with the file and line at fault."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from helhed.law.arithmetic import computed, volumes_of
from helhed.law.entries import Entry
from helhed.law.reading import Reference
from helhed.law.section import parent_of
from helhed.law.sections import SECTIONS
from helhed.law.statements import VolumeCheck
from helhed.rules.errors import unknown_name
from helhed.rules.yaml_lines import Node

Nodes = Mapping[str, Mapping[str, Node]]
"""Per section and key, the mapping an entry was read from."""

Entries = Mapping[str, Mapping[str, Any]]
"""Per section and key, the entry."""


def check_references(references: Iterable[Reference], keys: Mapping[str, Iterable[str]]) -> None:
    """Every key that an entry names is there, in one of the sections it may be in."""
    for reference in references:
        known = [key for section in reference.sections for key in keys[section]]
        if reference.key not in known:
            titles = [SECTIONS[section].title for section in reference.sections]
            da = " eller ".join(title.da for title in titles)
            en = " or ".join(title.en for title in titles)
            noun = (f"nøgle i afsnittet {da}", f"key in {en}")
            raise reference.node.refusal(unknown_name(noun, reference.key, known))


def check_parents(nodes: Nodes, files: Mapping[str, Node]) -> None:
    """Every key with a `/` lies under a key that is there. `files`: the mapping each section's key stands in."""
    for section, entries in nodes.items():
        if not SECTIONS[section].tree:
            continue
        for key in entries:
            above = key.rpartition("/")[0]
            if above and above not in entries:
                noun = ("overordnet nøgle", "parent key")
                place = files[f"{section}/{key}"]
                raise place.refusal(unknown_name(noun, above, entries), key)


def check_circles(entries: Entries, nodes: Nodes) -> None:
    """No entry is its own successor in the end, and no unit its own parent."""
    for section, found in entries.items():
        _no_circle(found, lambda entry: entry.successors, nodes[section], "successors")
    _no_circle(entries["units"], _above, nodes["units"], "answers_to")


def check_sums(entries: Entries, nodes: Nodes) -> None:
    """Both sides of every volume check, and their difference, are what the stated volumes give."""
    volumes = {key: float(volume.value) for key, volume in entries["volumes"].items()}
    for key, check in entries["volume_checks"].items():
        node = nodes["volume_checks"][key].mapping()
        left = _sum(check.left, volumes, node["left"])
        _equal(left, check.left_value, node["left_value"])
        _check_right(check, volumes, node, left, nodes["volume_checks"][key])


def _check_right(
    check: VolumeCheck, volumes: Mapping[str, float], node: Mapping[str, Node], left: float, whole: Node
) -> None:
    if check.right is None and check.right_value is None and check.difference is None:
        return
    if check.right is None or check.right_value is None or check.difference is None:
        raise whole.error(
            "En sammenligning skal have både right, right_value og difference.",
            "A comparison needs right, right_value and difference, all three.",
        )
    right = _sum(check.right, volumes, node["right"])
    _equal(right, check.right_value, node["right_value"])
    _equal(round(left - right, 3), check.difference, node["difference"])


def _sum(text: str, volumes: Mapping[str, float], node: Node) -> float:
    for key in volumes_of(text):
        if key not in volumes:
            raise node.refusal(unknown_name(("tal", "volume"), key, volumes))
    try:
        return computed(text, volumes)
    except (ValueError, ZeroDivisionError):
        raise node.error(
            f"»{text}« er ikke et regnestykke. Skriv fx V002 + V003.",
            f'"{text}" is not a sum. Write for example V002 + V003.',
        ) from None


def _equal(found: float, written: float, node: Node) -> None:
    if found != written:
        raise node.error(
            f"Regnestykket giver {found:g}, men her står {written:g}.",
            f"The sum gives {found:g}, but {written:g} is written here.",
        )


def _above(unit: Any) -> tuple[str, ...]:
    above = parent_of(unit)
    return (above,) if above is not None else ()


def _no_circle(
    entries: Mapping[str, Entry],
    onward: Callable[[Any], tuple[str, ...]],
    nodes: Mapping[str, Node],
    field: str,
) -> None:
    clear: set[str] = set()
    for start in entries:
        way = _circle(start, entries, onward, clear)
        if way:
            node = nodes[way[0]].mapping()
            shown = " → ".join(way)
            raise node.get(field, nodes[way[0]]).error(
                f"Indgange henviser til hinanden i ring: {shown}. Fjern en af henvisningerne.",
                f"Entries refer to each other in a circle: {shown}. Remove one of the references.",
            )


def _circle(
    start: str, entries: Mapping[str, Entry], onward: Callable[[Any], tuple[str, ...]], clear: set[str]
) -> tuple[str, ...]:
    """The way from an entry back to itself, if there is one; `clear` gathers those known to have none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for key in onward(entries[way[-1]]):
            if key == start:
                return (*way, key)
            if key not in seen and key not in clear:
                seen.add(key)
                ways.append((*way, key))
    clear.add(start)
    return ()
