"""One citizen at one entrance, for the units that receive there: seen, and each step written down. Each call decides first,
and is a line in the citizen's log."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import override

from helhed.accounts.models import User
from helhed.coordination.handover.entrances import actions, picturing
from helhed.coordination.handover.entrances.answers import Attached
from helhed.coordination.handover.entrances.letting import meeting
from helhed.coordination.handover.entrances.models import ATTACHED, INVITED, Appointment, Attachment, Visit
from helhed.coordination.handover.entrances.words import REASONS, STATES
from helhed.law import catalogue
from helhed.sharing.ledger import standing as ledger
from helhed.sharing.ledger.models import PARTS

NONE = UUID(int=0)
"""The attachment of what is not there: it is looked for all the same, so that it takes the same work."""


def citizen(*, by: User, attachment: UUID, language: str) -> Attached:
    """One citizen at one entrance. LookupError, NoAccess."""
    with override(language), meeting(by, attachment, "entrance-seen") as met:
        row, who = met.row, met.who
        parts = ledger.holders(row.person_key)
        labels = catalogue()
        held = tuple(
            (labels.label("responsibilities", part, language), labels.called(each.unit, language))
            for part in PARTS
            if (each := parts.get(part))
        )
        reason = str(REASONS.get(row.reason, ""))
        return Attached(
            attachment=row.pk,
            person_key=row.person_key,
            name=who.name,
            age=who.age,
            protected=who.protected,
            house=picturing.house_of(row.entrance, by, language),
            state=row.state,
            state_label=f"{STATES[row.state]} {reason}".strip(),
            invited_on=timezone.localdate(row.invited_at),
            leaves_on=row.leaves_on,
            held=held,
            times=picturing.times_of(row),
            visits=picturing.visits_of(row),
            may=_may(row),
        )


def _may(row: Attachment) -> frozenset[str]:
    if row.state == INVITED:
        return frozenset({"answer"})
    if row.state != ATTACHED:
        return frozenset()
    running = Visit.objects.filter(attachment=row, over_at__isnull=True).exists()
    return frozenset({"leave", "expect"} | (set() if running else {"arrive"}))


def answer(*, by: User, attachment: UUID, yes: bool, language: str) -> None:
    """Write down the citizen's own words. LookupError, NoAccess, Refused."""
    with override(language), meeting(by, attachment, "entrance-met") as met:
        actions.answer(by=by, attachment=attachment, yes=yes, how="person", rest=met.rest)


def leave(*, by: User, attachment: UUID, language: str) -> None:
    """The citizen said to a caseworker that it is over. LookupError, NoAccess, Refused."""
    with override(language), meeting(by, attachment, "entrance-met") as met:
        actions.leave(by=by, attachment=attachment, reason="wish", rest=met.rest)


def expect(
    *, by: User, attachment: UUID, at: datetime, sides: str, outreach: int | None, language: str
) -> None:
    """Note a time. LookupError, NoAccess, Refused."""
    with override(language), meeting(by, attachment, "entrance-met") as met:
        said = {"at": at, "sides": sides, "outreach": outreach}
        actions.expect(by=by, attachment=attachment, rest=met.rest, **said)


def cancel(*, by: User, appointment: int, language: str) -> UUID:
    """Take a time back; answers whose attachment it was. LookupError, NoAccess."""
    row = Appointment.objects.filter(pk=appointment).first()
    attachment = row.attachment_id if row else NONE
    with override(language), meeting(by, attachment, "entrance-met", asked=appointment) as met:
        actions.cancel_expected(by=by, appointment=appointment, rest=met.rest)
    return attachment


def arrive(*, by: User, attachment: UUID, outreach: int | None, language: str) -> UUID:
    """The citizen is here; answers the entrance. LookupError, NoAccess, Refused."""
    with override(language), meeting(by, attachment, "entrance-met") as met:
        actions.arrive(by=by, attachment=attachment, outreach=outreach, rest=met.rest)
        return met.row.entrance_id


def serve(*, by: User, visit: UUID, language: str) -> UUID:
    """The viewer's administration has served the citizen; answers the entrance. LookupError, NoAccess, Refused."""
    with override(language), meeting(by, _of_visit(visit), "entrance-met", asked=visit) as met:
        actions.serve(by=by, visit=visit, rest=met.rest)
        return met.row.entrance_id


def finish(*, by: User, visit: UUID, language: str) -> UUID:
    """The citizen has gone; answers the entrance. LookupError, NoAccess, Refused."""
    with override(language), meeting(by, _of_visit(visit), "entrance-met", asked=visit) as met:
        actions.finish(by=by, visit=visit, rest=met.rest)
        return met.row.entrance_id


def where(visit: UUID) -> UUID:
    """The entrance of a visit. LookupError where there is none."""
    row = Attachment.objects.filter(pk=_of_visit(visit)).first()
    if row is None:
        raise LookupError(visit)
    return row.entrance_id


def _of_visit(visit: UUID) -> UUID:
    row = Visit.objects.filter(pk=visit).first()
    return row.attachment_id if row else NONE
