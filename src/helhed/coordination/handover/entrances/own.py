"""The citizen's doors, and those of whoever acts for the citizen under a mandate."""

from uuid import UUID

from django.utils.translation import override

from helhed.accounts.models import User
from helhed.coordination.handover.entrances import actions, picturing
from helhed.coordination.handover.entrances.answers import Own
from helhed.coordination.handover.entrances.attaching import Rest
from helhed.coordination.handover.entrances.models import ATTACHED, INVITED, RUNNING, Attachment, Team
from helhed.coordination.handover.entrances.opening import week_in_words
from helhed.coordination.handover.letters.wording import unit_called
from helhed.sharing.asking.letting import Let, own_matter

SEEING, ANSWERING = "see", "consent"
MAY = {INVITED: frozenset({"yes", "no"}), ATTACHED: frozenset({"leave"})}


def entrances(*, by: User, language: str, mandate: UUID | None = None) -> tuple[Own, ...]:
    """The entrances the citizen is invited or attached to, and the last one that is over; NoAccess for others."""
    with override(language), own_matter(by, mandate, SEEING) as let:
        let.line("entrance-seen", fields=("handover",))
        rows = Attachment.objects.filter(person_key=let.person.key).select_related("entrance")
        running = list(rows.filter(state__in=RUNNING).order_by("-invited_at"))
        over = rows.exclude(state__in=RUNNING).order_by("-invited_at").first()
        return tuple(_own(row, language) for row in [*running, *([over] if over and not running else [])])


def waiting(*, by: User) -> int:
    """How many invitations the citizen who is logged in has not answered."""
    theirs = Attachment.objects.filter(person_key=by.person_key, state=INVITED)
    return theirs.count() if by.may("citizen.own") else 0


def answer(*, by: User, attachment: UUID, yes: bool, language: str, mandate: UUID | None = None) -> None:
    """The citizen's yes or no. LookupError where it is not the citizen's; Refused where it is answered."""
    with override(language), own_matter(by, mandate, ANSWERING) as let:
        _theirs(let, attachment)
        how = "mandate" if mandate else "portal"
        actions.answer(by=by, attachment=attachment, yes=yes, how=how, rest=_rest(let))


def leave(*, by: User, attachment: UUID, language: str, mandate: UUID | None = None) -> None:
    """Stop coming, at once. LookupError where it is not the citizen's; Refused where it is over."""
    with override(language), own_matter(by, mandate, ANSWERING) as let:
        _theirs(let, attachment)
        actions.leave(by=by, attachment=attachment, reason="wish", rest=_rest(let))


def _theirs(let: Let, attachment: UUID) -> None:
    if not Attachment.objects.filter(pk=attachment, person_key=let.person.key).exists():
        raise LookupError(attachment)


def _rest(let: Let) -> Rest:
    return Rest(let.purpose, let.ground, let.decision, let.mandate)


def _own(row: Attachment, language: str) -> Own:
    house = row.entrance
    units = Team.objects.filter(entrance=house, until__isnull=True).order_by("unit")
    return Own(
        attachment=row.pk,
        state=row.state,
        name=house.name,
        place=house.place,
        address=house.address,
        week=week_in_words(house, language),
        units=tuple(
            dict.fromkeys(unit_called(unit, language) for unit in units.values_list("unit", flat=True))
        ),
        places=tuple(picturing.place_view(place) for place in picturing.places_of(house)),
        times=picturing.times_of(row) if row.state == ATTACHED else (),
        visits=picturing.visits_of(row),
        leaves_on=row.leaves_on if row.state == ATTACHED else None,
        may=MAY.get(row.state, frozenset()),
    )
