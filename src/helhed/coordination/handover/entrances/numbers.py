"""How an entrance is used: visits, and those that saved a second visit. Protected before they leave.

A month is shown only where as many persons as the threshold came: ten visits of one person are one person.
"""

from datetime import date
from uuid import UUID

from django.db.models import Count as Counted
from django.db.models import Q
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import override

from helhed.accounts.models import User
from helhed.coordination.handover.entrances import picturing
from helhed.coordination.handover.entrances.answers import Month, Numbers
from helhed.coordination.handover.entrances.letting import KEEP, let_in
from helhed.coordination.handover.entrances.models import (
    ATTACHED,
    DECLINED,
    INVITED,
    LEFT,
    Attachment,
    Visit,
)
from helhed.sharing import counts, protection
from helhed.sharing.answers import Count

MONTHS = 12


def numbers(*, by: User, entrance: UUID, language: str) -> Numbers:
    """Citizens by standing, and visits month by month for a year. LookupError, NoAccess."""
    with override(language):
        house = let_in(by, entrance, KEEP)
        counts.allow(by, f"entrance {entrance}")
        rows = Attachment.objects.filter(entrance=house)
        states = {
            state: protection.cell(rows.filter(state=state).count(), counts.threshold())
            for state in (ATTACHED, INVITED, DECLINED, LEFT)
        }
        months = tuple(_months(house.pk))
        visits = _sum([month.visits for month in months])
        avoided = _sum([month.avoided for month in months])
        return Numbers(
            house=picturing.house_of(house, by, language),
            attached=states[ATTACHED],
            invited=states[INVITED],
            declined=states[DECLINED],
            left=states[LEFT],
            months=months,
            visits=visits,
            avoided=avoided,
            share=_share(visits, avoided),
        )


def concerned(*, by: User, model: str) -> Count:
    """How many stand in a model's target group today, as it may be shown."""
    found = counts.sizes(keys=[model], on=timezone.localdate(), by=by)
    return found[model].size


def _months(entrance: UUID) -> list[Month]:
    rows = (
        Visit.objects.filter(attachment__entrance=entrance, day__gte=_earliest(timezone.localdate()))
        .annotate(month=TruncMonth("day"))
        .values("month")
        .annotate(
            visits=Counted("pk"),
            people=Counted("attachment__person_key", distinct=True),
            saved=Counted("pk", filter=Q(avoided=True)),
            spared=Counted("attachment__person_key", distinct=True, filter=Q(avoided=True)),
        )
        .order_by("month")
    )
    return [_month(**row) for row in rows]


def _month(month: date, visits: int, people: int, saved: int, spared: int) -> Month:
    shown, avoided = _of_people(visits, people), _of_people(saved, spared)
    return Month(month, shown, avoided, _share(shown, avoided))


def _of_people(number: int, people: int) -> Count:
    """A number of visits as it may be shown, of so many persons."""
    limit = counts.threshold()
    if 0 < people < limit:
        return Count(None, "small", limit)
    return protection.cell(number, limit)


def _sum(cells: list[Count]) -> Count:
    """What the months that are shown add up to; hidden where every one of them is."""
    found = protection.total(cells)
    hidden = next((cell for cell in cells if cell.hidden), None)
    return hidden if hidden and not found.value else found


def _share(whole: Count, part: Count) -> float | None:
    """In percent, of rounded numbers; None where either is hidden."""
    if not whole.value or part.value is None:
        return None
    return round(100 * part.value / whole.value, 1)


def _earliest(today: date) -> date:
    """The first day of the month a year ago."""
    return today.replace(year=today.year - 1, day=1)
