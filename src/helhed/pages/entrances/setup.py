"""Leaders keep an entrance: plan it, its hours, teams, days and places; open it, and close it."""

from collections.abc import Callable
from datetime import time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helhed.accounts.models import User
from helhed.coordination.handover.entrances import keeping, numbers, reception
from helhed.coordination.handover.entrances.answers import House
from helhed.coordination.handover.entrances.keeping import Place
from helhed.coordination.handover.entrances.opening import clock
from helhed.law import catalogue
from helhed.pages.access import needs
from helhed.pages.dates import day_typed
from helhed.pages.entrances.entering import KINDS, answering, number
from helhed.pages.entrances.people import time_typed
from helhed.pages.words import reader_language
from helhed.sharing.refusal import Refused

LONGEST = 200
WEEK = range(7)
CLOSED = "closed"


@needs("entrance.keep")
def new(request: HttpRequest) -> HttpResponse:
    """Plan an entrance for an adopted model of that kind."""
    language = reader_language()
    models = [(str(each.id), each.model, each.label(language)) for each in keeping.free_models()]
    said = {
        name: request.POST.get(name, "").strip()[:LONGEST] for name in ("model", "navn", "sted", "adresse")
    }
    said["model"] = said["model"] or request.GET.get("model", "")[:LONGEST]
    wrong = ""
    if request.method == "POST":
        try:
            row = keeping.plan(
                by=request.user,
                adoption_id=_known(said["model"]),
                name=said["navn"],
                place=said["sted"],
                address=said["adresse"],
            )
            messages.success(request, _("Indgangen er planlagt. Skriv åbningstider og hold, før den åbner."))
            return redirect("entrance-setup", entrance=row.pk)
        except Refused as refused:
            wrong = str(refused)
    if len(models) == 1:
        said["model"] = models[0][0]
    context = {"models": models, "said": said, "wrong": wrong}
    return render(request, "helhed/entrances/new.html", context, status=400 if wrong else 200)


@needs("entrance.keep")
@answering
def setup(request: HttpRequest, entrance: UUID) -> HttpResponse:
    """Everything that is kept of an entrance, each part with its form; posted, one of them."""
    reception.house(by=request.user, entrance=entrance, language=reader_language())
    if request.method != "POST":
        return _page(request, entrance)
    act = request.POST.get("goer", "")
    if act not in ACTS:
        raise Http404(act)
    do, said = ACTS[act]
    try:
        beware = do(request.user, entrance, request.POST)
    except Refused as refused:
        return _page(request, entrance, wrong=str(refused), about=act)
    messages.success(request, str(said))
    if beware:
        messages.warning(request, beware)
    at = ANCHORS.get(act)
    return redirect(f"{request.path}?ved={at}#{at}" if at else request.path)


@needs("entrance.keep")
@answering
def close(request: HttpRequest, entrance: UUID) -> HttpResponse:
    """What closing means, and then one press."""
    view = reception.house(by=request.user, entrance=entrance, language=reader_language())
    if view.state == CLOSED:
        return redirect("entrance", entrance=entrance)
    if request.method == "POST":
        keeping.close_doors(by=request.user, entrance=entrance)
        messages.success(request, _("Indgangen er lukket. De, der var tilknyttet, får et brev."))
        return redirect("entrance", entrance=entrance)
    concerned = numbers.numbers(by=request.user, entrance=entrance, language=reader_language())
    return render(
        request, "helhed/entrances/close.html", {"house": view, "tab": "setup", "numbers": concerned}
    )


def _describe(by: User, entrance: UUID, posted: QueryDict) -> None:
    said = {"name": "navn", "place": "sted", "address": "adresse"}
    filled = {field: posted.get(name, "")[:LONGEST] for field, name in said.items()}
    keeping.describe(by=by, entrance=entrance, **filled)


def _hours(by: User, entrance: UUID, posted: QueryDict) -> str:
    hours = {
        weekday: (_time(posted.get(f"fra-{weekday}", "")), _time(posted.get(f"til-{weekday}", "")))
        for weekday in WEEK
    }
    if keeping.set_hours(by=by, entrance=entrance, hours=hours):
        return _(
            "Nogle borgere har aftaler, hvor der nu er lukket. Modtagelsen ser dem og skal finde nye tider."
        )
    return ""


def _time(text: str) -> time | None:
    """A time of day, or none. Refused where it is neither."""
    found = time_typed(text)
    if text.strip() and found is None:
        raise Refused(_("»%(typed)s« er ikke et klokkeslæt. Skriv det som 9.00.") % {"typed": text[:20]})
    return found


def _team(by: User, entrance: UUID, posted: QueryDict) -> None:
    keeping.add_team(
        by=by, entrance=entrance, unit=posted.get("enhed", "")[:160], focus=posted.get("fokus", "")[:40]
    )


def _team_ends(by: User, entrance: UUID, posted: QueryDict) -> None:
    keeping.end_team(by=by, entrance=entrance, team=number(posted.get("hold", "")))


def _person(by: User, entrance: UUID, posted: QueryDict) -> None:
    team = number(posted.get("hold", ""))
    day = day_typed(posted.get("dag", "")) if posted.get("dag") else None
    weeks = number(posted.get("uger", "1"))
    keeping.add_person(
        by=by, entrance=entrance, team=team, username=posted.get("hvem", "")[:80], day=day, weeks=weeks
    )


