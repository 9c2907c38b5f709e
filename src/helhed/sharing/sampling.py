"""The monthly sample of looks: drawn for each unit, judged by its leader, filed; and the list of those watched.

Regular control of the log, not only on suspicion, is what Datatilsynet expects (Kerteminde, 2023-423-0019).
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.audit.actions import SYSTEM, Actor
from helhed.audit.models import Event
from helhed.sharing import hatch
from helhed.sharing.answers import NoAccess
from helhed.sharing.emergencies import names_of
from helhed.sharing.policy import above
from helhed.sharing.safeguards import actions, drawing, questions
from helhed.sharing.safeguards.models import Sample, SampledLook
from helhed.sharing.safeguards.questions import Judged

PURPOSE = "tilsyn"


@dataclass(frozen=True)
class SampleRow:
    """A sample on the list. `month` is its first day; `due` the last day for judging, `late` that it has passed unjudged."""

    id: int
    unit: str
    unit_label: str
    month: date
    extra: bool
    drawn_at: datetime
    drawn_by: str
    stands: Judged
    due: date
    late: bool
    filed_at: datetime | None
    filed_by: str
    may_judge: bool
    leaders: tuple[str, ...]


@dataclass(frozen=True)
class LookRow:
    """One drawn look: the line of the log in words, and what was found. `person_name` is empty where the reader may not
    meet the citizen; `may_judge` is false for one's own looks."""

    id: int
    event: int
    at: datetime | None
    who: str
    person_key: UUID | None
    person_name: str
    action: str
    purpose: str
    ground: str
    fields: tuple[str, ...]
    allowed: bool
    watched: bool
    need: str
    case_ref: str
    note: str
    judged_by: str
    judged_at: datetime | None
    may_judge: bool


@dataclass(frozen=True)
class SampleView:
    """A sample with its looks, and what it takes to draw it again."""

    row: SampleRow
    looks: tuple[LookRow, ...]
    population: int
    size: int
    seed: str


def samples(*, by: User, language: str) -> tuple[SampleRow, ...]:
    """The samples: all for the steward, for a leader those the leader judges. The newest month first."""
    rows = questions.samples()
    stands = questions.judged(rows)
    staff = names_of(login for row in rows for login in (row.drawn_by, row.filed_by))
    found = [_row(row, stands[row.pk], by, staff, language) for row in rows]
    if by.may("sample.draw"):
        return tuple(found)
    _needs(by, "sample.judge")
    return tuple(row for row in found if row.may_judge)


def sample(*, by: User, sample: int, language: str) -> SampleView:
    """One sample with its looks. The names shown are lines in the citizens' own logs."""
    row = _sample(by, sample)
    staff = names_of([row.drawn_by, row.filed_by])
    shown = _row(row, questions.judged([row])[row.pk], by, staff, language)
    return SampleView(shown, _looks(row, by, language), row.population, row.size, row.seed)


def draw(*, by: User, month: date) -> int:
    """The steward draws the samples of a month for every unit that looked at anyone; answers how many were drawn.

    Of the month that runs these are extra samples, of the looks until now; a month that is over is drawn once.
    """
    _needs(by, "sample.draw")
    return _draw(by, month)


def draw_due() -> int:
    """The worker draws the samples of last month, those not drawn yet; answers how many."""
    return _draw(SYSTEM, last_month(timezone.localdate()))


def last_month(today: date) -> date:
    """The first day of the month before."""
    return date(today.year - (today.month == 1), (today.month - 2) % 12 + 1, 1)


def judge(*, by: User, look: int, need: str, case_ref: str, words: str) -> int:
    """A leader of the unit, never the one who looked, says whether the work needed the look. Answers the sample."""
    row = questions.look(look)
    if row is None or not _in_charge(by, row.sample):
        raise NoAccess(_("Der findes ingen stikprøve med dette nummer."))
    event = questions.lines_of([row]).get(row.event)
    if not _may_judge(by, row.sample, event):
        raise NoAccess(_("Opslaget skal vurderes af enhedens leder, og aldrig af den, der selv slog op."))
    actions.judge_look(by=by, look=look, need=need, case_ref=case_ref, words=words)
    return row.sample_id


def file(*, by: User, sample: int) -> None:
    """The unit's leader files a sample that is judged to the end."""
    row = _sample(by, sample)
    if by.username not in leaders_of(row.unit):
        raise NoAccess(_("Stikprøven arkiveres af enhedens leder."))
    actions.file_sample(by=by, sample=sample)


def drawn_again(*, by: User, sample: int) -> bool:
    """Whether the seed draws the same looks from the log as it did."""
    return questions.drawn_again(_sample(by, sample))


