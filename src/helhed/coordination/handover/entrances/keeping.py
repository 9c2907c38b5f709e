"""Verbs of those who keep an entrance: plan it, its hours, its teams and their days, where it comes out; open and close it.

Leaders of both administrations keep the house together; the people of a unit are placed by its own administration, which
stays in charge of them (document 002, section 4.1).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.audit.actions import Actor, note
from helhed.coordination.handover.adoption import standing as adoption
from helhed.coordination.handover.entrances import actions
from helhed.coordination.handover.entrances.models import (
    ATTACHED,
    CLOSED,
    FIXED,
    INVITED,
    KINDS,
    LEFT,
    OPEN,
    PLANNED,
    ROTATING,
    Appointment,
    Attachment,
    Entrance,
    Hours,
    Member,
    Outreach,
    RosterDay,
    Team,
)
from helhed.coordination.handover.entrances.opening import turned_away
from helhed.law import catalogue
from helhed.periods import day_of
from helhed.sharing.clock import moment
from helhed.sharing.refusal import Refused

JOINT = "faelles-indgang"
WEEK = range(7)
WEEKS = (1, 4, 8, 12, 26)
"""For how many weeks a day on the roster can be repeated."""


@dataclass(frozen=True)
class Place:
    """Where the entrance comes out: every week on a weekday (0 to 6) or once on a day, between two hours; with which of its
    teams (None: whoever can)."""

    kind: str
    name: str
    address: str
    starts: time
    ends: time
    weekday: int | None = None
    day: date | None = None
    team: int | None = None


@transaction.atomic
def plan(*, by: User, adoption_id: UUID, name: str, place: str, address: str) -> Entrance:
    """A new entrance for an adopted model of that kind. It invites nobody before it is opened."""
    adopted = next((each for each in joint_models() if each.id == adoption_id), None)
    if adopted is None:
        raise Refused(
            _("En fælles indgang kræver, at en af modellerne 6, 7 eller 8A-E er vedtaget og gælder i dag.")
        )
    if Entrance.objects.filter(adoption=adoption_id).exclude(state=CLOSED).exists():
        raise Refused(_("Modellen har allerede en indgang. Luk den først, eller ret den."))
    said = _described(name, place, address)
    row = Entrance.objects.create(
        adoption=adoption_id,
        model=adopted.model,
        staffing=adopted.staffing,
        made_by=by.username,
        made_unit=by.unit,
        **said,
    )
    Hours.objects.bulk_create([Hours(entrance=row, weekday=weekday) for weekday in WEEK])
    _told(by, "entrance-planned", row)
    return row


def joint_models() -> list[adoption.Adopted]:
    """The adopted models in use today that are joint entrances."""
    today = timezone.localdate()
    return [each for each in adoption.in_use_all(today) if each.transfer_type == JOINT]


def free_models() -> list[adoption.Adopted]:
    """Those of them that have no entrance, or had one that is closed."""
    taken = set(Entrance.objects.exclude(state=CLOSED).values_list("adoption", flat=True))
    return [each for each in joint_models() if each.id not in taken]


@transaction.atomic
def describe(*, by: User, entrance: UUID, name: str, place: str, address: str) -> Entrance:
    """What the entrance is called and where it is."""
    row = _running(entrance)
    for field, value in _described(name, place, address).items():
        setattr(row, field, value)
    row.save(update_fields=["name", "place", "address"])
    _told(by, "entrance-described", row)
    return row


@transaction.atomic
def set_hours(*, by: User, entrance: UUID, hours: Mapping[int, tuple[time | None, time | None]]) -> bool:
    """Opening hours for each weekday, 0 Monday to 6 Sunday; (None, None) is closed. Answers whether somebody has an appointment
    at a time when it is closed now."""
    row = _running(entrance)
    for weekday in WEEK:
        opens, closes = hours.get(weekday, (None, None))
        if (opens is None) != (closes is None) or (opens and closes and closes <= opens):
            raise Refused(_("Skriv både, hvornår der åbnes, og hvornår der lukkes senere samme dag."))
        Hours.objects.filter(entrance=row, weekday=weekday).update(opens=opens, closes=closes)
    _told(by, "entrance-hours", row)
    return bool(turned_away(_to_come(row)))


@transaction.atomic
def add_team(*, by: User, entrance: UUID, unit: str, focus: str = "") -> Team:
    """People of a unit of the own administration take part; `focus`: a group they know in particular."""
    row = _running(entrance)
    if not own_side(by, unit) or unit not in catalogue().units.on(day_of(timezone.localdate())):
        raise Refused(_("Vælg en enhed i din egen forvaltning."))
    if focus and focus not in catalogue().groups():
        raise Refused(_("Vælg en målgruppe fra listen."))
    if Team.objects.filter(entrance=row, unit=unit, focus=focus, until__isnull=True).exists():
        raise Refused(_("Enheden har allerede det hold ved indgangen."))
    team = Team.objects.create(entrance=row, unit=unit, focus=focus)
    _told(by, "entrance-team", row, f": {unit}")
    return team


@transaction.atomic
def end_team(*, by: User, entrance: UUID, team: int) -> Entrance:
    """A team of the own administration takes part no longer; its people and days end too."""
    row = _own_team(by, entrance, team)
    others = Team.objects.filter(entrance=row.entrance, until__isnull=True).exclude(pk=row.pk)
    side = by.administration
    if row.entrance.state == OPEN and not any(own_side(by, each.unit) for each in others):
        raise Refused(
            _(
                "Indgangen er åben og skal have medarbejdere fra begge forvaltninger. Tilføj et andet hold først."
            )
        )
    now = moment()
    Member.objects.filter(team=row, until__isnull=True).update(until=now)
    RosterDay.objects.filter(team=row, day__gte=timezone.localdate(), cancelled_at__isnull=True).update(
        cancelled_at=now
    )
    row.until = now
    row.save(update_fields=["until"])
    _told(by, "entrance-team-ended", row.entrance, f": {row.unit} ({side})")
    return row.entrance


@transaction.atomic
def add_person(
    *, by: User, entrance: UUID, team: int, username: str, day: date | None = None, weeks: int = 1
) -> Entrance:
    """An employee of the team's unit takes part: in a fixed team from now on, in a rotating one on a day, and on the same
    weekday for so many `weeks` in all."""
    row = _own_team(by, entrance, team)
    if username not in {user.username for user in candidates(row)}:
        raise Refused(_("Vælg en medarbejder i holdets enhed."))
    if row.entrance.staffing == FIXED:
        if Member.objects.filter(team=row, username=username, until__isnull=True).exists():
            raise Refused(_("Medarbejderen er allerede på holdet."))
        Member.objects.create(team=row, username=username)
    else:
        _on_roster(row, username, day, weeks)
    _told(by, "entrance-person", row.entrance, f": {username}")
    return row.entrance


@transaction.atomic
def remove_person(*, by: User, entrance: UUID, team: int, person: int) -> Entrance:
    """A member of a fixed team, or somebody's day in a rotating one, ends. LookupError where there is none."""
    row = _own_team(by, entrance, team)
    if row.entrance.staffing == ROTATING:
        ended = RosterDay.objects.filter(pk=person, team=row, cancelled_at__isnull=True).update(
            cancelled_at=moment()
        )
    else:
        ended = Member.objects.filter(pk=person, team=row, until__isnull=True).update(until=moment())
    if not ended:
        raise LookupError(person)
    _told(by, "entrance-person-ended", row.entrance)
    return row.entrance


