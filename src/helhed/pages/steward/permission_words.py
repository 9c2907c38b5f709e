"""The permissions in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PERMISSION_WORDS: dict[str, Promise] = {
    "citizen.look": _("Se en borgers side, så langt lov og samtykke rækker"),
    "citizen.find": _("Finde en borger på navn eller nummer i egen forvaltning"),
    "citizen.own": _(
        "Se sin egen side, og hvem der har set den, bestemme over sit samtykke og give fuldmagt"
    ),
    "citizen.represent": _("Handle for en borger inden for en fuldmagt"),
    "consent.record": _(
        "Bede en borger om samtykke og skrive et svar ned, der er givet mundtligt eller på papir"
    ),
    "consent.confirm": _(
        "Bekræfte som den anden person, at borgeren svarede, som en kollega har skrevet ned"
    ),
    "emergency.open": _("Åbne en borgers oplysninger i en nødsituation, med en grund, i tre timer"),
    "emergency.review": _("Se enhedens nødadgange efter bagefter"),
    "address.reveal": _("Vise en beskyttet adresse, med en grund"),
    "identity.review": _(
        "Se borgere, som helhed lige har fået, og frigive dem til deling, når identiteten er klar"
    ),
    "sample.draw": _("Udtrække månedens stikprøve af opslag og se, hvordan den blev vurderet"),
    "sample.judge": _("Vurdere, om opslagene i enhedens stikprøve var nødvendige for arbejdet"),
    "watch.keep": _("Føre listen over personer, hvis opslag altid kommer i stikprøven"),
    "shield.keep": _("Sætte borgere under særlig beskyttelse og ophæve den, med en grund"),
    "handover.work": _(
        "Arbejde med enhedens overdragelser: vurdere, bede om samtykke, beslutte, modtage, føre tilbage"
    ),
    "handover.lead": _(
        "Modtage for en enhed, der lader en overdragelse ligge, og se, hvor ofte borgere bliver flyttet"
    ),
    "handover.account": _(
        "Se for enhver overdragelse, hvem der besluttede hvad, på hvilke oplysninger og hvilket grundlag, og træffe afgørelsen igen"
    ),
    "model.adopt": _(
        "Foreslå, at en model tages i brug fra en dag, og godkende eller afvise det, en anden har foreslået"
    ),
    "reorganisation.carry": _(
        "Foreslå, at enheder lægges om på en dag, se, hvad der flytter, og godkende det, en anden har foreslået"
    ),
    "sanction.work": _(
        "Afgøre en sanktion, hvor enheden har sagsbehandlingen, eller gennemføre den, hvor enheden har ydelsen"
    ),
    "entrance.keep": _("Holde en fælles indgang: sted, åbningstider, teams og udgående dage"),
    "entrance.receive": _("Tage imod borgere i en fælles indgang, som enheden er med i"),
    "letter.print": _("Skrive breve ud og sende dem til borgere, der får dem på papir"),
    "policy.see": _("Læse delingsreglerne: hvem ser hvad, til hvilket formål og på hvilket grundlag"),
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
    "audit.see": _("Læse loggen over opslag og handlinger og efterprøve, at den er hel"),
}
