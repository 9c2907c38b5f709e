"""A return comes to nothing: nobody has accepted it yet, and what it was opened for went away.

The citizen stands in the group again, or has given consent to the unit that took over again. Then the hand-over stays as it
is, both units and the citizen are told, and the step pins what says so. After acceptance the citizen goes back.
"""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from helhed.audit.actions import Actor
from helhed.coordination.handover.chain import actions, ending
from helhed.coordination.handover.chain.acting import held
from helhed.coordination.handover.chain.evidence import keep
from helhed.coordination.handover.chain.gathering import named, said
from helhed.coordination.handover.chain.models import BACK, UNACCEPTED, Cause, Chain
from helhed.sharing import eligibility
from helhed.sharing.consent.models import Consent
from helhed.sharing.consent.standing import PLAN, holding
from helhed.sharing.eligibility import Found

WAITING = "waiting"


def hear_grounds(*, by: Actor) -> int:
    """Let the returns come to nothing whose ground is there again. Answers how many; each in a transaction of its own."""
    return sum(_stay(chain, by) for chain in [*_in_group_again(), *_consented_again()])


def _in_group_again() -> list[UUID]:
    """The returns for criteria that lapsed, of citizens who stand in the group as it was last counted."""
    rows = _unaccepted("lapsed").order_by("opened_at")
    found = list(rows.values_list("pk", "model", "person_key"))
    members = {model: set(eligibility.members(model)) for model in {model for _pk, model, _person in found}}
    return [pk for pk, model, person in found if person in members[model]]


def _consented_again() -> list[UUID]:
    """The returns for a consent that fell, of citizens who have given one to a joint plan."""
    given = Consent.objects.filter(person_key=OuterRef("person_key"), kind=PLAN, state="given")
    rows = _unaccepted("consent").filter(Exists(given)).order_by("opened_at")
    return list(rows.values_list("pk", flat=True))


def _unaccepted(cause: str) -> QuerySet[Chain]:
    return Chain.objects.filter(direction=BACK, cause=cause, state__in=UNACCEPTED)


@transaction.atomic
def _stay(chain: UUID, by: Actor) -> bool:
    """End one return, if its ground is there again and no other cause is waiting for its turn."""
    row = held(chain)
    there = _there(row, row.cause) if row.state in UNACCEPTED else None
    if there is None or _another_cause(row):
        return False
    actions.lapse(by=by, chain=chain, **_rests(row, there))
    return True


def _there(row: Chain, cause: str) -> Found | UUID | None:
    """What says now that the ground a hand-over lost for a cause is there again; None where nothing does. A consent is kept as
    it is until the transaction ends."""
    if cause == "consent":
        over = Chain.objects.get(pk=row.returns_id)
        standing = holding(row.person_key, kind=PLAN, lock=True)
        reaching = [one for one in standing if one.opens_to(over.to_unit) or one.opens_to(row.from_unit)]
        return reaching[-1].id if reaching else None
    if cause != "lapsed":
        return None
    found = eligibility.evidence([row.person_key], row.model).get(row.person_key)
    return found if found and found.verdict == "true" else None


def _another_cause(row: Chain) -> bool:
    """Whether the hand-over is to be undone for another cause, whose day has come."""
    due = Cause.objects.filter(chain=row.returns_id, state=WAITING, opens_on__lte=timezone.localdate())
    waiting = set(due.values_list("cause", flat=True)) - {row.cause}
    return any(_there(row, cause) is None for cause in waiting)


def _rests(row: Chain, there: Found | UUID) -> dict[str, Any]:
    """Why it comes to nothing, what the chain rests on then, and how the step names it."""
    if isinstance(there, UUID):
        pinned = {"consent": named([there])[there]}
        return {"reason": ending.CONSENT_AGAIN, "rests": {"consent": there}, "pinned": pinned}
    evidence = keep([there])[row.person_key]
    return {"reason": ending.IN_GROUP_AGAIN, "rests": {"evidence": evidence.pk}, "pinned": said(evidence)}