@transaction.atomic
def add_outreach(*, by: User, entrance: UUID, place: Place) -> Outreach:
    """The entrance comes out to a shelter or housing."""
    row = _running(entrance)
    if place.kind not in KINDS or not place.name.strip() or (place.weekday is None) == (place.day is None):
        raise Refused(_("Skriv stedets navn, og vælg enten en ugedag eller en dato."))
    if place.ends <= place.starts:
        raise Refused(_("Skriv både, hvornår der åbnes, og hvornår der lukkes senere samme dag."))
    if place.day is not None and place.day < timezone.localdate():
        raise Refused(_("Datoen ligger tilbage i tiden."))
    if place.team and not row.teams.filter(pk=place.team, until__isnull=True).exists():
        raise Refused(_("Vælg et af indgangens hold."))
    made = Outreach.objects.create(
        entrance=row,
        kind=place.kind,
        name=place.name.strip()[:120],
        address=place.address.strip()[:200],
        weekday=place.weekday,
        day=place.day,
        starts=place.starts,
        ends=place.ends,
        team_id=place.team,
    )
    _told(by, "entrance-outreach", row)
    return made


@transaction.atomic
def end_outreach(*, by: User, entrance: UUID, outreach: int) -> Entrance:
    """The entrance comes there no longer. LookupError where it is no place of the entrance's; Refused while somebody has an
    appointment there."""
    places = Outreach.objects.select_related("entrance").filter(entrance=entrance, until__isnull=True)
    row = places.filter(pk=outreach).first()
    if row is None:
        raise LookupError(outreach)
    if any(each.outreach_id == row.pk for each in _to_come(row.entrance)):
        raise Refused(
            _("Borgere har aftaler på stedet. Modtagelsen skal flytte eller aflyse dem, før stedet tages af.")
        )
    row.until = moment()
    row.save(update_fields=["until"])
    _told(by, "entrance-outreach-ended", row.entrance)
    return row.entrance


