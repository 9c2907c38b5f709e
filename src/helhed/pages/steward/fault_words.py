"""Why rows of a file were rejected, counted together: the reasons without any row's own value."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FAULTS: dict[str, Promise] = {
    "fields": _("har ikke lige så mange felter som overskriften"),
    "empty-key": _("nøglen er tom"),
    "key-twice": _("nøglen står allerede i en tidligere linje"),
    "long": _("værdien er for lang"),
    "empty": _("feltet er tomt"),
    "date": _("ikke en dato, som kilden skriver datoer"),
    "order": _("slutter, før den begynder"),
    "number": _("ikke et CPR-nummer eller erstatningsnummer"),
    "amount": _("ikke et beløb"),
    "address": _("ikke en adresse"),
    "phone": _("ikke et telefonnummer"),
    "flag": _("ikke et af kildens ord for ja og nej"),
    "mark": _("ikke en kendt ændring"),
    "code": _("et navn, kildens beskrivelse ikke kender"),
    "unit": _("en enhed, kildens beskrivelse ikke kender"),
    "person": _("personen er hverken i personfilen eller i registeret"),
    "itself": _("forælder og barn er samme person"),
    "not-there": _("skal slettes, men har aldrig været leveret"),
}