def to_judge(by: User) -> tuple[int, int]:
    """How many samples wait for this leader, and how many of them too long."""
    rows = [row for row in samples(by=by, language="da") if row.filed_at is None]
    return len(rows), sum(row.late for row in rows)


def late(*, by: User) -> int:
    """How many samples are not judged in time."""
    _needs(by, "sample.draw")
    return sum(row.late for row in samples(by=by, language="da"))


def leaders_of(unit: str) -> dict[str, str]:
    """Who judges a unit's sample, login and name: the leaders of the unit or of one above it; where there are none, the
    leaders of the administration."""
    today = timezone.localdate()
    leaders = [
        user
        for user in User.objects.filter(role="leader", administration=unit.split("/")[0])
        if user.appointed(today)
    ]
    near = [user for user in leaders if user.unit in above(unit)]
    return {user.username: user.name for user in near or leaders}


def _draw(by: Actor, month: date) -> int:
    size = settings.SAMPLE_SIZE
    drawn = [
        actions.draw_sample(by=by, unit=unit, month=month, size=size) for unit in drawing.units_of(month)
    ]
    return sum(sample is not None for sample in drawn)


def _sample(by: User, number: int) -> Sample:
    row = questions.sample(number)
    if row is None or not (by.may("sample.draw") or _in_charge(by, row)):
        raise NoAccess(_("Der findes ingen stikprøve med dette nummer i din enhed."))
    return row


def _in_charge(by: User, row: Sample) -> bool:
    """Whether a leader judges anything of a sample; where the unit's only leader looked, that is another's task."""
    if not by.may("sample.judge") or by.administration != row.unit.split("/")[0]:
        return False
    leaders = leaders_of(row.unit)
    if by.username in leaders:
        return True
    actors = {line.actor for line in questions.lines_of(questions.looks_of(row)).values()}
    return bool(actors & leaders.keys())


def _may_judge(by: User, row: Sample, event: Event | None) -> bool:
    if not by.may("sample.judge") or (event is not None and event.actor == by.username):
        return False
    leaders = leaders_of(row.unit)
    stands_in = event is not None and event.actor in leaders and by.administration == row.unit.split("/")[0]
    return by.username in leaders or stands_in


def _row(row: Sample, stands: Judged, by: User, staff: dict[str, str], language: str) -> SampleRow:
    due = questions.judge_by(row)
    return SampleRow(
        id=row.pk,
        unit=row.unit,
        unit_label=hatch.label_of_unit(row.unit, language),
        month=row.month,
        extra=row.extra,
        drawn_at=row.drawn_at,
        drawn_by=staff.get(row.drawn_by, ""),
        stands=stands,
        due=due,
        late=stands.judged < stands.looks and due < timezone.localdate(),
        filed_at=row.filed_at,
        filed_by=staff.get(row.filed_by, row.filed_by),
        may_judge=_in_charge(by, row),
        leaders=tuple(leaders_of(row.unit).values()),
    )


@transaction.atomic
def _looks(row: Sample, by: User, language: str) -> tuple[LookRow, ...]:
    looks = questions.looks_of(row)
    lines = questions.lines_of(looks)
    people = {line.person_key for line in lines.values() if line.person_key}
    names = hatch.names(people=people, by=by, purpose=PURPOSE, language=language)
    staff = names_of([line.actor for line in lines.values()] + [look.judged_by for look in looks])
    return tuple(
        _look(look, lines.get(look.event), names, staff, _may_judge(by, row, lines.get(look.event)))
        for look in looks
    )


def _look(
    look: SampledLook, line: Event | None, names: dict[UUID, str], staff: dict[str, str], may_judge: bool
) -> LookRow:
    person = line.person_key if line else None
    return LookRow(
        id=look.pk,
        event=look.event,
        at=line.at if line else None,
        who=staff.get(line.actor, line.actor) if line else "",
        person_key=person,
        person_name=names.get(person, "") if person else "",
        action=line.action if line else "",
        purpose=line.purpose if line else "",
        ground=line.ground if line else "",
        fields=tuple(line.fields) if line else (),
        allowed=line.outcome == "allowed" if line else True,
        watched=look.watched,
        need=look.need,
        case_ref=look.case_ref,
        note=look.note,
        judged_by=staff.get(look.judged_by, look.judged_by),
        judged_at=look.judged_at,
        may_judge=may_judge,
    )


def _needs(by: User, permission: str) -> None:
    if not by.may(permission):
        raise NoAccess(_("Din rolle giver ikke adgang til dette."))
