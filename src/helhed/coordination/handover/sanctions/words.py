"""Words for sanctions and complaints: states, steps, who is waited for, what a side is told, and one sentence on what is missing;
lazily, in the reader's language."""

from collections.abc import Collection, Iterable
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from helhed.coordination.handover.sanctions.models import Sanction
from helhed.coordination.handover.sanctions.turns import waits_for

STATES: dict[str, Promise] = {
    "draft": _("Udkast"),
    "decided": _("Besluttet"),
    "received": _("Modtaget"),
    "calculated": _("Beregnet"),
    "heard": _("I høring"),
    "effected": _("Gennemført"),
    "annulled": _("Annulleret"),
    "withdrawn": _("Trukket tilbage"),
    "reversed": _("Ændret, skal betales tilbage"),
    "repaid": _("Betalt tilbage"),
}
STEPS: dict[str, Promise] = {
    "drafted": _("Udkastet er skrevet"),
    "revised": _("Udkastet er ændret"),
    "decided": _("Sanktionen er besluttet"),
    "withdrawn": _("Sanktionen er trukket tilbage"),
    "received": _("Ydelsesservice har modtaget den"),
    "calculated": _("Beløbet er beregnet"),
    "heard": _("Borgeren er spurgt"),
    "answered": _("Borgeren har svaret"),
    "upheld": _("Afgørelsen er fastholdt efter svaret"),
    "annulled": _("Afgørelsen er annulleret"),
    "effected": _("Der er trukket i ydelsen"),
    "reversed": _("Sanktionen er ændret, og pengene skal betales tilbage"),
    "repaid": _("Pengene er betalt tilbage"),
    "complained": _("Borgeren har klaget"),
    "kept": _("Afgørelsen er fastholdt efter klagen"),
    "partly": _("Borgeren har fået ret i en del af klagen"),
    "agreed": _("Borgeren har fået ret i klagen"),
    "sent": _("Klagen er sendt til Ankestyrelsen"),
    "confirmed": _("Ankestyrelsen er enig i afgørelsen"),
    "changed": _("Ankestyrelsen har ændret afgørelsen"),
    "dismissed": _("Ankestyrelsen tager ikke klagen op"),
    "returned": _("Ankestyrelsen har sendt sagen tilbage til ny afgørelse"),
    "taken-back": _("Klagen er trukket tilbage"),
}
OWN_STEPS: dict[str, Promise] = {
    "complained": _("Du klagede"),
    "kept": _("Vi holdt fast i beslutningen"),
    "partly": _("Vi gav dig ret i en del"),
    "agreed": _("Vi gav dig ret"),
    "sent": _("Vi sendte klagen til Ankestyrelsen"),
    "confirmed": _("Ankestyrelsen var enig med os"),
    "changed": _("Ankestyrelsen ændrede beslutningen"),
    "dismissed": _("Ankestyrelsen tog ikke klagen op"),
    "returned": _("Ankestyrelsen bad os se på sagen igen"),
    "taken-back": _("Du tog klagen tilbage"),
}
"""The steps of a complaint as the citizen reads them."""
FOR_YOU: dict[str, Promise] = {
    "complained": _("%(name)s klagede for dig"),
    "taken-back": _("%(name)s tog klagen tilbage for dig"),
}
COMPLAINTS: dict[str, Promise] = {
    "received": _("Klage, der skal ses på"),
    "kept": _("Klage, der skal sendes til Ankestyrelsen"),
    "sent": _("Klage hos Ankestyrelsen"),
    "returned": _("Klage sendt tilbage af Ankestyrelsen"),
    "agreed": _("Borgeren fik ret"),
    "confirmed": _("Ankestyrelsen var enig i afgørelsen"),
    "changed": _("Ankestyrelsen ændrede afgørelsen"),
    "dismissed": _("Ankestyrelsen tog ikke klagen op"),
    "rekept": _("Afgjort igen og fastholdt"),
    "taken-back": _("Trukket tilbage"),
}
TOLD: dict[str, Promise] = {
    "decided": _("En sanktion er besluttet og skal modtages."),
    "withdrawn": _("En sanktion er trukket tilbage. I skal ikke gøre mere ved den."),
    "answered": _(
        "Borgeren har svaret på en høring. Svaret skal læses, og afgørelsen fastholdes eller annulleres."
    ),
    "upheld": _("En afgørelse er fastholdt efter borgerens svar. Nu kan der trækkes i ydelsen."),
    "annulled": _("En sanktion er annulleret. Der skal ikke trækkes noget."),
    "effected": _("Der er trukket i ydelsen efter jeres afgørelse."),
    "reversed": _("En sanktion er ændret. Pengene skal betales tilbage."),
    "repaid": _("Pengene er betalt tilbage efter jeres afgørelse."),
    "complained": _("Borgeren har klaget over en sanktion. I skal se på den igen inden fire uger."),
    "taken-back": _("En klage over en sanktion er trukket tilbage."),
    "overdue": _("En sanktion er over fristen, og det er jer, den venter på."),
}
WAITS: dict[str, Promise] = {
    "decides": _("Besluttende enhed"),
    "carries_out": _("Ydelsesservice"),
    "citizen": _("Borgeren"),
    "board": _("Ankestyrelsen"),
    "": _("Ingen"),
}
MISSING: dict[tuple[str, str], Promise] = {
    ("draft", "decides"): _("Udkastet skal besluttes eller trækkes tilbage."),
    ("decided", "carries_out"): _("Ydelsesservice skal modtage afgørelsen."),
    ("received", "carries_out"): _("Ydelsesservice skal regne beløbet ud."),
    ("calculated", "carries_out"): _("Borgeren skal høres, før der trækkes."),
    ("heard", "citizen"): _("Borgeren har tid til at svare."),
    ("heard", "decides"): _("Borgeren har svaret. Den besluttende enhed skal fastholde eller annullere."),
    ("heard", "carries_out"): _("Borgeren er hørt. Ydelsesservice kan trække i ydelsen."),
    ("reversed", "carries_out"): _("Sanktionen er ændret. Ydelsesservice skal betale pengene tilbage."),
}
YOUR_TURN: dict[tuple[str, str], Promise] = {
    ("draft", "decides"): _("I skal beslutte udkastet eller trække det tilbage."),
    ("decided", "carries_out"): _("I skal modtage afgørelsen."),
    ("received", "carries_out"): _("I skal regne beløbet ud."),
    ("calculated", "carries_out"): _("I skal høre borgeren, før der trækkes."),
    ("heard", "decides"): _("Borgeren har svaret. I skal fastholde eller annullere."),
    ("heard", "carries_out"): _("Borgeren er hørt. I kan trække i ydelsen."),
    ("reversed", "carries_out"): _("Sanktionen er ændret. I skal betale pengene tilbage."),
}
"""The same, said to the side whose turn it is."""
OF_COMPLAINT: dict[str, Promise] = {
    "received": _("Borgeren har klaget. Den besluttende enhed skal se på sagen igen."),
    "kept": _("Klagen skal sendes til Ankestyrelsen."),
    "sent": _("Klagen ligger hos Ankestyrelsen."),
    "returned": _("Ankestyrelsen vil have, at den besluttende enhed afgør sagen igen."),
}
YOUR_COMPLAINT: dict[str, Promise] = {
    "received": _("Borgeren har klaget. I skal se på sagen igen."),
    "kept": _("I skal sende klagen til Ankestyrelsen."),
    "returned": _("Ankestyrelsen vil have, at I afgør sagen igen."),
}
YOU = _("Jer")


def missing(row: Sanction, today: date, sides: Collection[str]) -> str:
    """One sentence on what is missing now, for a reader of these sides; "" where nothing is."""
    turn = waits_for(row, today)
    said = YOUR_TURN if turn in sides else MISSING
    return str(said.get((row.state, turn), ""))


def missing_of_complaint(row: Sanction, sides: Collection[str]) -> str:
    """One sentence on what the open complaint waits for, for a reader of these sides; "" without one."""
    said = OF_COMPLAINT | YOUR_COMPLAINT if "decides" in sides else OF_COMPLAINT
    return str(said.get(row.complaint, ""))


def waited_for(turns: Iterable[str], sides: Collection[str]) -> str:
    """Who is waited for, in words: "Jer" where it is the reader's own side."""
    return ", ".join(dict.fromkeys(str(YOU if turn in sides else WAITS[turn]) for turn in turns))
