"""What is shared about a citizen now, category by category: by consents in force, and by emergency access that runs."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from helhed.sharing.asking.answers import Choice, SharedRow, Sharing
from helhed.sharing.asking.picturing import unit_choices
from helhed.sharing.consent.categories import BIF, BOTH, CATEGORIES, SOF, category_label
from helhed.sharing.consent.standing import Standing, holding
from helhed.sharing.safeguards.models import Emergency

OTHER = {BIF: SOF, SOF: BIF}


def shared_of(person: UUID, language: str) -> Sharing:
    """Every category that reaches further than the side it belongs to."""
    rows = [row for held in holding(person, lock=False) for row in _by_consent(held, language)]
    running = Emergency.objects.filter(person_key=person, closed_at__isnull=True, until__gt=Now())
    rows += [row for emergency in running for row in _by_emergency(emergency, language)]
    order = list(CATEGORIES)
    return Sharing(tuple(sorted(rows, key=lambda row: (order.index(row.category.key), row.side))))


def _by_consent(held: Standing, language: str) -> Iterator[SharedRow]:
    """A category of a side goes to the recipients that lie outside that side."""
    giving = {_side(unit) for unit in held.sources}
    for key in CATEGORIES:
        if key not in held.categories:
            continue
        for side in sorted(giving & _sides(key)):
            outside = [unit for unit in held.recipients if _side(unit) != side]
            if outside:
                yield SharedRow(
                    Choice(key, category_label(key)),
                    side,
                    unit_choices(outside, language),
                    _("Dit samtykke"),
                    held.valid_to,
                    held.id,
                )


def _by_emergency(emergency: Emergency, language: str) -> Iterator[SharedRow]:
    other = OTHER.get(_side(emergency.unit))
    for key in CATEGORIES:
        if other in _sides(key):
            yield SharedRow(
                Choice(key, category_label(key)),
                other,
                unit_choices([emergency.unit], language),
                _("Nødadgang"),
                emergency.until,
                None,
            )


def _side(unit: str) -> str:
    return unit.split("/")[0]


def _sides(category: str) -> set[str]:
    side = CATEGORIES[category].side
    return {BIF, SOF} if side == BOTH else {side}
