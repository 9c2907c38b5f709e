"""Whose a part of the responsibility is: the unit that holds it, any above it or below it, and what took over from it."""

from uuid import UUID

from django.db.models import Exists, OuterRef

from helhed.law import catalogue
from helhed.sharing.ledger.models import Holding
from helhed.sharing.ledger.standing import kept
from helhed.sharing.ledger.units import ends, in_line


def is_own(held: str, unit: str) -> bool:
    """Whether what one unit holds is for the employees of another: they are one line, or its successor and they are."""
    return bool(unit) and any(in_line(each, unit) for each in {held, *ends(held)})


def holder_for(unit: str, person_key: UUID, part: str) -> str:
    """The unit that holds a part of a citizen, where that is for employees of `unit`; else "". It is kept as it is until the
    caller's transaction ends."""
    held = kept([person_key]).get(person_key, {}).get(part)
    return held.unit if held and is_own(held.unit, unit) else ""


def own_units(unit: str) -> list[str]:
    """The units whose responsibilities are for the employees of `unit`."""
    return [each for each in catalogue().units if is_own(each, unit)] if unit else []


def lies_with(units: list[str], part: str | OuterRef) -> Exists:
    """The condition that a part of the row's citizen (`person_key`) is held by one of these units."""
    held = Holding.objects.filter(
        person_key=OuterRef("person_key"), part=part, until__isnull=True, unit__in=units
    )
    return Exists(held)
