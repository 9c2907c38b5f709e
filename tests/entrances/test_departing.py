"""Who has died or moved away comes to the entrance no more; where it was a mistake, the citizen is asked anew."""

import pytest

from entrances.house import attached, invited, soon
from handover.registered import taken_back, told
from handover.world import GRY
from helhed.audit.actions import SYSTEM
from helhed.coordination.handover.entrances import actions, rounds
from helhed.coordination.handover.entrances.models import Appointment, Attachment
from helhed.coordination.handover.letters.models import Letter
from pages.world import user

DEAD, ELSEWHERE = "Død", "Anden kommune"


def standings(house) -> list[tuple[str, str]]:
    rows = Attachment.objects.filter(entrance=house.entrance, person_key=house.world.gry)
    return list(rows.order_by("invited_at").values_list("state", "reason"))


def settled() -> None:
    while rounds.one_round(by=SYSTEM):
        pass


def farewells(house) -> int:
    return Letter.objects.filter(person_key=house.world.gry, kind="entrance-ended").count()


@pytest.mark.parametrize(("status", "reason", "letter"), [(DEAD, "death", 0), (ELSEWHERE, "moved-away", 1)])
def test_an_attachment_ends_and_nobody_is_expected(house, status, reason, letter):
    row = attached(house)
    actions.expect(by=user("kim"), attachment=row.pk, at=soon(), sides="both")
    actions.arrive(by=user("kim"), attachment=row.pk)
    told(house.world, GRY, status, side="sof")
    settled()
    assert standings(house) == [("left", reason)]
    assert not Appointment.objects.filter(cancelled_at__isnull=True).exists()
    assert farewells(house) == letter
    assert rounds.one_round(by=SYSTEM) == 0


def test_an_invitation_ends_and_nobody_asks_again(house):
    invited(house)
    told(house.world, GRY, DEAD)
    settled()
    assert standings(house) == [("left", "death")]
    assert actions.invite(by=SYSTEM, entrance=house.entrance.pk, people=[house.world.gry]) == 0


def test_who_had_died_before_it_opened_is_not_invited(house):
    told(house.world, GRY, DEAD)
    settled()
    assert standings(house) == []


def test_where_it_was_a_mistake_the_citizen_is_asked_anew(house):
    attached(house)
    told(house.world, GRY, DEAD, side="bif")
    told(house.world, GRY, DEAD, side="sof")
    settled()
    taken_back(house.world, GRY, DEAD, side="bif")
    settled()
    assert standings(house) == [("left", "death")], "the other system still says so"
    taken_back(house.world, GRY, DEAD, side="sof")
    settled()
    assert standings(house) == [("left", "death"), ("invited", "")]
    assert rounds.one_round(by=SYSTEM) == 0
