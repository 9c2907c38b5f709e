"""The permissions in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PERMISSION_WORDS: dict[str, Promise] = {
    "citizen.look": _("Se en borgers side, så langt lov og samtykke rækker"),
    "citizen.find": _("Finde en borger på navn eller nummer i egen forvaltning"),
    "citizen.own": _("Se sin egen side, og hvem der har set den"),
    "mapping.see": _("Se kortlægningen af de fælles borgere, som tal"),
    "law.see": _("Læse kataloget over ydelser, indsatser, enheder og målgrupper"),
    "workshop.draw": _(
        "Tegne udkast til målgrupper, se hvad de ville betyde, dele dem og sende dem til godkendelse"
    ),
    "workshop.see": _("Se delte og sendte udkast, og hvad de ville betyde, som tal"),
    "workshop.approve": _("Godkende eller afvise et udkast, som en anden har tegnet og sendt"),
    "workshop.test": _("Læse delte udkast og prøve et på en borger, hvis side man må se"),
    "advis.see": _("Se og kvittere for advis til egen enhed"),
    "delivery.see": _("Se, hvad fagsystemerne har leveret, og hvad der blev afvist"),
    "delivery.act": _("Levere en fil, bekræfte eller afvise en leverance, der venter"),
    "audit.see": _("Læse loggen over opslag og handlinger"),
}
