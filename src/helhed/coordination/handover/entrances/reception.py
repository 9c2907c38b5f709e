"""The lists of those who receive at an entrance. Each call says who is let in, decides about each citizen, and logs.

Being attached opens no information: a citizen is named to those who may meet the citizen anyway.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from helhed.accounts.models import User
from helhed.audit.actions import note
from helhed.coordination.handover.entrances import picturing
from helhed.coordination.handover.entrances.answers import (
    SHELVES,
    AttachedRow,
    Day,
    DayRow,
    House,
    HouseRow,
    Page,
    WalkIn,
)
from helhed.coordination.handover.entrances.letting import (
    ABOUT,
    KEEP,
    PURPOSE,
    RECEIVE,
    let_in,
    may,
)
from helhed.coordination.handover.entrances.models import (
    ATTACHED,
    CLOSED,
    DECLINED,
    INVITED,
    LEFT,
    OPEN,
    Appointment,
    Attachment,
    Entrance,
    Visit,
)
from helhed.coordination.handover.entrances.opening import (
    open_on,
    outreach_on,
    turned_away,
    week_in_words,
)
from helhed.coordination.handover.entrances.words import STATES
from helhed.law import catalogue
from helhed.sharing import naming
from helhed.sharing.access import listing
from helhed.sharing.naming import Named
from helhed.sharing.refusal import Refused

PAGE = 50
SHELF = {"attached": (ATTACHED,), "invited": (INVITED,), "ended": (DECLINED, LEFT)}
SHORTEST_TEXT = 2


def houses(*, by: User, language: str) -> tuple[HouseRow, ...]:
    """The entrances the viewer keeps, or whose unit receives there; open ones first."""
    with override(language):
        rows = Entrance.objects.prefetch_related("teams").order_by("name")
        shown = [(row, may(by, row)) for row in rows]
        ordered = sorted(shown, key=lambda each: (OPEN, "planned", CLOSED).index(each[0].state))
        return tuple(_house_row(row, allowed, language) for row, allowed in ordered if allowed)


def houses_of(*, by: User, adoption: UUID, language: str) -> tuple[HouseRow, ...]:
    """The entrances of an adopted model that the viewer keeps or receives at."""
    with override(language):
        rows = Entrance.objects.prefetch_related("teams").filter(adoption=adoption).order_by("-made_at")
        return tuple(_house_row(row, allowed, language) for row in rows if (allowed := may(by, row)))


def _house_row(row: Entrance, allowed: frozenset[str], language: str) -> HouseRow:
    start, end = _hours_of(timezone.localdate())
    expected = Appointment.objects.filter(
        attachment__entrance=row, at__gte=start, at__lt=end, cancelled_at__isnull=True
    )
    return HouseRow(
        row.pk,
        row.name,
        row.model,
        catalogue().label("groups", row.model, language),
        row.state,
        row.address,
        week_in_words(row, language),
        expected.count(),
        Visit.objects.filter(attachment__entrance=row, over_at__isnull=True).count(),
        RECEIVE in allowed,
    )


def house(*, by: User, entrance: UUID, language: str) -> House:
    """One entrance: where, when, who. LookupError, NoAccess."""
    with override(language):
        return picturing.house_of(let_in(by, entrance, KEEP, RECEIVE), by, language)


def day(*, by: User, entrance: UUID, on: date, language: str) -> Day:
    """The reception list of a day; each name is a line in the citizen's log. LookupError, NoAccess."""
    with override(language):
        row = let_in(by, entrance, RECEIVE)
        start, end = _hours_of(on)
        times = Appointment.objects.filter(
            attachment__entrance=row, at__gte=start, at__lt=end, cancelled_at__isnull=True
        ).select_related("attachment", "outreach")
        visits = Visit.objects.filter(attachment__entrance=row, day=on).select_related(
            "attachment", "outreach"
        )
        people = {each.attachment.person_key for each in (*times, *visits)}
        names = naming.named(people, by=by, purpose=PURPOSE, action="list", about=(ABOUT,))
        here = timezone.localdate() == on
        came = [_visit_row(each, times, names, by) for each in visits.order_by("came_at")]
        seen = {each.attachment_id for each in visits}
        left = [each for each in times.order_by("at") if each.attachment_id not in seen]
        shut = {each.pk for each in turned_away(left)}
        waits = [_time_row(each, names, here, each.pk in shut) for each in left]
        return Day(
            house=picturing.house_of(row, by, language),
            on=on,
            today=here,
            open=open_on(row, on),
            duty=picturing.on_duty(row, on, language),
            places=tuple(picturing.place_view(place) for place in outreach_on(row, on)),
            expected=tuple(each for each in waits),
            here=tuple(each for each in came if each.state == "here"),
            gone=tuple(each for each in came if each.state == "gone"),
            both=sum(each.bif_at is not None and each.sof_at is not None for each in came),
        )


def _time_row(row: Appointment, names: Mapping[UUID, Named], here: bool, shut: bool) -> DayRow:
    who = names.get(row.attachment.person_key)
    return DayRow(
        attachment=row.attachment_id,
        name=who.name if who else "",
        age=who.age if who else None,
        protected=bool(who and who.protected),
        at=row.at,
        sides=row.sides,
        place=row.outreach.name if row.outreach else "",
        state="expected",
        visit=None,
        came_at=None,
        bif_at=None,
        sof_at=None,
        acts=frozenset({"arrive"}) if who and here else frozenset(),
        outreach=row.outreach_id,
        shut=shut,
    )


