"""One citizen explained: for each group the value, the reasons, what is missing, the history and what will change it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from helhed.periods import date_of
from helhed.rules.criteria import Age, Group
from helhed.rules.facts import Key, World
from helhed.rules.one import Obstacle, Value, explain_all, near_misses
from helhed.sharing.why.answers import CLOSED, GroupWhy
from helhed.sharing.why.sight import Seen, Sight, leaves, seen
from helhed.sharing.why.spans import Stretch, stretches, turns
from helhed.sharing.why.turning import turn_words
from helhed.sharing.why.wording import Words, lines_of, misses_of, value_word

MOST_WAYS = 3
MOST_TURNS = 3


@dataclass(frozen=True)
class Case:
    """A person in a world, and what of it may be seen. Each day is worked out once, for all the groups asked about."""

    world: World
    person: Key
    keys: Sequence[str]
    groups: Mapping[str, Group]
    sight: Sight
    _days: dict[int, dict[str, Seen]] = field(default_factory=dict)

    def on(self, day: int) -> dict[str, Seen]:
        """Every group on a day, as it may be seen."""
        if day not in self._days:
            reasons = explain_all(self.world, self.person, self.keys, day, self.groups, self.sight.vocabulary)
            self._days[day] = {key: seen(reason, self.sight) for key, reason in reasons.items()}
        return self._days[day]

    def history(self, key: str) -> tuple[Stretch, ...]:
        """When the answer is true, unknown or closed."""
        return stretches(self.world, self.person, key, self.groups, self.sight)


@dataclass(frozen=True)
class About:
    """What is said of a group besides its criteria: words, family, source."""

    label: str
    family: str
    source: str


def group_why(case: Case, key: str, about: About, words: Words) -> GroupWhy:
    """One group explained."""
    node = case.on(words.on)[key]
    value, version = value_word(node), node.reason.version
    ways = [] if value in ("true", CLOSED) else near_misses(node.reason, MOST_WAYS)
    ways.sort(key=lambda way: (not in_reach(node, way), len(way)))
    history = case.history(key)
    return GroupWhy(
        key=key,
        label=about.label,
        family=about.family,
        value=value,
        version_from=None if version is None else date_of(version.valid_from),
        source=about.source,
        lines=tuple(line for part in node.parts for line in lines_of(part, words)),
        misses=misses_of(node, ways, words),
        missing=min((len(way) for way in ways if in_reach(node, way)), default=0),
        history=tuple((one.value, date_of(one.start), _date(one.end)) for one in history),
        changes=tuple(_changes(case, key, history, words)),
    )


def in_reach(node: Seen, way: tuple[Obstacle, ...]) -> bool:
    """Whether a way to a yes can still be gone and is known to be the whole way: nothing closed, no age that is past."""
    closed = {id(leaf.reason) for leaf in leaves(node) if leaf.closed}
    return not any(id(one.reason) in closed or _past(one) for one in way)


def _past(obstacle: Obstacle) -> bool:
    """An age one has left, or has reached for good and should not have."""
    reason = obstacle.reason
    return isinstance(reason.criterion, Age) and reason.value is not Value.UNKNOWN and reason.until is None


def _changes(case: Case, key: str, history: Iterable[Stretch], words: Words) -> Iterable[str]:
    for turn in turns(history, words.on, MOST_TURNS):
        yield turn_words(turn, case.on(turn.day - 1)[key], case.on(turn.day)[key], words)


def _date(day: int | None) -> date | None:
    return None if day is None else date_of(day)
