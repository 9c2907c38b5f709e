"""Verbs of citizens at a joint entrance: invite, answer, expect, arrive, serve, leave.

Who may use them is decided in `doors` and `own`. Each takes its row with a lock; the database holds the rest.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.audit.actions import Actor, note
from helhed.coordination.handover.entrances.attaching import (
    FAREWELL,
    INVITATION,
    WELCOME,
    Rest,
    taken,
    taken_attached,
    taken_visit,
    write,
)
from helhed.coordination.handover.entrances.models import (
    ATTACHED,
    DECLINED,
    HOW,
    INVITED,
    LEFT,
    OPEN,
    REASONS,
    RUNNING,
    SIDES,
    Appointment,
    Attachment,
    Entrance,
    Outreach,
    Team,
    Visit,
)
from helhed.coordination.handover.entrances.opening import open_at
from helhed.sharing import departures
from helhed.sharing.clock import moment
from helhed.sharing.refusal import Refused

ASKED_AGAIN = timedelta(days=182)
"""Who said no, or left by the own wish, is not asked again before half a year has passed."""
FURTHEST = timedelta(days=365)
NOTHING = Rest()
TOLD = {
    "wish": "declined",
    "group": "lapsed",
    "closed": "closed",
    "moved-away": "moved-away",
    "death": "else",
}
"""What the letter calls each reason to leave."""


@transaction.atomic
def invite(*, by: Actor, entrance: UUID, people: Sequence[UUID]) -> int:
    """Ask citizens whether they want to come to this entrance. Answers how many; who is asked, attached, has lately said no,
    has died or moved away is left out."""
    house = Entrance.objects.select_for_update(no_key=True).get(pk=entrance)
    if house.state != OPEN:
        raise Refused(_("Indgangen er ikke åben, så ingen kan inviteres."))
    lately = Q(state=DECLINED, answered_at__gt=timezone.now() - ASKED_AGAIN)
    lately |= Q(state=LEFT, reason="wish", until__gt=timezone.now() - ASKED_AGAIN)
    known = Attachment.objects.filter(Q(state__in=RUNNING) | lately, entrance=house, person_key__in=people)
    asked = set(known.values_list("person_key", flat=True)) | departures.departed(people).keys()
    rows = [Attachment(entrance=house, person_key=key) for key in dict.fromkeys(people) if key not in asked]
    Attachment.objects.bulk_create(rows, batch_size=500)
    if rows:
        write(by, INVITATION, house, rows)
        note(by=by, action="entrance-invited", object=f"entrance {house.pk}: {len(rows)} citizens")
    return len(rows)


@transaction.atomic
def answer(*, by: Actor, attachment: UUID, yes: bool, how: str, rest: Rest = NOTHING) -> Attachment:
    """The citizen's yes or no to an invitation: on the own page ("portal"), under a mandate, or told to a caseworker
    ("person")."""
    row = taken(attachment)
    if row.state != INVITED or how not in HOW:
        raise Refused(_("Invitationen er allerede besvaret eller lukket."))
    now = moment()
    row.state, row.answered_at, row.answered_how, row.answered_by = (
        ATTACHED if yes else DECLINED,
        now,
        how,
        by.username,
    )
    row.since = now if yes else None
    row.save(update_fields=["state", "answered_at", "answered_how", "answered_by", "since"])
    if yes:
        write(by, WELCOME, row.entrance, [row])
    _told(by, "entrance-yes" if yes else "entrance-no", row, rest)
    return row


@transaction.atomic
def leave(*, by: Actor, attachment: UUID, reason: str = "wish", rest: Rest = NOTHING) -> Attachment:
    """End an invitation or an attachment: on the citizen's wish at once, because the citizen is out of the group, has
    died or moved away, or because the entrance closes. A visit that runs is ended, and nobody is expected any more."""
    row = taken(attachment)
    if row.state not in RUNNING or reason not in REASONS:
        raise Refused(_("Borgeren er ikke tilknyttet indgangen."))
    was = row.state
    now = moment()
    Visit.objects.filter(attachment=row, over_at__isnull=True).update(over_at=now)
    Appointment.objects.filter(attachment=row, at__gt=now, cancelled_at__isnull=True).update(cancelled_at=now)
    row.state, row.until, row.reason = LEFT, moment(), reason
    row.save(update_fields=["state", "until", "reason"])
    if was == ATTACHED:
        write(by, FAREWELL, row.entrance, [row], reason=TOLD[reason])
    _told(by, "entrance-left", row, rest)
    return row


@transaction.atomic
def lapse(*, by: Actor, entrance: UUID, people: Sequence[UUID], on: date) -> int:
    """Citizens came out of the group: invitations end, and who is attached leaves on a day unless that changes."""
    rows = Attachment.objects.select_for_update().filter(entrance=entrance, person_key__in=people)
    asked = rows.filter(state=INVITED).update(state=LEFT, until=moment(), reason="group")
    leaving = rows.filter(state=ATTACHED, leaves_on__isnull=True).update(leaves_on=on)
    if asked or leaving:
        text = f"entrance {entrance}: {leaving} leave on {on}, {asked} invitations ended"
        note(by=by, action="entrance-lapsed", object=text)
    return asked + leaving


@transaction.atomic
def stay(*, by: Actor, entrance: UUID, people: Sequence[UUID]) -> int:
    """Citizens are in the group again before the day they would have left."""
    rows = Attachment.objects.filter(
        entrance=entrance, person_key__in=people, state=ATTACHED, leaves_on__isnull=False
    )
    stayed = rows.update(leaves_on=None)
    if stayed:
        note(by=by, action="entrance-stayed", object=f"entrance {entrance}: {stayed} citizens")
    return stayed


@transaction.atomic
def expect(
    *,
    by: User,
    attachment: UUID,
    at: datetime,
    sides: str,
    outreach: int | None = None,
    rest: Rest = NOTHING,
) -> Appointment:
    """Note when a citizen is expected, and by which side or both."""
    row = taken_attached(attachment)
    now = moment()
    if sides not in SIDES or not now < at < now + FURTHEST:
        raise Refused(_("Vælg et tidspunkt inden for det næste år, og hvem borgeren skal tale med."))
    place = Outreach.objects.filter(pk=outreach, entrance=row.entrance, until__isnull=True).first()
    if outreach is not None and place is None:
        raise Refused(_("Stedet hører ikke til indgangen længere. Vælg et andet."))
    if not open_at(row.entrance, place, at):
        raise Refused(_("Der er lukket på det tidspunkt. Se åbningstiderne, og vælg et andet."))
    if Appointment.objects.filter(attachment=row, at=at, cancelled_at__isnull=True).exists():
        raise Refused(_("Borgeren har allerede en aftale på det tidspunkt."))
    made = Appointment.objects.create(
        attachment=row, at=at, sides=sides, outreach=place, noted_by=by.username, noted_unit=by.unit
    )
    _told(by, "entrance-expected", row, rest)
    return made


@transaction.atomic
def cancel_expected(*, by: User, appointment: int, rest: Rest = NOTHING) -> None:
    """Take a time back. LookupError where there is none."""
    row = (
        Appointment.objects.select_for_update(of=("self",))
        .select_related("attachment")
        .filter(pk=appointment, cancelled_at__isnull=True)
        .first()
    )
    if row is None:
        raise LookupError(appointment)
    row.cancelled_at = moment()
    row.save(update_fields=["cancelled_at"])
    _told(by, "entrance-not-expected", row.attachment, rest)


@transaction.atomic
def arrive(*, by: User, attachment: UUID, outreach: int | None = None, rest: Rest = NOTHING) -> Visit:
    """The citizen is here, at the house or where the entrance comes out."""
    row = taken_attached(attachment)
    if Visit.objects.filter(attachment=row, over_at__isnull=True).exists():
        raise Refused(_("Borgeren er allerede noteret som ankommet."))
    place = Outreach.objects.filter(pk=outreach, entrance=row.entrance).first() if outreach else None
    now = moment()
    visit = Visit.objects.create(
        attachment=row, day=timezone.localdate(now), came_at=now, came_by=by.username, outreach=place
    )
    _told(by, "entrance-came", row, rest)
    return visit


@transaction.atomic
def serve(*, by: User, visit: UUID, rest: Rest = NOTHING) -> Visit:
    """The user's own administration has served the citizen at this visit."""
    row = taken_visit(visit)
    side = by.administration
    if side not in ("bif", "sof"):
        raise Refused(_("Kun medarbejdere fra BIF og SOF betjener borgere ved indgangen."))
    if getattr(row, f"{side}_at") is not None:
        raise Refused(_("Din forvaltning er allerede noteret ved besøget."))
    said = {f"{side}_at": moment(), f"{side}_by": by.username, f"{side}_unit": by.unit}
    for name, value in said.items():
        setattr(row, name, value)
    row.save(update_fields=list(said))
    _told(by, "entrance-served", row.attachment, rest)
    return row


