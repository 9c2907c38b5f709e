"""The receiving unit takes over, itself or through its leader."""

from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.audit.actions import Actor
from helhed.coordination.handover.chain import steps
from helhed.coordination.handover.chain.acting import leads, must_be_of, sorted_out, standing
from helhed.coordination.handover.chain.consenting import rebound
from helhed.coordination.handover.chain.deciding import lack
from helhed.coordination.handover.chain.gathering import held_consents, named
from helhed.coordination.handover.chain.models import BACK, OVER, Chain
from helhed.coordination.handover.chain.telling import settle_each, tell_each
from helhed.sharing.answers import NoAccess
from helhed.sharing.refusal import Refused


def fit(chain: Chain, by: Actor, on_behalf: bool) -> None:
    """Refused or NoAccess unless the chain is offered, and the actor may take over: of the receiving unit's line, or on its
    behalf its leader; a return that is overdue also the leader of the unit that has the case."""
    standing(chain, "offered")
    if not on_behalf:
        must_be_of(by, chain.to_unit)
        return
    late = chain.direction == BACK and chain.due_on is not None and chain.due_on < timezone.localdate()
    if not leads(by, *((chain.to_unit, chain.from_unit) if late else (chain.to_unit,))):
        raise NoAccess(_("Kun en leder kan tage imod på enhedens vegne."))


def accepted(
    chains: Sequence[Chain], by: Actor, on_behalf: bool
) -> tuple[list[Chain], dict[UUID, Refused | NoAccess]]:
    """Let held chains be accepted. Answers which were; the others' consent does not hold any more."""
    today = timezone.localdate()
    consents = held_consents([chain for chain in chains if chain.direction == OVER])

    def rests(chain: Chain) -> None:
        if chain.direction == OVER and chain.pk not in consents:
            raise Refused(lack("consent"))

    rows, lacking = sorted_out(chains, rests)
    names = named(one.id for one in consents.values())
    each, changed, other = {}, {}, rebound(rows, consents)
    for chain in rows:
        starts = max(chain.effective_on or today, today)
        over = chain.direction == OVER
        consent = consents[chain.pk].id if over else None
        each[chain.pk] = {"unit": chain.to_unit, "pinned": {"consent": names[consent]} if consent else {}}
        due = starts if over else chain.due_on
        changed[chain.pk] = {"effective_on": starts, "due_on": due, **other.get(chain.pk, {})}
    taken = steps.enter_many(rows, "accepted", by=by, on_behalf=on_behalf, each=each, changed=changed)
    settle_each(rows, by=by, what=("offered", "returning", "overdue"))
    tell_each([(chain, taken[chain.pk], (chain.from_unit,)) for chain in rows], "accepted")
    return rows, lacking
