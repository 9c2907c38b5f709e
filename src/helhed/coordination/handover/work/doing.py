"""One way to act on chains, one or fifty: look up what the viewer reaches, see that the act is the viewer's to do and that the
citizen may be met, do it, and say of each that was refused why."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from helhed.accounts.models import User
from helhed.coordination.handover.chain.models import Chain
from helhed.coordination.handover.work import selecting
from helhed.coordination.handover.work.answers import Done
from helhed.coordination.handover.work.reach import PURPOSE, Reach, acts, reach_of
from helhed.coordination.handover.work.selecting import Lying
from helhed.sharing import naming
from helhed.sharing.answers import NoAccess
from helhed.sharing.prying import turned_away
from helhed.sharing.refusal import Refused

ABOUT = ("handover",)
SHORTEST, MOST_WORDS = 10, 2000
"""How much somebody has to write for the next to understand it, and how much is kept."""
ACTED = "handovers-acted"

Turned = Mapping[UUID, Exception]
"""Which chains a verb turned away, and why."""
Refusals = dict[UUID, str]


@transaction.atomic
def each(
    chains: Sequence[UUID], what: str, do: Callable[[list[Lying]], Turned], *, by: User, language: str
) -> Done:
    """Do one act on those of some chains it is the viewer's to do; what is turned away is told with its sentence."""
    with override(language):
        lying, refusals = allowed(chains, what, by=by)
        turned = do(lying) if lying else {}
        refusals |= {chain: str(why) for chain, why in turned.items()}
        return Done(len(lying) - len(turned), tuple(refusals.items()))


@transaction.atomic
def one(chain: UUID, what: str, do: Callable[[Lying], object], *, by: User, language: str) -> None:
    """Do an act on one chain; Refused with the sentence."""
    with override(language):
        lying, refusals = allowed([chain], what, by=by)
        if refusals:
            raise Refused(refusals[chain])
        try:
            do(lying[0])
        except NoAccess as closed:
            raise Refused(str(closed)) from None


def allowed(chains: Sequence[UUID], what: str, *, by: User) -> tuple[list[Lying], Refusals]:
    """Those of some chains that the viewer can do this to now, in the order of their keys, and why not the others."""
    reach = reach_of(by)
    lying = within(chains, reach, by=by)
    people = {row.person_key for row in lying.values()}
    met = naming.named(people, by=by, purpose=PURPOSE, action=ACTED, about=ABOUT)
    found, refusals = [], {}
    for chain in sorted(dict.fromkeys(chains)):
        why = _why_not(lying.get(chain), what, reach, met)
        if why:
            refusals[chain] = why
        else:
            found.append(lying[chain])
    return found, refusals


def within(chains: Sequence[UUID], reach: Reach, *, by: User) -> dict[UUID, Lying]:
    """Those of some chains the viewer reaches. Who asks for others leaves a line for each."""
    lying = {row.id: row for row in selecting.these(reach, timezone.localdate(), list(chains))}
    others = set(chains) - lying.keys()
    if others:
        there = set(Chain.objects.filter(pk__in=others).values_list("pk", flat=True))
        turned_away(by=by, kind="chain", asked=others, there=there)
    return lying


def _why_not(row: Lying | None, what: str, reach: Reach, met: Mapping[UUID, object]) -> str:
    if row is None:
        return _("Overdragelsen findes ikke, eller den er ikke din enheds.")
    if row.person_key not in met and not reach.leads:
        return _("Borgeren er ikke længere åben for din enhed.")
    if what not in acts(row.place, reach):
        return _("Det er ikke din enheds tur, eller også er det gjort. Se, hvor overdragelsen står.")
    return ""


def enough(note: str) -> str:
    """What somebody wrote, where it says enough; Refused where it does not."""
    said = note.strip()[:MOST_WORDS]
    if len(said) < SHORTEST:
        raise Refused(_("Skriv kort hvorfor, så den næste kan forstå det."))
    return said
