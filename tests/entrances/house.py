"""An entrance for 8B as leaders of both sides make it, and citizens brought to it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from handover.world import GKL, ONE, TWO, World
from helhed.accounts.actions import Login, appoint
from helhed.accounts.models import User
from helhed.audit.actions import SYSTEM
from helhed.coordination.handover.adoption import actions as adoption
from helhed.coordination.handover.adoption.actions import Terms
from helhed.coordination.handover.entrances import actions, keeping
from helhed.coordination.handover.entrances.models import Attachment, Entrance
from pages.world import PASSWORD, user

ALL_DAY = (time(0, 0), time(23, 59))


@dataclass(frozen=True)
class House:
    """The entrance, and the people of the world it is for."""

    world: World | None
    entrance: Entrance


def adopt(
    model: str = "8B",
    mode: str = "trial",
    staffing: str = "A",
    ground: str = "LAB-40-3",
    receiving: str = TWO,
) -> UUID:
    """A joint entrance (or a transfer) adopted by a leader of each side."""
    today = timezone.localdate()
    terms = Terms(
        model=model,
        mode=mode,
        valid_from=today,
        valid_to=today + timedelta(days=700) if mode == "trial" else None,
        receiving=receiving,
        ground=ground,
        reason="Et målgruppehus prøves af i to år.",
        staffing=staffing,
    )
    row = adoption.propose(by=user("birgit"), terms=terms)
    adoption.approve(by=user("lene"), adoption=row)
    return row


def planned(staffing: str = "A", adopted: UUID | None = None) -> Entrance:
    """An entrance with hours, not open."""
    said = {"name": "Rusmiddelhuset", "place": "1. sal", "address": "Prøvevej 1, 2400 København NV"}
    row = keeping.plan(by=user("birgit"), adoption_id=adopted or adopt(staffing=staffing), **said)
    keeping.set_hours(by=user("birgit"), entrance=row.pk, hours=dict.fromkeys(range(7), ALL_DAY))
    return row


def staffed(staffing: str = "A", adopted: UUID | None = None, unit: str = TWO) -> Entrance:
    """With a team from each side."""
    row = planned(staffing, adopted)
    keeping.add_team(by=user("birgit"), entrance=row.pk, unit=GKL)
    keeping.add_team(by=user("lene"), entrance=row.pk, unit=unit)
    return row


def opened(
    world: World | None = None, staffing: str = "A", adopted: UUID | None = None, unit: str = TWO
) -> House:
    """And open."""
    row = staffed(staffing, adopted, unit)
    return House(world, keeping.open_doors(by=user("lene"), entrance=row.pk))


def opened_for_8a(staffing: str = "A") -> House:
    """One for 8A, in which Anna of the small world is; Bente and Søren receive there."""
    return opened(None, staffing, adopt("8A", staffing=staffing, receiving=ONE), ONE)


def invited(house: House, person: UUID | None = None) -> Attachment:
    """The citizen (Gry) is asked."""
    key = person or house.world.gry
    actions.invite(by=SYSTEM, entrance=house.entrance.pk, people=[key])
    return Attachment.objects.get(entrance=house.entrance, person_key=key, state="invited")


def attached(house: House, person: UUID | None = None) -> Attachment:
    """The citizen has said yes."""
    row = invited(house, person)
    return actions.answer(by=SYSTEM, attachment=row.pk, yes=True, how="portal")


def colleague(username: str, unit: str) -> User:
    """One more caseworker."""
    appoint(
        by=SYSTEM,
        login=Login(username, username.title(), "caseworker", unit.split("/")[0], unit),
        password=PASSWORD,
    )
    return user(username)


def soon() -> datetime:
    """A moment in a few days, at ten o'clock."""
    at = timezone.localtime() + timedelta(days=3)
    return at.replace(hour=10, minute=0, second=0, microsecond=0)
