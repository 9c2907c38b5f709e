"""The lines of a criterion as a tree, each with its mark."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from helhed.sharing.why import GroupWhy, WhyLine

MARKS: dict[str, tuple[str, Promise]] = {
    "true": ("check", _("Opfyldt")),
    "false": ("close", _("Ikke opfyldt")),
    "unknown": ("help", _("Kan ikke afgøres")),
    "closed": ("lock", _("Lukket for dig")),
}
STANDINGS: dict[str, tuple[str, Promise]] = {
    "true": ("check", _("Med")),
    "false": ("close", _("Ikke med")),
    "unknown": ("help", _("Kan ikke afgøres")),
    "closed": ("lock", _("Lukket for dig")),
}


@dataclass(frozen=True)
class Node:
    """A line with the lines that explain it."""

    line: WhyLine
    below: tuple["Node", ...]


def tree(lines: Sequence[WhyLine]) -> tuple[Node, ...]:
    """The lines by their depth: each with those directly below it that lie deeper."""
    nodes = []
    at = 0
    while at < len(lines):
        end = at + 1
        while end < len(lines) and lines[end].depth > lines[at].depth:
            end += 1
        nodes.append(Node(lines[at], tree(lines[at + 1 : end])))
        at = end
    return tuple(nodes)


def top(group: GroupWhy) -> tuple[str, tuple[Node, ...]]:
    """The line that stands above the list ("alle disse gælder:"), and the list. A criterion of one line has no heading."""
    nodes = tree(group.lines)
    if len(nodes) == 1 and nodes[0].below and not nodes[0].line.group:
        return nodes[0].line.text, nodes[0].below
    return "", nodes
