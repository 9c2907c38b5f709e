"""The words of the rules: sides, categories of information and how sensitive each is, purposes, grounds, levels."""

from datetime import date
from typing import Protocol

OWN_MATTER = "egen-indsigt"
OWN_CASE = "egen-sag"
PROPOSED = "forslag"
HELD = "ansvar"
OFFERED = "overdragelse"
CONSENT = "samtykke-deling"
EMERGENCY = "noedadgang"
MANDATE = "fuldmagt"
REPRESENTED = "repraesentation"
OVERSIGHT = "tilsyn"
ELSEWHERE = "sag-i-forvaltningen"
REVEALED = "beskyttet-adresse"

BIF, SOF, BOTH = "bif", "sof", "both"
ADMINISTRATIONS = (BIF, SOF)
FULL, EXISTS, NONE = "full", "exists", "none"

PURPOSES = ("sagsbehandling", "koordinering")
ALL_PURPOSES = (*PURPOSES, "noedadgang", "egen-indsigt", "repraesentation", "tilsyn")
"""What a caseworker may give as the purpose of a look; and every purpose there is."""

CATEGORIES = (
    "identity",
    "contact",
    "benefit",
    "employment_case",
    "offer",
    "social_case",
    "service",
    "child_case",
    "plan",
    "progression",
    "meeting",
    "note",
    "assessment",
    "consent",
    "group",
    "handover",
)
SIDES = {
    "benefit": BIF,
    "employment_case": BIF,
    "offer": BIF,
    "social_case": SOF,
    "service": SOF,
    "child_case": SOF,
    "assessment": SOF,
    "consent": BOTH,
}
PLAN_SIDES = {"min-plan": BIF, "handleplan": SOF, "helhedsorienteret-plan": BOTH}
CASES = {BIF: ("employment_case",), SOF: ("social_case", "child_case")}

ON_EACH_SIDE = ("progression", "meeting", "note")
ON_BOTH = ("identity", "contact", "consent", "group", "handover")
INFORMATION: tuple[tuple[str, str], ...] = (
    *((category, BOTH) for category in ON_BOTH),
    *((category, side) for category, side in SIDES.items() if side != BOTH),
    *(("plan", side) for side in (BIF, SOF, BOTH)),
    *((category, side) for category in ON_EACH_SIDE for side in (BIF, SOF)),
)
"""Every category with every side it is kept on."""
LOOK = tuple(pair for pair in INFORMATION if pair[0] != "handover")
"""What a look at a citizen asks about: all but the hand-over, which is asked for by name where one is shown."""

SENSITIVITY = {
    "identity": 0,
    "contact": 0,
    "service": 2,
    "child_case": 2,
    "assessment": 2,
    "note": 2,
}
"""0 not confidential, 1 confidential, 2 sensitive (health, social problems, children), 3 particularly protected; the four
levels of the joint municipal access management. What is not named here is confidential."""
CONFIDENTIAL = 1


class FactLike(Protocol):
    """As much of a fact as the policy looks at."""

    kind: str
    code: str
    true_from: date
    true_to: date | None


def sensitivity(category: str) -> int:
    """How sensitive a category of information is, 0 to 3."""
    return SENSITIVITY.get(category, CONFIDENTIAL)


def other(side: str) -> str:
    """The administration across."""
    return SOF if side == BIF else BIF


def side_of(kind: str, code: str) -> str:
    """Which administration a fact belongs to. A plan belongs to the one whose law it is made under."""
    return PLAN_SIDES.get(code, BOTH) if kind == "plan" else SIDES.get(kind, BOTH)


def holds(fact: FactLike, on: date) -> bool:
    """Whether a fact is true on a day."""
    return fact.true_from <= on and (fact.true_to is None or fact.true_to > on)


def above(unit: str) -> list[str]:
    """A unit and the units above it, the nearest first: "a/b/c" gives a/b/c, a/b, a."""
    words = unit.split("/")
    return ["/".join(words[:length]) for length in range(len(words), 0, -1)] if unit else []


def same_line(one: str, another: str) -> bool:
    """Whether two units are one, or one lies below the other."""
    return one in above(another) or another in above(one)
