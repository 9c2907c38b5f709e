"""From blocks to a criterion and back. What is unfinished gets one sentence at its block; the rest still makes a criterion."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from helhed.pages.analyst.workshop.blocks import WORDS_OF_TIME, Block
from helhed.pages.analyst.workshop.words import choose_one
from helhed.periods import Duration
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
)
from helhed.rules.vocabulary import Vocabulary

_RELATED = {"child": AnyChild, "parent": AnyParent}
_OLDEST = 150
_LONGEST = 999_999


@dataclass(frozen=True)
class Built:
    """What the bench means. `whole`: None while anything is unfinished; `finished`: what is finished of it, None if nothing.

    `problems`: a sentence by block id. Each finished block's own criterion stands in `parts` (before it is negated).
    """

    whole: Criterion | None
    finished: Criterion | None
    problems: Mapping[str, str]
    parts: Mapping[str, Criterion]


@dataclass
class _Builder:
    vocabulary: Vocabulary
    groups: Mapping[str, Group]
    problems: dict[str, str] = field(default_factory=dict)
    parts: dict[str, Criterion] = field(default_factory=dict)

    def of(self, block: Block) -> Criterion | None:
        """The criterion of a block, of its finished parts where it holds others; None where nothing is finished."""
        made = self._holder(block) if block.holds else self._single(block)
        if made is None:
            return None
        self.parts[block.id] = made
        return Not(made) if block.negated else made

    def _holder(self, block: Block) -> Criterion | None:
        inner = tuple(made for part in block.of if (made := self.of(part)) is not None)
        if not block.of:
            self.problems[block.id] = _("Tilføj mindst én byggeklods her.")
        if block.kind == "at_least":
            return self._at_least(block, inner)
        if not inner:
            return None
        if block.kind in _RELATED:
            return _RELATED[block.kind](inner[0] if len(inner) == 1 else All(inner))
        return AnyOf(inner) if block.kind == "any" else All(inner)

    def _at_least(self, block: Block, inner: tuple[Criterion, ...]) -> Criterion | None:
        wanted = _whole(block.number)
        if wanted is None or not 1 <= wanted <= max(len(block.of), 1):
            words = _("Skriv et helt tal fra 1 til %(most)s: så mange af klodserne skal passe.")
            self.problems.setdefault(block.id, words % {"most": max(len(block.of), 1)})
            return None
        return AtLeast(wanted, inner) if wanted <= len(inner) else None

    def _single(self, block: Block) -> Criterion | None:
        problem = self._problem(block)
        if problem:
            self.problems[block.id] = problem
            return None
        if block.kind == "age":
            return Age(_whole(block.start), _whole(block.below))
        if block.kind == "group":
            return GroupRef(block.group)
        length = Duration(int(block.number), block.measure) if block.time else None
        times = {name: length if block.time == name else None for name in WORDS_OF_TIME}
        return Leaf(block.kind, block.codes or None, block.units or None, exact=block.exact, **times)

    def _problem(self, block: Block) -> str:
        if block.kind == "age":
            return _age_problem(block)
        if block.kind == "group":
            return "" if block.group in self.groups else _("Vælg en målgruppe.")
        unknown = [code for code in block.codes if code not in self.vocabulary.codes_of(block.kind)]
        unknown += [unit for unit in block.units if unit not in self.vocabulary.units]
        if unknown:
            return _("Kataloget kender ikke »%(name)s«. Vælg en anden.") % {"name": unknown[0][:60]}
        if not block.codes and not block.whichever:
            return choose_one(block.kind)
        number = _whole(block.number)
        if block.time and (number is None or not 1 <= number <= _LONGEST):
            return _("Skriv, hvor længe: et helt tal på mindst 1.")
        return ""


def build(root: Block, vocabulary: Vocabulary, groups: Mapping[str, Group]) -> Built:
    """The criterion of a bench. A single block stands alone, without "all of these" around it."""
    builder = _Builder(vocabulary, groups)
    if not root.of:
        return Built(None, None, {}, {})
    finished = builder.of(root)
    if root.kind == "all" and isinstance(finished, All) and len(finished.of) == 1:
        finished = finished.of[0]
    return Built(None if builder.problems else finished, finished, builder.problems, builder.parts)


def blocks_of(criterion: Criterion) -> Block:
    """The bench of a criterion. What is turned around twice is not turned around; the meaning is the same."""
    made = _Numbered().block(criterion, negated=False)
    if made.kind in ("all", "any", "at_least") and not made.negated:
        return made
    return Block("k0", "all", of=(made,))


class _Numbered:
    """Gives blocks their ids in the order they are read; 0 is kept for the root."""

    def __init__(self) -> None:
        self.last = 0

    def block(self, criterion: Criterion, *, negated: bool) -> Block:
        if isinstance(criterion, Not):
            return self.block(criterion.of, negated=not negated)
        self.last += 1
        key = f"k{self.last}"
        match criterion:
            case All() | AnyOf() | AtLeast():
                kind = {All: "all", AnyOf: "any", AtLeast: "at_least"}[type(criterion)]
                number = str(criterion.n) if isinstance(criterion, AtLeast) else ""
                return Block(key, kind, negated, number=number, of=self._several(criterion.of))
            case AnyChild() | AnyParent():
                several = isinstance(criterion.of, All) and len(criterion.of.of) > 1
                of = criterion.of.of if isinstance(criterion.of, All) and several else (criterion.of,)
                kind = "child" if isinstance(criterion, AnyChild) else "parent"
                return Block(key, kind, negated, of=self._several(of))
            case Age():
                return Block(
                    key, "age", negated, start=_typed(criterion.start), below=_typed(criterion.below)
                )
            case GroupRef():
                return Block(key, "group", negated, group=criterion.key)
        return _fact(criterion, key, negated)

    def _several(self, criteria: tuple[Criterion, ...]) -> tuple[Block, ...]:
        return tuple(self.block(each, negated=False) for each in criteria)


def _fact(leaf: Leaf, key: str, negated: bool) -> Block:
    time = next((name for name in WORDS_OF_TIME if getattr(leaf, name) is not None), "")
    length: Duration | None = getattr(leaf, time) if time else None
    return Block(
        key,
        leaf.kind,
        negated,
        codes=leaf.any_of or (),
        units=leaf.unit or (),
        whichever=leaf.any_of is None,
        time=time,
        number=str(length.number) if length else "",
        measure=length.unit if length else "M",
        exact=leaf.exact,
    )


def _age_problem(block: Block) -> str:
    typed = [text for text in (block.start, block.below) if text]
    if not typed:
        return _("Skriv en alder: fyldt, under eller begge.")
    ages = [_whole(text) for text in typed]
    if any(age is None or not 0 <= age <= _OLDEST for age in ages):
        return _("En alder er et helt tal fra 0 til 150.")
    below = _whole(block.below)
    if below is not None and below <= (_whole(block.start) or 0):
        return _("»Under« skal være højere end »fyldt«.")
    return ""


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else None


def _typed(age: int | None) -> str:
    return "" if age is None else str(age)
