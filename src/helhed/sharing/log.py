"""The citizen's own log: who looked, when, from which unit, why, on which ground, at which kinds of information.

The employee's name is not shown: dates and purposes are what the citizen is entitled to, the name only where it is
essential (Datatilsynet 2024-32-0283, after C-579/21). The steward sees the whole line.
"""

from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.audit.models import Event
from helhed.law import catalogue
from helhed.sharing.answers import LogLine, NoAccess
from helhed.sharing.lanes import ground_label, lane_label

MOST = 200


def who_looked(*, by: User, language: str) -> list[LogLine]:
    """The citizen's own log, newest first, at most two hundred lines."""
    if not by.may("citizen.own") or by.person_key is None:
        raise NoAccess(_("Siden er kun for borgere, der er logget ind i deres egen sag."))
    return [
        _line(event, by, language)
        for event in Event.objects.filter(person_key=by.person_key).order_by("-at", "-pk")[:MOST]
    ]


def _line(event: Event, by: User, language: str) -> LogLine:
    own = event.actor == by.username
    return LogLine(
        at=event.at,
        who=_("Dig selv") if own else role_label(event.actor_role),
        unit_label=""
        if own or not event.actor_unit
        else catalogue().label("units", event.actor_unit, language),
        action=action_label(event.action),
        purpose=purpose_label(event.purpose),
        ground=", ".join(filter(None, (ground_label(g) for g in event.ground.split("+")))),
        fields=tuple(field_label(f) for f in event.fields),
        allowed=event.outcome == "allowed",
    )


def role_label(role: str) -> str:
    """Who looked, as the citizen reads it."""
    return {
        "caseworker": _("En sagsbehandler"),
        "steward": _("Databeskyttelsesrådgiveren"),
        "system": _("Systemet selv"),
    }.get(role, _("En medarbejder"))


def action_label(action: str) -> str:
    """What was done, as the citizen reads it."""
    return {
        "look": _("Så din side"),
        "why": _("Så, hvorfor du er eller ikke er i målgrupperne"),
        "why-draft": _("Prøvede et udkast til en målgruppe på dig"),
        "find-hit": _("Fandt dig i en søgning"),
        "list": _("Så dit navn på en liste"),
        "advis-done": _("Kvitterede for en besked om dig"),
        "rejected-rows": _("Så afviste rækker, hvor du indgik"),
    }.get(action, action)


def purpose_label(purpose: str) -> str:
    """Why, in plain words."""
    return {
        "sagsbehandling": _("For at behandle din sag"),
        "koordinering": _("For at koordinere din sag mellem forvaltningerne"),
        "egen-indsigt": _("Din egen indsigt"),
        "tilsyn": _("Tilsyn"),
    }.get(purpose, purpose)


def field_label(field: str) -> str:
    """A category of information."""
    return {"identity": _("Navn og nummer"), "group": _("Målgrupper")}.get(field) or lane_label(field)
