"""What the codes of a hand-over are called, in the active language."""

import re

from django.utils.translation import gettext as _

from helhed.law import Catalogue, catalogue
from helhed.rules.sentences import Label

SYSTEM = "system"
NUMBERED = re.compile(r" (\d+)$")


def state_label(state: str, direction: str, reason: str = "") -> str:
    """Where a chain stands."""
    if direction == "back":
        return {
            "proposed": _("Mangler overleveringsnotat"),
            "decided": _("Klar til at blive sendt tilbage"),
            "offered": _("Venter på, at BIF tager imod"),
            "accepted": _("Modtaget, går tilbage på dagen"),
            "effective": _("Gået tilbage"),
            "cancelled": _("Opgivet"),
            "lapsed": _("Bortfaldet"),
        }.get(state, state)
    if state == "refused":
        return {
            "maalgruppe": _("Sendt retur: passer ikke til målgruppen"),
            "oplysninger": _("Sendt retur: oplysninger mangler"),
            "kapacitet": _("Sendt retur: ingen plads nu"),
        }.get(reason, _("Sendt retur"))
    return {
        "proposed": _("Skal vurderes"),
        "assessed": _("Klar til at spørge borgeren"),
        "asked": _("Venter på borgerens svar"),
        "consented": _("Borgeren har sagt ja"),
        "decided": _("Afgjort, ikke sendt videre"),
        "offered": _("Venter på modtagelse"),
        "accepted": _("Modtaget, flytter på dagen"),
        "effective": _("Flyttet"),
        "exempted": _("Undtaget"),
        "declined": _("Borgeren har sagt nej"),
        "lapsed": _("Bortfaldet"),
        "cancelled": _("Opgivet"),
    }.get(state, state)


def step_label(kind: str, direction: str) -> str:
    """A step, as the thing that is done or waited for."""
    if direction == "back" and kind in ("proposed", "noted", "offered", "accepted", "effective"):
        return {
            "proposed": _("Tilbageførsel åbnet"),
            "noted": _("Overleveringsnotat"),
            "offered": _("Sendt til BIF"),
            "accepted": _("Modtaget"),
            "effective": _("Gået tilbage"),
        }[kind]
    return {
        "proposed": _("Foreslået"),
        "assessed-bif": _("Vurderet af BIF"),
        "assessed-sof": _("Vurderet af SOF"),
        "assessed": _("Begge har vurderet"),
        "asked": _("Borgeren spurgt"),
        "consented": _("Ja fra borgeren"),
        "declined": _("Nej fra borgeren"),
        "decided": _("Afgjort"),
        "offered": _("Sendt til modtageren"),
        "accepted": _("Modtaget"),
        "refused": _("Sendt retur"),
        "answered": _("Besvaret"),
        "effective": _("Flyttet"),
        "exempted": _("Undtaget"),
        "lapsed": _("Bortfaldet"),
        "cancelled": _("Opgivet"),
        "escalated": _("Frist overskredet, lederne har fået besked"),
        "noted": _("Overleveringsnotat"),
        "redirected": _("Sendt til en anden enhed"),
    }[kind]


def step_now(kind: str, direction: str, state: str) -> str:
    """The step that is waited for now, as what is to be done. `state`: where the chain stands."""
    if direction == "back":
        return {
            "noted": _("Overleveringsnotat mangler"),
            "accepted": _("Skal modtages"),
            "effective": _("Går tilbage"),
        }[kind]
    if state == "refused":
        return _("Sendt retur, skal besvares")
    return {
        "assessed": _("Skal vurderes"),
        "asked": _("Borgeren skal spørges"),
        "consented": _("Borgeren skal svare"),
        "decided": _("Skal afgøres"),
        "accepted": _("Skal modtages"),
        "effective": _("Flytter"),
    }[kind]


