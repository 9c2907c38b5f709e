"""Verbs of mandates. They hold to the states of a mandate; who may use them is decided in `sharing/asking`."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.audit.actions import Actor, note
from helhed.sharing import scans
from helhed.sharing.clock import moment
from helhed.sharing.mandates.codes import hash_of, new_code
from helhed.sharing.mandates.models import KINDS, SCOPES, Attempt, Mandate
from helhed.sharing.refusal import Refused

MOST_ATTEMPTS = 5
"""Codes that fit nothing, from one log-in within an hour, before it must wait."""
OWN, ACTING, CASE = "egen-indsigt", "repraesentation", "sagsbehandling"


@transaction.atomic
def offer(
    *,
    by: Actor,
    person: UUID,
    holder_name: str,
    kind: str,
    scope: tuple[str, ...],
    valid_from: datetime,
    valid_to: datetime,
    language: str,
) -> tuple[UUID, str]:
    """The citizen offers a mandate. Answers it and its code, which is shown once and kept nowhere."""
    with translation.override(language):
        code, row = _new(person, holder_name, kind, scope, valid_from, valid_to)
    row.method, row.offered_by = "portal", by.username
    row.save(force_insert=True)
    _note(by, "mandate-offered", row, OWN)
    return row.pk, code


@transaction.atomic
def record_on_paper(
    *,
    by: Actor,
    person: UUID,
    holder_name: str,
    kind: str,
    scope: tuple[str, ...],
    valid_to: datetime,
    file: bytes,
    name: str,
) -> tuple[UUID, str]:
    """A caseworker writes down a mandate on paper; the code opens it once a second person has confirmed it.

    `name` is what the file was called where it came from; it goes into the log and nowhere else.
    """
    code, row = _new(person, holder_name, kind, scope, timezone.now(), valid_to)
    paper = scans.keep(file)
    row.method, row.offered_by = "paper", by.username
    row.recorded_by, row.recorded_unit = by.username, by.unit
    row.evidence_hash, row.evidence_file = paper.hash, paper.file
    row.save(force_insert=True)
    _note(by, "mandate-recorded", row, CASE, f" from {name[:60]}")
    return row.pk, code


@transaction.atomic
def confirm(*, by: Actor, mandate: UUID, agrees: bool, reason: str = "") -> None:
    """The second person has seen the paper: the code can be used from now, or the mandate is refused, with a reason for the log."""
    row = Mandate.objects.select_for_update().get(pk=mandate)
    if row.state != "offered" or row.method != "paper" or row.confirmed_by:
        raise Refused(_("Fuldmagten venter ikke længere på en bekræftelse."))
    if row.recorded_by == by.username:
        raise Refused(_("En kollega skal bekræfte det, du selv har skrevet ned."))
    row.confirmed_by = by.username
    row.state = "offered" if agrees else "refused"
    row.ended_by = "" if agrees else by.username
    _save(row)
    more = f": {reason.strip()[:120]}" if reason.strip() and not agrees else ""
    _note(by, "mandate-confirmed" if agrees else "mandate-refused", row, CASE, more)


def accept(*, by: User, code: str) -> UUID:
    """Bind the mandate of a code to this log-in. A code that fits nothing is counted, and too many make one wait."""
    since = timezone.now() - timedelta(hours=1)
    if Attempt.objects.filter(username=by.username, at__gt=since).count() >= MOST_ATTEMPTS:
        note(by=by, action="mandate-code", purpose=ACTING, ground="throttled", outcome="denied")
        raise Refused(_("Du har tastet for mange forkerte koder. Vent en time, og prøv igen."))
    accepted = _accept(by, code)
    if accepted is None:
        with transaction.atomic():
            Attempt.objects.create(username=by.username)
            note(by=by, action="mandate-code", purpose=ACTING, ground="no-such-code", outcome="denied")
        raise Refused(
            _("Koden passer ikke til en fuldmagt, der venter. Tjek tegnene, eller bed om en ny kode.")
        )
    return accepted


@transaction.atomic
def _accept(by: User, code: str) -> UUID | None:
    row = Mandate.objects.select_for_update().filter(code_hash=hash_of(code), state="offered").first()
    if row is None or row.valid_to <= timezone.now() or (row.method == "paper" and not row.confirmed_by):
        return None
    if row.person_key in (by.person_key, by.own_person):
        raise Refused(_("Du kan ikke give fuldmagt til dig selv."))
    row.state, row.holder = "active", by.username
    _save(row)
    _note(by, "mandate-accepted", row, ACTING)
    return row.pk


@transaction.atomic
def revoke(*, by: Actor, mandate: UUID) -> None:
    """Take a mandate back, at once: whatever rests on it either was done before, or is not done."""
    row = Mandate.objects.select_for_update().get(pk=mandate)
    if row.state not in ("offered", "active"):
        raise Refused(_("Fuldmagten er allerede ophørt."))
    row.state, row.ended_by = "revoked", by.username
    _save(row)
    _note(by, "mandate-revoked", row, OWN if by.role == "citizen" else CASE)


@transaction.atomic
def expire(*, by: Actor) -> int:
    """End the mandates whose last day is over; answers how many. They had no effect since that moment."""
    due = Mandate.objects.select_for_update(skip_locked=True).filter(
        state__in=["offered", "active"], valid_to__lte=timezone.now()
    )
    rows = list(due)
    for row in rows:
        row.state, row.ended_by = "expired", by.username
        _save(row)
        _note(by, "mandate-expired", row, "")
    return len(rows)


@transaction.atomic
def end_by_death(*, by: Actor, mandate: UUID) -> bool:
    """End a mandate because the one who gave it, or the one who holds it, has died. Answers whether it stood."""
    row = Mandate.objects.select_for_update().get(pk=mandate)
    if row.state not in ("offered", "active"):
        return False
    row.state, row.ended_by = "deceased", by.username
    _save(row)
    _note(by, "mandate-ended-by-death", row, "")
    return True


@transaction.atomic
def stand_again(*, by: Actor, mandate: UUID) -> bool:
    """A mandate that ended by a death stands as it did: the death was a mistake. Answers whether it did; one whose last day
    is over stays ended."""
    row = Mandate.objects.select_for_update().get(pk=mandate)
    if row.state != "deceased" or row.valid_to <= moment():
        return False
    row.state, row.ended_by = "active" if row.accepted_at else "offered", ""
    _save(row)
    _note(by, "mandate-stands-again", row, "")
    return True


def _new(
    person: UUID,
    holder_name: str,
    kind: str,
    scope: tuple[str, ...],
    valid_from: datetime,
    valid_to: datetime,
) -> tuple[str, Mandate]:
    """A mandate not yet saved, and its code; Refused for what it cannot be."""
    if kind not in KINDS:
        raise Refused(_("Vælg, om fuldmagten er til en pårørende eller en partsrepræsentant."))
    if not scope or not set(scope) <= set(SCOPES):
        raise Refused(_("Vælg mindst én ting, fuldmagten skal gælde."))
    if not holder_name.strip():
        raise Refused(_("Skriv navnet på den, der skal have fuldmagten."))
    if valid_to <= max(valid_from, timezone.now()):
        raise Refused(_("Fuldmagtens sidste dag skal ligge efter den første og i fremtiden."))
    code = new_code()
    row = Mandate(
        person_key=person,
        holder_name=holder_name.strip()[:120],
        kind=kind,
        scope=[s for s in SCOPES if s in scope],
        valid_from=valid_from,
        valid_to=valid_to,
        code_hash=hash_of(code),
    )
    return code, row


def _save(row: Mandate) -> None:
    row.save(update_fields=["state", "holder", "confirmed_by", "ended_by"])


def _note(by: Actor, action: str, row: Mandate, purpose: str, more: str = "") -> None:
    note(
        by=by,
        action=action,
        person_key=row.person_key,
        object=f"mandate {row.pk}{more}",
        purpose=purpose,
        ground="fuldmagt",
        mandate=row.pk if action == "mandate-accepted" else None,
    )
