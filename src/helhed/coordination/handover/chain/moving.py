"""What moves, and where to: as the catalogue says of each part of the responsibility."""

from collections.abc import Mapping
from uuid import UUID

from helhed.coordination.handover.chain.models import BACK, Chain
from helhed.law import catalogue
from helhed.sharing.ledger import standing as ledger
from helhed.sharing.ledger.standing import Held
from helhed.sharing.policy.gathering import ends

CASEWORK = "sagsbehandleransvar"
"""The part that says who a citizen's caseworkers are; the others of a hand-over go with it."""
GROUNDS = {"over": "ressortflyt", "back": "tilbagefoersel"}


def side(unit: str) -> str:
    """The administration a unit is of."""
    return unit.split("/")[0]


def current(unit: str) -> str:
    """A unit, or the one that took over from it where it is closed."""
    return ends(unit)[0]


def destination(chain: Chain, unit: str) -> tuple[dict[str, str], dict[str, str]]:
    """Where each part is to lie that a chain moves to a unit, and which administration is to have it as well.

    Parts that move go to the receiving unit. A doubled one goes to its administration, beside the one that handed over;
    on the way back it goes home, and nobody has it beside. The others stay.
    """
    to, beside = {}, {}
    for part, entry in catalogue().responsibilities.items():
        if entry.on_transfer == "moves":
            to[part] = unit
        elif entry.on_transfer == "duplicated":
            to[part] = side(unit)
            beside[part] = "" if chain.direction == BACK else side(chain.from_unit)
    return to, beside


def holder(person: UUID) -> str:
    """The unit that has the casework of a citizen now; "" where the ledger is not opened."""
    held = ledger.holders(person).get(CASEWORK)
    return held.unit if held else ""


def follow(chain: Chain, held: Mapping[str, Held]) -> bool:
    """Whether the handing-over administration holds what is to move. A unit of it that has taken over meanwhile is put down
    as the one that hands over; the caller saves."""
    casework = held.get(CASEWORK)
    if casework is None or side(casework.unit) != side(chain.from_unit):
        return False
    chain.from_unit = casework.unit
    return True


def sides(chain: Chain) -> Mapping[str, str]:
    """The unit of each administration in a chain."""
    return {side(unit): unit for unit in (chain.from_unit, chain.to_unit)}
