"""A criterion tried on everyone: raw numbers, which only `sharing` may ask for and must protect."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from helhed.membership.candidates import candidates
from helhed.membership.counting import FIRST_DAY, with_referred
from helhed.membership.prepared import Prepared, prepared, rows_on
from helhed.periods import Duration, Span, day_of
from helhed.rules import many
from helhed.rules.criteria import All, Criterion, Group, Version, parts
from helhed.rules.references import references
from helhed.rules.spells import TRUE, UNKNOWN, Replay, Spells, counts_on, from_table, pick, replay

DRAFT = "*"
"""The key a draft is tried under; no group can have it."""
LONG_AGO = -50_000
"""A day before anyone alive was born: a draft has one version."""


class Outcome(NamedTuple):
    """What a criterion would mean, in persons. `staying` is in both draft and base; curves are by the days asked for.

    `since`: the first day the facts tell the whole story. `overlaps`: group key → persons in both draft and group, and in the group. `units`: unit → members with a case there.
    `replay.by_cause` names the parts of the criterion by number. Base numbers are None without a base.
    """

    size: int
    unknown: int
    base_size: int | None
    staying: int | None
    curve: list[int]
    base_curve: list[int] | None
    overlaps: dict[str, tuple[int, int]]
    units: dict[str, int]
    replay: Replay
    people: int
    since: int


def top_parts(criteria: Criterion) -> tuple[Criterion, ...]:
    """The parts a hand-back may be caused by: those that must all hold; a criterion of another form is one part."""
    return parts(criteria) if isinstance(criteria, All) else (criteria,)


def try_out(
    criteria: Criterion,
    *,
    on: int,
    base: str | None,
    curve: Sequence[int],
    window: Span,
    began: int,
    grace: Duration | None,
    known: Prepared | None = None,
) -> Outcome:
    """Try a criterion on everyone: on a day, over days, beside all groups, and replayed over a window.

    `base`: the key of the group it is compared with. `began`: the day the replayed model began, before the window. A criterion
    that refers to a group takes the group's own versions. RefusedError where it cannot be evaluated; LookupError for a base
    that is not counted. `known`: what it is tried on; by default what is in the store.
    """
    all_there_is = known or prepared()
    if known is None and base is not None and base not in all_there_is.spells.keys:
        all_there_is = prepared(wait=True)  # it may have been adopted a moment ago
    draft, causes = _spells(all_there_is, criteria, max(on, *curve, window.stop - 1) + 1)
    members = _members(draft, on, all_there_is)
    base_size = staying = base_curve = None
    if base is not None:
        number = all_there_is.number(base)
        of_base = pick(all_there_is.spells, [number])
        base_size = len(rows_on(of_base, on))
        staying = int(members[of_base.person[rows_on(of_base, on)]].sum())
        base_curve = _over(of_base, curve)
    return Outcome(
        size=int(members.sum()),
        unknown=len(rows_on(draft, on, UNKNOWN)),
        base_size=base_size,
        staying=staying,
        curve=_over(draft, curve),
        base_curve=base_curve,
        overlaps=_overlaps(all_there_is, members, on),
        units=_units(all_there_is, members, on),
        replay=replay(draft, 0, window, grace, causes, began=began),
        people=len(all_there_is.persons),
        since=all_there_is.since,
    )


def _spells(known: Prepared, criteria: Criterion, stop: int) -> tuple[Spells, Spells]:
    """The spells of the criterion, and of its parts; up to a day, since the first day counted, of those who can be in it."""
    law = known.law.groups()
    pieces = top_parts(criteria)
    asked = {DRAFT: criteria}
    if len(pieces) > 1:
        asked |= {f"{DRAFT}{n:03}": part for n, part in enumerate(pieces)}
    groups = with_referred(set(references(criteria)), law)
    groups |= {key: Group(key, (Version(LONG_AGO, one),)) for key, one in asked.items()}
    span = Span(day_of(FIRST_DAY), stop)
    vocabulary = known.law.vocabulary()
    inside = candidates(criteria, known.holders, law, vocabulary)
    who = None if inside is None else np.flatnonzero(inside).astype(np.int32)
    table = many.evaluate_columns(known.columns, groups, vocabulary, span, who=who)
    spells = from_table(table, known.columns.persons)
    draft, *of_parts = (spells.keys.index(key) for key in asked)
    names = tuple(str(n) for n in range(len(pieces)))  # a single part is the draft itself
    return pick(spells, [draft]), pick(spells, of_parts or [draft])._replace(keys=names)


def _members(spells: Spells, day: int, known: Prepared) -> NDArray[np.bool_]:
    members = np.zeros(len(known.persons), bool)
    members[spells.person[rows_on(spells, day, TRUE)]] = True
    return members


def _over(spells: Spells, days: Sequence[int]) -> list[int]:
    return [int(n) for n in counts_on(spells, days).true[0]]


def _overlaps(known: Prepared, members: NDArray[np.bool_], day: int) -> dict[str, tuple[int, int]]:
    standing = known.standing(day)
    both = np.bincount(standing.group[members[standing.person]], minlength=len(known.spells.keys))
    return {
        key: (int(n), int(size)) for key, n, size in zip(known.spells.keys, both, standing.sizes, strict=True)
    }


def _units(known: Prepared, members: NDArray[np.bool_], day: int) -> dict[str, int]:
    cases = known.cases
    rows = np.flatnonzero((cases.start <= day) & (cases.end > day) & members[cases.person])
    many_units = max(len(known.units), 1)
    pairs = np.unique(cases.person[rows] * many_units + cases.unit[rows])
    found = np.bincount(pairs % many_units, minlength=len(known.units))
    return {unit: int(n) for unit, n in zip(known.units, found, strict=False) if n}
