"""Whose turn it is: any employee of the unit whose step it is, of a unit above or below it, or the program itself."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from helhed.audit.actions import SYSTEM, Actor
from helhed.coordination.handover.chain.models import Chain
from helhed.sharing import policy
from helhed.sharing.answers import NoAccess
from helhed.sharing.refusal import Refused


def held(chain: UUID) -> Chain:
    """The chain, kept from others in this transaction. Chain.DoesNotExist if there is none.

    The key of the row stays free, so that what only refers to it (a cause of a return) need not wait.
    """
    return Chain.objects.select_for_update(no_key=True).get(pk=chain)


def held_each(chains: Iterable[UUID]) -> list[Chain]:
    """Several chains, each kept so, in the order of their keys: two who take the same ones do not wait for each other.
    Chain.DoesNotExist if one of them is none."""
    asked = set(chains)
    rows = list(Chain.objects.select_for_update(no_key=True).filter(pk__in=asked).order_by("pk"))
    if len(rows) < len(asked):
        raise Chain.DoesNotExist(asked - {row.pk for row in rows})
    return rows


def standing(chain: Chain, *states: str) -> None:
    """Refused unless the chain stands in one of these states."""
    if chain.state not in states:
        raise Refused(
            _("Overdragelsen er nået videre eller er afsluttet. Genindlæs siden og se, hvor den står.")
        )


def of_line(by: Actor, *units: str) -> bool:
    """Whether the actor is of one of these units' lines, or the program itself."""
    return by.role == SYSTEM.role or any(by.unit and policy.same_line(by.unit, unit) for unit in units)


def must_be_of(by: Actor, *units: str) -> None:
    """NoAccess unless the actor is of the line of one of these units."""
    if not of_line(by, *units):
        raise NoAccess(_("Det er en anden enheds tur i denne overdragelse."))


def leads(by: Actor, *units: str) -> bool:
    """Whether the actor leads one of these units, or a unit above or below."""
    return by.role == "leader" and of_line(by, *units)


def sorted_out(
    chains: Iterable[Chain], fit: Callable[[Chain], None]
) -> tuple[list[Chain], dict[UUID, Refused | NoAccess]]:
    """The chains that `fit` does not refuse, and why it refuses the others."""
    fitting, turned = [], {}
    for chain in chains:
        try:
            fit(chain)
            fitting.append(chain)
        except (Refused, NoAccess) as refusal:
            turned[chain.pk] = refusal
    return fitting, turned
