"""What a target group is: a criterion over time. Frozen values that refuse to be wrong.

Each class is one line of the language. A criterion is true, false or unknown for a person on a day; what that
means is said in the docstrings here and nowhere else in code – the engines `one` and `many` both follow them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from helhed.periods import Duration
from helhed.rules.errors import Message, RefusedError


@dataclass(frozen=True, slots=True)
class All:
    """True if all are true, false if any is false, else unknown."""

    of: tuple["Criterion", ...]

    def __post_init__(self) -> None:
        _some(self.of, "all")


@dataclass(frozen=True, slots=True)
class AnyOf:
    """True if any is true, false if all are false, else unknown."""

    of: tuple["Criterion", ...]

    def __post_init__(self) -> None:
        _some(self.of, "any")


@dataclass(frozen=True, slots=True)
class Not:
    """True if the criterion is false, false if it is true; unknown stays unknown."""

    of: "Criterion"


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The n-th best value of the criteria: true if n are true, false if n cannot be reached, else unknown."""

    n: int
    of: tuple["Criterion", ...]

    def __post_init__(self) -> None:
        _some(self.of, "at_least")
        if not 1 <= self.n <= len(self.of):
            raise RefusedError(
                Message(
                    f"at_least kræver et n fra 1 til antallet af kriterier ({len(self.of)}), ikke {self.n}.",
                    f"at_least needs an n from 1 to the number of criteria ({len(self.of)}), not {self.n}.",
                )
            )


@dataclass(frozen=True, slots=True)
class Age:
    """True from the `start`-th birthday (or birth) up to the `below`-th ; no birth date: unknown."""

    start: int | None = None
    below: int | None = None

    def __post_init__(self) -> None:
        for age in (self.start, self.below):
            if age is not None and not 0 <= age <= 150:
                raise RefusedError(
                    Message(
                        f"En alder er et helt tal fra 0 til 150, ikke {age}.",
                        f"An age is a whole number from 0 to 150, not {age}.",
                    )
                )
        if self.start is None and self.below is None:
            raise RefusedError(
                Message("age kræver from, below eller begge.", "age needs from, below or both.")
            )
        if self.below is not None and self.below <= (self.start or 0):
            raise RefusedError(
                Message(
                    f"age kræver et from under below; {self.start or 0} er ikke under {self.below}.",
                    f"age needs a from below its below; {self.start or 0} is not below {self.below}.",
                )
            )


@dataclass(frozen=True, slots=True)
class Leaf:
    """Spells of one kind: T = union of those that match, M = of those that match or may match.

    `any_of`: the codes meant, with all below them; None = any. `unit`: the units meant; None = any or none.
    `exact` leaves successors out, for codes and units. At most one time modifier, applied to T and to M:
    `within`: covered on this day or at some day of the duration before it;
    `lasted`: covered without a break for at least the duration;
    `ending_within`: its known end is at most the duration away.
    """

    kind: str
    any_of: tuple[str, ...] | None = None
    unit: tuple[str, ...] | None = None
    within: Duration | None = None
    lasted: Duration | None = None
    ending_within: Duration | None = None
    exact: bool = False

    def __post_init__(self) -> None:
        for name, listed in (("any_of", self.any_of), ("unit", self.unit)):
            if listed is not None and not listed:
                raise RefusedError(
                    Message(
                        f"{name} er tom. Nævn mindst én, eller udelad {name} for at mene alle.",
                        f"{name} is empty. Name at least one, or leave {name} out to mean all.",
                    )
                )
        if sum(m is not None for m in (self.within, self.lasted, self.ending_within)) > 1:
            raise RefusedError(
                Message(
                    "Kun én af within, lasted og ending_within kan bruges ad gangen.",
                    "Only one of within, lasted and ending_within can be used at a time.",
                )
            )


@dataclass(frozen=True, slots=True)
class AnyChild:
    """The three-valued any, over the children, of: the relation holds, and the criterion of that child."""

    of: "Criterion"


@dataclass(frozen=True, slots=True)
class AnyParent:
    """The three-valued any, over the parents, of: the relation holds, and the criterion of that parent."""

    of: "Criterion"


@dataclass(frozen=True, slots=True)
class GroupRef:
    """The value of another group, by its version in force on the day."""

    key: str


Criterion: TypeAlias = All | AnyOf | Not | AtLeast | Age | Leaf | AnyChild | AnyParent | GroupRef


@dataclass(frozen=True, slots=True)
class Version:
    """What a group means from day `valid_from` until its next version. `source`: the document and section."""

    valid_from: int
    criteria: Criterion
    source: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A target group: key, label by language, source, and dated versions. Before the first it is empty.

    `refers_to`: the keys of the groups its versions name, worked out once.
    """

    key: str
    versions: tuple[Version, ...]
    label: Mapping[str, str] = field(default_factory=dict, hash=False)
    source: str = ""
    refers_to: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _some(self.versions, "versions")
        days = [version.valid_from for version in self.versions]
        if len(set(days)) < len(days):
            raise RefusedError(
                Message(
                    f"Gruppe {self.key} har to versioner fra samme dag. Giv hver sin valid_from.",
                    f"Group {self.key} has two versions from the same day. Give each its own valid_from.",
                )
            )
        in_order = tuple(sorted(self.versions, key=lambda version: version.valid_from))
        named = tuple(key for version in in_order for key in references(version.criteria))
        object.__setattr__(self, "versions", in_order)
        object.__setattr__(self, "refers_to", named)
        object.__setattr__(self, "label", dict(self.label))

    def version_on(self, day: int) -> Version | None:
        """The version in force on a day; None before the first."""
        in_force = [version for version in self.versions if version.valid_from <= day]
        return in_force[-1] if in_force else None

    def periods(self) -> tuple[tuple[int, int | None, Version], ...]:
        """Each version with its first day and the day it gives way (None for the last)."""
        ends = [version.valid_from for version in self.versions[1:]]
        return tuple(
            (version.valid_from, end, version)
            for version, end in zip(self.versions, [*ends, None], strict=True)
        )


def parts(criterion: Criterion) -> tuple[Criterion, ...]:
    """The criteria directly inside a criterion; a leaf, an age and a group reference have none."""
    if isinstance(criterion, All | AnyOf | AtLeast):
        return criterion.of
    if isinstance(criterion, Not | AnyChild | AnyParent):
        return (criterion.of,)
    return ()


def references(criterion: Criterion) -> tuple[str, ...]:
    """The keys of the groups a criterion refers to, at any depth, in the order written."""
    if isinstance(criterion, GroupRef):
        return (criterion.key,)
    return tuple(key for part in parts(criterion) for key in references(part))


def _some(listed: tuple[object, ...], name: str) -> None:
    if not listed:
        raise RefusedError(
            Message(f"{name} er tom. Skriv mindst ét led.", f"{name} is empty. Write at least one item.")
        )