def _person_ends(by: User, entrance: UUID, posted: QueryDict) -> None:
    team, person = number(posted.get("hold", "")), number(posted.get("person", ""))
    keeping.remove_person(by=by, entrance=entrance, team=team, person=person)


def _outreach(by: User, entrance: UUID, posted: QueryDict) -> None:
    starts, ends = _time(posted.get("fra", "")), _time(posted.get("til", ""))
    if starts is None or ends is None:
        raise Refused(_("Skriv, hvornår indgangen er på stedet, fra og til."))
    weekday = posted.get("ugedag", "")
    typed = posted.get("dag", "").strip()
    day = day_typed(typed) if typed else None
    if typed and day is None:
        raise Refused(_("»%(typed)s« er ikke en dato. Skriv den som 01-12-2026.") % {"typed": typed[:20]})
    place = Place(
        kind=posted.get("slags", ""),
        name=posted.get("stednavn", ""),
        address=posted.get("stedadresse", ""),
        starts=starts,
        ends=ends,
        weekday=int(weekday) if weekday in set("0123456") and weekday else None,
        day=day,
        team=number(posted.get("hold", "")) or None,
    )
    keeping.add_outreach(by=by, entrance=entrance, place=place)


def _outreach_ends(by: User, entrance: UUID, posted: QueryDict) -> None:
    keeping.end_outreach(by=by, entrance=entrance, outreach=number(posted.get("sted", "")))


def _open(by: User, entrance: UUID, posted: QueryDict) -> None:
    keeping.open_doors(by=by, entrance=entrance)


Do = Callable[[User, UUID, QueryDict], str | None]
"""What is done with what was posted; answers what to beware of, if anything."""
ACTS: dict[str, tuple[Do, Promise]] = {
    "beskriv": (_describe, gettext_lazy("Navn og adresse er gemt.")),
    "tider": (_hours, gettext_lazy("Åbningstiderne er gemt.")),
    "hold": (_team, gettext_lazy("Holdet er tilføjet.")),
    "hold-slut": (_team_ends, gettext_lazy("Holdet er ikke med længere.")),
    "person": (_person, gettext_lazy("Medarbejderen er tilføjet.")),
    "person-slut": (_person_ends, gettext_lazy("Medarbejderen er taget af.")),
    "sted": (_outreach, gettext_lazy("Stedet er tilføjet.")),
    "sted-slut": (_outreach_ends, gettext_lazy("Stedet er taget af.")),
    "aabn": (_open, gettext_lazy("Indgangen er åben. Programmet inviterer nu målgruppen.")),
}
ANCHORS = {
    "hold": "hold",
    "hold-slut": "hold",
    "person": "hold",
    "person-slut": "hold",
    "sted": "steder",
    "sted-slut": "steder",
    "tider": "tider",
    "beskriv": "om",
}
"""In which part of the page something is done, and its receipt or what was wrong is read."""


def _page(request: HttpRequest, entrance: UUID, wrong: str = "", about: str = "") -> HttpResponse:
    language = reader_language()
    view = reception.house(by=request.user, entrance=entrance, language=language)
    posted = request.POST if wrong else QueryDict()
    context: dict[str, Any] = {
        "house": view,
        "tab": "setup",
        "wrong": wrong,
        "about": about,
        "at": ANCHORS.get(about, "") if wrong else _at(request),
        "posted": posted,
        "hours": _filled_hours(view, posted if about == "tider" else QueryDict()),
        "weekdays": [(weekday, label) for weekday, label, _opens, _closes in view.hours],
        "units": keeping.units_of(request.user, language),
        "focuses": _focuses(view.model, language),
        "weeks": keeping.WEEKS[1:],
        "kinds": KINDS,
        "checks": _checks(view),
        "concerned": numbers.concerned(by=request.user, model=view.model),
        "closed": view.state == CLOSED,
    }
    return render(request, "helhed/entrances/setup.html", context, status=400 if wrong else 200)


def _at(request: HttpRequest) -> str:
    asked = request.GET.get("ved", "")
    return asked if asked in ANCHORS.values() else ""


def _checks(view: House) -> list[tuple[bool, str, str]]:
    """What an entrance needs before it can open: whether it is there, in words, and in words where it lacks."""
    sides = {team.side for team in view.teams}
    return [
        ("bif" in sides, _("Et hold fra BIF"), _("Et hold fra BIF mangler")),
        ("sof" in sides, _("Et hold fra SOF"), _("Et hold fra SOF mangler")),
        (any(opens for *_day, opens, _closes in view.hours), _("Åbningstider"), _("Åbningstider mangler")),
    ]


def _filled_hours(view: House, posted: QueryDict) -> list[tuple[int, str, str, str]]:
    """Each weekday with the hours as they stand in the form: what was typed, else what is kept."""
    rows = []
    for weekday, label, opens, closes in view.hours:
        kept = [clock(each) for each in (opens, closes)]
        rows.append(
            (weekday, label, posted.get(f"fra-{weekday}", kept[0]), posted.get(f"til-{weekday}", kept[1]))
        )
    return rows


def _focuses(model: str, language: str) -> list[tuple[str, str]]:
    """The groups a sub-team can know in particular: those of the target-group houses, and the young; not all of the entrance."""
    labels, keys = catalogue(), ("7", "8A", "8B", "8C", "8D", "8E")
    return [(key, labels.label("groups", key, language)) for key in keys if key != model]


def _known(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refused(_("Vælg den vedtagne model, som indgangen hører til.")) from None
