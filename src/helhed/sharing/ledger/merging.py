"""Two persons who are one have one ledger; parted again, each has one.

The holding of the person who is left stands, where there was one before; else the other's becomes that person's. The parts of the
one who is read as the other lie with no unit from then on (NOWHERE): the line of holdings goes on, and nobody sees by it.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from helhed.audit.actions import Actor, note
from helhed.law import catalogue
from helhed.sharing.clock import moment
from helhed.sharing.ledger.carrying import Next, carry_out
from helhed.sharing.ledger.models import MERGED, NOWHERE, Holding
from helhed.sharing.ledger.standing import Held, holders_of
from helhed.sharing.ledger.units import ends


def carries(gone: UUID, kept: UUID, since: datetime) -> bool:
    """Whether the holding of the one who is read as the other becomes that person's: there is one, and the other had none of
    their own before they were one."""
    had = Holding.objects.filter(person_key=kept, recorded_at__lt=since).exists()
    return not had and Holding.objects.filter(person_key=gone).exists()


@transaction.atomic
def follow_merge(*, by: Actor, gone: UUID, kept: UUID, since: datetime, ref: UUID) -> bool:
    """From now on the two have one holding. `since`: when they became one. Answers whether the one who is read as the other
    brought it (`carries`)."""
    carried = carries(gone, kept, since)
    held = holders_of([gone, kept], lock=True)
    theirs, own = held.get(gone, {}), held.get(kept, {})
    if carried:
        _take_over(theirs, own, kept, by, ref)
    carry_out([Next(row, gone, NOWHERE, "") for row in theirs.values()], by, MERGED, ref)
    note(by=by, action="ledger-merged", person_key=kept, object=f"merge {ref}", fields={"handover"})
    return carried


@transaction.atomic
def part_merge(*, by: Actor, gone: UUID, kept: UUID, carried: bool, ref: UUID) -> None:
    """They are two again. What one brought goes back to that one as it lies now, and the other's lies where the law puts it;
    else it lies where it lay before."""
    held = holders_of([gone, kept], lock=True)
    own, theirs = held.get(kept, {}), held.get(gone, {})
    before = {row.part: _before(row, gone) for row in theirs.values()}
    back = own if carried else {}
    due = [
        Next(row, gone, back[part].unit, back[part].beside)
        if part in back
        else Next(row, gone, before[part].unit, before[part].beside)
        for part, row in theirs.items()
        if row.unit == NOWHERE
    ]
    if carried:
        duties = catalogue().responsibilities
        due += [Next(row, kept, ends(duties[part].holder_now)[0], "") for part, row in own.items()]
    carry_out([each for each in due if each.unit != each.before.unit], by, MERGED, ref)
    note(by=by, action="ledger-parted", person_key=kept, object=f"merge {ref}", fields={"handover"})


def _take_over(theirs: dict[str, Held], own: dict[str, Held], kept: UUID, by: Actor, ref: UUID) -> None:
    """The parts lie for the person who is left as they lay for the other."""
    due = [
        Next(own[part], kept, row.unit, row.beside)
        for part, row in theirs.items()
        if part in own and (own[part].unit, own[part].beside) != (row.unit, row.beside)
    ]
    carry_out(due, by, MERGED, ref)
    at = moment()
    Holding.objects.bulk_create(
        Holding(
            person_key=kept,
            part=part,
            unit=row.unit,
            beside=row.beside,
            since=at,
            ground=MERGED,
            ref=ref,
            recorded_by=by.username,
        )
        for part, row in theirs.items()
        if part not in own
    )


def _before(row: Held, person: UUID) -> Holding:
    """The holding that ended when this one began."""
    return Holding.objects.get(person_key=person, part=row.part, until=row.since)
