"""What the units of a line were told of their hand-overs and sanctions: the newest first, read or not; one by one, but many
that the program told at once are one (`gathered`). Each name shown is a line in the log; that somebody has read is one too."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from helhed.accounts.models import User
from helhed.audit.actions import note
from helhed.coordination.handover.chain import reading
from helhed.coordination.handover.chain.models import Message
from helhed.coordination.handover.sanctions import messages as sanctions
from helhed.coordination.handover.work import gathered, words
from helhed.coordination.handover.work.gathered import LYING_ON, Lot
from helhed.coordination.handover.work.reach import PURPOSE, Reach, reach_of
from helhed.coordination.handover.work.telling_words import sentence, sentence_of_many
from helhed.sharing import naming
from helhed.sharing.answers import NoAccess
from helhed.sharing.naming import Named
from helhed.sharing.prying import turned_away

PAGE = 50
ABOUT, LISTED = ("handover",), "messages-listed"
SANCTION = "sanction"
"""The kind of a message that is about a sanction."""
MOST = 1000
"""So many messages about sanctions are marked as read at once."""


@dataclass(frozen=True)
class Told:
    """A message as its reader sees it. `key` names it in a form. `sanction`: the one it is about, else `chain`; neither where
    it tells of many citizens: `number` of them, on the `shelf` of the work list, `waiting` of them unread. `name` is empty
    where the citizen is not open to the reader. `ours`: it waits for those of the reader's role; `unread`: nobody has read it
    or acted on it. `unit_label`: whom it was sent to, where that is another unit of the line. `read_by`: who read it, or
    acted on it, and when."""

    key: str
    at: datetime
    person_key: UUID | None
    chain: UUID | None
    sanction: UUID | None
    what: str
    sentence: str
    name: str = ""
    age: int | None = None
    protected: bool = False
    model: str = ""
    unit_label: str = ""
    to_leader: bool = False
    ours: bool = True
    unread: bool = True
    read_by: str = ""
    read_at: datetime | None = None
    number: int = 1
    waiting: int = 0
    shelf: str = ""


@dataclass(frozen=True)
class Messages:
    """Fifty messages; how many there are of what was asked for, how many are unread for the reader, how many in all, and
    of each kind. What tells of many citizens counts as one."""

    rows: tuple[Told, ...]
    total: int
    unread: int
    all: int
    kinds: Mapping[str, int]


def unread_of(*, by: User) -> int:
    """How many messages wait to be read by somebody of the viewer's line in the viewer's role; 0 for who gets none."""
    reach = reach_of(by)
    if not (reach.works or reach.leads):
        return 0
    return sum(gathered.kinds(reach, unread=True).values()) + sanctions.unread(by=by)


def listed(*, by: User, language: str, unread: bool = True, what: str = "", page: int = 1) -> Messages:
    """Fifty messages to the viewer's line: the unread ones, or all; of one kind (of MESSAGES, or SANCTION), or of any. NoAccess
    without the role."""
    reach = _may(by)
    with transaction.atomic(), override(language):
        kinds = gathered.kinds(reach, unread=unread) | {SANCTION: _of_sanctions(by, unread)}
        others = gathered.kinds(reach, unread=not unread) | {SANCTION: _of_sanctions(by, not unread)}
        number, other = sum(kinds.values()), sum(others.values())
        return Messages(
            _on_page(by, reach, (language, unread, what, max(page, 1))),
            kinds.get(what, 0) if what else number,
            number if unread else other,
            other if unread else number,
            kinds,
        )


def _of_sanctions(by: User, unread: bool) -> int:
    return sanctions.unread(by=by) if unread else sanctions.total(by=by)


def _on_page(by: User, reach: Reach, asked: tuple[str, bool, str, int]) -> tuple[Told, ...]:
    """The page of both kinds together, by time; only what is on it is named."""
    language, unread, what, page = asked
    upto, before = page * PAGE, (page - 1) * PAGE
    found: list[Lot | sanctions.Told] = []
    if what != SANCTION:
        found += gathered.page(reach, unread=unread, what=what, most=upto)
    if what in ("", SANCTION):
        found += sanctions.listed(by=by, language=language, first=upto, unread=unread)
    lying = sorted(found, key=lambda each: each.at, reverse=True)[before:upto]
    return _rows(lying, by, reach, language)


def read(*, by: User, messages: Collection[str], until: datetime | None = None) -> int:
    """Mark some messages, by their keys, as read, of those that wait for the viewer's role; of many that are one, what came up
    to the moment the viewer was shown them. Answers how many were."""
    reach = _may(by)
    waiting = _waiting(reach)
    numbers = {int(key) for key in messages if key.isdecimal() and key.isascii() and len(key) < 19}
    there = dict(Message.objects.filter(pk__in=numbers).values_list("pk", "unit"))
    foreign = {number for number in numbers if there.get(number) not in reach.units}
    turned_away(by=by, kind="message", asked=foreign, there=there)
    lots = [rows for rows in (gathered.of_key(waiting, key) for key in set(messages)) if rows is not None]
    shown = [rows.filter(at__lte=until) if until else rows for rows in lots]
    keys = [key for key in map(_uuid, messages) if key]
    return _read(by, reach, [waiting.filter(pk__in=numbers), *shown], keys)


def read_all(*, by: User, until: datetime, what: str = "") -> int:
    """Mark all that are unread as read, up to the moment the viewer was shown them, of one kind or any."""
    reach = _may(by)
    rows = _waiting(reach).filter(at__lte=until)
    rows = rows.filter(what=what) if what else rows
    told = sanctions.listed(by=by, language="da", first=MOST, unread=True) if what in ("", SANCTION) else ()
    return _read(by, reach, [rows], [each.id for each in told if each.at <= until])


@transaction.atomic
def _read(
    by: User, reach: Reach, waiting: Iterable[QuerySet[Message]], of_sanctions: Collection[UUID]
) -> int:
    """Answers how many were marked, as the reader counts them: many that lay as one are one."""
    marked = [message for rows in waiting for message in reading.read(rows, by=by)]
    number = sum(gathered.kinds(reach, unread=False, only=marked).values()) if marked else 0
    return number + (sanctions.mark_read(by=by, messages=of_sanctions) if of_sanctions else 0)


def _waiting(reach: Reach) -> QuerySet[Message]:
    return reading.unread(reach.line, to_leader=reach.leads)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _may(by: User) -> Reach:
    reach = reach_of(by)
    if not (reach.works or reach.leads):
        note(by=by, action=LISTED, purpose=PURPOSE, ground="role", outcome="denied")
        raise NoAccess(_("Din rolle giver ikke adgang til overdragelser."))
    return reach


def _rows(lying: list[Lot | sanctions.Told], by: User, reach: Reach, language: str) -> tuple[Told, ...]:
    said = {"by": by, "purpose": PURPOSE, "action": LISTED}
    ones = [each.message for each in lying if isinstance(each, Lot) and each.message]
    rows = Message.objects.select_related("chain", "step").in_bulk(ones)
    others = [each for each in lying if not isinstance(each, Lot)]
    named = naming.named({row.chain.person_key for row in rows.values()}, about=ABOUT, **said)
    met = naming.named({each.person_key for each in others}, **said)
    usernames = {row.read_by or row.done_by for row in rows.values()} | {each.done_by for each in others}
    names = dict(User.objects.filter(username__in=usernames).values_list("username", "name"))
    found: list[Told] = []
    for each in lying:
        if not isinstance(each, Lot):
            found.append(_of_sanction(each, met.get(each.person_key), names))
        elif each.message is None:
            found.append(_of_many(each, reach, language))
        else:
            row = rows[each.message]
            found.append(_of_chain(row, named.get(row.chain.person_key), names, reach, language))
    return tuple(found)


def _of_many(lot: Lot, reach: Reach, language: str) -> Told:
    return Told(
        key=lot.key,
        at=timezone.localtime(lot.at),
        person_key=None,
        chain=None,
        sanction=None,
        what=lot.what,
        sentence=sentence_of_many(lot.what, lot.model, lot.number),
        model=lot.model,
        unit_label=_sent_to(lot.unit, reach, language),
        to_leader=lot.to_leader,
        ours=lot.to_leader == reach.leads,
        unread=lot.unread > 0,
        number=lot.number,
        waiting=lot.unread,
        shelf=LYING_ON[lot.what],
    )


def _sent_to(unit: str, reach: Reach, language: str) -> str:
    return "" if unit == reach.line[0] else words.short_unit(unit, language)


def _of_chain(
    each: Message, met: Named | None, names: Mapping[str, str], reach: Reach, language: str
) -> Told:
    who, at = each.read_by or each.done_by, each.read_at or each.done_at
    return Told(
        key=str(each.pk),
        at=timezone.localtime(each.at),
        person_key=each.chain.person_key,
        chain=each.chain_id,
        sanction=None,
        what=each.what,
        sentence=sentence(each, reach.side, language),
        model=each.chain.model,
        unit_label=_sent_to(each.unit, reach, language),
        to_leader=each.to_leader,
        ours=each.to_leader == reach.leads,
        unread=at is None,
        read_by=_("helhed, af sig selv") if who == words.SYSTEM else names.get(who, who),
        read_at=at,
        **_who(met),
    )


def _of_sanction(each: sanctions.Told, met: Named | None, names: Mapping[str, str]) -> Told:
    return Told(
        key=str(each.id),
        at=timezone.localtime(each.at),
        person_key=each.person_key,
        chain=None,
        sanction=each.sanction,
        what=SANCTION,
        sentence=each.sentence,
        unread=each.done_at is None,
        read_by=names.get(each.done_by, each.done_by),
        read_at=each.done_at,
        **_who(met),
    )


def _who(met: Named | None) -> dict[str, str | int | bool | None]:
    return {"name": met.name, "age": met.age, "protected": met.protected} if met else {}
