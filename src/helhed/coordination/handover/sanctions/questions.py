"""How many sanctions there are to work with, as numbers; what stands in them comes through the doors."""

from uuid import UUID

from helhed.coordination.handover.sanctions.models import DRAFT, RUNNING, Sanction


def drafts_of(person_key: UUID) -> int:
    """How many drafts of sanctions a citizen has: they are those of whoever holds the casework, and go along when it moves."""
    return Sanction.objects.filter(person_key=person_key, state=DRAFT).count()


def running_of(person_key: UUID) -> int:
    """How many decided sanctions are on their way: the deciding follows the casework, the carrying out stays."""
    return Sanction.objects.filter(person_key=person_key, state__in=RUNNING).count()
