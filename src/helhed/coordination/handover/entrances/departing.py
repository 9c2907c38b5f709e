"""Who has died or moved away does not come to an entrance any more; where that was a mistake, the citizen is asked anew."""

from uuid import UUID

from helhed.audit.actions import Actor
from helhed.coordination.handover.entrances import actions
from helhed.coordination.handover.entrances.models import LEFT, OPEN, RUNNING, Attachment, Entrance
from helhed.sharing import departures, eligibility
from helhed.sharing.departures import CAUSES
from helhed.sharing.refusal import Refused


def hear_departures(*, by: Actor) -> int:
    """Bring attachments to what the register says of their citizens now. Answers how many ended or were asked; doing it twice
    changes nothing."""
    rows = dict(Attachment.objects.filter(state__in=RUNNING).values_list("pk", "person_key"))
    gone = departures.departed(set(rows.values()))
    ended = sum(_leave(pk, gone[person].cause, by) for pk, person in rows.items() if person in gone)
    return ended + sum(_ask_again(house, by) for house in Entrance.objects.filter(state=OPEN))


def _leave(attachment: UUID, cause: str, by: Actor) -> bool:
    """End it, unless somebody has meanwhile."""
    try:
        actions.leave(by=by, attachment=attachment, reason=cause)
    except Refused:
        return False
    return True


def _ask_again(house: Entrance, by: Actor) -> int:
    """Invite those whose attachment ended because of what the register says no more, where they are in the group."""
    newest = Attachment.objects.filter(entrance=house).order_by("person_key", "-invited_at")
    rows = newest.distinct("person_key").values_list("person_key", "state", "reason")
    left = {person for person, state, reason in rows if state == LEFT and reason in CAUSES}
    back = left - departures.departed(left).keys() if left else left
    if not back:
        return 0
    here = back.intersection(eligibility.members(house.model))
    return actions.invite(by=by, entrance=house.pk, people=sorted(here)) if here else 0
