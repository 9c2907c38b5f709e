"""What may be shown to whom, as code a data steward can read.

The rules, in the order they are tried:

1. A citizen sees everything about themselves (GDPR art. 15; forvaltningsloven § 9).
2. A caseworker meets only citizens who have an open case in the caseworker's own administration.
3. Of such a citizen the caseworker sees what the own administration knows (the task needs it).
4. What the other administration knows is open while the citizen's consent to sharing holds
   (retssikkerhedsloven § 11 a, forvaltningsloven § 28). Otherwise the lane is closed, and does not say whether it is empty.
5. Target groups rest on both administrations' facts and are open only when both sides are. An explanation goes as far as the
   open side alone decides the answer, whatever the closed side holds; a relative is never more in it than "a child has a case".
6. Everyone else sees no person at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

OWN_MATTER = "egen-indsigt"
OWN_CASE = "egen-sag"
CONSENT = "samtykke-deling"

PURPOSES = ("sagsbehandling", "koordinering")
BIF, SOF, BOTH = "bif", "sof", "both"

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


class FactLike(Protocol):
    """As much of a fact as the policy looks at."""

    kind: str
    code: str
    true_from: date
    true_to: date | None


class Viewer(Protocol):
    """As much of a user as the policy looks at."""

    role: str
    administration: str

    def may(self, permission: str) -> bool: ...


@dataclass(frozen=True)
class Decision:
    """What one look may show: the sides that are open, each with its ground; `why` where nothing is open."""

    grounds: dict[str, str]
    why: str = ""

    @property
    def allowed(self) -> bool:
        """True when at least one side is open."""
        return bool(self.grounds)

    def opens(self, side: str) -> bool:
        """Whether a side is open; what is common to both is open when either is."""
        return self.allowed if side == BOTH else side in self.grounds

    def ground(self, side: str) -> str:
        """The ground a side is open on."""
        return next(iter(self.grounds.values()), "") if side == BOTH else self.grounds.get(side, "")


def side_of(kind: str, code: str) -> str:
    """Which administration a fact belongs to. A plan belongs to the one whose law it is made under."""
    return PLAN_SIDES.get(code, BOTH) if kind == "plan" else SIDES.get(kind, BOTH)


def decide(
    viewer: Viewer, facts: Iterable[FactLike], children: Iterable[FactLike], purpose: str, on: date
) -> Decision:
    """Decide one look at one citizen. `children`: the facts of the citizen's children (a child case makes a SOF case).

    Deny by default: an unknown purpose, role or administration opens nothing.
    """
    if not viewer.may("citizen.look") or viewer.administration not in CASES:
        return Decision({}, "role")
    if purpose not in PURPOSES:
        return Decision({}, "purpose")
    running = [f for f in facts if holds(f, on)]
    own = viewer.administration
    kinds = {f.kind for f in running} | {f.kind for f in children if holds(f, on) and f.kind == "child_case"}
    if not kinds.intersection(CASES[own]):
        return Decision({}, "no-case")
    grounds = {own: OWN_CASE}
    if any(f.kind == "consent" and f.code == "deling" for f in running):
        grounds[SOF if own == BIF else BIF] = CONSENT
    return Decision(grounds)


def own_matter() -> Decision:
    """The citizen's look at the own page: both sides."""
    return Decision({BIF: OWN_MATTER, SOF: OWN_MATTER})


def holds(fact: FactLike, on: date) -> bool:
    """Whether a fact is true on a day."""
    return fact.true_from <= on and (fact.true_to is None or fact.true_to > on)
