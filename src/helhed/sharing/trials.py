"""The hatch for the workshop: what a criterion would mean, as protected counts. Each look is a line in the log.

Whoever draws criteria chooses what is counted, so no number here is exact: all are rounded, also those of the groups a draft
is compared with, and no two of them differ by less than the threshold (`protection.drawn`).
"""

from collections.abc import Sequence
from datetime import date
from time import perf_counter

from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.audit.actions import Actor, note
from helhed.law import ADOPTED, Catalogue
from helhed.membership.definitions import book
from helhed.membership.prepared import prepared
from helhed.membership.trial import Outcome, top_parts, try_out
from helhed.periods import Duration, Span, date_of, day_of, plus_months
from helhed.rules.criteria import Criterion
from helhed.rules.sentences import sentences
from helhed.rules.spells.replay import OTHER, SEVERAL
from helhed.sharing import protection
from helhed.sharing.answers import Count, NoAccess
from helhed.sharing.counts import SHARED_GROUP, threshold
from helhed.sharing.impact import CurvePoint, Handbacks, Impact, Overlap, Part
from helhed.sharing.movements import period

YEARS = 10
COMPARED = ("model", "hoi", ADOPTED)
"""The families of groups a draft is held beside; the shared citizens too."""
DAYS_A_YEAR = 365.25


def impact(
    *, criteria: Criterion, on: date, base: str | None, grace: str, by: Actor, language: str
) -> Impact:
    """What a criterion would mean on a day, beside the group it starts from (`base`) and all the others.

    The curve has the first of each month of ten years up to today, today, and the day; no number where the facts do not reach. The hand-backs are those of two years,
    with `grace` ("P6M"; "" for none) before each. NoAccess for who may not see the workshop; LookupError for an unknown base;
    RefusedError for a criterion that cannot be evaluated or a grace that is none.
    """
    began = perf_counter()
    _allow(by, f"{base or 'no base'} {on}")
    today = timezone.localdate()
    law, seen = book(), period(on, today)
    base_label = law.label("groups", base, language) if base else ""
    days = _days(on, today)
    found = try_out(
        criteria,
        on=day_of(on),
        base=base or None,
        curve=days,
        window=Span(day_of(seen.start), day_of(seen.end)),
        began=day_of(seen.began),
        grace=Duration.parse(grace) if grace not in ("", "P0D") else None,
    )
    limit = threshold()
    coming, leaving = _moved(found, limit)
    return Impact(
        on=on,
        size=protection.drawn(found.size, limit),
        unknown=protection.drawn(found.unknown, limit),
        base_key=base or "",
        base_label=base_label,
        base_size=_drawn(found.base_size, limit),
        coming=coming,
        leaving=leaving,
        staying=_drawn(found.staying, limit),
        curve=_curve(days, found, limit),
        overlaps=_overlaps(found, law, limit, language),
        units=_units(found, law, limit, language),
        handbacks=_handbacks(found, criteria, grace, law, language),
        people=found.people,
        took_ms=1000 * (perf_counter() - began),
    )


def get_ready() -> None:
    """Read what trials are made on, so that the first one does not wait for it."""
    prepared()


def _allow(by: Actor, what: str) -> None:
    """Trying a criterion is for those who draw or see drafts; each trial is a line in the log."""
    if isinstance(by, User) and not (by.may("workshop.see") or by.may("workshop.draw")):
        note(by=by, action="trial", object=what, outcome="denied")
        raise NoAccess(_("Din rolle giver ikke adgang til værkstedets tal."))
    note(by=by, action="trial", object=what)


def _days(on: date, today: date) -> list[int]:
    first = day_of(today.replace(day=1))
    months = [plus_months(first, -month) for month in range(12 * YEARS + 1)]
    return sorted({*months, day_of(today), day_of(on)})


def _drawn(persons: int | None, limit: int) -> Count | None:
    return None if persons is None else protection.drawn(persons, limit)


def _moved(found: Outcome, limit: int) -> tuple[Count | None, Count | None]:
    """Who would come in and who would fall out; where one is few, the other is not shown as none."""
    if found.base_size is None or found.staying is None:
        return None, None
    coming, leaving = found.size - found.staying, found.base_size - found.staying
    return protection.pair(coming, leaving, limit, protection.drawn)


def _curve(days: Sequence[int], found: Outcome, limit: int) -> tuple[CurvePoint, ...]:
    base = found.base_curve or [None] * len(days)
    none = Count(None, "none")
    return tuple(
        CurvePoint(date_of(day), none, none if of_base is not None else None)
        if day < found.since
        else CurvePoint(date_of(day), protection.drawn(size, limit), _drawn(of_base, limit))
        for day, size, of_base in zip(days, found.curve, base, strict=True)
    )


def _overlaps(found: Outcome, law: Catalogue, limit: int, language: str) -> tuple[Overlap, ...]:
    """Largest first; those of the same size in the order of the book."""
    groups = [*law.groups_of(("model",)), law.target_groups[SHARED_GROUP], *law.groups_of(COMPARED[1:])]
    rows = []
    for group in groups:
        both, other = found.overlaps.get(group.key, (0, 0))
        rows.append(
            Overlap(
                group.key,
                group.label.in_language(language),
                protection.drawn(both, limit),
                protection.share(both, found.size, limit),
                protection.share(both, other, limit),
            )
        )
    return tuple(sorted(rows, key=lambda row: -(row.both.value or 0)))


def _units(found: Outcome, law: Catalogue, limit: int, language: str) -> tuple[Part, ...]:
    rows = [
        Part(
            unit,
            law.label("units", unit, language),
            protection.drawn(members, limit),
            protection.share(members, found.size, limit),
        )
        for unit, members in found.units.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-(row.count.value or 0), row.key)))


def _handbacks(found: Outcome, criteria: Criterion, grace: str, law: Catalogue, language: str) -> Handbacks:
    limit, replayed = threshold(), found.replay
    years = replayed.person_days / DAYS_A_YEAR
    words = {str(n): _sentence(part, law, language) for n, part in enumerate(top_parts(criteria))}
    words |= {SEVERAL: _("flere led på samme dag"), OTHER: _("andet")}
    causes = sorted(replayed.by_cause.items(), key=lambda pair: (-pair[1], pair[0]))
    return Handbacks(
        grace=grace,
        handed_over=protection.drawn(replayed.handed_over + replayed.handed_over_again, limit),
        handed_back=protection.drawn(replayed.handed_back, limit),
        again=protection.drawn(replayed.handed_over_again, limit),
        per_100_years=protection.rate(replayed.handed_over + replayed.handed_over_again, years, limit),
        back_per_100_years=protection.rate(replayed.handed_back, years, limit),
        causes=tuple((words[cause], protection.drawn(times, limit)) for cause, times in causes),
    )


def _sentence(part: Criterion, law: Catalogue, language: str) -> str:
    """A part of a criterion in one sentence, with what it consists of behind its colon."""
    first, *below = sentences(part, law.label, language)
    return f"{first.text} {'; '.join(line.text for line in below)}".strip()
