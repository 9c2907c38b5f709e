"""What the units of a line were told of their hand-overs, one by one: the newest first, read or not. Each name shown is a line
in the log; that somebody has read is one too."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from helhed.accounts.models import User
from helhed.audit.actions import note
from helhed.coordination.handover.chain import reading
from helhed.coordination.handover.chain.models import MESSAGES, Message
from helhed.coordination.handover.work import words
from helhed.coordination.handover.work.reach import PURPOSE, Reach, reach_of
from helhed.coordination.handover.work.telling_words import sentence
from helhed.sharing import naming
from helhed.sharing.answers import NoAccess
from helhed.sharing.naming import Named

PAGE = 50
ABOUT, LISTED = ("handover",), "messages-listed"


@dataclass(frozen=True)
class Told:
    """A message as its reader sees it. `name` is empty where the citizen is not open to the reader. `ours`: it waits for
    those of the reader's role; `unread`: nobody has read it or acted on it. `unit_label`: whom it was sent to, where that is
    another unit of the line. `read_by`: who read it, or acted on it, and when."""

    id: int
    at: datetime
    chain: UUID
    name: str
    age: int | None
    protected: bool
    model: str
    what: str
    sentence: str
    unit_label: str
    to_leader: bool
    ours: bool
    unread: bool
    read_by: str = ""
    read_at: datetime | None = None


@dataclass(frozen=True)
class Messages:
    """Fifty messages; how many there are of what was asked for, how many are unread for the reader, how many in all, and
    of each kind. `newest`: the newest there is, so that what comes later is not marked with the rest."""

    rows: tuple[Told, ...]
    total: int
    unread: int
    all: int
    kinds: Mapping[str, int]
    newest: int


def unread_of(*, by: User) -> int:
    """How many messages wait to be read by somebody of the viewer's line in the viewer's role; 0 for who gets none."""
    reach = reach_of(by)
    return reading.unread(reach.line, to_leader=reach.leads).count() if reach.works or reach.leads else 0


def listed(*, by: User, language: str, unread: bool = True, what: str = "", page: int = 1) -> Messages:
    """Fifty messages to the viewer's line: the unread ones, or all; of one kind, or of any. NoAccess without the role."""
    reach = _may(by)
    waiting = reading.unread(reach.line, to_leader=reach.leads)
    told = Message.objects.filter(unit__in=reach.line)
    chosen = waiting if unread else told
    kinds = chosen.aggregate(**{kind: Count("pk", filter=Q(what=kind)) for kind in MESSAGES})
    rows = chosen.filter(what=what) if what in MESSAGES else chosen
    before = (max(page, 1) - 1) * PAGE
    with transaction.atomic(), override(language):
        lying = list(rows.select_related("chain", "step").order_by("-at", "-pk")[before : before + PAGE])
        total = kinds[what] if what in MESSAGES else sum(kinds.values())
        every = sum(kinds.values()) if not unread else told.count()
        mine = sum(kinds.values()) if unread else waiting.count()
        newest = told.order_by("-pk").values_list("pk", flat=True).first() or 0
        return Messages(_rows(lying, by, reach, language), total, mine, every, kinds, newest)


def read(*, by: User, messages: Collection[int]) -> int:
    """Mark some messages as read, of those that wait for the viewer's role; answers how many were."""
    reach = _may(by)
    return reading.read(_waiting(reach).filter(pk__in=list(messages)), by=by)


def read_all(*, by: User, newest: int, what: str = "") -> int:
    """Mark all that are unread as read, up to the newest the viewer has been shown, of one kind or any."""
    reach = _may(by)
    rows = _waiting(reach).filter(pk__lte=newest)
    return reading.read(rows.filter(what=what) if what in MESSAGES else rows, by=by)


def _waiting(reach: Reach) -> QuerySet[Message]:
    return reading.unread(reach.line, to_leader=reach.leads)


def _may(by: User) -> Reach:
    reach = reach_of(by)
    if not (reach.works or reach.leads):
        note(by=by, action=LISTED, purpose=PURPOSE, ground="role", outcome="denied")
        raise NoAccess(_("Din rolle giver ikke adgang til overdragelser."))
    return reach


def _rows(lying: list[Message], by: User, reach: Reach, language: str) -> tuple[Told, ...]:
    people = {each.chain.person_key for each in lying}
    named = naming.named(people, by=by, purpose=PURPOSE, action=LISTED, about=ABOUT)
    usernames = {each.read_by or each.done_by for each in lying}
    names = dict(User.objects.filter(username__in=usernames).values_list("username", "name"))
    return tuple(_row(each, named.get(each.chain.person_key), names, reach, language) for each in lying)


def _row(each: Message, met: Named | None, names: Mapping[str, str], reach: Reach, language: str) -> Told:
    who = each.read_by or each.done_by
    at = each.read_at or each.done_at
    return Told(
        id=each.pk,
        at=timezone.localtime(each.at),
        chain=each.chain_id,
        name=met.name if met else "",
        age=met.age if met else None,
        protected=met.protected if met else False,
        model=each.chain.model,
        what=each.what,
        sentence=sentence(each, reach.side, language),
        unit_label="" if each.unit == reach.line[0] else words.short_unit(each.unit, language),
        to_leader=each.to_leader,
        ours=each.to_leader == reach.leads,
        unread=at is None,
        read_by=_("helhed, af sig selv") if who == words.SYSTEM else names.get(who, who),
        read_at=at,
    )
