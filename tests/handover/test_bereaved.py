"""A mandate ends at the death of either: the one who gave it, and the one who holds it; a mistake lets it stand again."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from handover.registered import taken_back, told
from handover.world import EVA, GRY, World
from helhed.accounts.models import User
from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event
from helhed.commands.work import keep_consents
from helhed.sharing.bereaved import hear_deaths
from helhed.sharing.mandates import actions, standing
from helhed.sharing.mandates.models import Mandate
from pages.world import user

DEAD, ABROAD = "90", "Udrejst"


def offered(world: World, days: float = 30) -> tuple[UUID, str]:
    """Eva offers a mandate."""
    now = timezone.now()
    said = {"holder_name": "Gry Dam", "kind": "relative", "scope": ("see", "consent"), "language": "da"}
    times = {"valid_from": now, "valid_to": now + timedelta(days=days)}
    return actions.offer(by=user("eva"), person=world.eva, **said, **times)


def held(world: World, holder: str) -> UUID:
    mandate, code = offered(world)
    actions.accept(by=user(holder), code=code)
    return mandate


def stands(mandate: UUID, holder: str) -> bool:
    return standing.active(mandate, holder, "see") is not None


@pytest.mark.parametrize("number", [EVA, GRY])
def test_it_ends_at_the_death_of_either_and_stands_again_where_that_was_a_mistake(world, number):
    mandate = held(world, "gry")
    told(world, number, DEAD)
    keep_consents()
    row = Mandate.objects.get(pk=mandate)
    assert (row.state, row.ended_by, row.ended_at is not None) == ("deceased", "system", True)
    assert not stands(mandate, "gry")
    assert hear_deaths(by=SYSTEM) == 0, "once"
    taken_back(world, number, DEAD)
    keep_consents()
    again = Mandate.objects.get(pk=mandate)
    assert (again.state, again.ended_by, again.ended_at) == ("active", "", None)
    assert again.accepted_at == row.accepted_at and stands(mandate, "gry")
    lines = Event.objects.filter(person_key=world.eva, action__startswith="mandate-").order_by("pk")
    assert [line.action for line in lines][-2:] == ["mandate-ended-by-death", "mandate-stands-again"]


def test_a_representative_whom_the_register_knows(world):
    mandate = held(world, "karin")
    told(world, GRY, DEAD)
    assert hear_deaths(by=SYSTEM) == 0, "nobody knows that Karin's log-in is Gry's"
    User.objects.filter(username="karin").update(own_person=world.gry)
    assert hear_deaths(by=SYSTEM) == 1
    assert not stands(mandate, "karin")


def test_one_whose_code_waits_ends_too_and_waits_again(world):
    mandate, code = offered(world)
    told(world, EVA, DEAD)
    assert hear_deaths(by=SYSTEM) == 1
    taken_back(world, EVA, DEAD)
    assert hear_deaths(by=SYSTEM) == 1
    assert Mandate.objects.get(pk=mandate).state == "offered"
    assert actions.accept(by=user("gry"), code=code) == mandate


def test_moving_away_ends_none(world):
    mandate = held(world, "gry")
    told(world, EVA, ABROAD)
    told(world, GRY, ABROAD)
    assert hear_deaths(by=SYSTEM) == 0
    assert stands(mandate, "gry")


def test_what_was_taken_back_does_not_come_again(world):
    mandate = held(world, "gry")
    actions.revoke(by=user("eva"), mandate=mandate)
    told(world, EVA, DEAD)
    taken_back(world, EVA, DEAD)
    assert hear_deaths(by=SYSTEM) == 0
    assert Mandate.objects.get(pk=mandate).state == "revoked"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE mandates_mandate SET state = 'offered', ended_by = '' WHERE id = %s",
        "UPDATE mandates_mandate SET state = 'active', ended_by = '', holder = 'kim' WHERE id = %s",
        "UPDATE mandates_mandate SET state = 'active' WHERE id = %s",
        "UPDATE mandates_mandate SET state = 'revoked' WHERE id = %s",
        "UPDATE mandates_mandate SET state = 'expired' WHERE id = %s",
    ],
)
def test_the_database_lets_it_stand_again_only_as_it_did(world, statement):
    mandate = held(world, "gry")
    actions.end_by_death(by=SYSTEM, mandate=mandate)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [mandate])


def test_nobody_acts_for_oneself_by_the_other_log_in(world):
    """The same person has two log-ins by the citizens' door: the own, and one with mandates."""
    _mandate, code = offered(world)
    User.objects.filter(username="karin").update(own_person=world.eva)
    with pytest.raises(actions.Refused, match="dig selv"):
        actions.accept(by=user("karin"), code=code)
