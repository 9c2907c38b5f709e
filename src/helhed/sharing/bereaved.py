"""Mandates end at a death: of the citizen who gave it, or of the one who holds it, as the population register says.

A holder is found by the log-in: a citizen's own, or a representative's whom the register knows by the number the identity
provider gave. Where the register takes the death back, the mandate stands as it did, until its last day.
"""

from uuid import UUID

from helhed.accounts.questions import persons_behind
from helhed.audit.actions import Actor
from helhed.sharing.clock import moment
from helhed.sharing.departures import dead
from helhed.sharing.mandates import actions
from helhed.sharing.mandates.models import Mandate

STANDING = ("offered", "active")


def hear_deaths(*, by: Actor) -> int:
    """Bring mandates to what the register says of those they are between. Answers how many changed; each in a transaction of
    its own, and doing it twice changes nothing."""
    rows = Mandate.objects.filter(state__in=(*STANDING, "deceased"), valid_to__gt=moment())
    found = list(rows.order_by("pk").values_list("pk", "state", "person_key", "holder"))
    behind = persons_behind(holder for *_rest, holder in found if holder)
    between: dict[UUID, set[UUID]] = {
        pk: {person, behind.get(holder, person)} for pk, _state, person, holder in found
    }
    gone = dead(set().union(*between.values()))
    return sum(
        actions.end_by_death(by=by, mandate=pk)
        if between[pk] & gone
        else actions.stand_again(by=by, mandate=pk)
        for pk, state, _person, _holder in found
        if bool(between[pk] & gone) == (state in STANDING)
    )
