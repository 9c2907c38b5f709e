"""The answer over time as the viewer may see it: spells that are true, unknown or closed, and the days it turns."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from helhed.periods import Span
from helhed.rules.criteria import (
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
from helhed.rules.facts import Key, World
from helhed.rules.one import Spell, spells
from helhed.sharing.why.answers import CLOSED
from helhed.sharing.why.sight import Sight

FIRST = Span(-40_000, None)
_NO: Criterion = Leaf("")
_YES: Criterion = Not(_NO)


class Stretch(NamedTuple):
    """Days `[start, end)` on which the answer is true, unknown or closed."""

    value: str
    start: int
    end: int | None


class Turn(NamedTuple):
    """The first day of another answer: what it was the day before, and what it is from that day."""

    day: int
    before: str
    after: str


def stretches(
    world: World, person: Key, key: str, groups: Mapping[str, Group], sight: Sight
) -> tuple[Stretch, ...]:
    """The whole history of the answer, and what is known of its future; disjoint, in order, false left out."""
    if not sight.hides(GroupRef(key), groups):
        return tuple(Stretch(*spell) for spell in spells(world, person, key, groups, sight.vocabulary, FIRST))
    both = _against_and_for(key, groups, sight)
    low, high = (
        spells(world, person, _name(key, kind, False), both, sight.vocabulary, FIRST)
        for kind in (False, True)
    )
    return tuple(_laid_together(low, high))


def turns(found: Iterable[Stretch], on: int, most: int) -> tuple[Turn, ...]:
    """The first turns after a day."""
    found = list(found)
    days = sorted({day for one in found for day in (one.start, one.end) if day is not None and day > on})
    return tuple(Turn(day, value_on(found, day - 1), value_on(found, day)) for day in days[:most])


def value_on(found: Iterable[Stretch], day: int) -> str:
    """The answer on a day."""
    held = (one.value for one in found if one.start <= day and (one.end is None or day < one.end))
    return next(held, "false")


def _laid_together(low: list[Spell], high: list[Spell]) -> Iterable[Stretch]:
    """Where the two agree their value; elsewhere closed."""
    lows, highs = [Stretch(*spell) for spell in low], [Stretch(*spell) for spell in high]
    ends = [one.end for one in (*lows, *highs)]
    days = sorted({one.start for one in (*lows, *highs)} | {day for day in ends if day is not None})
    last: Stretch | None = None
    for day, end in zip(days, [*days[1:], None], strict=False):
        value = value_on(lows, day)
        value = value if value == value_on(highs, day) else CLOSED
        if last and last.value == value and last.end == day:
            last = last._replace(end=end)
            continue
        if last and last.value != "false":
            yield last
        last = Stretch(value, day, end)
    if last and last.value != "false":
        yield last


def _against_and_for(key: str, groups: Mapping[str, Group], sight: Sight) -> dict[str, Group]:
    """A group and those it leans on, twice: as if everything closed spoke against, and for."""
    made: dict[str, Group] = {}
    waiting = [(key, favour, False) for favour in (False, True)]
    while waiting:
        group, favour, relative = waiting.pop()
        name = _name(group, favour, relative)
        if name in made:
            continue
        versions = []
        for version in groups[group].versions:
            leans: list[tuple[str, bool, bool]] = []
            criteria = _veiled(version.criteria, sight, favour, relative, leans)
            versions.append(Version(version.valid_from, criteria))
            waiting += leans
        made[name] = Group(name, tuple(versions))
    return made


def _veiled(
    criterion: Criterion, sight: Sight, favour: bool, relative: bool, leans: list[tuple[str, bool, bool]]
) -> Criterion:
    if sight.closes(criterion, relative=relative):
        return _YES if favour else _NO
    match criterion:
        case GroupRef():
            leans.append((criterion.key, favour, relative))
            return GroupRef(_name(criterion.key, favour, relative))
        case Not():
            return Not(_veiled(criterion.of, sight, not favour, relative, leans))
        case AnyChild():
            return AnyChild(_veiled(criterion.of, sight, favour, True, leans))
        case AnyParent():
            return AnyParent(_veiled(criterion.of, sight, favour, True, leans))
        case All() | AnyOf():
            return type(criterion)(tuple(_veiled(c, sight, favour, relative, leans) for c in criterion.of))
        case AtLeast():
            return AtLeast(
                criterion.n, tuple(_veiled(c, sight, favour, relative, leans) for c in criterion.of)
            )
    return criterion


def _name(key: str, favour: bool, relative: bool) -> str:
    return f"{'for' if favour else 'against'} {'relative' if relative else 'self'} {key}"
