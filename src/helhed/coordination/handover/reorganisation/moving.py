"""The parts of the one act: each takes one kind of thing along, in the transaction of whoever calls, and answers how many."""

from collections import defaultdict
from uuid import UUID

from django.utils import timezone

from helhed.accounts.actions import Login, appoint
from helhed.accounts.models import User
from helhed.audit.actions import Actor
from helhed.coordination.handover.adoption import lawful
from helhed.coordination.handover.entrances import actions as entrances
from helhed.coordination.handover.letters.actions import Draft, write_many
from helhed.coordination.handover.reorganisation.models import Reorganisation
from helhed.coordination.handover.reorganisation.placing import Placing
from helhed.coordination.handover.reorganisation.preview import models_of, staff_of
from helhed.sharing.ledger.actions import move_many
from helhed.sharing.ledger.models import Holding
from helhed.sharing.policy import above

GROUND, CASEWORK = "omorganisering", "sagsbehandleransvar"
Held = tuple[UUID, str, str]
"""A citizen, a part of the responsibility, and the unit that holds it."""


def held_by(units: list[str]) -> list[Held]:
    """What units hold now."""
    rows = Holding.objects.filter(until__isnull=True, unit__in=units).order_by("person_key", "part")
    return list(rows.values_list("person_key", "part", "unit"))


def holdings(held: list[Held], placing: Placing, *, by: Actor, of: Reorganisation) -> int:
    """Every responsibility goes to the unit that takes over, all at one moment. Whoever works with it goes along."""
    moves = [(person, part, placing.unit(person, unit)) for person, part, unit in held]
    return move_many(by=by, moves=moves, ground=GROUND, ref=of.pk)


def letters(held: list[Held], placing: Placing, *, by: Actor, of: Reorganisation) -> int:
    """Each citizen whose caseworkers' unit gives way is told, from the new unit."""
    today = timezone.localdate()
    drafts: dict[str, list[Draft]] = defaultdict(list)
    for person, part, unit in held:
        if part == CASEWORK:
            new = placing.unit(person, unit)
            words = {"old_unit": unit, "new_unit": new, "day": today}
            drafts[new].append(Draft(person, words, of.pk, of.pk))
    for unit, written in drafts.items():
        write_many(by=by, kind="reorganised", unit=unit, letters=written)
    return sum(map(len, drafts.values()))


def models(placing: Placing, *, by: Actor) -> int:
    """Adopted models receive in the unit that takes over. One that would receive in the administration that hands over has
    nowhere to move anybody, and ends."""
    rows = models_of(list(placing.changes))
    for row in rows:
        old = row.receiving
        moves = lawful.models()[row.model].transfer_type == lawful.TRANSFER
        row.receiving = placing.receiver(old) if moves else placing.whole(old)
        columns = ["receiving"]
        if row.state == "approved" and above(old)[-1] != above(row.receiving)[-1]:
            row.state, row.ended_by, row.ended_at = "ended", by.username, timezone.now()
            row.end_reason = GROUND
            columns += ["state", "ended_by", "ended_at", "end_reason"]
        row.save(update_fields=columns)
    return len(rows)


def teams(placing: Placing, *, by: Actor) -> int:
    """The teams of joint entrances belong to the unit that takes over."""
    return sum(entrances.move_teams(by=by, unit=old, to=placing.whole(old)) for old in placing.changes)


def staff(placing: Placing, *, by: Actor) -> int:
    """Those who work in a unit that gives way are appointed in the one that takes over, with the same role and limits."""
    users = staff_of(list(placing.changes))
    for user in users:
        appoint(by=by, login=_login(user, placing.whole(user.unit)), password=None)
    return len(users)


def _login(user: User, unit: str) -> Login:
    side = above(unit)[-1]
    return Login(
        username=user.username,
        name=user.name,
        role=user.role,
        administration=side if user.administration else "",
        unit=unit,
        clearance=user.clearance,
        vip=user.vip,
        protected_address=user.protected_address,
        until=user.appointed_to,
        reason=GROUND,
    )
