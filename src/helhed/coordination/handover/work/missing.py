"""What is missing before a chain can go on, in one sentence."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from helhed.coordination.handover.work import words
from helhed.coordination.handover.work.reach import Place


def missing(place: Place, on: date | None, language: str) -> str:
    """The sentence; nothing where the chain has come to its end."""
    units = {
        "giving": words.short_unit(place.from_unit, language),
        "taking": words.short_unit(place.to_unit, language),
    }
    if place.direction == "back":
        return _of_return(place, units, on)
    if place.state == "proposed":
        return _of_assessment(place)
    if place.state == "refused":
        return _of_refusal(place, units)
    if place.state == "accepted" and place.family:
        return _("Intet mangler her. Skal familien flytte samlet, venter ansvaret på den anden forælder.")
    said = {
        "assessed": _("Begge sider har vurderet. Nu skal borgeren spørges om samtykke."),
        "asked": _("Borgeren er spurgt og har ikke svaret endnu."),
        "consented": _("Borgeren har sagt ja. %(giving)s skal træffe afgørelsen."),
        "decided": _("Afgørelsen er truffet, men %(giving)s har ikke sendt den videre."),
        "offered": _("%(taking)s skal tage imod eller sende retur."),
        "accepted": _("Intet mangler. Ansvaret flytter %(day)s."),
    }.get(place.state, "")
    return said % (units | {"day": _day(on)}) if said else ""


def _of_assessment(place: Place) -> str:
    lacking = [side.upper() for side in ("bif", "sof") if side not in place.halves]
    if len(lacking) == 2:
        return _("Begge sider skal svare kort på deres halvdel af vurderingen.")
    if lacking:
        return _("Kun vurderingen fra %(side)s mangler.") % {"side": lacking[0]}
    return ""


def _of_refusal(place: Place, units: dict[str, str]) -> str:
    said = {
        "maalgruppe": _(
            "%(taking)s mener ikke, at borgeren er i målgruppen. %(giving)s skal svare, og så vurderer begge sider igen."
        ),
        "oplysninger": _("%(taking)s mangler oplysninger. %(giving)s skal svare, og så sendes sagen igen."),
        "kapacitet": _("%(taking)s har ikke plads nu. En leder skal sende sagen igen eller opgive den."),
    }.get(place.refusal, _("%(giving)s skal svare."))
    return said % units


def _of_return(place: Place, units: dict[str, str], on: date | None) -> str:
    said = {
        "proposed": _("%(giving)s skal skrive, hvor sagen står, så den kan gå tilbage."),
        "decided": _("%(giving)s skal sende sagen til %(taking)s."),
        "offered": _("%(taking)s skal tage imod. %(giving)s har ansvaret, til det er sket."),
        "accepted": _("Intet mangler. Ansvaret går tilbage %(day)s."),
    }.get(place.state, "")
    return said % (units | {"day": _day(on)}) if said else ""


def _day(on: date | None) -> str:
    return date_format(on, "DATE_FORMAT") if on else ""
