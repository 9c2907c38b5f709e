"""Words for the lines of the log, as the citizen reads them: who, what was done, why, and which kinds of information."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helhed.sharing.consent.categories import CATEGORIES, category_label

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
    "consent-asked": gettext_lazy("Spurgte om dit samtykke"),
    "consent-drafted": gettext_lazy("Gjorde et spørgsmål om samtykke klar"),
    "consents-seen": gettext_lazy("Så dine samtykker"),
    "consent-sent": gettext_lazy("Sendte spørgsmålet til Digitalt Samtykke"),
    "confirm-list": gettext_lazy("Så dit svar for at bekræfte det"),
    "consent-given": gettext_lazy("Sagde ja til et samtykke"),
    "consent-refused": gettext_lazy("Sagde nej til et samtykke"),
    "consent-withdrawn": gettext_lazy("Trak et samtykke tilbage"),
    "consent-recorded": gettext_lazy("Skrev dit svar på et samtykke ned"),
    "consent-not-confirmed": gettext_lazy("Bekræftede ikke et svar, en kollega havde skrevet ned"),
    "consent-paper": gettext_lazy("Lagde dit underskrevne svar ind"),
    "consent-expired": gettext_lazy("Afsluttede et samtykke, der var udløbet"),
    "form-printed": gettext_lazy("Udskrev et spørgsmål om samtykke til dig"),
    "scan-fetched": gettext_lazy("Så dit underskrevne papir"),
    "receipt-fetched": gettext_lazy("Hentede en kvittering"),
    "shared-seen": gettext_lazy("Så, hvad der deles om dig"),
    "mandates-seen": gettext_lazy("Så dine fuldmagter"),
    "mandate-used": gettext_lazy("Åbnede dine sider med din fuldmagt"),
    "mandate-offered": gettext_lazy("Gav en fuldmagt"),
    "mandate-recorded": gettext_lazy("Skrev en fuldmagt ind fra papir"),
    "mandate-confirmed": gettext_lazy("Bekræftede en fuldmagt fra papir"),
    "mandate-refused": gettext_lazy("Bekræftede ikke en fuldmagt fra papir"),
    "mandate-accepted": gettext_lazy("Tog imod din fuldmagt"),
    "mandate-revoked": gettext_lazy("Tilbagekaldte en fuldmagt"),
    "mandate-expired": gettext_lazy("Afsluttede en fuldmagt, der var udløbet"),
    "handover-still-acting": gettext_lazy("Skrev, at København stadig hjælper dig, selv om du er flyttet"),
    "mandate-ended-by-death": gettext_lazy(
        "Afsluttede en fuldmagt, fordi den, der gav den eller har den, er registreret som død"
    ),
    "mandate-stands-again": gettext_lazy(
        "Lod en fuldmagt gælde igen, fordi registreringen af et dødsfald var en fejl"
    ),
    "tasks-seen": gettext_lazy("Så, hvad der skal gøres i din sag"),
    "task-written": gettext_lazy("Skrev en opgave i din sag"),
    "task-done": gettext_lazy("Løste en opgave i din sag"),
    "task-cancelled": gettext_lazy("Opgav en opgave i din sag"),
    "sanctions-seen": gettext_lazy("Så sanktioner i din sag"),
    "sanction-drafted": gettext_lazy("Skrev et udkast til en sanktion"),
    "sanction-revised": gettext_lazy("Rettede et udkast til en sanktion"),
    "sanction-decided": gettext_lazy("Besluttede en sanktion, som du bliver hørt om"),
    "sanction-withdrawn": gettext_lazy("Trak en sanktion tilbage"),
    "sanction-received": gettext_lazy("Modtog en sanktion for at regne den ud"),
    "sanction-calculated": gettext_lazy("Regnede ud, hvad en sanktion betyder for din ydelse"),
    "sanction-heard": gettext_lazy("Spurgte dig, før din ydelse blev sat ned"),
    "sanction-answered": gettext_lazy("Skrev dit svar om en sanktion ned"),
    "sanction-upheld": gettext_lazy("Holdt fast i en sanktion efter dit svar"),
    "sanction-annulled": gettext_lazy("Annullerede en sanktion"),
    "sanction-effected": gettext_lazy("Satte din ydelse ned"),
    "sanction-reversed": gettext_lazy("Ændrede en sanktion, så du får penge tilbage"),
    "sanction-repaid": gettext_lazy("Betalte dig penge tilbage efter en sanktion"),
    "sanction-overdue": gettext_lazy("Mindede en enhed om en frist i din sag"),
    "complaint-received": gettext_lazy("Skrev en klage over en sanktion ned"),
    "complaint-kept": gettext_lazy("Så på din klage og holdt fast"),
    "complaint-partly": gettext_lazy("Gav dig ret i en del af din klage"),
    "complaint-agreed": gettext_lazy("Gav dig ret i din klage"),
    "complaint-sent": gettext_lazy("Sendte din klage til Ankestyrelsen"),
    "complaint-answered": gettext_lazy("Skrev ned, hvad Ankestyrelsen svarede på din klage"),
    "complaint-taken-back": gettext_lazy("Tog klagen over en sanktion tilbage"),
    "contact-reveal": gettext_lazy("Så din beskyttede adresse"),
    "identity-compared": gettext_lazy("Så, hvem du er, fordi du er ny i helhed"),
    "identity-released": gettext_lazy("Frigav dine oplysninger til deling"),
    "identity-kept": gettext_lazy("Lod dine oplysninger vente med at blive delt"),
    "emergency-find": gettext_lazy("Fandt dig i en nødsituation"),
    "emergency-open": gettext_lazy("Åbnede dine oplysninger i en nødsituation"),
    "emergency-close": gettext_lazy("Lukkede dine oplysninger igen efter en nødsituation"),
    "emergency-justified": gettext_lazy("Så på en nødadgang til dig og fandt den nødvendig"),
    "emergency-not-justified": gettext_lazy("Så på en nødadgang til dig og fandt den unødvendig"),
    "watch-on": gettext_lazy("Satte ekstra tilsyn på opslag på dig"),
    "watch-off": gettext_lazy("Tog ekstra tilsyn på opslag på dig af"),
    "shield": gettext_lazy("Gav dig særlig beskyttelse: kun få medarbejdere kan se dig"),
    "unshield": gettext_lazy("Ophævede din særlige beskyttelse"),
    "letter-written": gettext_lazy("Skrev et brev til dig"),
    "letter-withheld": gettext_lazy("Skrev ikke et brev, fordi folkeregistret siger, at modtageren er død"),
    "letters-seen": gettext_lazy("Så dine breve"),
    "letter-read": gettext_lazy("Åbnede et brev første gang"),
    "letter-printed": gettext_lazy("Udskrev et brev til dig"),
    "letter-sent": gettext_lazy("Sendte et brev til dig på papir"),
    "letter-not-sent": gettext_lazy("Rettede, at et brev til dig var sendt"),
    "handover-account": gettext_lazy("Gjorde rede for en overdragelse af din sag"),
    "handover-account-facts": gettext_lazy("Så de oplysninger, en overdragelse af din sag hviler på"),
    "handover-account-whole": gettext_lazy(
        "Så alle de oplysninger, der lå ved en overdragelse af din sag, også dem, der ikke afgjorde noget"
    ),
    "handover-account-find": gettext_lazy("Fandt overdragelserne af din sag"),
    "handover-retried": gettext_lazy("Efterprøvede en overdragelse af din sag"),
    "handover-own-seen": gettext_lazy("Så, hvem der har din sag"),
    "handover-back-asked": gettext_lazy("Bad om at få din sag tilbage"),
    "ledger-move": gettext_lazy("Flyttede ansvaret for din sag"),
    "ledger-take-on": gettext_lazy("Satte en medarbejder på din sag"),
    "ledger-let-go": gettext_lazy("Tog en medarbejder af din sag"),
    "ledger-offer": gettext_lazy("Tilbød en enhed at tage over"),
    "ledger-close-offer": gettext_lazy("Lukkede et tilbud til en enhed"),
    "sample-judged": gettext_lazy("Så efter, om et opslag på dig var nødvendigt"),
    "entrance-seen": gettext_lazy("Så din tilknytning til en fælles indgang"),
    "entrance-met": gettext_lazy("Fandt dig frem ved en fælles indgang"),
    "entrance-yes": gettext_lazy("Skrev ned, at du siger ja til en fælles indgang"),
    "entrance-no": gettext_lazy("Skrev ned, at du siger nej tak til en fælles indgang"),
    "entrance-left": gettext_lazy("Afsluttede din tilknytning til en fælles indgang"),
    "entrance-expected": gettext_lazy("Aftalte en tid ved en fælles indgang"),
    "entrance-not-expected": gettext_lazy("Aflyste en tid ved en fælles indgang"),
    "entrance-came": gettext_lazy("Noterede, at du kom til en fælles indgang"),
    "entrance-served": gettext_lazy("Noterede, at I talte sammen ved en fælles indgang"),
    "entrance-went": gettext_lazy("Noterede, at du gik fra en fælles indgang"),
    "handover-assess": gettext_lazy("Vurderede, om din sag skal flytte"),
    "handover-ask": gettext_lazy("Spurgte, om din sag må flytte"),
    "handover-hear": gettext_lazy("Noterede dit svar om at flytte din sag"),
    "handover-decide": gettext_lazy("Besluttede, at din sag flytter"),
    "handover-accept": gettext_lazy("Tog imod din sag"),
    "handover-refuse": gettext_lazy("Sendte overdragelsen af din sag retur"),
    "handover-answer": gettext_lazy("Svarede på, at din sag kom retur"),
    "handover-cancel": gettext_lazy("Opgav at flytte din sag"),
    "handover-merged": gettext_lazy("Samlede det, der lå under to numre"),
    "handover-parted": gettext_lazy("Skilte det ad igen, der lå under to numre"),
    "ledger-merged": gettext_lazy("Samlede ansvaret for din sag under ét nummer"),
    "ledger-parted": gettext_lazy("Skilte ansvaret for din sag ad igen"),
    "handover-lapse": gettext_lazy("Afsluttede en flytning af din sag, der ikke længere kunne ske"),
    "handover-effective": gettext_lazy("Flyttede din sag"),
    "handover-not-effective": gettext_lazy("Lod være med at flytte din sag"),
    "handover-overdue": gettext_lazy("Gav lederne besked om, at din sag har ventet for længe"),
    "handover-seen": gettext_lazy("Så overdragelsen af din sag"),
    "handovers-acted": gettext_lazy("Gjorde noget ved overdragelsen af din sag"),
    "handovers-listed": gettext_lazy("Så dit navn på listen over overdragelser"),
    "messages-listed": gettext_lazy("Så dit navn på listen over beskeder til enheden"),
    "return-open": gettext_lazy("Begyndte at føre din sag tilbage"),
    "return-noted": gettext_lazy("Skrev et notat, så din sag kan gå tilbage"),
    "return-redirected": gettext_lazy("Sendte din sag videre til en anden enhed"),
    "return-by-rule": gettext_lazy("Førte din sag tilbage, fordi fristen var gået"),
    "return-cause": gettext_lazy("Noterede en grund til at føre din sag tilbage"),
    "return-cause-gone": gettext_lazy(
        "Fjernede en grund til at føre din sag tilbage: Den passer ikke længere"
    ),
    "recognise": gettext_lazy("Genkendte dig, da du loggede ind"),
    "ledger-seen": gettext_lazy("Så, hvem der har haft ansvaret for din sag"),
}
OWN_ACTIONS: dict[str, Promise] = {
    "consent-asked": gettext_lazy("Gik i gang med et samtykke"),
    "sanction-answered": gettext_lazy("Svarede, før ydelsen blev sat ned"),
    "entrance-seen": gettext_lazy("Så siden om din fælles indgang"),
    "entrance-yes": gettext_lazy("Sagde ja til en fælles indgang"),
    "entrance-no": gettext_lazy("Sagde nej tak til en fælles indgang"),
    "entrance-left": gettext_lazy("Holdt op med at bruge en fælles indgang"),
}
"""Where it was the citizen, another word fits better."""
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
    "handover": gettext_lazy("Flytning af din sag"),
    "mandate": gettext_lazy("Fuldmagter"),
    "log": gettext_lazy("Hvem der har set oplysningerne"),
    "task": gettext_lazy("Opgaver"),
    "sanction": gettext_lazy("Sanktioner"),
    "letter": gettext_lazy("Breve"),
    "rejected": gettext_lazy("Rækker, der blev afvist"),
}


def role_label(role: str) -> str:
    """Who looked, as the citizen reads it."""
    return str(ROLES.get(role) or _("En medarbejder"))


def action_label(action: str, *, own: bool = False) -> str:
    """What was done; an act without words of its own stands as it is."""
    return str((own and OWN_ACTIONS.get(action)) or ACTIONS.get(action, action))


def purpose_label(purpose: str) -> str:
    """Why, in plain words."""
    return str(PURPOSES.get(purpose, purpose))


def field_label(field: str) -> str:
    """A category of information."""
    known = FIELDS.get(field)
    if known is not None:
        return str(known)
    return category_label(field) if field in CATEGORIES else field
