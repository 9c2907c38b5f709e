"""What every page needs to know about itself: who is here, where they can go, which language, how long the log-in lasts."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from helhed.accounts.models import User
from helhed.pages.words import role_name, unit_name

HOMES = {
    "caseworker": "caseworker-home",
    "leader": "leader-home",
    "analyst": "analyst-home",
    "steward": "steward-home",
    "committee": "committee-home",
    "citizen": "own",
}


@dataclass(frozen=True)
class Place:
    """A place in the navigation: the permission it asks for, its address name, and the address names that lie within it."""

    permission: str
    name: str
    label: Promise
    icon: str
    within: frozenset[str] = frozenset()


WORKSHOP = frozenset(
    {
        "workshop-new",
        "workshop-draft",
        "workshop-send",
        "workshop-decide",
        "workshop-try",
        "workshop-compare",
        "workshop-compare-group",
    }
)
PLACES = (
    Place("citizen.find", "citizens", _("Borgere"), "persons", frozenset({"citizen", "why", "why-group"})),
    Place("mapping.see", "mapping", _("Kortlægning"), "analytics", frozenset({"mapping-group"})),
    Place("mapping.see", "mapping-models", _("Modellerne"), "sync"),
    Place("mapping.see", "boundary", _("Snitfladen"), "apps"),
    Place("workshop.see", "workshop", _("Værksted"), "construction", WORKSHOP),
    Place("workshop.test", "workshop", _("Prøv et udkast"), "science", WORKSHOP),
    Place(
        "delivery.see", "deliveries", _("Leverancer"), "database", frozenset({"delivery", "delivery-refuse"})
    ),
    Place("audit.see", "log", _("Log"), "list-check"),
    Place(
        "law.see", "law", _("Lovgrundlag"), "bookmarks", frozenset({"law-entry", "law-changes", "law-flaws"})
    ),
    Place("law.see", "roles", _("Roller"), "how-to-reg"),
    Place("citizen.own", "own", _("Min side"), "person"),
    Place("citizen.own", "own-why", _("Hvorfor er jeg med?"), "help", frozenset({"own-why-group"})),
    Place("citizen.own", "own-looks", _("Hvem har set mine oplysninger"), "visibility"),
)


@dataclass(frozen=True)
class Link:
    """A place as it stands in one page's navigation."""

    address: str
    label: str
    icon: str
    current: bool


@dataclass(frozen=True)
class Shell:
    """The frame of one page."""

    links: tuple[Link, ...]
    home: str
    who: str
    role: str
    unit: str
    language: str
    other_language: str
    demo: bool
    citizen: bool
    session_ends: int


def shell(request: HttpRequest) -> dict[str, Any]:
    """The frame around a page, for every template: {"shell": Shell}."""
    language = (get_language() or "da")[:2]
    user = getattr(request, "user", None)
    here = request.resolver_match.url_name if getattr(request, "resolver_match", None) else None
    known = isinstance(user, User)
    return {
        "shell": Shell(
            links=_links(user, here) if known else (),
            home=reverse(HOMES[user.role]) if known else reverse("login"),
            who=user.name if known else "",
            role=role_name(user.role, language) if known else "",
            unit=unit_name(user.unit, language) if known else "",
            language=language,
            other_language="en" if language == "da" else "da",
            demo=settings.DEMO,
            citizen=known and user.role == "citizen",
            session_ends=_seconds_left(request) if known else 0,
        )
    }


def _seconds_left(request: HttpRequest) -> int:
    """Seconds until the log-in runs out; 0 where nobody keeps the time."""
    ends = request.session.get("ends", 0)
    return max(0, ends - int(timezone.now().timestamp()))


def _links(user: User, here: str | None) -> tuple[Link, ...]:
    home = Place("", HOMES[user.role], _("Forside"), "home")
    places = [place for place in PLACES if user.may(place.permission)]
    if user.role != "citizen":
        places.insert(0, home)
    return tuple(
        Link(reverse(p.name), str(p.label), p.icon, here == p.name or here in p.within) for p in places
    )
