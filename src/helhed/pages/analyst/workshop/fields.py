"""The bench as plain form fields, so that it works without JavaScript: what is posted becomes the tree again.

`led` comes once a block, in reading order: its id, the id of the block that holds it, its kind. A block's other fields begin
with its id: `k3-koder`, `k3-tid`. What cannot be understood is left out; nothing that is posted can raise an error.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.http import QueryDict

from helhed.pages.analyst.workshop.blocks import (
    DEEPEST,
    HOLDERS,
    MEASURES,
    MOST,
    SEVERAL,
    WORDS_OF_TIME,
    Block,
    empty,
    standing,
)

_ID = re.compile(r"k[0-9]{1,6}")
_SHORT = 20


def read(posted: QueryDict, kinds: Iterable[str]) -> Block:
    """The tree that was posted; an empty bench where none was."""
    known = HOLDERS | {"age", "group", *kinds}
    holders: dict[str, int] = {}
    held: dict[str, list[str]] = {}
    made: dict[str, Block] = {}
    root = ""
    for line in posted.getlist("led")[: MOST + 1]:
        key, above, kind = (line.split() + ["", "", ""])[:3]
        if not _ID.fullmatch(key) or key in made or kind not in known:
            continue
        deep = holders[above] + 1 if above in holders else 0
        if (root and above not in holders) or (not root and kind not in HOLDERS) or deep > DEEPEST:
            continue
        asked = posted.get(f"{key}-slags", "") if kind in SEVERAL else ""
        made[key] = _block(posted, key, asked if asked in SEVERAL else kind)
        if root:
            held.setdefault(above, []).append(key)
        root = root or key
        if kind in HOLDERS:
            holders[key] = deep
    return _joined(made, held, root) if root and made[root].kind not in ("child", "parent") else empty()


def fields_of(root: Block, open_block: str) -> Iterator[tuple[str, str]]:
    """The hidden fields of a bench, as (name, value). The open block's own fields are not among them: its form shows them."""
    for each in standing(root):
        block = each.block
        yield "led", f"{block.id} {each.holder.id if each.holder else '-'} {block.kind}"
        if block.id != open_block:
            yield from ((f"{block.id}-{name}", value) for name, value in _said(block) if value)


def _said(block: Block) -> Iterator[tuple[str, str]]:
    yield "uden", "1" if block.negated else ""
    yield "koder", " ".join(block.codes)
    yield "enheder", " ".join(block.units)
    yield "enhver", "1" if block.whichever else ""
    if block.time:
        yield "tid", block.time
        yield "maal", block.measure
    yield "antal", block.number
    yield "praecis", "1" if block.exact else ""
    yield "fra", block.start
    yield "under", block.below
    yield "gruppe", block.group


def _block(posted: QueryDict, key: str, kind: str) -> Block:
    def one(name: str) -> str:
        return posted.get(f"{key}-{name}", "").strip()[:_SHORT]

    def several(name: str) -> tuple[str, ...]:
        words = " ".join(posted.getlist(f"{key}-{name}")).split()
        return tuple(dict.fromkeys(words))

    time, measure = one("tid"), one("maal")
    return Block(
        id=key,
        kind=kind,
        negated=one("uden") == "1",
        codes=several("koder"),
        units=several("enheder"),
        whichever=one("enhver") == "1",
        time=time if time in WORDS_OF_TIME else "",
        number=one("antal"),
        measure=measure if measure in MEASURES else "M",
        exact=one("praecis") == "1",
        start=one("fra"),
        below=one("under"),
        group=posted.get(f"{key}-gruppe", "").strip()[:100],
    )


def _joined(made: dict[str, Block], held: dict[str, list[str]], key: str) -> Block:
    return replace(made[key], of=tuple(_joined(made, held, below) for below in held.get(key, ())))
