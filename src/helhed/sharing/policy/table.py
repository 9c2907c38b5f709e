"""The rules asked about themselves: for each role, purpose and situation, how far each category is open on each side. The
page the data steward reads and signs is made of this, never written by hand."""

from dataclasses import dataclass, replace
from functools import cache

from helhed.accounts.roles import ROLES
from helhed.sharing.policy.carried import carried
from helhed.sharing.policy.deciding import decide
from helhed.sharing.policy.slices import ALWAYS, LAST_DAY, Basis, Citizen, Duty, Slice, Viewer
from helhed.sharing.policy.words import (
    ALL_PURPOSES,
    BIF,
    BOTH,
    CATEGORIES,
    EXISTS,
    FULL,
    INFORMATION,
    NONE,
    SOF,
    other,
)

TODAY, NOW = 20_000, 1_728_000_000_000
PERSON, SELF = "00000000-0000-4000-8000-000000000001", "viewer"
CONSENT, MANDATE, EMERGENCY = (f"00000000-0000-4000-8000-00000000000{n}" for n in (2, 3, 4))
UNIT, ELSEWHERE = "/own", "/another"
CLEARED = 3
WHO = ("identity", BOTH)
PAYMENT = "ydelsesansvar"


@dataclass(frozen=True)
class Cell:
    """How far a category on one side is open, and on which ground."""

    level: str
    ground: str


@dataclass(frozen=True)
class Row:
    """A role with some purposes in one situation: the cells by category and side, only those that are not closed."""

    role: str
    purposes: tuple[str, ...]
    situation: str
    cells: dict[tuple[str, str], Cell]


SITUATIONS = (
    "no-case",
    "own-unit",
    "own-unit-consent",
    "own-unit-low",
    "own-unit-protected",
    "own-unit-embargoed",
    "own-unit-paused",
    "holds-benefit",
    "offered",
    "handed-over",
    "handed-away",
    "other-unit",
    "emergency",
    "mandate",
    "own",
)
"""What may be between a viewer and a citizen; `own-unit-low`: consent, but clearance for confidential information only;
`holds-benefit`: the unit holds the benefit and has no case; `offered`: the citizen is offered to the unit; `handed-over`: the
viewer is in SOF, in the unit that has taken over; `handed-away`: the viewer is in the unit of BIF that had it before."""

OTHER_CASES: dict[str, tuple[str, ...]] = {
    "holds-benefit": (BIF + ELSEWHERE,),
    "handed-over": (SOF + UNIT,),
    "handed-away": (SOF + UNIT,),
    "other-unit": (BIF + ELSEWHERE,),
}


@cache
def table() -> tuple[Row, ...]:
    """Every role and situation in which anything at all is open, purposes that open the same together. For who belongs to
    an administration the sides are the own and the other one, told as a viewer in BIF sees them, unless the situation says SOF."""
    rows: list[Row] = []
    for role in ROLES:
        for situation in SITUATIONS:
            found: list[Row] = []
            for purpose in ALL_PURPOSES:
                cells = _cells(role, purpose, situation)
                same = next((row for row in found if row.cells == cells), None)
                if same is not None:
                    found[found.index(same)] = replace(same, purposes=(*same.purposes, purpose))
                elif cells:
                    found.append(Row(role, (purpose,), situation, cells))
            rows += [row for row in found if role == "caseworker" or not _said(rows, row)]
    return tuple(rows)


def _said(rows: list[Row], new: Row) -> bool:
    """Whether a row of this role and these purposes says exactly this already: the situation makes no difference."""
    return any((r.role, r.purposes, r.cells) == (new.role, new.purposes, new.cells) for r in rows)


def _cells(role: str, purpose: str, situation: str) -> dict[tuple[str, str], Cell]:
    question = _question(role, purpose, situation)
    if decide(question, [WHO]).verdict(*WHO).level == NONE:
        return {}  # who may not even know of the citizen is told nothing; a test holds that
    decision = decide(question)
    return {
        pair: Cell(decision.verdict(*pair).level, decision.verdict(*pair).ground)
        for pair in INFORMATION
        if decision.verdict(*pair).level in (FULL, EXISTS)
    }


def _question(role: str, purpose: str, situation: str) -> Slice:
    staff, side = role in ("caseworker", "leader"), SOF if situation == "handed-over" else BIF
    viewer = Viewer(
        username=SELF,
        permissions=tuple(sorted(ROLES[role].permissions)),
        administration=side if staff else "",
        unit=side + UNIT if staff else "",
        person=PERSON if situation == "own" and role == "citizen" else "",
        clearance=1 if situation == "own-unit-low" else CLEARED,
        vip=False,
        protected_address=False,
        active=True,
        appointed_from=0,
        appointed_to=LAST_DAY,
    )
    here = situation.startswith("own-unit")
    cases = OTHER_CASES.get(situation, (BIF + UNIT, SOF + UNIT) if here else ())
    citizen = Citizen(
        PERSON, cases, False, situation == "own-unit-protected", situation == "own-unit-embargoed"
    )
    bases = []
    if here and situation != "own-unit":
        bases.append(Basis("consent", CONSENT, CATEGORIES, (BIF, SOF), (BIF, SOF), 0, ALWAYS))
    if situation == "emergency":
        bases.append(Basis("emergency", EMERGENCY, (), (), (SELF,), 0, ALWAYS))
    if situation == "mandate":
        bases.append(Basis("mandate", MANDATE, ("see",), (), (SELF,), 0, ALWAYS))
    duties = tuple(Duty(part, unit, "", f"a {part}") for part, unit in _held(situation).items())
    offered = (BIF + UNIT,) if situation == "offered" else ()
    paused = situation == "own-unit-paused"
    return Slice(viewer, citizen, tuple(bases), purpose, TODAY, NOW, paused, duties, offered)


def _held(situation: str) -> dict[str, str]:
    """Which unit holds the parts that carry something. Where a case or a part is elsewhere, the benefit is there as well."""
    if situation in ("handed-over", "handed-away"):
        return dict.fromkeys(carried(), SOF + UNIT) | {PAYMENT: BIF + ELSEWHERE}
    if situation == "holds-benefit":
        return dict.fromkeys(carried(), BIF + ELSEWHERE) | {PAYMENT: BIF + UNIT}
    return dict.fromkeys(carried(), BIF + ELSEWHERE) if situation == "other-unit" else {}


def columns() -> tuple[tuple[str, str], ...]:
    """Category and side, in the order of the categories: what is common first, then the own and the other side."""
    order = {BOTH: 0, BIF: 1, other(BIF): 2}
    return tuple(sorted(INFORMATION, key=lambda pair: (CATEGORIES.index(pair[0]), order[pair[1]])))


def level(row: Row, pair: tuple[str, str]) -> str:
    """How far a category is open in a row."""
    return row.cells[pair].level if pair in row.cells else NONE
