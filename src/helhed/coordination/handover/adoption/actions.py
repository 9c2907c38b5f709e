"""Verbs of adopted models: propose or take back, approve or reject, end; and begin, which the worker does on the first day."""

from dataclasses import asdict
from datetime import date
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.audit.actions import Actor, note
from helhed.coordination.handover.adoption.models import AdoptedModel
from helhed.coordination.handover.adoption.proposed import other_side, terms_of
from helhed.coordination.handover.adoption.terms import SHORTEST_REASON, Terms, check, check_law
from helhed.sharing.answers import NoAccess
from helhed.sharing.refusal import Refused


@transaction.atomic
def propose(*, by: User, terms: Terms) -> UUID:
    """Propose that a model is used on these terms; the other administration decides. Refused, NoAccess."""
    _allowed(by)
    check(terms, timezone.localdate())
    said = asdict(terms) | {"settled": list(terms.settled)}
    row = AdoptedModel.objects.create(proposed_by=by.username, proposed_unit=by.unit, **said)
    note(by=by, action="model-propose", object=f"model {row.model} as {row.mode} from {row.valid_from}")
    return row.pk


@transaction.atomic
def approve(*, by: User, adoption: UUID) -> None:
    """Approve what the other administration has proposed. Refused where the law, the days or another adoption stand in the
    way; NoAccess for whoever may not decide it."""
    row = _to_decide(by, adoption)
    if not other_side(by, row):
        raise NoAccess(_("Den anden forvaltning skal godkende forslaget: en model tages i brug af begge."))
    today = timezone.localdate()
    if row.valid_from < today:
        raise Refused(_("Den første dag er gået. Afvis forslaget, og foreslå modellen igen fra en ny dag."))
    check_law(terms_of(row), today)
    _wait_for_others(row.model)
    if row.mode != "draft" and _in_the_way(row):
        raise Refused(
            _("Modellen er allerede i brug på nogle af de dage. Stop den først, eller vælg en anden dag.")
        )
    _decide(by, row, "approved", "")
    note(by=by, action="model-approve", object=f"model {row.model} as {row.mode} from {row.valid_from}")


@transaction.atomic
def reject(*, by: User, adoption: UUID, reason: str) -> None:
    """Say no to a proposal of somebody else, and why. Refused, NoAccess."""
    row = _to_decide(by, adoption)
    _decide(by, row, "rejected", _reason(reason))
    note(by=by, action="model-reject", object=f"model {row.model} from {row.valid_from}")


@transaction.atomic
def withdraw(*, by: User, adoption: UUID) -> None:
    """Take back what one has proposed oneself, while nobody has decided. Refused, NoAccess."""
    _allowed(by)
    row = _locked(adoption)
    if row.proposed_by != by.username:
        raise NoAccess(_("Kun den, der har foreslået modellen, kan trække forslaget tilbage."))
    if row.state != "proposed":
        raise Refused(_("Der er allerede taget stilling til forslaget."))
    _decide(by, row, "withdrawn", "")
    note(by=by, action="model-withdraw", object=f"model {row.model} from {row.valid_from}")


@transaction.atomic
def end(*, by: User, adoption: UUID, on: date, reason: str) -> None:
    """Stop using a model from a day, today or later; those who were moved under it are then moved back.

    Refused for a past day, a day after the last, a model that is not in use; NoAccess.
    """
    _allowed(by)
    row = _locked(adoption)
    today = timezone.localdate()
    if row.state != "approved" or (row.valid_to is not None and row.valid_to <= today):
        raise Refused(_("Modellen er ikke i brug."))
    if on < today:
        raise Refused(_("En model kan stoppes fra i dag, ikke fra en dag, der er gået."))
    if row.valid_to is not None and on >= row.valid_to:
        raise Refused(_("Modellen slutter allerede før den dag."))
    row.ended_by, row.ended_at, row.end_reason = by.username, timezone.now(), _reason(reason)
    row.valid_to = on if on > row.valid_from else row.valid_to
    row.state = "ended" if on <= max(today, row.valid_from) else row.state
    row.save(update_fields=["state", "valid_to", "ended_by", "ended_at", "end_reason"])
    note(by=by, action="model-end", object=f"model {row.model} from {on}")


@transaction.atomic
def begun(*, by: Actor, adoption: UUID) -> bool:
    """Mark that those who were in the group from the start have been proposed. False if that was done before."""
    done = AdoptedModel.objects.filter(pk=adoption, state="approved", begun_at__isnull=True)
    if not done.update(begun_at=timezone.now()):
        return False
    note(by=by, action="model-begin", object=f"adoption {adoption}")
    return True


def _allowed(by: User) -> None:
    if not by.may("model.adopt") or not by.unit:
        raise NoAccess(_("Din rolle giver ikke adgang til at tage modeller i brug."))


def _to_decide(by: User, adoption: UUID) -> AdoptedModel:
    _allowed(by)
    row = _locked(adoption)
    if row.proposed_by == by.username:
        raise NoAccess(_("Du har selv foreslået modellen. En anden skal tage stilling."))
    if row.state != "proposed":
        raise Refused(_("Der er allerede taget stilling til forslaget."))
    return row


def _locked(adoption: UUID) -> AdoptedModel:
    return AdoptedModel.objects.select_for_update().get(pk=adoption)


def _decide(by: User, row: AdoptedModel, state: str, reason: str) -> None:
    row.state, row.decided_by, row.decided_unit = state, by.username, by.unit
    row.decided_reason, row.decided_at = reason, timezone.now()
    try:
        row.save(update_fields=["state", "decided_by", "decided_unit", "decided_reason", "decided_at"])
    except IntegrityError as error:
        raise Refused(_("Modellen er ikke taget i brug: databasen afviste det.")) from error


def _wait_for_others(model: str) -> None:
    """Two may approve the same model at once; the second sees what the first did. The same lock as the table's rules take."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('adoption ' || %s))", [model])


def _in_the_way(row: AdoptedModel) -> bool:
    others = AdoptedModel.objects.filter(model=row.model, state="approved").exclude(mode="draft")
    return any(
        (other.valid_to is None or row.valid_from < other.valid_to)
        and (row.valid_to is None or other.valid_from < row.valid_to)
        for other in others
    )


def _reason(reason: str) -> str:
    reason = reason.strip()[:600]
    if len(reason) < SHORTEST_REASON:
        raise Refused(_("Skriv hvorfor, med mindst 10 tegn."))
    return reason
