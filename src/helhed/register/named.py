"""Whom rejected rows speak of: the people the register knows whose number stands in them."""

import re
from collections.abc import Iterable
from uuid import UUID

from helhed.register.models import Identifier, RejectedRow

_NUMBER = re.compile(r"(?<!\d)(\d{6})-?(\d{4})(?!\d)")


def people_in(rows: Iterable[RejectedRow]) -> list[UUID]:
    """The keys of the people whose number stands in the rows as they were delivered, each once, in order."""
    numbers = {"".join(found) for row in rows for found in _NUMBER.findall(row.raw)}
    known = Identifier.objects.filter(value__in=numbers, known_to=None)
    return sorted(known.values_list("person__key", flat=True).distinct())