def step_later(kind: str, direction: str) -> str:
    """A step that has not come yet, as what will be done."""
    if direction == "back":
        return {
            "noted": _("Overleveringsnotat"),
            "accepted": _("Modtagelse"),
            "effective": _("Ansvaret går tilbage"),
        }[kind]
    return {
        "assessed": _("Vurdering"),
        "asked": _("Spørgsmål til borgeren"),
        "consented": _("Borgerens svar"),
        "decided": _("Afgørelse"),
        "accepted": _("Modtagelse"),
        "effective": _("Ansvaret flytter"),
    }[kind]


def cause_label(cause: str) -> str:
    """Why a citizen goes back."""
    return {
        "criteria": _("Borgeren er i målgruppen"),
        "consent": _("Borgeren har trukket samtykket tilbage, eller det er udløbet"),
        "lapsed": _("Borgeren er ikke længere i målgruppen"),
        "progression": _("Borgeren er nået så langt, at sagen hører hjemme i BIF"),
        "death": _("Borgeren er død"),
        "moved-away": _("Borgeren er flyttet fra kommunen"),
        "request": _("Borgeren har bedt om det"),
        "end-of-model": _("Modellen bruges ikke længere"),
    }.get(cause, cause)


def reason_label(reason: str, language: str) -> str:
    """The code of a step: an exemption of the catalogue, why it was refused, cancelled or done by rule."""
    known = {
        "maalgruppe": _("Passer ikke til målgruppen"),
        "oplysninger": _("Oplysninger mangler"),
        "kapacitet": _("Ingen plads nu"),
        "no-need": _("Intet fortsat behov for en indsats fra SOF"),
        "frist": _("Af sig selv, fordi fristen er gået"),
        "fejl": _("Foreslået ved en fejl"),
        "oenske": _("Borgeren ønsker det ikke"),
        "andet-forloeb": _("Et andet forløb er valgt"),
        "aftale": _("Aftalt mellem enhederne"),
        "flyttet": _("Borgeren er flyttet fra kommunen"),
        "doed": _("Borgeren er død"),
        "andet": _("Andet"),
        "expired": _("Borgeren svarede ikke inden fristen"),
        "renewed": _("Samtykket er fornyet"),
        "criteria-again": _("Borgeren er i målgruppen igen"),
        "consent-again": _("Borgeren har givet samtykke igen"),
        "merged": _("Borgeren var kendt under to numre"),
        "still-acting": _("Borgeren er flyttet, og København handler stadig"),
        "corrected": _("Folkeregistret er rettet: Borgeren er ikke død eller flyttet"),
    } | {cause: cause_label(cause) for cause in CAUSES}
    if reason in known:
        return known[reason]
    return catalogue().label("exemptions", reason, language) if reason in catalogue().exemptions else reason


CAUSES = ("consent", "lapsed", "progression", "death", "moved-away", "request", "end-of-model")


def naming(book: Catalogue) -> Label:
    """How the words for the codes of a rule are found in a catalogue; a unit as people call it."""

    def label(kind: str, code: str, language: str) -> str:
        return short_unit(code, language) if kind == "unit" else book.label(kind, code, language)

    return label


def short_unit(unit: str, language: str) -> str:
    """A unit's name without what the catalogue adds to say where a name comes from."""
    return NUMBERED.sub("\N{NO-BREAK SPACE}\\1", catalogue().called(unit, language))


def model_label(model: str, language: str) -> str:
    """What a model is called."""
    return catalogue().label("groups", model, language)


def ground_label(ground: str, language: str) -> str:
    """A legal ground of the catalogue."""
    return (
        catalogue().label("legal_grounds", ground, language)
        if ground in catalogue().legal_grounds
        else ground
    )


def part_label(part: str, language: str) -> str:
    """One of the four responsibilities."""
    return catalogue().label("responsibilities", part, language)


def held_on(ground: str) -> str:
    """Why a unit holds a part."""
    return {
        "lov": _("Efter loven"),
        "fagsystem": _("Sagen blev flyttet i fagsystemet"),
        "ressortflyt": _("Overdragelse"),
        "tilbagefoersel": _("Tilbageførsel"),
        "omorganisering": _("Omlægning af enheder"),
        "sammenlagt": _("Samlet under ét nummer"),
    }[ground]
