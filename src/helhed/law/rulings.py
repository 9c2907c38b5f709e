"""The entries that say what may and must be done: responsibilities, exemptions, grounds, regimes, law changes.

Fields as in the YAML files; days are day numbers, durations periods.Duration.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from helhed.law.entries import (
    AdministrationKey,
    BenefitKey,
    ChildCaseKey,
    Entry,
    GroundKey,
    GroupKey,
    LawKey,
    ServiceKey,
    UnitKey,
)
from helhed.law.shapes import Day, Label, Length, Ref

Outcome = Literal["duplicated", "moves", "option", "rejected", "stays", "to_clarify"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility(Entry):
    """One of the four responsibilities. `holder_now`: the unit that has it when nothing is handed over.

    `follows_case`: the unit of the citizen's employment case has it, and `holder_now` only if that is unknown.
    """

    number: int
    holder_now: UnitKey
    follows_case: bool
    on_transfer: Outcome
    transferable: bool
    description: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsibilityTask(Entry):
    """A task in a responsibility: who has it now, who after a transfer, and what that amounts to."""

    area: Annotated[str, Ref(("responsibilities",))]
    now: tuple[UnitKey, ...]
    after_transfer: tuple[UnitKey, ...]
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption(Entry):
    """Why a citizen in a group is not moved, comes back, or is never in it."""

    kind: Literal["exemption", "group_exclusion", "rejected_alternative", "reversal"]
    level: Literal["group", "individual", "method"]
    decided_by: Literal["bif", "citizen", "consultant", "hoi", "rule", "sof"]
    effect: Literal["blocks_transfer", "hand_back", "outside_group", "rejected"]
    description: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalGround(Entry):
    """A provision to rest a decision on. `checked_by`, `checked_on`: the lawyer who confirmed it, and when."""

    law: LawKey
    paragraph: str
    use: Literal["context", "follow_up", "handling", "organisation", "plan", "sanction", "sharing"]
    summary: Label
    requires: tuple[GroundKey, ...] = ()
    checked_by: str | None = None
    checked_on: Day | None = None

    @property
    def is_checked(self) -> bool:
        """Whether a lawyer has confirmed the provision; until then it "skal bekræftes af jurist"."""
        return self.checked_by is not None and self.checked_on is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalOption(Entry):
    """A way the documents see of letting SOF carry the employment effort."""

    grounds: tuple[GroundKey, ...]
    as_of: Label
    assessment: Literal[
        "await", "barrier", "chosen", "doubtful", "expired", "fallback", "new_basis", "not_suitable"
    ]
    transfer_possible: Literal["doubtful", "expected", "no", "temporary", "yes"]
    reaches: Label
    reasoning: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime(Entry):
    """A set of rules that holds for a time; a draft is off unless asked for."""

    draft: bool
    grounds: tuple[GroundKey, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Touches:
    """What a change of law touches, by section."""

    benefits: tuple[BenefitKey, ...] = ()
    services: tuple[ServiceKey, ...] = ()
    child_cases: tuple[ChildCaseKey, ...] = ()
    employment_cases: tuple[Annotated[str, Ref(("employment_cases",))], ...] = ()
    units: tuple[UnitKey, ...] = ()
    groups: tuple[GroupKey, ...] = ()
    legal_grounds: tuple[GroundKey, ...] = ()
    legal_options: tuple[Annotated[str, Ref(("legal_options",))], ...] = ()
    regimes: tuple[Annotated[str, Ref(("regimes",))], ...] = ()
    cadences: tuple[Annotated[str, Ref(("cadences",))], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LawChange(Entry):
    """What a law did. `effective`: its days of effect, oldest first; none = unknown. `ends`: when it gave way."""

    effective: tuple[Day, ...]
    certainty: Literal["expected", "in_force", "secondary_source", "unknown"]
    touches: Touches
    consequence: Label
    ends: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationChange(Entry):
    """A reorganisation in the words of the source; `precision` says how good its date is."""

    effective: Day
    precision: Literal["approximate", "day", "proposed"]
    administrations: tuple[AdministrationKey, ...]
    before: Label
    after: Label
    count_before: int | None = None
    count_after: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence(Entry):
    """How often the law wants contact: at least `least` times within `window`, the first within `first_within`.

    `share` is in percent of the group; below 100 it is a measure of the group, not a citizen's deadline.
    """

    administration: AdministrationKey
    rule: Label
    benefits: tuple[BenefitKey, ...] = ()
    grounds: tuple[GroundKey, ...] = ()
    window: Length | None = None
    first_within: Length | None = None
    least: int | None = None
    share: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoiPart(Entry):
    """A line of the HOI draft; `objective` if it can be read from facts."""

    part: Literal["commencement", "family", "may", "must", "organisation"]
    criterion: Literal[
        "age",
        "benefit",
        "consistency",
        "date",
        "freedom",
        "need",
        "potential",
        "relation",
        "right",
        "service",
    ]
    logic: Literal["all", "any_of", "none"]
    objective: bool
    benefits: tuple[BenefitKey, ...] = ()
    services: tuple[ServiceKey, ...] = ()
    child_cases: tuple[ChildCaseKey, ...] = ()
