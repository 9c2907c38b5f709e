"""Until when a sanction can be complained of in time: four weeks from the day the decision reached the citizen (the Legal
Protection Act, section 60; to be confirmed), and on to the next working day where the last one is none."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection

from helhed.coordination.handover.letters.reached import reached_on
from helhed.coordination.handover.sanctions.models import Sanction
from helhed.sharing.safeguards.workdays import after

DAYS_TO_COMPLAIN = 28


@dataclass(frozen=True)
class FourWeeks:
    """The day the decision reached the citizen, and the last day to complain; both None while its letter waits to be sent, or
    where there is none: then the time has not begun."""

    told_on: date | None = None
    last_day: date | None = None

    def over(self, day: date) -> bool:
        """Whether the time is over on a day."""
        return self.last_day is not None and self.last_day < day


def four_weeks(row: Sanction) -> FourWeeks:
    """The time for complaining of a sanction that took effect; of the newest decision, where it was decided again."""
    letter = _letter(row.pk)
    told_on = reached_on(letter) if letter else None
    if told_on is None:
        return FourWeeks()
    whole = told_on + timedelta(days=DAYS_TO_COMPLAIN)
    return FourWeeks(told_on, after(whole - timedelta(days=1), 1))


def _letter(sanction: UUID) -> UUID | None:
    """The letter the newest decision was told in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sanctions_decision_letter(%s)", [sanction])
        (found,) = cursor.fetchone()
    return found
