"""Words for sanctions: states, steps, who is waited for, and one sentence on what is missing; lazily, in the reader's language."""

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
}
WAITS: dict[str, Promise] = {
    "decides": _("Besluttende enhed"),
    "carries_out": _("Ydelsesservice"),
    "citizen": _("Borgeren"),
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
}


def missing(row: Sanction, today: date) -> str:
    """One sentence on what is missing now; "" where nothing is."""
    return str(MISSING.get((row.state, waits_for(row, today)), ""))
