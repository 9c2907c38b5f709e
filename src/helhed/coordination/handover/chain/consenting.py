"""The question to the citizen, its answer, and what becomes of a chain whose consent falls."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.audit.actions import Actor
from helhed.coordination.handover.adoption.standing import adopted
from helhed.coordination.handover.chain import steps
from helhed.coordination.handover.chain.deadlines import due
from helhed.coordination.handover.chain.ending import REFUSED, UNANSWERED, WITHDRAWN, end
from helhed.coordination.handover.chain.gathering import held_consent, named
from helhed.coordination.handover.chain.models import OVER, Chain, Step
from helhed.sharing.consent.models import Consent
from helhed.sharing.consent.standing import PLAN, Standing, covers
from helhed.sharing.refusal import Refused

RESTING = ("consented", "decided", "offered", "refused", "accepted")
"""The states in which a hand-over rests on a consent."""


def moved(chain: Chain, state: str, by: Actor, **said: Any) -> Step:
    """Let a hand-over come to a state, with the deadline of its next step."""
    last = due(adopted(chain.adoption), state, timezone.localdate())
    changed = {"due_on": last, "escalated_at": None, **said.pop("changed", {})}
    return steps.enter(chain, state, by=by, changed=changed, **said)


def assessed(chain: Chain, by: Actor) -> None:
    """Both halves are in: the citizen is to be asked, unless a consent to the receiving unit holds already."""
    moved(chain, "assessed", by)
    consent = held_consent(chain)
    if consent is not None:
        _consented(chain, consent, by)


def bind(chain: Chain, consent: UUID, by: Actor, how: str) -> None:
    """The chain waits for the answer to this question, or goes on where it was answered with yes."""
    row = Consent.objects.filter(pk=consent, person_key=chain.person_key, kind=PLAN).first()
    if row is None or not any(covers(unit, chain.to_unit) for unit in row.recipients):
        raise Refused(_("Spørgsmålet handler ikke om at flytte denne borger til den modtagende enhed."))
    if row.state not in ("requested", "given"):
        raise Refused(_("Spørgsmålet er allerede besvaret eller lukket."))
    pinned = {
        "consent": str(row.pk),
        "notice": f"{row.notice_key} v{row.notice_version}",
        "text": row.notice_hash,
    }
    moved(chain, "asked", by, pinned=pinned, changed={"consent": row.pk})
    if row.state == "given":
        hear(chain, by)


def unheard() -> list[UUID]:
    """The chains whose consent is not as they rest on it."""
    rows = Consent.objects.filter(pk=OuterRef("consent"))
    waits, gone = ~Q(state="requested"), ~Q(state="given")
    chains = Chain.objects.filter(
        Q(Exists(rows.filter(waits)), state="asked") | Q(Exists(rows.filter(gone)), state__in=RESTING),
        direction=OVER,
    )
    return list(chains.order_by("opened_at", "pk").values_list("pk", flat=True))


def hear(chain: Chain, by: Actor) -> bool:
    """Take note of what became of the consent a held chain waits for or rests on. Answers whether it changed the chain."""
    if chain.direction != OVER or chain.state not in ("asked", *RESTING):
        return False
    consent = held_consent(chain)
    if consent is not None:
        return _goes_on(chain, consent, by)
    state = Consent.objects.values_list("state", flat=True).get(pk=chain.consent)
    if state == "requested":
        return False
    asked = chain.state == "asked"
    reason = REFUSED if state == "refused" else UNANSWERED if asked and state == "expired" else WITHDRAWN
    end(chain, "declined", by=by, reason=reason)
    return True


def _goes_on(chain: Chain, consent: Standing, by: Actor) -> bool:
    if chain.state == "asked":
        _consented(chain, consent, by)
        return True
    if consent.id == chain.consent:
        return False
    steps.take(chain, "noted", by=by, reason="renewed", pinned={"consent": named(consent.id)})
    chain.consent = consent.id
    chain.save(update_fields=["consent", "steps"])
    return True


def _consented(chain: Chain, consent: Standing, by: Actor) -> None:
    pinned = {"consent": named(consent.id), "from": consent.valid_from, "to": consent.valid_to}
    moved(chain, "consented", by, pinned=pinned, changed={"consent": consent.id})
