"""Who is let in to an entrance: those who keep it, and the units that receive there."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.coordination.handover.adoption.models import AdoptedModel
from helhed.coordination.handover.entrances.attaching import Rest
from helhed.coordination.handover.entrances.models import Attachment, Entrance, Team
from helhed.coordination.handover.entrances.standing import takes_part
from helhed.sharing import naming, policy
from helhed.sharing.answers import NoAccess
from helhed.sharing.naming import Named
from helhed.sharing.prying import turned_away

PURPOSE = "koordinering"
ABOUT = "handover"
KEEP, RECEIVE = "keep", "receive"


@dataclass(frozen=True)
class Met:
    """A citizen met at an entrance: the attachment, who it is, and what a step with the citizen rests on."""

    row: Attachment
    who: Named
    rest: Rest


def may(by: User, house: Entrance) -> frozenset[str]:
    """What a viewer may do at an entrance: keep it, receive there."""
    found, teams = set(), list(house.teams.all())
    if by.may("entrance.keep") and _keeps(by, house, teams):
        found.add(KEEP)
    if by.may("entrance.receive") and by.unit and takes_part(by, teams):
        found.add(RECEIVE)
    return frozenset(found)


def _keeps(by: User, house: Entrance, teams: Iterable[Team]) -> bool:
    """Whether a leader is of the line of a unit that has to do with the house: the receiving one, those whose leaders put the
    model in use, the one that planned the house, and those with a team there."""
    adopted = AdoptedModel.objects.filter(pk=house.adoption)
    units = {house.made_unit, *(team.unit for team in teams if team.until is None)}
    for each in adopted.values_list("receiving", "proposed_unit", "decided_unit"):
        units.update(each)
    return bool(by.unit) and any(unit and policy.same_line(by.unit, unit) for unit in units)


def let_in(by: User, entrance: UUID, *needed: str) -> Entrance:
    """The entrance, for who may do one of these there; NoAccess, with a line in the log, for others, and where there is none."""
    house = Entrance.objects.filter(pk=entrance).first()
    if may(by, house or _none(entrance)).isdisjoint(needed) or house is None:
        turned_away(by=by, kind="entrance", asked=[entrance], there=[house.pk] if house else [])
        raise NoAccess(
            _("Indgangen findes ikke, eller din enhed er ikke med i den."),
            _("En leder i din forvaltning kan sætte enheden på indgangens hold."),
        )
    return house


def _none(asked: UUID) -> Entrance:
    """An entrance that is not there. Whether somebody may enter is asked of it too, so that it takes the same work."""
    return Entrance(pk=asked, adoption=asked)


@contextmanager
def meeting(by: User, attachment: UUID, action: str, *, asked: object = None) -> Iterator[Met]:
    """One citizen at an entrance where the viewer's unit receives, in one transaction with what is done; each time a line in
    the citizen's log. LookupError where the viewer's unit receives at no entrance with that attachment
    (`asked`: what was asked for, where that is something of the attachment's); NoAccess."""
    row = Attachment.objects.select_related("entrance").filter(pk=attachment).first()
    if RECEIVE not in may(by, row.entrance if row else _none(attachment)) or row is None:
        raise LookupError(asked or attachment)
    with naming.meeting(row.person_key, by=by, purpose=PURPOSE, action=action, about=ABOUT) as who:
        yield Met(row, who, Rest(PURPOSE, who.ground, who.decision))
