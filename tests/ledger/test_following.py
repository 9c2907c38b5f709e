"""The ledger follows the case systems as long as a part lies where the law puts it, and by what is new only."""

from uuid import uuid4

from helhed.audit.actions import SYSTEM
from helhed.sharing.arrivals import settle
from helhed.sharing.ledger import actions, standing
from ledger.made_up import OFFICE
from pages.world import BO, deliver

CASEWORK, EFFORT = "sagsbehandleransvar", "beskaeftigelsesindsats"
CENTRE, YOUTH = "sof/driftscenter-1", "bif/ungeenhed"
HEAD = "AENDRING;SAGSNR;CPRNR;PERSONKATEGORI;ENHED;STARTDATO;SLUTDATO"


def case(folder, unit, nights_ago=0, end=""):
    """The case system says that Bo's case is with a unit, from some night on."""
    line = f"R;S2;{BO};LAB § 6 nr. 2;{unit};01-03-2025;{end}"
    delivery = deliver(folder, "bif-fagsystem", {"BIF_SAGER_AENDRING": [HEAD, line]}, nights_ago)
    settle(by=SYSTEM, delivery=delivery)


def units(world):
    return {part: held.unit for part, held in standing.holders(world.bo).items()}


def move(world, unit):
    to = dict.fromkeys((CASEWORK, EFFORT), unit)
    actions.move(by=SYSTEM, person=world.bo, to=to, ground="omorganisering", ref=uuid4())


def test_what_follows_the_case_goes_where_the_case_system_moved_it(world, tmp_path):
    case(tmp_path / "a", "Ungeenheden", nights_ago=1)
    assert units(world) == {
        "forvaltningsansvar": "bif",
        CASEWORK: YOUTH,
        EFFORT: YOUTH,
        "ydelsesansvar": "bif/ydelsesservice",
    }
    (moved,) = standing.moves(world.bo)
    assert (moved.ground, moved.by, moved.from_unit) == ("fagsystem", "system", OFFICE)


def test_what_lies_across_does_not_follow(world, tmp_path):
    move(world, CENTRE)
    case(tmp_path / "a", "Ungeenheden")
    assert units(world)[CASEWORK] == CENTRE


def test_what_came_back_follows_what_is_new_and_not_what_was_said_before(world, tmp_path):
    move(world, CENTRE)
    move(world, YOUTH)
    settle(by=SYSTEM)
    assert units(world)[CASEWORK] == YOUTH
    case(tmp_path / "a", "Integrationscenter")
    assert units(world)[CASEWORK] == "bif/integrationscenter"


def test_a_case_that_ends_leaves_the_parts_where_they_are(world, tmp_path):
    case(tmp_path / "a", "Ungeenheden", nights_ago=1, end="01-11-2026")
    assert units(world)[CASEWORK] == OFFICE and len(units(world)) == 4
