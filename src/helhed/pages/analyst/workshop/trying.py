"""Trying a draft: on a made-up citizen for everyone of the workshop, on a citizen one may see for who may test."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format, get_format
from django.utils.translation import gettext as _

from helhed.membership.definitions import book
from helhed.membership.models import Draft
from helhed.pages import purposes
from helhed.pages.access import closed, needs
from helhed.pages.analyst.workshop import choices
from helhed.pages.analyst.workshop.drafts import said_of
from helhed.pages.analyst.workshop.views import found, rights
from helhed.pages.analyst.workshop.words import name_of
from helhed.pages.words import reader_language
from helhed.rules.criteria import Age, Criterion, Leaf, Not, parts
from helhed.rules.errors import RefusedError
from helhed.sharing import hatch
from helhed.sharing.answers import NoAccess
from helhed.sharing.why import GroupWhy, MadeUpFact, why_draft, why_made_up

MOST_ROWS, FEWEST_ROWS, LONGEST_PREFILL = 12, 3, 5
SHORTEST_SEARCH, MOST_FOUND = 2, 50
_ADULT = 40


@dataclass(frozen=True)
class Row:
    """One fact of the made-up citizen as it was typed."""

    what: str = ""
    unit: str = ""
    start: str = ""
    end: str = ""
    who: str = "self"


@dataclass(frozen=True)
class MadeUp:
    """The made-up citizen as typed: born, and facts; `errors` in words."""

    born: str
    rows: tuple[Row, ...]
    errors: tuple[str, ...] = ()


@needs("workshop.see", "workshop.draw", "workshop.test")
def page(request: HttpRequest, number: int) -> HttpResponse:
    """The form for a made-up citizen and its answer; a search and an answer for who may test on citizens."""
    draft = found(request, number)
    said = said_of(draft)
    context = said | rights(request.user, draft) | {"purposes": purposes.WORDS}
    if request.method == "POST" and request.user.may("workshop.test"):
        try:
            return render(request, "helhed/workshop/try.html", context | _citizen(request, draft, said))
        except NoAccess as answer:
            return closed(request, answer)
    return render(request, "helhed/workshop/try.html", context | _made_up(request, draft, said["criterion"]))


def _citizen(request: HttpRequest, draft: Draft, said: dict[str, Any]) -> dict[str, Any]:
    """Found citizens for a search; the explanation for one of them."""
    language, purpose = reader_language(), request.POST.get("formaal", purposes.DEFAULT)
    purpose = purpose if purpose in purposes.WORDS else purposes.DEFAULT
    text, key = request.POST.get("tekst", "").strip(), request.POST.get("borger", "")
    context = _blank(said["criterion"]) | {"text": text, "purpose": purpose}
    if key:
        person = _person(key)
        why = why_draft(
            criteria=said["criterion"],
            label=draft.label(language),
            person=person,
            by=request.user,
            purpose=purpose,
            on=timezone.localdate(),
            language=language,
        )
        return context | {"why": why, "who": request.POST.get("navn", "")[:200], "on": timezone.localdate()}
    if len(text) < SHORTEST_SEARCH:
        return context | {"short": True}
    hits = hatch.find(text=text, by=request.user, purpose=purpose, language=language)
    return context | {"searched": True, "found": hits, "full": len(hits) >= MOST_FOUND}


def _person(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404(text[:40]) from None


def _made_up(request: HttpRequest, draft: Draft, criterion: Criterion | None) -> dict[str, Any]:
    if "foedt" not in request.GET and "hvad" not in request.GET:
        return _blank(criterion)
    typed = _typed(request.GET)
    on = _day(request.GET.get("dag", "")) or timezone.localdate()
    born, facts, errors = _read(typed)
    why: GroupWhy | None = None
    if criterion is not None and not errors:
        try:
            why = why_made_up(
                criteria=criterion,
                label=draft.label(reader_language()),
                born=born,
                facts=facts,
                by=request.user,
                on=on,
                language=reader_language(),
            )
        except RefusedError as refusal:
            errors = [refusal.message.da if reader_language() == "da" else refusal.message.en]
    rows = (*typed.rows, *([Row()] if len(typed.rows) < MOST_ROWS else []))
    return _offered() | {
        "made_up": MadeUp(typed.born, rows, tuple(errors)),
        "why": why,
        "on": on,
        "asked": True,
    }


def _blank(criterion: Criterion | None) -> dict[str, Any]:
    """A made-up citizen to begin with: whom the draft is about, roughly, since a year ago."""
    today = timezone.localdate()
    leaves = [leaf for leaf in _wanted(criterion) if isinstance(leaf, Leaf)] if criterion else []
    ages = [age for age in _wanted(criterion) if isinstance(age, Age)] if criterion else []
    years = next((age.start for age in ages if age.start), None)
    years = _ADULT if years is None or not any(age.below for age in ages) else years
    since = date_format(today.replace(year=today.year - 1, day=1), "d-m-Y")
    rows = [
        Row(f"{leaf.kind}:{_first(leaf)}", (leaf.unit or ("",))[0], since)
        for leaf in leaves[:LONGEST_PREFILL]
    ]
    rows += [Row()] * max(1, FEWEST_ROWS - len(rows))
    born = date_format(today.replace(year=today.year - years - 1, day=1), "d-m-Y")
    return _offered() | {"made_up": MadeUp(born, tuple(rows)), "on": today, "purpose": purposes.DEFAULT}


def _wanted(criterion: Criterion) -> list[Criterion]:
    """What must hold of the citizen alone: what is turned around, or is about relatives, is left out."""
    if isinstance(criterion, Not) or type(criterion).__name__ in ("AnyChild", "AnyParent"):
        return []
    below = parts(criterion)
    return [each for part in below for each in _wanted(part)] if below else [criterion]


def _first(leaf: Leaf) -> str:
    return leaf.any_of[0] if leaf.any_of else min(book().vocabulary().codes_of(leaf.kind))


def _offered() -> dict[str, Any]:
    law, language = book(), reader_language()
    kinds = [
        (
            name_of(kind),
            [(f"{kind}:{choice.key}", choice) for choice in choices.codes_of(law, kind, language)],
        )
        for kind in sorted(law.vocabulary().kinds, key=name_of)
    ]
    whose = (
        ("self", _("borgeren selv")),
        ("child", _("borgerens barn")),
        ("parent", _("borgerens forælder")),
    )
    return {"kinds": kinds, "units": choices.units_of(law, language), "whose": whose}


def _typed(asked: QueryDict) -> MadeUp:
    columns = [asked.getlist(name)[:MOST_ROWS] for name in ("hvad", "enhed", "start", "slut", "hvem")]
    length = max((len(column) for column in columns), default=0)
    filled = [[*column, *[""] * (length - len(column))] for column in columns]
    rows = [Row(*(cell.strip()[:120] for cell in cells)) for cells in zip(*filled, strict=True)]
    return MadeUp(asked.get("foedt", "").strip()[:20], tuple(row for row in rows if row.what))


def _read(typed: MadeUp) -> tuple[date | None, list[MadeUpFact], list[str]]:
    words, errors, facts = book().vocabulary(), [], []
    born = _day(typed.born)
    if typed.born and born is None:
        errors.append(_("»%(typed)s« er ikke en dato. Skriv den som 31-12-1985.") % {"typed": typed.born})
    for number, row in enumerate(typed.rows, start=1):
        kind, _colon, code = row.what.partition(":")
        start, end = _day(row.start), _day(row.end)
        if code not in words.codes_of(kind) or (row.unit and row.unit not in words.units):
            errors.append(_("Række %(n)s: vælg fra listerne.") % {"n": number})
        elif start is None or (row.end and end is None):
            errors.append(_("Række %(n)s: skriv datoen som 01-06-2025; »til« må stå tom.") % {"n": number})
        else:
            who = row.who if row.who in ("self", "child", "parent") else "self"
            facts.append(MadeUpFact(kind, code, row.unit, start, end, who))
    return born, facts, errors


def _day(typed: str) -> date | None:
    for form in get_format("DATE_INPUT_FORMATS"):
        try:
            return datetime.strptime(typed.strip(), form).date()
        except ValueError:
            continue
    return None
