"""What holds now: an emergency access that runs, an embargo that is not lifted. The policy asks here."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Now

from helhed.sharing.safeguards.models import Embargo, Emergency


def emergency_of(username: str, person_key: UUID) -> Emergency | None:
    """The emergency access this user has opened to this person and that runs now; None where there is none.

    It runs in [opened_at, until), and no longer once it is closed; the clock is the database's.
    """
    running = Q(closed_at__isnull=True) | Q(closed_at__gt=Now())
    return (
        Emergency.objects.filter(
            running, username=username, person_key=person_key, opened_at__lte=Now(), until__gt=Now()
        )
        .order_by("-opened_at")
        .first()
    )


def embargoed(person_key: UUID) -> bool:
    """Whether a person is new and not yet reviewed, so that nothing is shared across sides."""
    return Embargo.objects.filter(person_key=person_key, lifted_at__isnull=True).exists()


def embargoed_of(people: Iterable[UUID]) -> set[UUID]:
    """Those of some persons of whom that is so."""
    rows = Embargo.objects.filter(person_key__in=list(people), lifted_at__isnull=True)
    return set(rows.values_list("person_key", flat=True))
