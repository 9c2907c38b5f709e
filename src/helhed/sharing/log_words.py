"""Words for the lines of the log, as the citizen reads them: who, what was done, why, and which kinds of information."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helhed.sharing.lanes import lane_label

ROLES: dict[str, Promise] = {
    "caseworker": gettext_lazy("En sagsbehandler"),
    "leader": gettext_lazy("En leder"),
    "steward": gettext_lazy("Databeskyttelsesrådgiveren"),
    "citizen": gettext_lazy("Borgeren selv"),
    "representative": gettext_lazy("En pårørende eller partsrepræsentant"),
    "system": gettext_lazy("Systemet selv"),
}
ACTIONS: dict[str, Promise] = {
    "look": gettext_lazy("Så din side"),
    "why": gettext_lazy("Så, hvorfor du er eller ikke er i målgrupperne"),
    "why-draft": gettext_lazy("Prøvede et udkast til en målgruppe på dig"),
    "find-hit": gettext_lazy("Fandt dig i en søgning"),
    "list": gettext_lazy("Så dit navn på en liste"),
    "advis-done": gettext_lazy("Kvitterede for en besked om dig"),
    "rejected-rows": gettext_lazy("Så afviste rækker, hvor du indgik"),
    "see-log": gettext_lazy("Læste loggen over opslag på dig"),
    "refused": gettext_lazy("Prøvede at se din side og blev afvist"),
    "merge": gettext_lazy("Lagde dine oplysninger under to numre sammen"),
    "unmerge": gettext_lazy("Skilte dine oplysninger fra en andens"),
    "change-identifier": gettext_lazy("Ændrede dit personnummer"),
    "log-read": gettext_lazy("Så, hvem der har set dine oplysninger"),
    "log-proof": gettext_lazy("Hentede beviset for en linje i din log"),
}
PURPOSES: dict[str, Promise] = {
    "sagsbehandling": gettext_lazy("For at behandle din sag"),
    "koordinering": gettext_lazy("For at koordinere din sag mellem forvaltningerne"),
    "egen-indsigt": gettext_lazy("Din egen indsigt"),
    "repraesentation": gettext_lazy("For at hjælpe dig med en fuldmagt"),
    "noedadgang": gettext_lazy("På grund af en nødsituation"),
    "tilsyn": gettext_lazy("Tilsyn"),
}
FIELDS: dict[str, Promise] = {
    "identity": gettext_lazy("Navn og nummer"),
    "contact": gettext_lazy("Adresse og telefon"),
    "group": gettext_lazy("Målgrupper"),
    "mandate": gettext_lazy("Fuldmagter"),
    "log": gettext_lazy("Hvem der har set oplysningerne"),
}


def role_label(role: str) -> str:
    """Who looked, as the citizen reads it."""
    return str(ROLES.get(role) or _("En medarbejder"))


def action_label(action: str) -> str:
    """What was done; an act without words of its own stands as it is."""
    return str(ACTIONS.get(action, action))


def purpose_label(purpose: str) -> str:
    """Why, in plain words."""
    return str(PURPOSES.get(purpose, purpose))


def field_label(field: str) -> str:
    """A category of information."""
    return str(FIELDS.get(field) or lane_label(field))
