"""What the log's short names mean, for the one who oversees it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTIONS: dict[str, Promise] = {
    "look": _("så en borgers side"),
    "why": _("så, hvorfor en borger er eller ikke er i målgrupper"),
    "why-draft": _("prøvede et udkast på en borger"),
    "find": _("søgte efter borgere"),
    "find-hit": _("fik vist et navn i en søgning"),
    "list": _("fik vist et navn på en liste"),
    "count": _("hentede tal"),
    "log-in": _("loggede ind"),
    "log-out": _("loggede af"),
    "refused": _("blev afvist på en side"),
    "receive": _("modtog en leverance"),
    "deliver": _("indlæste en leverance"),
    "enqueue": _("lagde en leverance i kø"),
    "confirm": _("bekræftede en leverance"),
    "refuse": _("afviste en leverance"),
    "see-rejected": _("så afviste rækker"),
    "fetch-rejected": _("hentede afviste rækker"),
    "rejected-rows": _("så en borgers afviste rækker"),
    "see-log": _("læste loggen om en borger"),
    "recount": _("talte målgrupperne om"),
    "advis": _("sendte advis"),
    "advis-done": _("kvitterede for et advis"),
    "appoint": _("oprettede et log-in"),
    "end": _("lukkede et log-in"),
    "merge": _("lagde to personer sammen"),
    "unmerge": _("skilte to personer ad"),
    "change-identifier": _("ændrede et personnummer"),
    "demo": _("byggede demonstrationen"),
}

FIELDS: dict[str, Promise] = {
    "identity": _("navn og nummer"),
    "group": _("målgrupper"),
    "rejected": _("afviste rækker"),
    "benefit": _("ydelse"),
    "employment_case": _("beskæftigelsessag"),
    "offer": _("tilbud"),
    "plan": _("plan"),
    "consent": _("samtykke"),
    "social_case": _("social sag"),
    "service": _("social indsats"),
    "child_case": _("børnesag"),
    "assessment": _("vurdering"),
}

GROUNDS: dict[str, Promise] = {
    "egen-sag": _("sag i egen forvaltning"),
    "samtykke-deling": _("borgerens samtykke til deling"),
    "egen-indsigt": _("indsigt i egen sag"),
    "role": _("rollen giver ikke adgang"),
    "purpose": _("formålet manglede"),
    "no-case": _("ingen åben sag i forvaltningen"),
}

PURPOSES: dict[str, Promise] = {
    "sagsbehandling": _("sagsbehandling i egen sag"),
    "koordinering": _("koordinering mellem forvaltningerne"),
    "egen-indsigt": _("egen indsigt"),
    "tilsyn": _("tilsyn"),
}


def worded(words: dict[str, Promise], key: str) -> str:
    """The words for a name of the log; a name without words stands as it is."""
    return str(words.get(key, key))