@transaction.atomic
def finish(*, by: Actor, visit: UUID, rest: Rest = NOTHING) -> Visit:
    """The citizen has gone."""
    row = taken_visit(visit)
    row.over_at = moment()
    row.save(update_fields=["over_at"])
    _told(by, "entrance-went", row.attachment, rest)
    return row


@transaction.atomic
def move_teams(*, by: Actor, unit: str, to: str) -> int:
    """A unit became another: its teams follow. Where the other has such a team already, the old one ends."""
    moved = 0
    for team in Team.objects.select_for_update().filter(unit=unit, until__isnull=True):
        twin = Team.objects.filter(entrance=team.entrance_id, unit=to, focus=team.focus, until__isnull=True)
        if twin.exists():
            team.until = moment()
            team.save(update_fields=["until"])
        else:
            team.unit = to
            team.save(update_fields=["unit"])
        moved += 1
    if moved:
        note(by=by, action="entrance-teams-moved", object=f"{moved} teams from {unit} to {to}")
    return moved


def _told(by: Actor, action: str, row: Attachment, rest: Rest) -> None:
    """The line in the log of one step with one citizen."""
    note(
        by=by,
        action=action,
        person_key=row.person_key,
        object=f"entrance {row.entrance_id}",
        purpose=rest.purpose,
        ground=rest.ground,
        fields={"handover"},
        decision=rest.decision,
        mandate=rest.mandate,
    )
