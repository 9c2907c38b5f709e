"""Answers about safeguards, as rows. Who may ask is decided by the doors in `sharing`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from helhed.audit.models import Event
from helhed.sharing.safeguards import drawing, workdays
from helhed.sharing.safeguards.models import Embargo, Emergency, IdentityReview, Sample, SampledLook, Watch

SECOND_LOOK_DAYS = 3
JUDGE_DAYS = 20
RATE_DAYS = 30


@dataclass(frozen=True)
class Often:
    """A user with many emergency accesses: how many in thirty days, how many of those not justified."""

    username: str
    unit: str
    number: int
    not_justified: int


@dataclass(frozen=True)
class Judged:
    """How a sample stands: how many looks, how many judged, and the verdicts."""

    looks: int
    judged: int
    yes: int
    no: int
    cannot_tell: int
    watched: int


def emergency(number: UUID) -> Emergency | None:
    """An emergency access by its id."""
    return Emergency.objects.filter(pk=number).first()


def emergencies_in(administration: str) -> QuerySet[Emergency]:
    """The emergency accesses of an administration's staff, the newest first."""
    own = Q(unit=administration) | Q(unit__startswith=f"{administration}/")
    return Emergency.objects.filter(own).order_by("-opened_at")


def look_due(row: Emergency) -> date:
    """The last day for the second look: three working days after it was opened."""
    return workdays.after(timezone.localdate(row.opened_at), SECOND_LOOK_DAYS)


def waiting_too_long(rows: Iterable[Emergency]) -> list[Emergency]:
    """Those still without a second look after their last day."""
    today = timezone.localdate()
    return [row for row in rows if not row.verdict and look_due(row) < today]


def often(more_than: int) -> list[Often]:
    """Users with more than so many emergency accesses in the last thirty days, the most first."""
    found = (
        Emergency.objects.filter(opened_at__gt=Now() - timedelta(days=RATE_DAYS))
        .values("username")
        .annotate(number=Count("pk"), bad=Count("pk", filter=Q(verdict="not-justified")))
        .filter(number__gt=more_than)
        .order_by("-number", "username")
    )
    units = dict(Emergency.objects.order_by("opened_at").values_list("username", "unit"))
    return [Often(row["username"], units[row["username"]], row["number"], row["bad"]) for row in found]


def lines_during(row: Emergency) -> list[Event]:
    """What was looked at in an emergency access: its user's lines about its person under its purpose, oldest first."""
    return list(
        Event.objects.filter(
            actor=row.username,
            person_key=row.person_key,
            purpose="noedadgang",
            at__gte=row.opened_at,
            at__lt=row.until,
        )
        .exclude(action__startswith="emergency-")
        .order_by("at", "pk")
    )


def embargoed() -> list[Embargo]:
    """The people held back from sharing, the oldest first."""
    return list(Embargo.objects.filter(lifted_at__isnull=True).order_by("since", "person_key"))


def embargo_of(person: UUID) -> Embargo | None:
    """The embargo of a person, lifted or not."""
    return Embargo.objects.filter(pk=person).first()


def last_reviews(people: Iterable[UUID]) -> dict[UUID, IdentityReview]:
    """The newest review of each person that has one."""
    rows = IdentityReview.objects.filter(person_key__in=list(people)).order_by("at", "pk")
    return {row.person_key: row for row in rows}


def samples() -> list[Sample]:
    """Every sample, the newest month first."""
    return list(Sample.objects.order_by("-month", "unit"))


def sample(number: int) -> Sample | None:
    """A sample by its number."""
    return Sample.objects.filter(pk=number).first()


def looks_of(sample: Sample) -> list[SampledLook]:
    """The looks of a sample, in the order of the log."""
    return list(SampledLook.objects.filter(sample=sample).order_by("event"))


def look(number: int) -> SampledLook | None:
    """A drawn look with its sample."""
    return SampledLook.objects.select_related("sample").filter(pk=number).first()


def lines_of(looks: Iterable[SampledLook]) -> dict[int, Event]:
    """The lines of the log the looks are, by number."""
    return Event.objects.in_bulk([look.event for look in looks])


def judged(samples: Iterable[Sample]) -> dict[int, Judged]:
    """How each sample stands, by its number."""
    rows = (
        SampledLook.objects.filter(sample__in=list(samples))
        .values(number=F("sample_id"))
        .annotate(
            looks=Count("pk"),
            judged=Count("pk", filter=~Q(need="")),
            yes=Count("pk", filter=Q(need="yes")),
            no=Count("pk", filter=Q(need="no")),
            cannot_tell=Count("pk", filter=Q(need="cannot-tell")),
            watched=Count("pk", filter=Q(watched=True)),
        )
    )
    return {row.pop("number"): Judged(**row) for row in rows}


def judge_by(row: Sample) -> date:
    """The last day for judging a sample: twenty working days after it was drawn."""
    return workdays.after(timezone.localdate(row.drawn_at), JUDGE_DAYS)


def drawn_again(row: Sample) -> bool:
    """Whether the seed draws from the log today what it drew then: the same looks to draw from, the same ones drawn."""
    again = drawing.draw(row.unit, (row.month, row.until), row.size, row.seed)
    kept = [(look.event, look.watched) for look in looks_of(row)]
    drawn = sorted([(line, False) for line in again.chosen] + [(line, True) for line in again.watched])
    return drawing.digest(again.population) == row.population_sha256 and drawn == kept


def watches(at: datetime | None = None) -> list[Watch]:
    """The watches, or those that hold at a moment; the newest first."""
    rows = Watch.objects.order_by("-since")
    if at is None:
        return list(rows)
    return list(rows.filter(ended_at__isnull=True, until__gt=timezone.localdate(at)))
