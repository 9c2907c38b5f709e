"""The API, version 1: health for the one who watches the machine, the mapping and the catalogue for those who may see them."""

from datetime import date
from typing import Any

from django.db import OperationalError, connection
from django.http import HttpRequest
from django.utils import translation
from ninja import NinjaAPI, Query, Status
from ninja.errors import HttpError
from ninja.security import django_auth

from helhed.api.answers import Fault, Health, MappingOut, MovementsOut, SectionOut
from helhed.insight import mapping, movements
from helhed.law.plain import entry_as_plain
from helhed.law.sections import SECTIONS
from helhed.membership import definitions
from helhed.periods import day_of

api = NinjaAPI(title="helhed", version="1", docs_url=None, openapi_url="/openapi.json", urls_namespace="api")

# Every answer that is no success is documented and has the same shape.
FAULTS: dict[int, Any] = {401: Fault, 403: Fault, 404: Fault, 422: Any}


@api.get("/health", response={200: Health, 503: Health}, auth=None, url_name="health")
def health(request: HttpRequest) -> Status[Any]:
    """Whether the program and its store answer. Says nothing else, to anybody."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except OperationalError:
        return Status(503, {"status": "store-away"})
    return Status(200, {"status": "ok"})


@api.get("/groups", response={200: MappingOut} | FAULTS, auth=django_auth, url_name="groups")
def groups(
    request: HttpRequest, on: date, language: str = Query("da", pattern="^(da|en)$")
) -> dict[str, Any]:
    """Every target group on a day with its protected size beside the stated one."""
    _needs(request, "mapping.see")
    answer = mapping.overview(on=on, by=request.user, language=language)
    return {
        "on": answer.on,
        "people": answer.people,
        "shared": answer.shared,
        "threshold": answer.threshold,
        "newest_delivery": answer.newest_delivery,
        "groups": list(answer.rows),
    }


@api.get(
    "/groups/{key}/movements",
    response={200: MovementsOut} | FAULTS,
    auth=django_auth,
    url_name="group-movements",
)
def group_movements(
    request: HttpRequest,
    key: str,
    on: date,
    grace: str = Query("P13W", pattern="^P[0-9]+[DW]$"),
    language: str = Query("da", pattern="^(da|en)$"),
) -> dict[str, Any]:
    """Who came and left in the two years before a day, how long they stay, and the replay of the model the group would be."""
    _needs(request, "mapping.see")
    try:
        with translation.override(language):
            found = movements.group(key=key, on=on, grace=grace, by=request.user, language=language)
    except LookupError:
        raise HttpError(404, f"No target group {key} has been counted.") from None
    return {name: getattr(found, name) for name in MovementsOut.model_fields if name != "grace"} | {
        "grace": found.chosen.key
    }


@api.get("/law", response={200: list[SectionOut]} | FAULTS, auth=django_auth, url_name="law-sections")
def law_sections(
    request: HttpRequest, language: str = Query("da", pattern="^(da|en)$")
) -> list[dict[str, Any]]:
    """The sections of the catalogue."""
    _needs(request, "law.see")
    book = definitions.book()
    return [
        {"name": name, "title": shape.title.in_language(language), "entries": len(book.section(name))}
        for name, shape in SECTIONS.items()
    ]


@api.get(
    "/law/{name}", response={200: list[dict[str, Any]]} | FAULTS, auth=django_auth, url_name="law-section"
)
def law_section(request: HttpRequest, name: str, on: date | None = None) -> list[dict[str, Any]]:
    """The entries of a section in both languages, all of them or those in force on a day."""
    _needs(request, "law.see")
    try:
        section = definitions.book().section(name)
    except LookupError as error:
        raise HttpError(404, str(error)) from None
    shown = section if on is None else section.on(day_of(on))
    return [entry_as_plain(entry) for entry in shown.values()]


def _needs(request: HttpRequest, permission: str) -> None:
    if not request.user.may(permission):
        raise HttpError(403, f"The role does not hold the permission {permission}.")
