"""The entries of the catalogue that facts are made of: codes, units and what they rest on. Frozen values.

Days are day numbers; `valid_from` to `valid_to` is half-open, None = unknown or open. `status` says whether a
source states the entry or it is inferred here. The field names are those of the YAML files.
"""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from helhed.law.shapes import GIVEN, Day, Label, Ref, Sources

LawKey = Annotated[str, Ref(("laws",))]
UnitKey = Annotated[str, Ref(("units",))]
AdministrationKey = Annotated[str, Ref(("administrations",))]
BenefitKey = Annotated[str, Ref(("benefits",))]
ServiceKey = Annotated[str, Ref(("services",))]
OfferKey = Annotated[str, Ref(("offers",))]
ChildCaseKey = Annotated[str, Ref(("child_cases",))]
GroundKey = Annotated[str, Ref(("legal_grounds",))]
GroupKey = Annotated[str, Ref(("groups",))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What every entry has. `successors` are keys of the same section that took over from this one."""

    section: str = field(metadata=GIVEN)
    key: str = field(metadata=GIVEN)
    label: Label
    source: Sources
    status: Literal["stated", "inferred"]
    valid_from: Day | None = None
    valid_to: Day | None = None
    successors: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    note: Label | None = None

    def valid_on(self, day: int) -> bool:
        """Whether the entry is in force on a day; an unknown end counts as open."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Entry):
    """A document, law, page or own inference that the rest of the catalogue points to."""

    source: Sources = ()
    kind: Literal["document", "guidance", "law", "own", "press", "website"]
    date: Day | None = None
    publisher: str | None = None
    reference: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Law(Entry):
    """An act, under the short name the other entries use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Administration(Entry):
    """An administration; `party` if it is one of the two that share the work."""

    short: str
    party: bool
    committee: UnitKey | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit(Entry):
    """A place in the organisation. The tree is the key's; `answers_to` joins the trees above it."""

    unit_type: Literal[
        "administration",
        "citizen_centre",
        "committee",
        "cooperation",
        "group_of_units",
        "operations_centre",
        "political",
        "region",
        "state_agency",
        "target_group_unit",
        "team",
        "unit",
    ]
    level: Literal["municipality", "municipality_and_region", "region", "state"]
    administration: AdministrationKey | None = None
    answers_to: UnitKey | None = None
    partners: tuple[UnitKey, ...] = ()
    excluded_by: Annotated[str, Ref(("exemptions",))] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Code(Entry):
    """What the kinds of facts have in common. `closed_to_new`: from this day no new spells, running ones go on."""

    law: LawKey | None = None
    paragraph: str | None = None
    kle: str | None = None
    closed_to_new: Day | None = None
    administration: AdministrationKey | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Benefit(Code):
    """An income benefit; `category` is the visitation category. `hoi`: named by the HOI draft's must-group."""

    category: Label | None = None
    hoi: Literal["must"] | None = None
    successor_condition: Label | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EmploymentCase(Code):
    """A case in BIF, by the person category of LAB § 6."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(Code):
    """A social effort by law and section."""

    service_type: Literal[
        "advice",
        "care",
        "civil_society",
        "disability_compensation",
        "financial",
        "residential",
        "social",
        "treatment",
    ]
    hoi: Literal["must"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Code):
    """An employment offer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SocialCase(Code):
    """A case in SOF: primary or supplementary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildCase(Code):
    """A measure for a child, recorded on the child."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Code):
    """A plan with a citizen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent(Code):
    """A consent; the two kinds are never the same thing."""

    grounds: tuple[GroundKey, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment(Code):
    """A concrete assessment of a citizen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CprStatus(Code):
    """How a citizen stands in the population register, where that is not simply living in the municipality. `number`: the
    register's own status. `undoes`: the cause for which responsibility that was handed over goes back, if any."""

    number: int | None = None
    undoes: Literal["death", "moved-away"] | None = None
