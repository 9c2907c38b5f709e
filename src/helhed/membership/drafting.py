"""Verbs of the workshop: draw a target group, share it, send it, and let another approve it from a day.

A verb refuses with one sentence in each language (RefusedError); a criterion that is not understood is a CriteriaError with
its line. Whom a draft would hold is asked of `sharing.trials`.
"""

import re
from datetime import date
from typing import TypedDict, Unpack

from django.db import connection, transaction
from django.utils import timezone

from helhed.accounts.models import User
from helhed.audit.actions import Actor, note
from helhed.membership import refusals
from helhed.membership.definitions import book
from helhed.membership.drafts import draft, drafts_for, may_change, may_decide, may_withdraw
from helhed.membership.models import Adoption, Draft
from helhed.membership.refusals import StaleError
from helhed.periods import date_of, day_of
from helhed.rules.criteria import Group, Version
from helhed.rules.errors import RefusedError, unknown_name
from helhed.rules.reading import read_criterion
from helhed.rules.references import refuse_broken

__all__ = [
    "StaleError",
    "Words",
    "approve",
    "draft",
    "drafts_for",
    "may_change",
    "may_decide",
    "may_withdraw",
    "reject",
    "save",
    "send",
    "share",
    "withdraw",
]
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}")
LONGEST_LABEL = 200
ADOPTING = 0x68656C69


class Words(TypedDict):
    """What a draft says: its key, its names, the group it starts from ("" for none), one criterion as YAML, and why."""

    key: str
    label_da: str
    label_en: str
    base_key: str
    criteria: str
    note: str


@transaction.atomic
def save(
    *, by: Actor, draft: Draft | None = None, edition: int | None = None, **words: Unpack[Words]
) -> Draft:
    """Save a new draft, or one's own anew; a rejected or withdrawn one is then a draft again.

    `edition` is the one that was opened: StaleError if the draft has been saved since. The criterion is read against the
    book: CriteriaError with its line, RefusedError for a key, a name or a base that cannot be.
    """
    _needs(by, "workshop.draw")
    _check(words)
    now = timezone.now()
    if draft is None:
        row = Draft.objects.create(owner=by.username, changed_at=now, **words)
    else:
        row = _own(by, draft)
        if row.state in (Draft.SENT, Draft.ADOPTED):
            raise RefusedError(refusals.CLOSED)
        if edition is not None and edition != row.edition:
            raise StaleError(refusals.STALE)
        for name, value in words.items():
            setattr(row, name, value)
        row.state, row.decided_by, row.decided_at = Draft.DRAFT, "", None
        row.changed_at, row.edition = now, row.edition + 1
        _keep(row, *words, "state", "decided_by", "decided_at", "changed_at", "edition")
    note(by=by, action="draft-save", object=f"draft {row.pk}: {row.key}, edition {row.edition}")
    return row


@transaction.atomic
def share(*, by: Actor, draft: Draft, shared: bool) -> Draft:
    """Let colleagues see one's draft, or no longer."""
    _needs(by, "workshop.draw")
    row = _own(by, draft)
    row.shared = shared
    _keep(row, "shared")
    note(by=by, action="draft-share", object=f"draft {row.pk}: {'shared' if shared else 'not shared'}")
    return row


@transaction.atomic
def withdraw(*, by: Actor, draft: Draft) -> Draft:
    """Take one's draft off the table, sent or not; saving it makes it a draft again."""
    _needs(by, "workshop.draw")
    row = _own(by, draft)
    if row.state == Draft.ADOPTED:
        raise RefusedError(refusals.ADOPTED)
    row.state, row.decided_by, row.decided_at = Draft.WITHDRAWN, "", None
    _keep(row, "state", "decided_by", "decided_at")
    note(by=by, action="draft-withdraw", object=f"draft {row.pk}: {row.key}")
    return row