@transaction.atomic
def open_doors(*, by: User, entrance: UUID) -> Entrance:
    """Open the entrance; from now on the program invites those in the group."""
    row = _running(entrance)
    if row.state != PLANNED:
        raise Refused(_("Indgangen er allerede åben."))
    if row.adoption not in {each.id for each in joint_models()}:
        raise Refused(_("Modellen gælder ikke i dag. Indgangen kan først åbne, når den gør."))
    units = Team.objects.filter(entrance=row, until__isnull=True).values_list("unit", flat=True)
    if {unit.split("/")[0] for unit in units} != {"bif", "sof"}:
        raise Refused(_("Der skal være et hold fra både BIF og SOF, før indgangen kan åbne."))
    if not Hours.objects.filter(entrance=row, opens__isnull=False).exists():
        raise Refused(_("Skriv åbningstider for mindst én ugedag, før indgangen kan åbne."))
    row.state, row.opened_at, row.opened_by = OPEN, moment(), by.username
    row.save(update_fields=["state", "opened_at", "opened_by"])
    _told(by, "entrance-opened", row)
    return row


@transaction.atomic
def close_doors(*, by: Actor, entrance: UUID) -> Entrance:
    """Close the entrance for good: everyone attached leaves, and gets a letter saying so."""
    row = _running(entrance)
    here = Attachment.objects.filter(entrance=row)
    here.filter(state=INVITED).update(state=LEFT, until=moment(), reason="closed")
    for attachment in here.filter(state=ATTACHED).values_list("pk", flat=True):
        actions.leave(by=by, attachment=attachment, reason="closed")
    row.state, row.closed_at, row.closed_by = CLOSED, moment(), by.username
    row.save(update_fields=["state", "closed_at", "closed_by"])
    _told(by, "entrance-closed", row)
    return row


def own_side(by: User, unit: str) -> bool:
    """Whether a unit is of the user's administration."""
    return bool(by.administration) and unit.split("/")[0] == by.administration


def units_of(by: User, language: str) -> list[tuple[str, str]]:
    """The units of the user's administration today, each with its name; those whose people can take part."""
    today = day_of(timezone.localdate())
    units = catalogue().section("units").on(today)
    return [(unit, catalogue().called(unit, language)) for unit in units if own_side(by, unit)]


def candidates(team: Team) -> list[User]:
    """Who can be placed in a team: caseworkers of its unit or of one below it, by name."""
    rows = User.objects.filter(role="caseworker", is_active=True, administration=team.unit.split("/")[0])
    below = f"{team.unit}/"
    return sorted(
        (user for user in rows if f"{user.unit}/".startswith(below)), key=lambda user: (user.name, user.pk)
    )


def _on_roster(team: Team, username: str, day: date | None, weeks: int) -> None:
    if day is None or day < timezone.localdate():
        raise Refused(_("Vælg en dag fra i dag og frem."))
    if weeks not in WEEKS:
        raise Refused(_("Vælg, hvor længe vagten gentages."))
    days = [day + timedelta(weeks=week) for week in range(weeks)]
    there = RosterDay.objects.filter(team=team, username=username, day__in=days, cancelled_at__isnull=True)
    taken = set(there.values_list("day", flat=True))
    if taken.issuperset(days):
        raise Refused(_("Medarbejderen er allerede på vagt den dag."))
    free = [each for each in days if each not in taken]
    RosterDay.objects.bulk_create(RosterDay(team=team, username=username, day=each) for each in free)


def _to_come(row: Entrance) -> list[Appointment]:
    """Who is expected at an entrance from now on."""
    rows = Appointment.objects.filter(
        attachment__entrance=row, at__gte=timezone.now(), cancelled_at__isnull=True
    )
    return list(rows.select_related("attachment", "outreach"))


def _described(name: str, place: str, address: str) -> dict[str, str]:
    if not name.strip() or not address.strip():
        raise Refused(_("Skriv, hvad indgangen hedder, og hvor den ligger."))
    return {"name": name.strip()[:120], "place": place.strip()[:120], "address": address.strip()[:200]}


def _running(entrance: UUID) -> Entrance:
    row = Entrance.objects.select_for_update(no_key=True).filter(pk=entrance).first()
    if row is None:
        raise LookupError(entrance)
    if row.state == CLOSED:
        raise Refused(_("Indgangen er lukket og kan ikke ændres."))
    return row


def _own_team(by: User, entrance: UUID, team: int) -> Team:
    row = (
        Team.objects.select_for_update(of=("self",))
        .select_related("entrance")
        .filter(pk=team, entrance=entrance, until__isnull=True)
        .first()
    )
    if row is None:
        raise LookupError(team)
    if not own_side(by, row.unit):
        raise Refused(_("Holdet hører til den anden forvaltning, som selv bestemmer over sine medarbejdere."))
    return row


def _told(by: Actor, action: str, row: Entrance, more: str = "") -> None:
    note(by=by, action=action, object=f"entrance {row.pk}{more}"[:200])
