"""The bench as a tree of building blocks. A block may be unfinished: it keeps what was typed, whether it makes sense or not."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

SEVERAL = ("all", "any", "at_least")
RELATED = ("child", "parent")
HOLDERS = frozenset((*SEVERAL, *RELATED))
"""Kinds of block that hold other blocks."""

WORDS_OF_TIME = ("within", "lasted", "ending_within")
MEASURES = ("D", "W", "M", "Y")
MOST = 150
DEEPEST = 8


@dataclass(frozen=True)
class Block:
    """One building block. `kind`: a holder, `age`, `group`, or a kind of fact.

    Facts: `codes` and `units` chosen; `whichever`: any code will do where none is chosen; `time` one of WORDS_OF_TIME or
    empty, with `number` as typed and `measure` D, W, M or Y; `exact` leaves successors out. Age: `start` and `below` as
    typed. At least so many of: `number` as typed. Group: its key in `group`.
    """

    id: str
    kind: str
    negated: bool = False
    codes: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    whichever: bool = False
    time: str = ""
    number: str = ""
    measure: str = "M"
    exact: bool = False
    start: str = ""
    below: str = ""
    group: str = ""
    of: tuple["Block", ...] = ()

    @property
    def holds(self) -> bool:
        """Whether other blocks can lie within."""
        return self.kind in HOLDERS

    @property
    def is_fact(self) -> bool:
        """Whether it is about spells of one kind of fact."""
        return not self.holds and self.kind not in ("age", "group")


@dataclass(frozen=True)
class Standing:
    """A block in its place: how deep, which block holds it, and its number there of so many."""

    block: Block
    depth: int
    holder: Block | None
    place: int
    beside: int


def empty() -> Block:
    """A bench with nothing on it: "all of these", of none."""
    return Block("k0", "all")


def standing(root: Block) -> Iterator[Standing]:
    """Every block with its place, the holder before what it holds."""
    yield from _standing(root, 0, None, 0, 1)


def block(root: Block, key: str) -> Block | None:
    """The block with this id, if it is on the bench."""
    return next((each.block for each in standing(root) if each.block.id == key), None)


def changed(root: Block, key: str, **fields: object) -> Block:
    """The tree with some fields of one block changed."""
    if root.id == key:
        return replace(root, **fields)  # type: ignore[arg-type]
    return replace(root, of=tuple(changed(each, key, **fields) for each in root.of))


def next_id(root: Block, taken: int = 0) -> str:
    """An id that no block has; `taken` further ones are skipped."""
    numbers = [int(each.block.id[1:]) for each in standing(root)]
    return f"k{max(numbers) + 1 + taken}"


def size(root: Block) -> int:
    """How many blocks there are, the root not counted."""
    return sum(1 for _ in standing(root)) - 1


def depth(root: Block) -> int:
    """How deep the deepest block lies; the root at 0."""
    return max(each.depth for each in standing(root))


def too_large(root: Block) -> bool:
    """Whether the bench cannot hold it: too many blocks, or too deep."""
    return size(root) > MOST or depth(root) > DEEPEST


def _standing(each: Block, deep: int, holder: Block | None, place: int, beside: int) -> Iterator[Standing]:
    yield Standing(each, deep, holder, place, beside)
    for number, part in enumerate(each.of):
        yield from _standing(part, deep + 1, each, number, len(each.of))
