"""What the verbs of citizens lean on: rows taken with a lock, and the words of the letters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from helhed.audit.actions import Actor
from helhed.coordination.handover.adoption import standing as adoption
from helhed.coordination.handover.entrances.models import (
    ATTACHED,
    Attachment,
    Entrance,
    Team,
    Visit,
)
from helhed.coordination.handover.entrances.opening import week_in_words
from helhed.coordination.handover.letters import actions as letters
from helhed.coordination.handover.letters.actions import Draft
from helhed.sharing.refusal import Refused

INVITATION, WELCOME, FAREWELL = "entrance-invited", "entrance-welcome", "entrance-ended"


@dataclass(frozen=True)
class Rest:
    """What a step with a citizen rests on: the purpose, the ground, the decision of the policy, the mandate if any."""

    purpose: str = ""
    ground: str = ""
    decision: UUID | None = None
    mandate: UUID | None = None


def taken(attachment: UUID) -> Attachment:
    """The attachment, locked. LookupError where there is none."""
    row = Attachment.objects.select_for_update().filter(pk=attachment).first()
    if row is None:
        raise LookupError(attachment)
    return row


def taken_attached(attachment: UUID) -> Attachment:
    """The attachment, locked, of a citizen who is attached now."""
    row = taken(attachment)
    if row.state != ATTACHED:
        raise Refused(_("Borgeren er ikke tilknyttet indgangen."))
    return row


def taken_visit(visit: UUID) -> Visit:
    """A visit that is not over, locked. LookupError where there is none."""
    row = Visit.objects.select_for_update(of=("self",)).select_related("attachment").filter(pk=visit).first()
    if row is None:
        raise LookupError(visit)
    if row.over_at is not None:
        raise Refused(_("Besøget er afsluttet."))
    return row


def write(by: Actor, kind: str, entrance: Entrance, rows: Iterable[Attachment], **more: str) -> None:
    """A letter to each of these citizens about the entrance, once for each attachment and kind."""
    words = words_of(entrance) | more
    drafts = [Draft(row.person_key, words, row.pk, entrance.pk) for row in rows]
    unit = adoption.adopted(entrance.adoption).receiving
    letters.write_many(by=by, kind=kind, unit=unit, letters=drafts)


def words_of(entrance: Entrance) -> Mapping[str, Any]:
    """What fills a letter about an entrance: where, when, and whose people are there."""
    units = Team.objects.filter(entrance=entrance).order_by("unit").values_list("unit", flat=True)
    return {
        "name": entrance.name,
        "address": ", ".join(filter(None, [entrance.place, entrance.address])),
        "hours": {language: week_in_words(entrance, language) for language in ("da", "en")},
        "bif_unit": one_of("bif", units),
        "sof_unit": one_of("sof", units),
    }


def one_of(side: str, units: Iterable[str]) -> str:
    """The unit of a side where there is one, else the whole administration."""
    found = {unit for unit in units if unit.split("/")[0] == side}
    return found.pop() if len(found) == 1 else side
