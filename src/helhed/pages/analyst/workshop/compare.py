"""Two side by side: a draft and another, or a draft and a target group that stands. What they say, whom they hold, whom they share."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.membership.definitions import book
from helhed.pages.access import closed, needs
from helhed.pages.analyst.workshop.drafts import said_of
from helhed.pages.analyst.workshop.outline import read_back
from helhed.pages.analyst.workshop.panel import panel
from helhed.pages.analyst.workshop.picture import WIDE, Picture, Series, picture
from helhed.pages.analyst.workshop.views import found
from helhed.pages.dates import asked_day
from helhed.pages.words import reader_language
from helhed.periods import day_of
from helhed.rules.criteria import All, Criterion, Not
from helhed.sharing import trials
from helhed.sharing.answers import Count, NoAccess
from helhed.sharing.impact import Impact, Overlap

_LONGEST = 15
"""As many letters of a key as there is room for beside a curve."""


@dataclass(frozen=True)
class Side:
    """One of the two: its name, its words, and its numbers."""

    key: str
    name: str
    address: int | None
    sentences: list[tuple[int, str]]
    impact: Impact


@dataclass(frozen=True)
class Shared:
    """How many are in both, in the first only, in the second only. All three hidden where one of them is."""

    both: Count
    first: Count
    second: Count


@needs("workshop.see", "workshop.draw")
def drafts(request: HttpRequest, number: int, other: int) -> HttpResponse:
    """Two drafts side by side."""
    return _page(request, _draft(request, number), _draft(request, other))


@needs("workshop.see", "workshop.draw")
def with_group(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """A draft and a target group as it stands on the day."""
    return _page(request, _draft(request, number), _group(key, asked_day(request).on))


@dataclass(frozen=True)
class _Named:
    key: str
    name: str
    address: int | None
    criterion: Criterion
    sentences: list[tuple[int, str]]


def _draft(request: HttpRequest, number: int) -> _Named:
    said = said_of(found(request, number))
    if said["criterion"] is None:
        raise Http404(number)
    return _Named(said["draft"].key, said["title"], number, said["criterion"], said["sentences"])


def _group(key: str, on: date) -> _Named:
    law, language = book(), reader_language()
    group = law.groups().get(key)
    version = group.version_on(day_of(on)) if group else None
    if version is None:
        raise Http404(key)
    sentences = read_back(version.criteria, law, language)
    return _Named(key, law.label("groups", key, language), None, version.criteria, sentences)


def _page(request: HttpRequest, first: _Named, second: _Named) -> HttpResponse:
    asked = asked_day(request)

    def impact(criterion: Criterion) -> Impact:
        return trials.impact(
            criteria=criterion, on=asked.on, base=None, grace="", by=request.user, language=reader_language()
        )

    try:
        sides = [Side(n.key, n.name, n.address, n.sentences, impact(n.criterion)) for n in (first, second)]
        shared = together(
            impact(All((first.criterion, second.criterion))).size,
            impact(All((first.criterion, Not(second.criterion)))).size,
            impact(All((second.criterion, Not(first.criterion)))).size,
        )
    except NoAccess as answer:
        return closed(request, answer)
    return render(request, "helhed/workshop/compare.html", _context(asked, sides, shared))


def together(both: Count, first: Count, second: Count) -> Shared:
    """The three parts, as they may be shown: where one is hidden the others would tell it, so none is shown."""
    parts = (both, first, second)
    hidden = next((part for part in parts if part.value is None), None)
    return Shared(*((hidden,) * 3 if hidden else parts))


def _context(asked: Any, sides: list[Side], shared: Shared) -> dict[str, Any]:
    first, second = sides
    return {
        "asked": asked,
        "on": asked.on,
        "today": timezone.localdate(),
        "quick_days": [date(2022, 6, 1), timezone.localdate()],
        "sides": sides,
        "shared": shared,
        "picture": _both_curves(first, second, asked.on),
        "panels": [panel(side.impact) for side in sides],
        "overlaps": _side_by_side(first.impact.overlaps, second.impact.overlaps),
        "title": _("%(one)s og %(other)s") % {"one": first.name, "other": second.name},
    }


def _both_curves(first: Side, second: Side, on: date) -> Picture | None:
    lines = [
        Series(_short(side.key), tuple((p.on, p.size) for p in side.impact.curve)) for side in (first, second)
    ]
    return picture(lines, on, WIDE)


def _short(key: str) -> str:
    return key if len(key) <= _LONGEST else f"{key[: _LONGEST - 1]}…"


def _side_by_side(
    first: tuple[Overlap, ...], second: tuple[Overlap, ...]
) -> list[tuple[str, str, Overlap | None, Overlap | None]]:
    other = {each.key: each for each in second}
    rows = [(each.key, each.label, each, other.pop(each.key, None)) for each in first]
    rows += [(each.key, each.label, None, each) for each in other.values()]
    return [row for row in rows if any(each and each.both.value != 0 for each in row[2:])]
