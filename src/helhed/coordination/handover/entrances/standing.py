"""What stands: which units take part where, who is lent to which entrance."""

from collections.abc import Iterable
from uuid import UUID

from helhed.accounts.models import User
from helhed.coordination.handover.entrances.models import ATTACHED, CLOSED, Attachment, Team
from helhed.sharing import policy
from helhed.sharing.policy.gathering import ends


def lent_to(person: UUID) -> tuple[str, ...]:
    """The entrances a citizen is lent to now, by name. Both administrations keep what they are responsible for."""
    rows = Attachment.objects.filter(person_key=person, state=ATTACHED).select_related("entrance")
    return tuple(row.entrance.name for row in rows.order_by("since"))


def teams_of(unit: str) -> int:
    """How many teams a unit has at entrances that are not closed."""
    running = Team.objects.filter(unit=unit, until__isnull=True).exclude(entrance__state=CLOSED)
    return running.count()


def takes_part(by: User, teams: Iterable[Team]) -> bool:
    """Whether the user's unit line, or what took over from it, receives where these teams are."""
    units = {end for team in teams if team.until is None for end in ends(team.unit)}
    return any(policy.same_line(unit, by.unit) for unit in units)
