"""Two persons who are one: what this room and those below keep of the one who is read as the other follows to that person.

Who is left keeps their own holding, where there was one: then an open hand-over of the other ends, and what took effect for the
other stays as history. Where there was none, the other's holding, and all that hangs on it, is carried over. A consent is not: it
opens nothing for who is left until it is asked anew, so a hand-over that rests on it gets a cause with the time that takes.
"""

from datetime import timedelta
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils import timezone

from helhed.audit.actions import Actor, note
from helhed.coordination.handover.adoption import standing as adoption
from helhed.coordination.handover.chain import actions, causes
from helhed.coordination.handover.chain.acting import held_each
from helhed.coordination.handover.chain.ending import end
from helhed.coordination.handover.chain.gathering import MOVES
from helhed.coordination.handover.chain.models import BACK, ENDED, OVER, Chain, Merged
from helhed.coordination.handover.chain.returning import UNDONE
from helhed.sharing.consent.standing import PLAN, holding
from helhed.sharing.ledger import merging as ledger
from helhed.sharing.merges import MergeRow, merges

FOLLOW, PART = "SELECT handover_follow(%s)", "SELECT handover_part(%s)"
ONE_PERSON = "merged"
"""Why a hand-over ended: the citizen was known as two persons."""


def follow_merges(*, by: Actor) -> int:
    """Follow who was merged, and part who was parted, since. Answers how many; each in a transaction of its own."""
    known, told = {row.merge: row for row in Merged.objects.all()}, merges()
    new = [merge for merge in told if merge.until is None and merge.id not in known]
    over = [known[merge.id] for merge in told if merge.until is not None and merge.id in known]
    return sum(_follow(merge, by) for merge in new) + sum(
        _part(row, by) for row in over if row.parted_at is None
    )


@transaction.atomic
def _follow(merge: MergeRow, by: Actor) -> bool:
    carried = ledger.carries(merge.gone, merge.kept, merge.since)
    anew = _ended(merge, carried, by)
    row = Merged.objects.create(id=uuid4(), merge=merge.id, kept=merge.kept, gone=merge.gone, carried=carried)
    said = {"gone": merge.gone, "kept": merge.kept, "ref": row.pk}
    ledger.follow_merge(by=by, since=merge.since, **said)
    _call(FOLLOW, row.pk)
    if carried:
        _ask_anew(merge.kept, by)
    for model in anew:
        actions.propose(by=by, adoption=model, people=[merge.kept])
    _note(by, "merged", row)
    return True


@transaction.atomic
def _part(row: Merged, by: Actor) -> bool:
    """They are two again, each with what came under its own key."""
    said = {"gone": row.gone, "kept": row.kept, "ref": row.pk}
    ledger.part_merge(by=by, carried=row.carried, **said)
    _call(PART, row.pk)
    _note(by, "parted", row)
    return True


def _ended(merge: MergeRow, carried: bool, by: Actor) -> set[UUID]:
    """End the open hand-over of who is read as the other, unless it is a return that is carried over. Answers the adoptions in
    use under which the person who is left is to be looked at instead."""
    open_ = Chain.objects.exclude(state__in=ENDED)
    busy = open_.filter(person_key=merge.kept).exists()
    rows = held_each(open_.filter(person_key=merge.gone).values_list("pk", flat=True))
    ending = [row for row in rows if row.direction == OVER or busy or not carried]
    for row in ending:
        end(row, "cancelled", by=by, reason=ONE_PERSON)
    used = {each.id for each in adoption.in_use_all(timezone.localdate()) if each.transfer_type == MOVES}
    return set() if busy else {row.adoption for row in ending if row.direction == OVER} & used


def _ask_anew(person: UUID, by: Actor) -> None:
    """The hand-over that was carried over rests on a consent under the other key: it is to be undone, if the citizen does not
    give one under this key in the time the model gives for an answer."""
    standing = holding(person, kind=PLAN, lock=False)
    back = Chain.objects.filter(direction=BACK).exclude(state__in=UNDONE).values("returns")
    rows = Chain.objects.filter(person_key=person, direction=OVER, state="effective").exclude(pk__in=back)
    for row in rows:
        if not any(one.opens_to(row.to_unit) for one in standing):
            days = timedelta(days=adoption.adopted(row.adoption).consent_days)
            causes.give_cause(by=by, chain=row.pk, cause="consent", opens_on=timezone.localdate() + days)


def _call(statement: str, row: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [row])


def _note(by: Actor, what: str, row: Merged) -> None:
    for person in (row.kept, row.gone):
        note(
            by=by,
            action=f"handover-{what}",
            person_key=person,
            object=f"merge {row.merge}",
            fields={"handover"},
        )
