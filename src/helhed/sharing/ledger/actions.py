"""Verbs of the ledger: open it, follow the case system, move what a unit holds, put an employee on it, offer and close."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.audit.actions import Actor, note
from helhed.audit.appending import together
from helhed.law import catalogue
from helhed.sharing.clock import moment
from helhed.sharing.ledger.carrying import Next, carry_out
from helhed.sharing.ledger.models import Offer, Worker
from helhed.sharing.ledger.standing import holders, holders_of
from helhed.sharing.ledger.units import ends, in_line, replaced
from helhed.sharing.refusal import Refused

NOBODY: Mapping[str, str] = MappingProxyType({})


@transaction.atomic
def open_from_cases(*, by: Actor, people: Iterable[int] | None = None) -> int:
    """Open the ledger of these persons (ids of the register; everyone without any) who have an employment case that runs
    today, where the law puts each part; and let what follows the case go where the case system has moved it, unless it lies
    in another administration. Answers how many holdings were written."""
    duties = catalogue().responsibilities
    asked = None if people is None else list(people)
    stays = [ends(duty.holder_now)[0] for duty in duties.values()]
    told = [
        asked,
        by.username,
        *replaced(),
        list(duties),
        stays,
        [duty.follows_case for duty in duties.values()],
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT opened, moved FROM ledger_follow(%s::bigint[], %s, %s::text[], %s::text[], %s::text[], %s::text[],"
            " %s::boolean[])",
            told,
        )
        opened, moved = cursor.fetchone()
    if opened or moved:
        note(by=by, action="ledger-open", object=f"{opened} opened, {moved} moved with the case system")
    return opened + moved


@transaction.atomic
def move(
    *,
    by: Actor,
    person: UUID,
    to: Mapping[str, str],
    ground: str,
    ref: UUID,
    beside: Mapping[str, str] = NOBODY,
) -> datetime:
    """Move parts of a citizen to units, all at one moment, which is answered; `beside`: the administration that has a part
    as well. A part that is there already stays. Refused where the ledger of the citizen is not opened."""
    held = holders(person, lock=True)
    if not to.keys() <= held.keys():
        raise Refused(_("Borgeren har ingen beskæftigelsessag, så der er intet ansvar at flytte."))
    due = [Next(held[part], person, unit, beside.get(part, "")) for part, unit in to.items()]
    due = [each for each in due if (each.before.unit, each.before.beside) != (each.unit, each.beside)]
    at = carry_out(due, by, ground, ref)
    note(
        by=by,
        action="ledger-move",
        person_key=person,
        object=f"{ground} {ref}",
        ground=ground,
        fields={"handover"},
    )
    return at


@transaction.atomic
def move_many(*, by: Actor, moves: Sequence[tuple[UUID, str, str]], ground: str, ref: UUID) -> int:
    """Move many parts at one moment: (citizen, part, unit). Answers how many moved; what is there already, and what is not
    held of a citizen at all, stays out. The administration beside is kept."""
    held = holders_of({person for person, *_rest in moves}, lock=True)
    found = [(person, held.get(person, {}).get(part), unit) for person, part, unit in moves]
    due = [Next(row, person, unit, row.beside) for person, row, unit in found if row and row.unit != unit]
    carry_out(due, by, ground, ref)
    note(by=by, action="ledger-move-many", object=f"{len(due)} {ground} {ref}", ground=ground)
    return len(due)


@transaction.atomic
def take_on(*, by: Actor, person: UUID, part: str, username: str) -> None:
    """Put an employee of the holding unit on a part; whoever was on it is not any more. Refused for who is not of the unit."""
    held = holders(person, lock=True).get(part)
    worker = User.objects.filter(username=username, is_active=True).first()
    if held is None or worker is None or not (worker.unit and in_line(worker.unit, held.unit)):
        raise Refused(_("Kun en medarbejder i den enhed, der har ansvaret, kan sættes på det."))
    Worker.objects.filter(person_key=person, part=part, until__isnull=True).update(until=Now())
    Worker.objects.create(person_key=person, part=part, unit=held.unit, username=username)
    note(by=by, action="ledger-take-on", person_key=person, object=f"{part} {username}", fields={"handover"})


@transaction.atomic
def let_go(*, by: Actor, person: UUID, part: str, username: str) -> None:
    """The employee is not on the part any more; nothing happens where that is so already."""
    rows = Worker.objects.filter(person_key=person, part=part, username=username, until__isnull=True)
    if rows.update(until=Now()):
        note(
            by=by, action="ledger-let-go", person_key=person, object=f"{part} {username}", fields={"handover"}
        )


@transaction.atomic
def offer(*, by: Actor, person: UUID, unit: str, ref: UUID) -> None:
    """Let a unit know whom it is offered, and how far the hand-over (`ref`) is, until the offer is closed."""
    offer_many(by=by, offers=[(person, unit, ref)])


@transaction.atomic
def offer_many(*, by: Actor, offers: Sequence[tuple[UUID, str, UUID]]) -> None:
    """The same for several citizens: (citizen, unit, hand-over)."""
    Offer.objects.bulk_create(Offer(person_key=person, unit=unit, ref=ref) for person, unit, ref in offers)
    with together():
        for person, unit, ref in offers:
            note(by=by, action="ledger-offer", person_key=person, object=f"{unit} {ref}", fields={"handover"})


@transaction.atomic
def close_offer(*, by: Actor, ref: UUID) -> None:
    """The unit that was offered a citizen knows nothing more; nothing happens where no offer is open."""
    row = Offer.objects.select_for_update().filter(ref=ref, closed_at__isnull=True).first()
    if row is None:
        return
    row.closed_at = moment()
    row.save(update_fields=["closed_at"])
    note(
        by=by,
        action="ledger-close-offer",
        person_key=row.person_key,
        object=f"{row.unit} {ref}",
        fields={"handover"},
    )