@transaction.atomic
def send(*, by: Actor, draft: Draft) -> Draft:
    """Send a draft to approval: one's own, or one that is shared. From now on it is decided as it stands."""
    _needs(by, "workshop.draw")
    row = _locked(draft)
    if row.owner != by.username and not row.shared:
        raise RefusedError(refusals.NOT_SEEN)
    if row.state != Draft.DRAFT:
        raise RefusedError(refusals.NOT_A_DRAFT)
    _fits(row.key, row.criteria, None)
    row.state, row.sent_by, row.sent_at = Draft.SENT, by.username, timezone.now()
    _keep(row, "state", "sent_by", "sent_at")
    note(by=by, action="draft-send", object=f"draft {row.pk}: {row.key}")
    return row


@transaction.atomic
def approve(*, by: Actor, draft: Draft, valid_from: date) -> Adoption:
    """Adopt a sent draft from a day; the versions there are stay. The worker counts whom it holds.

    RefusedError for whoever drew or sent it, and where the group has a version from that day or a later one.
    """
    row = _decided_by(by, draft)
    with connection.cursor() as cursor:  # two may approve drafts of one group at once
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADOPTING])
    _fits(row.key, row.criteria, valid_from)
    row.state, row.decided_by, row.decided_at = Draft.ADOPTED, by.username, timezone.now()
    row.valid_from = valid_from
    _keep(row, "state", "decided_by", "decided_at", "valid_from")
    adoption = Adoption.objects.create(
        draft=row,
        key=row.key,
        label_da=row.label_da,
        label_en=row.label_en,
        valid_from=valid_from,
        criteria=row.criteria,
        drafted_by=row.owner,
        approved_by=by.username,
        at=row.decided_at,
    )
    note(by=by, action="draft-approve", object=f"draft {row.pk}: {row.key} from {valid_from}")
    return adoption


@transaction.atomic
def reject(*, by: Actor, draft: Draft, reason: str) -> Draft:
    """Say no to a sent draft, and why."""
    row = _decided_by(by, draft)
    if not reason.strip():
        raise RefusedError(refusals.REASON)
    row.state, row.decided_by, row.decided_at = Draft.REJECTED, by.username, timezone.now()
    row.reason = reason.strip()
    _keep(row, "state", "decided_by", "decided_at", "reason")
    note(by=by, action="draft-reject", object=f"draft {row.pk}: {row.key}")
    return row


def _needs(by: Actor, permission: str) -> None:
    """Refuse a user without the permission; the program itself may."""
    if isinstance(by, User) and not by.may(permission):
        raise RefusedError(refusals.ROLE)


def _locked(draft: Draft) -> Draft:
    return Draft.objects.select_for_update().get(pk=draft.pk)


def _own(by: Actor, draft: Draft) -> Draft:
    row = _locked(draft)
    if row.owner != by.username:
        raise RefusedError(refusals.OWNER)
    return row


def _decided_by(by: Actor, draft: Draft) -> Draft:
    """The draft, locked, if this user may decide on it now."""
    _needs(by, "workshop.approve")
    row = _locked(draft)
    if row.state != Draft.SENT:
        raise RefusedError(refusals.NOT_SENT)
    if by.username in (row.owner, row.sent_by):
        raise RefusedError(refusals.TWO_PERSONS)
    return row


def _keep(row: Draft, *fields: str) -> None:
    row.save(update_fields=list(fields))


def _check(words: Words) -> None:
    if not KEY.fullmatch(words["key"]):
        raise RefusedError(refusals.KEY)
    if not all(0 < len(words[name].strip()) <= LONGEST_LABEL for name in ("label_da", "label_en")):
        raise RefusedError(refusals.WORDS)
    known = book().groups()
    if words["base_key"] and words["base_key"] not in known:
        raise RefusedError(unknown_name(("gruppe", "group"), words["base_key"], known))
    _fits(words["key"], words["criteria"], None)


def _fits(key: str, criteria: str, day: date | None) -> None:
    """Refuse a criterion that is not understood or leads back to its own group; and a day that is not after all others."""
    known = book()
    criterion = read_criterion(criteria, key, known.vocabulary(), known.groups())
    versions = known.groups()[key].versions if key in known.groups() else ()
    last = versions[-1].valid_from if versions else None
    if day is not None and last is not None and last >= day_of(day):
        raise RefusedError(refusals.later_version(key, date_of(last)))
    new = Version(0 if last is None else last + 1, criterion)
    refuse_broken([key], {**known.groups(), key: Group(key, (*versions, new))})
