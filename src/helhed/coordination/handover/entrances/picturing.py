"""From rows to what a page shows of an entrance: the house, its teams, where it comes out, times and visits."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.coordination.handover.adoption import standing as adoption
from helhed.coordination.handover.entrances import keeping
from helhed.coordination.handover.entrances.answers import (
    Came,
    House,
    PlaceView,
    Someone,
    TeamView,
    Time,
)
from helhed.coordination.handover.entrances.letting import KEEP, may
from helhed.coordination.handover.entrances.models import (
    CLOSED,
    FIXED,
    ROTATING,
    Appointment,
    Attachment,
    Entrance,
    Hours,
    Member,
    Outreach,
    RosterDay,
    Team,
    Visit,
)
from helhed.coordination.handover.entrances.opening import clock, turned_away, week_in_words, weekday_name
from helhed.law import catalogue

AHEAD = 14
"""For how many days ahead it is said who lacks on the roster."""


def house_of(house: Entrance, by: User, language: str) -> House:
    """The entrance as this viewer may see it."""
    allowed = may(by, house)
    hours = Hours.objects.filter(entrance=house).order_by("weekday")
    terms = adoption.adopted(house.adoption)
    return House(
        id=house.pk,
        name=house.name,
        model=house.model,
        model_label=catalogue().label("groups", house.model, language),
        place=house.place,
        address=house.address,
        staffing=house.staffing,
        state=house.state,
        week=week_in_words(house, language),
        hours=tuple((h.weekday, weekday_name(h.weekday, alone=True), h.opens, h.closes) for h in hours),
        teams=tuple(teams_of(house, by, language, KEEP in allowed and house.state != CLOSED)),
        places=tuple(place_view(place) for place in places_of(house)),
        may=allowed,
        trial_until=terms.valid_to if terms.mode == "trial" else None,
        uncovered=tuple(uncovered(house)) if house.staffing == ROTATING and house.state != CLOSED else (),
    )


def uncovered(house: Entrance) -> Iterable[tuple[date, tuple[str, ...]]]:
    """The open days of the next two weeks on which a side has nobody on the roster, with those sides."""
    weekdays = set(
        Hours.objects.filter(entrance=house, opens__isnull=False).values_list("weekday", flat=True)
    )
    today = timezone.localdate()
    rows = RosterDay.objects.filter(
        team__entrance=house, team__until__isnull=True, day__gte=today, cancelled_at__isnull=True
    )
    there = {(day, unit.split("/")[0]) for day, unit in rows.values_list("day", "team__unit")}
    for day in (today + timedelta(days=ahead) for ahead in range(AHEAD)):
        lacking = tuple(side for side in ("bif", "sof") if (day, side) not in there)
        if day.weekday() in weekdays and lacking:
            yield day, lacking


def teams_of(house: Entrance, by: User, language: str, keeps: bool) -> Iterable[TeamView]:
    """The teams with their people; where the viewer keeps one, who can join it."""
    names = dict(User.objects.exclude(unit="").values_list("username", "name"))
    rows = Team.objects.filter(entrance=house, until__isnull=True).order_by("focus", "unit")
    for team in rows:
        mine = keeps and keeping.own_side(by, team.unit)
        yield TeamView(
            id=team.pk,
            unit_label=catalogue().called(team.unit, language),
            side=team.unit.split("/")[0],
            focus_label=catalogue().label("groups", team.focus, language) if team.focus else "",
            people=tuple(_people(house, team, names)),
            mine=mine,
            choices=tuple(_choices(house, team)) if mine else (),
        )


def _choices(house: Entrance, team: Team) -> Iterable[tuple[str, str]]:
    """Who can join a team: in a fixed one those who are not in it already."""
    taken = set()
    if house.staffing == FIXED:
        taken = set(Member.objects.filter(team=team, until__isnull=True).values_list("username", flat=True))
    for each in keeping.candidates(team):
        if each.username not in taken:
            yield each.username, each.name


def _people(house: Entrance, team: Team, names: dict[str, str]) -> Iterable[Someone]:
    if house.staffing == FIXED:
        for member in Member.objects.filter(team=team, until__isnull=True).order_by("username"):
            yield Someone(member.pk, names.get(member.username, member.username))
        return
    days = RosterDay.objects.filter(team=team, day__gte=timezone.localdate(), cancelled_at__isnull=True)
    for each in days.order_by("day", "username"):
        yield Someone(each.pk, names.get(each.username, each.username), each.day)


def on_duty(house: Entrance, day: date, language: str) -> tuple[tuple[str, str, str], ...]:
    """Who is at the entrance on a day: name, unit, side."""
    found = []
    names = dict(User.objects.exclude(unit="").values_list("username", "name"))
    for team in Team.objects.filter(entrance=house, until__isnull=True).order_by("unit", "focus"):
        if house.staffing == FIXED:
            rows = Member.objects.filter(team=team, until__isnull=True)
        else:
            rows = RosterDay.objects.filter(team=team, day=day, cancelled_at__isnull=True)
        label = catalogue().called(team.unit, language)
        side = team.unit.split("/")[0]
        found += [(names.get(row.username, row.username), label, side) for row in rows.order_by("username")]
    return tuple(dict.fromkeys(found))


def places_of(house: Entrance) -> list[Outreach]:
    """Where the entrance comes out from today on."""
    rows = Outreach.objects.filter(entrance=house, until__isnull=True).select_related("team")
    rows = rows.order_by("weekday", "day", "starts")
    today = timezone.localdate()
    return [row for row in rows if row.day is None or row.day >= today]


def place_view(row: Outreach) -> PlaceView:
    """A place in words."""
    between = f"{clock(row.starts)}–{clock(row.ends)}"
    if row.day:
        when = f"{date_format(row.day, 'DATE_FORMAT')}, {between}"
    else:
        when = _("Hver %(weekday)s %(between)s") % {
            "weekday": weekday_name(row.weekday or 0),
            "between": between,
        }
    team = row.team if row.team and row.team.until is None else None
    goes = catalogue().called(team.unit, get_language() or "da") if team else ""
    return PlaceView(row.pk, row.kind, row.name, row.address, when, next_day(row), goes)


def next_day(row: Outreach) -> date | None:
    """The next day the entrance comes there, today included."""
    today = timezone.localdate()
    if row.day:
        return row.day if row.day >= today else None
    return today + timedelta(days=((row.weekday or 0) - today.weekday()) % 7)


def times_of(row: Attachment) -> tuple[Time, ...]:
    """When the citizen is expected, from today on."""
    start = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Appointment.objects.filter(attachment=row, at__gte=start, cancelled_at__isnull=True)
    times = list(rows.select_related("outreach", "attachment").order_by("at"))
    shut = {each.pk for each in turned_away(times)}
    return tuple(
        Time(each.pk, each.at, each.sides, each.outreach.name if each.outreach else "", each.pk in shut)
        for each in times
    )


def visits_of(row: Attachment, most: int = 20) -> tuple[Came, ...]:
    """The newest visits."""
    rows = Visit.objects.filter(attachment=row).select_related("outreach").order_by("-came_at")[:most]
    return tuple(
        Came(
            each.day,
            each.came_at,
            each.outreach.name if each.outreach else "",
            each.bif_at is not None,
            each.sof_at is not None,
            each.over_at is not None,
        )
        for each in rows
    )
