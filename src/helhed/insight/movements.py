"""Movements in and between target groups, and the replay of the models they would be, beside the words for them."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.audit.actions import Actor
from helhed.insight import durations
from helhed.insight.answers import (
    Cause,
    Comparison,
    Grace,
    GroupMovements,
    ModelRow,
    Neighbour,
)
from helhed.insight.wording import number
from helhed.law import Catalogue
from helhed.law.statements import TargetGroup
from helhed.membership.definitions import book as known
from helhed.membership.lapses import parts_of
from helhed.periods import date_of, day_of
from helhed.rules.criteria import Criterion
from helhed.rules.sentences import sentences
from helhed.rules.spells.replay import OTHER, SEVERAL
from helhed.sharing import counts
from helhed.sharing import movements as moving
from helhed.sharing.answers import Count
from helhed.sharing.movements import GRACES, Handed, Month, Movements, Moving, Period

CHOSEN = "P13W"
MOST_NEIGHBOURS = 5
COMPARED = ("model", "vaerksted", "shared", "hoi")


def group(*, key: str, on: date, grace: str, by: Actor, language: str) -> GroupMovements:
    """A group's movements in the two years before a day; an unknown grace is the usual one.

    Raises LookupError for a key the catalogue does not have, or that has not been counted yet.
    """
    book = known()
    entry = book.target_groups[key]
    seen = moving.period(on, timezone.localdate())
    chosen = grace if grace in GRACES else CHOSEN
    answer = moving.movements(key=key, neighbours=neighbours(book, entry), seen=seen, told=chosen, by=by)
    graces = tuple(_grace(handed) for handed in answer.replays)
    return GroupMovements(
        start=seen.start,
        last=seen.last,
        began=seen.began,
        months=answer.months,
        flow=_flow(answer.months),
        stay=durations.sentences(answer.stays),
        still_in=tuple(zip((6, 12, 24), answer.stays.still_in, strict=True)),
        came_from=_neighbours(book, answer.came_from, language),
        went_to=_neighbours(book, answer.went_to, language),
        near=moving.NEAR,
        finding=_finding(graces),
        graces=graces,
        chosen=next(row for row in graces if row.key == chosen),
        causes=_causes(book, key, answer, chosen, language),
        versions=_versions(book, key, seen),
    )


def compare(*, on: date, by: Actor, language: str) -> Comparison:
    """The models side by side, with the size of the day and the movements before it."""
    book = known()
    entries = [
        entry for entry in book.groups_in_order() if entry.family in COMPARED and entry.counts != "children"
    ]
    keys = [entry.key for entry in entries]
    seen = moving.period(on, timezone.localdate())
    sizes = counts.sizes(keys=keys, on=on, by=by)
    found = moving.compare(keys=keys, seen=seen, by=by)
    rows = tuple(
        _model(entry, sizes[entry.key].size, line, language)
        for entry, line in zip(entries, found, strict=True)
    )
    return Comparison(on, seen.start, seen.last, rows, _widest(rows))


def neighbours(book: Catalogue, entry: TargetGroup) -> tuple[list[str], list[str]]:
    """The groups one may move between: those of the same series, and those of the same family (and kind of transfer)."""
    family = [
        other
        for other in book.groups_in_order()
        if (other.family, other.transfer_type) == (entry.family, entry.transfer_type)
        and other.key != entry.key
        and (other.counts == "children") == (entry.counts == "children")
    ]
    series = [other.key for other in family if entry.series is not None and other.series == entry.series]
    return series, [other.key for other in family]


def _model(entry: TargetGroup, size: Count, line: Moving, language: str) -> ModelRow:
    return ModelRow(
        entry.key,
        entry.label.in_language(language),
        entry.family,
        entry.verdict or "",
        size,
        line.came,
        line.left,
        line.median,
        durations.words(line.median) if line.median is not None else "",
        line.back_rate,
        line.back_rate_grace,
    )


def _neighbours(book: Catalogue, found: Sequence[tuple[str, Count]], language: str) -> tuple[Neighbour, ...]:
    return tuple(
        Neighbour(key, book.label("groups", key, language), count) for key, count in found[:MOST_NEIGHBOURS]
    )


def _grace(handed: Handed) -> Grace:
    return Grace(
        handed.grace,
        durations.grace(handed.grace),
        handed.over,
        handed.over_rate,
        handed.back,
        handed.back_rate,
        handed.again,
        handed.again_rate,
        handed.over_stay,
    )


def _causes(book: Catalogue, key: str, answer: Movements, chosen: str, language: str) -> tuple[Cause, ...]:
    handed = next(row for row in answer.replays if row.grace == chosen)
    parts = parts_of(book.groups()[key], day_of(answer.period.last))
    words = {
        SEVERAL: _("Flere af delene på én gang"),
        OTHER: _("Noget andet, for eksempel en ny udgave af kriterierne"),
    }
    words |= {str(number): _in_words(book, part, language) for number, part in enumerate(parts)}
    return tuple(Cause(words[cause], count) for cause, count in handed.causes)


def _in_words(book: Catalogue, part: Criterion, language: str) -> str:
    """A part of a criterion as one line: what explains a line ending in a colon stands after it."""
    lines = ["…", *(line.text for line in sentences(part, book.label, language))]
    return " ".join(line if line.endswith((":", "…")) or line is lines[-1] else f"{line};" for line in lines)


def _versions(book: Catalogue, key: str, seen: Period) -> tuple[date, ...]:
    """The days in the period from which the group had another wording, its first version included."""
    days = [version.valid_from for version in book.groups()[key].versions]
    return tuple(date_of(day) for day in days if day_of(seen.began) <= day < day_of(seen.end))


def _flow(months: Sequence[Month]) -> str:
    """What the months say together: how many come and leave in an ordinary one."""
    came, left = (
        sorted(m.value or 0 for m in column)
        for column in zip(*((m.came, m.left) for m in months), strict=True)
    )
    if not came[-1] and not left[-1]:
        return _("For få kom og gik til at vise det måned for måned")
    return _("I en almindelig måned kommer %(came)s ind, og %(left)s går ud") % {
        "came": _about(came[len(came) // 2]),
        "left": _about(left[len(left) // 2]),
    }


def _about(persons: int) -> str:
    if not persons:
        return _("færre end %(n)s") % {"n": counts.threshold()}
    return _("ca. %(n)s") % {"n": number(persons)}


def _finding(graces: Sequence[Grace]) -> str:
    """The replay in one sentence: what a grace of 13 weeks does to the hand-backs."""
    without = graces[0].back_rate
    usual = next(row.back_rate for row in graces if row.key == CHOSEN)
    if not without or usual is None:
        return _("For få ville være ført tilbage til at vise det")
    fewer = round(100 * (without - usual) / without)
    said = {"without": number(round(without)), "grace": number(round(usual)), "percent": fewer}
    if fewer < 1:
        return _("%(without)s tilbageføringer pr. 100 personår, med eller uden frist") % said
    return (
        _(
            "En frist på 13 uger fjerner %(percent)s %% af tilbageføringerne: fra %(without)s til %(grace)s pr. 100 personår"
        )
        % said
    )


def _widest(rows: Sequence[ModelRow]) -> str:
    """Which models are calmest and which hand back most, without a grace."""
    known = sorted(
        (r for r in rows if r.family == "model" and r.back_rate is not None), key=lambda r: r.back_rate or 0
    )
    if not known:
        return _("Ingen model har bevægelser nok i perioden")
    return _(
        "Uden frist spænder modellerne fra %(least)s tilbageføringer pr. 100 personår (%(a)s) til %(most)s (%(b)s)"
    ) % {
        "least": number(round(known[0].back_rate or 0)),
        "a": known[0].key,
        "most": number(round(known[-1].back_rate or 0)),
        "b": known[-1].key,
    }
