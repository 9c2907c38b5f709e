"""What the buttons on the bench do to the tree: add, remove, move, put into a group, dissolve a group."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from helhed.pages.analyst.workshop.blocks import (
    HOLDERS,
    Block,
    Standing,
    block,
    changed,
    next_id,
    standing,
    too_large,
)

Choose = Callable[[str], tuple[str, ...]]
"""The codes of a kind of fact: a kind with one code needs no choosing."""


@dataclass(frozen=True)
class Edited:
    """The tree after an act; the block that is open now ("" none), and `full` where the bench holds no more."""

    root: Block
    open: str
    full: bool = False


def act(root: Block, words: str, codes: Choose) -> Edited | None:
    """Do what a button says: `tilfoej:k0:age`, `fjern:k3`, `op:k3` …; None where it says nothing known."""
    verb, _, rest = words.partition(":")
    key, _, more = rest.partition(":")
    if verb == "luk":
        return Edited(root, "")
    found = next((each for each in standing(root) if each.block.id == key), None)
    if found is None:
        return None
    if verb == "tilfoej":
        return add(root, found.block, more, codes) if found.block.holds and more else None
    if verb == "laeg":
        return into_group(root, found, more) if more in HOLDERS else None
    simple = {
        "ret": lambda: Edited(root, key),
        "fjern": lambda: remove(root, found),
        "op": lambda: move(root, found, -1),
        "ned": lambda: move(root, found, +1),
        "ud": lambda: out(root, found),
        "ind": lambda: inwards(root, found),
        "oploes": lambda: dissolve(root, found),
    }
    return simple[verb]() if verb in simple and (found.holder or verb == "ret") else None


def add(root: Block, holder: Block, kind: str, codes: Choose) -> Edited:
    """A new block last in a holder, open. `barnesag` is a shortcut: has a child who has a child case."""
    made = new(kind, next_id(root), codes)
    if kind == "barnesag":
        inner = Block(next_id(root, 1), "child_case", whichever=True)
        made = Block(next_id(root), "child", of=(inner,))
    return _unless_full(root, changed(root, holder.id, of=(*holder.of, made)), made.id)


def new(kind: str, key: str, codes: Choose) -> Block:
    """A block as it is when it is put on the bench: finished where there is nothing to choose."""
    if kind == "age":
        return Block(key, "age", start="18")
    if kind == "at_least":
        return Block(key, kind, number="2")
    if kind in HOLDERS or kind == "group":
        return Block(key, kind)
    there = codes(kind)
    return Block(key, kind, codes=there if len(there) == 1 else (), whichever=kind.endswith("_case"))


def remove(root: Block, found: Standing) -> Edited:
    """Take a block away, with what lies in it."""
    holder = _holder(found)
    return Edited(changed(root, holder.id, of=_without(holder, found.block)), "")


def move(root: Block, found: Standing, by: int) -> Edited:
    """Change places with the block before or after; at the end nothing happens."""
    holder, place = _holder(found), found.place + by
    if not 0 <= place < len(holder.of):
        return Edited(root, found.block.id)
    rest = list(_without(holder, found.block))
    rest.insert(place, found.block)
    return Edited(changed(root, holder.id, of=tuple(rest)), found.block.id)


def out(root: Block, found: Standing) -> Edited:
    """Move a block out of its group, to stand after it."""
    holder = _holder(found)
    above = next((each.holder for each in standing(root) if each.block.id == holder.id), None)
    if above is None:
        return Edited(root, found.block.id)
    smaller = replace(holder, of=_without(holder, found.block))
    beside = [part for each in above.of for part in ((smaller, found.block) if each is holder else (each,))]
    return Edited(changed(root, above.id, of=tuple(beside)), found.block.id)


def inwards(root: Block, found: Standing) -> Edited:
    """Move a block into the group just before it, as its last."""
    holder = _holder(found)
    before = holder.of[found.place - 1] if found.place else None
    if before is None or not before.holds:
        return Edited(root, found.block.id)
    bigger = replace(before, of=(*before.of, found.block))
    rest = tuple(bigger if each is before else each for each in _without(holder, found.block))
    return _unless_full(root, changed(root, holder.id, of=rest), found.block.id)


def into_group(root: Block, found: Standing, kind: str) -> Edited | None:
    """Put a group around a block; the group is open, so that more can be added."""
    if found.holder is None:
        return None
    group = new(kind, next_id(root), lambda _: ())
    group = replace(group, number="1" if kind == "at_least" else "", of=(found.block,))
    beside = tuple(group if each is found.block else each for each in found.holder.of)
    return _unless_full(root, changed(root, found.holder.id, of=beside), group.id)


def dissolve(root: Block, found: Standing) -> Edited:
    """Take a group away and let what lay in it stand in its place."""
    holder = _holder(found)
    beside = [part for each in holder.of for part in (each.of if each is found.block else (each,))]
    return Edited(changed(root, holder.id, of=tuple(beside)), "")


def _holder(found: Standing) -> Block:
    assert found.holder is not None  # the root is neither moved nor removed  # nosec B101 - narrows a type
    return found.holder


def _without(holder: Block, gone: Block) -> tuple[Block, ...]:
    return tuple(each for each in holder.of if each.id != gone.id)


def _unless_full(before: Block, after: Block, key: str) -> Edited:
    if too_large(after):
        return Edited(before, "", full=True)
    return Edited(after, key if block(after, key) else "")
