"""The catalogue on the screen: sections, search, one entry with its sources, what changed when, and the known flaws."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from helhed.law.entries import Entry
from helhed.law.section import Branch, Section
from helhed.law.sections import SECTIONS
from helhed.membership import definitions
from helhed.pages.access import needs
from helhed.pages.analyst.history import days_of_change
from helhed.pages.analyst.reading import CHAPTERS, Line, details_of, row_of, rows_of, sources_of, versions_of
from helhed.pages.dates import asked_day
from helhed.pages.words import reader_language
from helhed.periods import day_of

SHORTEST = 2
MOST = 200
HISTORY_FROM = date(2008, 1, 1)


@needs("law.see")
def index(request: HttpRequest) -> HttpResponse:
    """The sections of the catalogue, and a search by word."""
    word = request.GET.get("ord", "").strip()
    context: dict[str, Any] = {"word": word, "chapters": _chapters(), "short": 0 < len(word) < SHORTEST}
    if len(word) >= SHORTEST:
        found = [
            row
            for each in definitions.book().all_sections()
            for row in rows_of(each.values())
            if row.fits(word)
        ]
        context |= {"found": found[:MOST], "many": len(found), "most": MOST, "searched": True}
    return render(request, "helhed/law/index.html", context)


@needs("law.see")
def section(request: HttpRequest, name: str) -> HttpResponse:
    """One section as it stood on a day; with `?alt=1` also what did not hold that day."""
    book, asked = definitions.book(), asked_day(request)
    try:
        whole = book.section(name)
    except LookupError:
        raise Http404(name) from None
    everything = request.GET.get("alt") == "1"
    if whole.name == "units" and not everything:
        rows = list(_branches(book.units.tree(day_of(asked.on)), 0))
    else:
        shown: Section[Entry] = whole if everything else whole.on(day_of(asked.on))
        rows = rows_of(shown.values())
    title = SECTIONS[whole.name].title.in_language(reader_language())
    context = {
        "name": whole.name,
        "title": title,
        "rows": rows,
        "everything": everything,
        "total": len(whole),
    }
    return render(request, "helhed/law/section.html", context | _day(asked.on) | {"asked": asked})


@needs("law.see")
def entry(request: HttpRequest, name: str, key: str) -> HttpResponse:
    """One entry: what it says, when it holds, what came before and after, and where it is said."""
    book, language = definitions.book(), reader_language()
    try:
        found = book.entry(name, key)
    except LookupError:
        raise Http404(key) from None
    whole = book.section(name)
    context = {
        "entry": row_of(found),
        "name": whole.name,
        "title": SECTIONS[whole.name].title.in_language(language),
        "lines": details_of(found, language),
        "versions": versions_of(found, language),
        "note": found.note.in_language(language) if found.note else "",
        "sources": sources_of(found, language),
        "successors": rows_of(whole.successors(key)),
        "predecessors": rows_of(whole.predecessors(key)),
        "below": rows_of(e for e in whole.values() if e.key.rpartition("/")[0] == key),
        "mapped": whole.name == "groups" and request.user.may("mapping.see"),
    }
    return render(request, "helhed/law/entry.html", context)


@needs("law.see")
def changes(request: HttpRequest) -> HttpResponse:
    """What changed when: laws, units, codes and the groups' versions, newest first."""
    today = timezone.localdate()
    book = definitions.book()
    found = book.changes(day_of(HISTORY_FROM), day_of(today.replace(year=today.year + 5, day=1)))
    context = {"days": days_of_change(found, reader_language()), "today": today}
    return render(request, "helhed/law/changes.html", context)


@needs("law.see")
def flaws(request: HttpRequest) -> HttpResponse:
    """Where the sources disagree with themselves, and what is done about it."""
    language = reader_language()
    order = {"high": 0, "medium": 1, "low": 2}
    known = sorted(definitions.book().inconsistencies.values(), key=lambda flaw: order[flaw.severity])
    found = [
        {
            "flaw": flaw,
            "label": flaw.label.in_language(language),
            "text": flaw.description.in_language(language),
            "handling": flaw.handling.in_language(language),
            "resolution": flaw.resolution.in_language(language) if flaw.resolution else "",
            "sources": sources_of(flaw, language),
        }
        for flaw in known
    ]
    return render(
        request, "helhed/law/flaws.html", {"flaws": found, "may_map": request.user.may("mapping.see")}
    )


def _chapters() -> list[tuple[Any, list[Line]]]:
    book, language = definitions.book(), reader_language()
    return [
        (heading, [Line(n, SECTIONS[n].title.in_language(language), len(book.section(n))) for n in names])
        for heading, names in CHAPTERS
    ]


def _branches(branches: tuple[Branch, ...], depth: int) -> Any:
    for branch in branches:
        yield row_of(branch.unit, depth)
        yield from _branches(branch.below, depth + 1)


def _day(on: date) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "on": on,
        "today": today,
        "quick_days": [date(2022, 6, 1), date(2025, 1, 1), date(2025, 7, 1), today],
    }
