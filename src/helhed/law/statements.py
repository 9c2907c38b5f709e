"""The entries that say what the documents say: groups with their verdict, figures, pros and cons, history.

Fields as in the YAML files; days are day numbers.
"""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from helhed.law.entries import (
    BenefitKey,
    ChildCaseKey,
    Entry,
    GroupKey,
    OfferKey,
    ServiceKey,
    UnitKey,
)
from helhed.law.shapes import GIVEN, Day, Label, Ref, Sources
from helhed.rules.criteria import Version

GroupOrScope = Annotated[str, Ref(("groups", "scopes"))]
VolumeKey = Annotated[str, Ref(("volumes",))]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetGroup(Entry):
    """A target group: its dated criteria, and what the report says about it.

    `counts`: whom the group holds. `typical_*`: what its citizens get most, never part of the criteria.
    `derived_volume`: the check whose sum is the group's stated size, when the source prints it elsewhere.
    """

    versions: tuple[Version, ...] = field(metadata=GIVEN)
    family: Literal["historical", "hoi", "mapping", "model", "shared", "vaerksted"]
    counts: Literal["children", "parents", "persons"]
    task: int | None = None
    series: Label | None = None
    transfer_type: Literal["faelles-indgang", "ressortflyt"] | None = None
    anchored_in: Label | None = None
    verdict: Literal["least_suitable", "merged_into_5", "recommended"] | None = None
    verdict_basis: Label | None = None
    verdict_source: Sources = ()
    merged_into: GroupKey | None = None
    derived_volume: Annotated[str, Ref(("volume_checks",))] | None = None
    typical_services: tuple[ServiceKey, ...] = ()
    typical_offers: tuple[OfferKey, ...] = ()
    typical_child_cases: tuple[ChildCaseKey, ...] = ()
    draft: bool = False
    vulnerable: Literal["all", "none", "part"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope(Entry):
    """What a statement may be about when it is not a single group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedCriterion(Entry):
    """A line of a model's delimitation as the report states it."""

    of: GroupOrScope
    type: Literal[
        "age",
        "assessment",
        "benefit",
        "consent",
        "population",
        "precondition",
        "relation",
        "service",
        "union",
        "unit",
        "unit_of_parent",
    ]
    logic: Literal["all", "any_of", "typical"]
    benefits: tuple[BenefitKey, ...] = ()
    units: tuple[UnitKey, ...] = ()
    services: tuple[ServiceKey, ...] = ()
    child_cases: tuple[ChildCaseKey, ...] = ()
    groups: tuple[GroupKey, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume(Entry):
    """A number that a document states. `about`: the group or programme it is of."""

    population: Literal[
        "analyses",
        "centres",
        "children",
        "hours_per_week",
        "money",
        "months",
        "parents",
        "persons",
        "persons_per_year",
        "trials",
        "votes",
        "years",
    ]
    value: int
    unit: Literal["billion_kroner", "hours", "months", "number", "years"]
    precision: Literal["about", "estimated", "exact", "example", "minimum", "rounded"]
    as_of: Label
    as_of_day: Day
    kind: Literal["amount", "count", "historical", "model", "parameter", "programme", "target_group", "vote"]
    about: Annotated[str, Ref(("groups", "programmes"))] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeCheck(Entry):
    """A sum the documents invite one to make; both sides are computed by the loader. See arithmetic."""

    left: str
    left_value: float
    finding: Literal[
        "agrees", "computed", "contradiction", "mismatch", "residual", "rounding", "share", "unexplained"
    ]
    right: str | None = None
    right_value: float | None = None
    difference: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProOrCon(Entry):
    """An advantage or a drawback, by the report's parameter. `see`: the group or scope whose list it repeats."""

    of: tuple[GroupOrScope, ...]
    direction: Literal["con", "pro"]
    parameter: Literal["fagligt", "generelt", "oekonomisk", "sammenhaeng", "styringsmaessigt"]
    parameter_status: Literal["inferred", "stated"]
    see: GroupOrScope | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inconsistency(Entry):
    """Where the sources disagree with themselves. `resolution`: how the made-up city makes both figures hold."""

    kind: Literal[
        "age",
        "criteria",
        "date",
        "definition",
        "goals",
        "history",
        "law",
        "lost_content",
        "model_label",
        "organisation",
        "programme",
        "pros_and_cons",
        "scope",
        "services",
        "time",
        "typos",
        "verdict",
        "volume",
    ]
    severity: Literal["high", "low", "medium"]
    description: Label
    handling: Label
    groups: tuple[GroupKey, ...] = ()
    resolution: Label | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal(Entry):
    """A goal of the strategy 2009-11: `target` percent of the `denominator` in a year."""

    goal: int
    year: int
    target: int
    unit: Literal["percent"]
    denominator: Literal["all", "shared"]
    period: Literal["lookback", "stock"]
    indicator: Label
    persons_at_stated_volume: int | None = None
    volume: VolumeKey | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme(Entry):
    """A joint effort or project that a document names."""

    category: Literal[
        "agreement",
        "civil_society",
        "infrastructure",
        "initiative",
        "innovation",
        "offer",
        "past",
        "pilot",
        "planned",
        "project",
        "statutory",
        "tool",
        "trial",
        "youth",
    ]
    target_group: Label
    partners: tuple[UnitKey, ...]
    units: tuple[UnitKey, ...] = ()
    volume: VolumeKey | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingQuestion(Entry):
    """One of the five questions of the mapping."""

    question: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingTopic(Entry):
    """A cell of the mapping: what the documents say about a group and a question; not `answered` = nothing."""

    group: GroupKey
    question: Annotated[str, Ref(("mapping_questions",))]
    answered: bool
    text: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Entry):
    """A line of the timeline; `date` is its first day when it is a month, a year or a period."""

    when: Label
    date: Day
    precision: Literal["day", "month", "period", "year"]
