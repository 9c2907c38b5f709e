"""Verbs of reorganisations: propose, approve or reject, and carry out, whole or not at all."""

import logging
from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.audit.actions import Actor, note
from helhed.coordination.handover.reorganisation import chains, moving
from helhed.coordination.handover.reorganisation.changes import both_sides, changes_on
from helhed.coordination.handover.reorganisation.letting import allowed, worded
from helhed.coordination.handover.reorganisation.models import Reorganisation, UnitChange
from helhed.coordination.handover.reorganisation.placing import Placing
from helhed.sharing.answers import NoAccess
from helhed.sharing.policy import above
from helhed.sharing.refusal import Refused

log = logging.getLogger(__name__)
Rehouse = Callable[..., int]
"""`by`, `units`, and `place`: the new unit of (citizen, old unit). Answers how many."""


@transaction.atomic
def propose(*, by: User, day: date, otherwise: Mapping[str, str], reason: str) -> UUID:
    """Propose to carry out what the catalogue says happens to units on a day. `otherwise`: for each unit that is divided, where
    those go whose case lies in none of its successors. Refused, NoAccess."""
    allowed(by)
    changes = changes_on(day)
    if not changes:
        raise Refused(_("Den dag ændres ingen enheder i kataloget."))
    for change in changes:
        if change.several and otherwise.get(change.old) not in change.successors:
            raise Refused(_("Vælg for hver enhed, der deles, hvor resten skal hen."))
    reason = worded(reason)
    try:
        with transaction.atomic():
            row = Reorganisation.objects.create(
                day=day, reason=reason, proposed_by=by.username, proposed_unit=by.unit
            )
    except IntegrityError:
        raise Refused(_("Omlægningen den dag er allerede foreslået.")) from None
    UnitChange.objects.bulk_create(
        UnitChange(
            reorganisation=row,
            old=change.old,
            successors=list(change.successors),
            otherwise=otherwise[change.old] if change.several else change.otherwise,
            kind=change.kind,
        )
        for change in changes
    )
    note(by=by, action="reorganisation-propose", object=f"{len(changes)} units on {day}")
    return row.pk


@transaction.atomic
def approve(*, by: User, reorganisation: UUID) -> None:
    """Approve what another has proposed; from the other administration, where units of both are concerned. It is carried out
    on its day, at once where that has come. Refused, NoAccess."""
    row = _to_decide(by, reorganisation)
    if both_sides(changes_on(row.day)) and above(by.unit)[-1] == above(row.proposed_unit)[-1]:
        raise NoAccess(_("Omlægningen rører begge forvaltninger. Den anden forvaltning skal godkende den."))
    if _as_proposed(row) != {change.old: list(change.successors) for change in changes_on(row.day)}:
        raise Refused(
            _("Kataloget er ændret, siden omlægningen blev foreslået. Afvis den, og foreslå den igen.")
        )
    _decide(by, row, "approved", "")
    note(by=by, action="reorganisation-approve", object=f"reorganisation on {row.day}")


@transaction.atomic
def reject(*, by: User, reorganisation: UUID, reason: str) -> None:
    """Say no to what another has proposed, and why. Refused, NoAccess."""
    row = _to_decide(by, reorganisation)
    _decide(by, row, "rejected", worded(reason))
    note(by=by, action="reorganisation-reject", object=f"reorganisation on {row.day}")


@transaction.atomic
def carry_out(*, by: Actor, reorganisation: UUID, notices: Rehouse) -> Mapping[str, int]:
    """Let all that the units have go along, in one transaction; answers how many of each. Done already: what it did then.

    `notices` takes along the notices that wait in these units, which lie in a room that this one does not know. Refused
    before its day, or where it is not approved.
    """
    row = Reorganisation.objects.select_for_update().get(pk=reorganisation)
    if row.state == "carried_out":
        return row.moved
    if row.state != "approved" or row.day > timezone.localdate():
        raise Refused(_("Omlægningen er ikke godkendt, eller dagen er ikke kommet."))
    row.moved = _all_along(row, by, notices)
    row.state, row.carried_at = "carried_out", timezone.now()
    row.save(update_fields=["state", "carried_at", "moved"])
    _look_that_nothing_is_left()
    note(by=by, action="reorganisation", object=f"{row.day}: {row.moved}"[:200], ground=moving.GROUND)
    return row.moved


def carry_out_due(*, by: Actor, notices: Rehouse) -> int:
    """Carry out every approved reorganisation whose day has come, the oldest first, each in a transaction of its own; answers
    how many. One that the database refuses is told in the program's log and stands as it was; the others go on."""
    due = Reorganisation.objects.filter(state="approved", day__lte=timezone.localdate()).order_by("day")
    done = 0
    for row in list(due.values_list("pk", flat=True)):
        try:
            carry_out(by=by, reorganisation=row, notices=notices)
            done += 1
        except IntegrityError:
            log.exception("reorganisation %s was not carried out", row)
    return done


def _look_that_nothing_is_left() -> None:
    """What is looked at when the transaction ends, now, so that a refusal comes from here."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS reorganisation_whole IMMEDIATE")


def _all_along(row: Reorganisation, by: Actor, notices: Rehouse) -> dict[str, int]:
    """The chains are held first, as every hand-over does, and then what they are about."""
    changes = list(row.changes.all())
    units = [change.old for change in changes]
    open_chains = chains.open_chains(units)
    held = moving.held_by(units)
    people = {person for person, *_rest in held} | {chain.person_key for chain in open_chains}
    placing = Placing(changes, people)
    return {
        "staff": moving.staff(placing, by=by),
        "models": moving.models(placing, by=by),
        "chains": chains.follow(open_chains, placing, by=by, of=row),
        "messages": chains.messages(open_chains, placing),
        "notices": notices(by=by, units=units, place=placing.unit),
        "teams": moving.teams(placing, by=by),
        "people": len({person for person, *_rest in held}),
        "parts": moving.holdings(held, placing, by=by, of=row),
        "letters": moving.letters(held, placing, by=by, of=row),
    }


def _as_proposed(row: Reorganisation) -> dict[str, list[str]]:
    return {change.old: change.successors for change in row.changes.all()}


def _to_decide(by: User, reorganisation: UUID) -> Reorganisation:
    allowed(by)
    row = Reorganisation.objects.select_for_update().get(pk=reorganisation)
    if row.proposed_by == by.username:
        raise NoAccess(_("Du har selv foreslået omlægningen. En anden skal tage stilling."))
    if row.state != "proposed":
        raise Refused(_("Der er allerede taget stilling til omlægningen."))
    return row


def _decide(by: User, row: Reorganisation, state: str, reason: str) -> None:
    row.state, row.decided_by, row.decided_unit = state, by.username, by.unit
    row.decided_reason, row.decided_at = reason, timezone.now()
    row.save(update_fields=["state", "decided_by", "decided_unit", "decided_reason", "decided_at"])
