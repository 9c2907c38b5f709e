"""What the program does by itself: invite who is or comes into the group, let go who is out of it, close what has no ground."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from helhed.audit.actions import Actor
from helhed.coordination.handover.adoption import standing as adoption
from helhed.coordination.handover.entrances import actions, keeping
from helhed.coordination.handover.entrances.departing import hear_departures
from helhed.coordination.handover.entrances.models import ATTACHED, OPEN, Attachment, Entrance, Heard, Visit
from helhed.sharing import eligibility
from helhed.sharing.clock import moment


def one_round(*, by: Actor) -> int:
    """One round; answers how much was done. Each part is a transaction of its own and is found again when it was stopped."""
    done = close_over(by=by)
    done += sum(begin(by=by, entrance=house) for house in Entrance.objects.filter(state=OPEN, begun_at=None))
    done += hear_changes(by=by)
    done += hear_departures(by=by)
    done += let_go(by=by)
    return done + end_of_day(by=by)


@transaction.atomic
def begin(*, by: Actor, entrance: Entrance) -> int:
    """Invite everybody who is in the group when an entrance opens; once."""
    row = Entrance.objects.select_for_update(no_key=True).get(pk=entrance.pk)
    if row.begun_at is not None or row.state != OPEN:
        return 0
    invited = actions.invite(by=by, entrance=row.pk, people=eligibility.members(row.model))
    row.begun_at = moment()
    row.save(update_fields=["begun_at"])
    return invited + 1


def hear_changes(*, by: Actor) -> int:
    """Turn the changes of countings not yet read into invitations and departures, oldest first."""
    read = set(Heard.objects.values_list("recount", flat=True))
    return sum(_hear(recount, by) for recount in eligibility.countings() if recount not in read)


@transaction.atomic
def _hear(recount: int, by: Actor) -> int:
    invited = leaving = 0
    for house in Entrance.objects.filter(state=OPEN, begun_at__isnull=False):
        moved = eligibility.moved(recount, [house.model])
        out = {each.person_key for each in moved if each.what == eligibility.OUT}
        into = {each.person_key for each in moved if each.what == eligibility.IN}
        if not (out or into):
            continue
        now_in = set(eligibility.members(house.model))
        here = [key for key in into if key in now_in]
        actions.stay(by=by, entrance=house.pk, people=here)
        invited += actions.invite(by=by, entrance=house.pk, people=here)
        grace = timedelta(days=adoption.adopted(house.adoption).grace_days)
        gone = [key for key in out if key not in now_in]
        leaving += actions.lapse(by=by, entrance=house.pk, people=gone, on=timezone.localdate() + grace)
    Heard.objects.create(recount=recount, invited=invited, leaving=leaving)
    return invited + leaving


def let_go(*, by: Actor) -> int:
    """Those whose grace is over leave."""
    due = Attachment.objects.filter(state=ATTACHED, leaves_on__lte=timezone.localdate())
    rows = list(due.values_list("pk", flat=True))
    for attachment in rows:
        actions.leave(by=by, attachment=attachment, reason="group")
    return len(rows)


def end_of_day(*, by: Actor) -> int:
    """Who was not written down as gone yesterday or before has gone: a visit lasts no longer than its day."""
    rows = Visit.objects.filter(over_at__isnull=True, day__lt=timezone.localdate())
    visits = list(rows.values_list("pk", flat=True))
    for visit in visits:
        actions.finish(by=by, visit=visit)
    return len(visits)


def close_over(*, by: Actor) -> int:
    """Close the open entrances whose model is in use no longer."""
    houses = list(Entrance.objects.filter(state=OPEN))
    if not houses:
        return 0
    used = {each.id for each in adoption.in_use_all(timezone.localdate())}
    over = [house for house in houses if house.adoption not in used]
    for house in over:
        keeping.close_doors(by=by, entrance=house.pk)
    return len(over)
