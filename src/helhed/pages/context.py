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
    "representative": "represented",
}

OUTSIDE = ("citizen", "representative")
"""Those who are not staff: their front page is the first of their places."""


@dataclass(frozen=True)
class Place:
    """A place in the navigation: the permission it asks for, its address name, and the address names that lie within it."""

    permission: str
    name: str
    label: Promise
    icon: str
    within: frozenset[str] = frozenset()


CONSENTS = frozenset({"own-consent", "own-consent-new", "own-consent-receipt"})
ACTING = frozenset(
    f"for{place}"
    for place in (
        "",
        "-letters",
        "-letter",
        "-handover",
        "-entrance",
        "-looks",
        "-consents",
        "-consent",
        "-consent-new",
        "-consent-receipt",
        "-shared",
    )
)
HANDOVERS = frozenset({"handover", "handover-act", "handovers-act"})
ENTRANCES = frozenset(
    {
        "entrance",
        "entrance-new",
        "entrance-day",
        "entrance-citizens",
        "entrance-citizen",
        "entrance-setup",
        "entrance-close",
        "entrance-numbers",
    }
)
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
OF_A_CITIZEN = frozenset(
    {
        "citizen",
        "why",
        "why-group",
        "citizen-consents",
        "citizen-consent-choose",
        "citizen-consent-ask",
        "citizen-consent",
        "citizen-consent-in-person",
        "citizen-consent-on-paper",
        "citizen-consent-withdraw",
        "responsibility",
        "citizen-tasks",
        "citizen-sanctions",
        "citizen-sanction-new",
        "citizen-sanction",
        "citizen-sanction-revise",
        "citizen-sanction-act",
        "citizen-mandates",
        "citizen-mandate-revoke",
        "citizen-letters",
        "citizen-looked",
        "address",
        "emergency",
        "emergency-find",
    }
)
MODELS = frozenset({"adopted-model", "adopted-model-new"})
REORGANISED = frozenset({"reorganisation"})
PLACES = (
    Place("citizen.find", "citizens", _("Borgere"), "persons", OF_A_CITIZEN),
    Place("citizen.find", "unit-citizens", _("Enhedens borgere"), "groups"),
    Place("handover.work", "handovers", _("Overdragelser"), "sync", HANDOVERS),
    Place("handover.work", "unit-messages", _("Beskeder"), "notifications"),
    Place("handover.work", "tasks", _("Opgaver"), "list-bulleted"),
    Place("sanction.work", "sanctions", _("Sanktioner"), "payments"),
    Place("handover.lead", "handovers", _("Overdragelser"), "sync", HANDOVERS),
    Place("handover.lead", "unit-messages", _("Beskeder"), "notifications"),
    Place("handover.lead", "frequent", _("Hyppige flytninger"), "refresh"),
    Place("handover.lead", "unit-contacts", _("Kontakt til enheder"), "smartphone"),
    Place("entrance.receive", "entrances", _("Fælles indgange"), "location", ENTRANCES),
    Place("entrance.keep", "entrances", _("Fælles indgange"), "location", ENTRANCES),
    Place("consent.confirm", "confirmations", _("Bekræftelser"), "checklist", frozenset({"confirmation"})),
    Place("consent.record", "expiring", _("Samtykker, der udløber"), "time"),
    Place("letter.print", "letters-to-print", _("Breve til print"), "print"),
    Place("model.adopt", "adopted-models", _("Modeller i brug"), "tune", MODELS),
    Place("reorganisation.carry", "reorganisations", _("Omlægninger"), "view-split", REORGANISED),
    Place("emergency.review", "second-looks", _("Andet blik"), "visibility"),
    Place("sample.judge", "samples", _("Stikprøver"), "checklist", frozenset({"sample"})),
    Place("mapping.see", "mapping", _("Kortlægning"), "analytics", frozenset({"mapping-group"})),
    Place("mapping.see", "mapping-models", _("Modellerne"), "sync"),
    Place("mapping.see", "boundary", _("Snitfladen"), "apps"),
    Place("workshop.see", "workshop", _("Værksted"), "construction", WORKSHOP),
    Place("workshop.test", "workshop", _("Prøv et udkast"), "science", WORKSHOP),
    Place(
        "delivery.see", "deliveries", _("Leverancer"), "database", frozenset({"delivery", "delivery-refuse"})
    ),
    Place("sample.draw", "samples", _("Stikprøver"), "checklist", frozenset({"sample"})),
    Place("identity.review", "newcomers", _("Nye borgere"), "person-add"),
    Place("watch.keep", "watched", _("Overvågede"), "flag"),
    Place("shield.keep", "shields", _("Særlig beskyttelse"), "lock", frozenset({"shield-end"})),
    Place(
        "handover.account",
        "accounts",
        _("Overdragelser"),
        "sync",
        frozenset({"account", "account-again", "account-find", "account-merges"}),
    ),
    Place("audit.see", "log", _("Log"), "list-check", frozenset({"log-health", "log-verify"})),
    Place(
        "law.see", "law", _("Lovgrundlag"), "bookmarks", frozenset({"law-entry", "law-changes", "law-flaws"})
    ),
    Place("audit.see", "staff", _("Medarbejdere"), "groups"),
    Place("policy.see", "rules", _("Delingsregler"), "share"),
    Place("law.see", "roles", _("Roller"), "how-to-reg"),
    Place("citizen.own", "own", _("Min side"), "person"),
    Place("citizen.own", "own-handover", _("Hvem har min sag"), "sync"),
    Place("citizen.own", "own-letters", _("Mine breve"), "email", frozenset({"own-letter"})),
    Place("citizen.own", "own-consents", _("Mine samtykker"), "how-to-reg", CONSENTS),
    Place("citizen.own", "own-shared", _("Hvad deles om mig"), "share"),
    Place("citizen.own", "own-entrance", _("Fælles indgang"), "location"),
    Place("citizen.own", "own-looks", _("Hvem har set mine oplysninger"), "visibility"),
    Place("citizen.own", "own-mandates", _("Giv fuldmagt"), "person-add", frozenset({"own-mandate-new"})),
    Place("citizen.own", "own-why", _("Hvorfor er jeg med?"), "help", frozenset({"own-why-group"})),
    Place("citizen.represent", "represented", _("Fuldmagter til mig"), "groups", ACTING),
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
    session_last: bool


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
            citizen=known and user.role in OUTSIDE,
            session_ends=_seconds_left(request) if known else 0,
            session_last=known and request.session.get("ends", 0) >= request.session.get("last", 0),
        )
    }


def _seconds_left(request: HttpRequest) -> int:
    """Seconds until the log-in runs out; 0 where nobody keeps the time."""
    ends = request.session.get("ends", 0)
    return max(0, ends - int(timezone.now().timestamp()))


def _links(user: User, here: str | None) -> tuple[Link, ...]:
    home = Place("", HOMES[user.role], _("Forside"), "home")
    places = [place for place in PLACES if user.may(place.permission)]
    if user.role not in OUTSIDE:
        places.insert(0, home)
    return tuple(
        Link(reverse(p.name), str(p.label), p.icon, here == p.name or here in p.within) for p in places
    )
