"""The blocks as they stand on the page: in words, with their problem, what can be done with each, and the open one's form."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from helhed.law import Catalogue
from helhed.pages.analyst.workshop import choices
from helhed.pages.analyst.workshop.blocks import SEVERAL, Block, Standing, standing
from helhed.pages.analyst.workshop.building import Built
from helhed.pages.analyst.workshop.choices import Choice
from helhed.pages.analyst.workshop.words import kinds_on_the_menu, name_of, question_of, side_of
from helhed.rules.criteria import Age, All, Criterion, GroupRef, Leaf
from helhed.rules.sentences import Line, sentence, sentences

HEADS: dict[str, Promise] = {
    "all": gettext_lazy("Alle disse gælder"),
    "any": gettext_lazy("Mindst én af disse gælder"),
    "child": gettext_lazy("Har et barn, som"),
    "parent": gettext_lazy("Har en forælder, som"),
}
BETWEEN: dict[str, Promise] = {"any": gettext_lazy("eller"), "at_least": gettext_lazy("og/eller")}
WRAPS = ("any", "all", "at_least", "child", "parent")


@dataclass(frozen=True)
class Tool:
    """A button on a block: what it posts, its words and its icon."""

    act: str
    label: str
    icon: str


@dataclass(frozen=True)
class Row:
    """One block on the page. `joins`: the word between it and the one before it ("" for the first)."""

    block: Block
    name: str
    head: str
    problem: str
    side: str
    joins: str
    open: bool
    root: bool
    moves: tuple[Tool, ...]
    turns: tuple[Tool, ...]
    below: tuple["Row", ...] = ()


@dataclass(frozen=True)
class Form:
    """What the open block's form offers to choose from."""

    question: str
    codes: list[tuple[Choice, bool]]
    units: list[tuple[Choice, bool]]
    groups: tuple[tuple[str, str], ...]
    several: tuple[tuple[str, str], ...]
    hint: str


def outline(root: Block, built: Built, open_block: str, book: Catalogue, language: str) -> Row:
    """The whole bench; its first row is the root."""
    places = {each.block.id: each for each in standing(root)}

    def row(block: Block) -> Row:
        place = places[block.id]
        made = _row(place, built, open_block, book, language)
        return replace(made, below=tuple(row(part) for part in block.of))

    return row(root)


def head_of(block: Block, built: Built, book: Catalogue, language: str) -> str:
    """A block in words: the sentence where it is finished, its name where it is not."""
    part = built.parts.get(block.id)
    if block.kind == "at_least":
        return _("Mindst %(n)s af disse %(many)s gælder") % {"n": block.number or "…", "many": len(block.of)}
    if block.kind in HEADS:
        return str(HEADS[block.kind])
    if isinstance(part, Leaf | Age | GroupRef):
        words = sentence(part, book.label, language)
        return words if block.negated else words[:1].upper() + words[1:]
    return name_of(block.kind)


def form_of(root: Block, block: Block | None, book: Catalogue, language: str) -> Form | None:
    """The form of the open block; None where none is open."""
    if block is None:
        return None
    fact = block.is_fact
    return Form(
        question=question_of(block.kind),
        codes=choices.chosen(choices.codes_of(book, block.kind, language), block.codes) if fact else [],
        units=choices.chosen(choices.units_of(book, language), block.units) if fact else [],
        groups=choices.groups_of(book, language) if block.kind == "group" else (),
        several=tuple((kind, name_of(kind)) for kind in SEVERAL) if block.kind in SEVERAL else (),
        hint=_hint(root, block),
    )


def read_back(criterion: Criterion | None, book: Catalogue, language: str) -> list[tuple[int, str]]:
    """The criterion in plain sentences, each with its depth; none where nothing is finished."""
    if criterion is None:
        return []
    lines = sentences(criterion, book.label, language)
    if isinstance(criterion, All):  # that all of it must hold stands over the list
        lines = [Line(line.depth - 1, line.text) for line in lines[1:]]
    return [(line.depth, line.text[:1].upper() + line.text[1:]) for line in lines]


def menu(book: Catalogue) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """What can be added to a group."""
    return kinds_on_the_menu(book.vocabulary().kinds)


def _row(place: Standing, built: Built, open_block: str, book: Catalogue, language: str) -> Row:
    block, holder = place.block, place.holder
    return Row(
        block=block,
        name=name_of(block.kind),
        head=head_of(block, built, book, language),
        problem=built.problems.get(block.id, ""),
        side="" if block.holds else side_of(block.kind),
        joins="" if holder is None or place.place == 0 else str(BETWEEN.get(holder.kind, _("og"))),
        open=block.id == open_block,
        root=holder is None,
        moves=tuple(_moves(place)),
        turns=tuple(_turns(place)) if block.id == open_block and holder else (),
    )


def _moves(place: Standing) -> Iterable[Tool]:
    if place.holder is None:
        return
    key = place.block.id
    if place.beside > 1:
        yield Tool(f"op:{key}" if place.place else "", _("Flyt op"), "arrow-upward")
        yield Tool(f"ned:{key}" if place.place < place.beside - 1 else "", _("Flyt ned"), "arrow-downward")
    yield Tool(f"fjern:{key}", _("Fjern"), "delete")


def _turns(place: Standing) -> Iterable[Tool]:
    key, holder = place.block.id, place.holder
    for kind in WRAPS:
        words = _("Læg ind i »%(group)s«") % {"group": name_of(kind)}
        yield Tool(f"laeg:{key}:{kind}", words, "create-new-folder")
    if holder and place.place and holder.of[place.place - 1].holds:
        yield Tool(f"ind:{key}", _("Flyt ind i gruppen ovenover"), "format-indent-increase")
    if place.depth > 1:
        yield Tool(f"ud:{key}", _("Flyt ud af gruppen"), "format-indent-decrease")
    if place.block.holds and place.block.of:
        yield Tool(f"oploes:{key}", _("Løs gruppen op"), "folder-open")


def _hint(root: Block, block: Block) -> str:
    if block.kind != "child_case":
        return ""
    places = {each.block.id: each for each in standing(root)}
    place: Standing | None = places[block.id]
    while place and place.holder:
        if place.holder.kind == "child":
            return ""
        place = places.get(place.holder.id)
    return _(
        "En børnesag står på barnet. Læg klodsen ind i »Har et barn, som …«, hvis du leder efter forælderen."
    )


def problems_in_words(problems: int) -> str:
    """How many blocks are unfinished, and what that means for the numbers."""
    return ngettext(
        "%(n)s byggeklods er ikke færdig og tæller ikke med endnu.",
        "%(n)s byggeklodser er ikke færdige og tæller ikke med endnu.",
        problems,
    ) % {"n": problems}