def _visit_row(row: Visit, times: Iterable[Appointment], names: Mapping[UUID, Named], by: User) -> DayRow:
    who = names.get(row.attachment.person_key)
    noted = next((each for each in times if each.attachment_id == row.attachment_id), None)
    acts = set()
    if who and row.over_at is None:
        acts.add("finish")
        if getattr(row, f"{by.administration}_at", "none") is None:
            acts.add("serve")
    return DayRow(
        attachment=row.attachment_id,
        name=who.name if who else "",
        age=who.age if who else None,
        protected=bool(who and who.protected),
        at=noted.at if noted else None,
        sides=noted.sides if noted else "",
        place=row.outreach.name if row.outreach else "",
        state="here" if row.over_at is None else "gone",
        visit=row.pk,
        came_at=row.came_at,
        bif_at=row.bif_at,
        sof_at=row.sof_at,
        acts=frozenset(acts),
    )


def walk_in(*, by: User, entrance: UUID, text: str, language: str) -> tuple[WalkIn, ...]:
    """Who somebody at the door may be, by name or number: those the viewer may meet, whether attached here or not. The search
    and each name are logged. LookupError, NoAccess; Refused for too short a text."""
    with override(language):
        house = let_in(by, entrance, RECEIVE)
        if len(text.strip()) < SHORTEST_TEXT:
            raise Refused(_("Skriv mindst to bogstaver af navnet, eller nummeret."))
        found = naming.like(text)
        fitting = naming.in_order(listing.visible(found, by=by, purpose=PURPOSE))[:PAGE]
        names = naming.named(fitting, by=by, purpose=PURPOSE, action="find-hit", about=(ABOUT,))
        note(by=by, action="find", purpose=PURPOSE, object=f"{len(names)} hits", fields={"identity"})
        rows = Attachment.objects.filter(
            entrance=house, person_key__in=names, state__in=[INVITED, ATTACHED]
        ).annotate(running=Count("visits", filter=Q(visits__over_at__isnull=True)))
        known = {row.person_key: row for row in rows}
        hits = [_walk_in(names[key], known.get(key)) for key in fitting if key in names]
        return tuple(sorted(hits, key=lambda each: each.state == ""))


def _walk_in(who: Named, row: Attachment | None) -> WalkIn:
    if row is None:
        return WalkIn(who.name, who.age, who.protected, None, "")
    state = "here" if row.running else row.state
    return WalkIn(who.name, who.age, who.protected, row.pk, state)


def citizens(*, by: User, entrance: UUID, shelf: str, page: int, language: str) -> Page:
    """The citizens of an entrance that the viewer may meet, the newest first, fifty a page. LookupError, NoAccess."""
    with override(language):
        house = let_in(by, entrance, RECEIVE)
        here = Attachment.objects.filter(entrance=house)
        shelf = shelf if shelf in SHELVES else SHELVES[0]
        places = list(here.order_by("-invited_at", "person_key").values_list("pk", "person_key", "state"))
        met = listing.visible({person for _pk, person, _state in places}, by=by, purpose=PURPOSE)
        mine = [(pk, state) for pk, person, state in places if person in met]
        counts = {key: sum(state in states for _pk, state in mine) for key, states in SHELF.items()}
        lying = [pk for pk, state in mine if state in SHELF[shelf]]
        first = (max(page, 1) - 1) * PAGE
        found = here.in_bulk(lying[first : first + PAGE])
        rows = [found[pk] for pk in lying[first : first + PAGE] if pk in found]
        names = naming.named(
            {row.person_key for row in rows}, by=by, purpose=PURPOSE, action="list", about=(ABOUT,)
        )
        nexts = _next_times(rows)
        shown = tuple(
            _attached_row(row, names[row.person_key], nexts) for row in rows if row.person_key in names
        )
        return Page(picturing.house_of(house, by, language), shown, counts[shelf], counts)


def _next_times(rows: Iterable[Attachment]) -> Mapping[UUID, datetime]:
    times = Appointment.objects.filter(
        attachment__in=[row.pk for row in rows], at__gte=timezone.now(), cancelled_at__isnull=True
    )
    return dict(times.order_by("-at").values_list("attachment", "at"))


def _attached_row(row: Attachment, who: Named, nexts: Mapping[UUID, datetime]) -> AttachedRow:
    moment = row.until or row.since or row.answered_at or row.invited_at
    return AttachedRow(
        attachment=row.pk,
        name=who.name,
        age=who.age,
        protected=who.protected,
        state=row.state,
        state_label=str(STATES[row.state]),
        since=timezone.localdate(moment),
        leaves_on=row.leaves_on if row.state == ATTACHED else None,
        next_at=nexts.get(row.pk),
    )


def _hours_of(on: date) -> tuple[datetime, datetime]:
    """The first moment of a day here, and of the next."""
    zone = timezone.get_current_timezone()
    start = datetime.combine(on, time.min, tzinfo=zone)
    return start, datetime.combine(on + timedelta(days=1), time.min, tzinfo=zone)
