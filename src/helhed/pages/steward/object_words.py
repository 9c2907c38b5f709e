"""What a line of the log was about, in words. The log itself keeps short texts, sealed as they were written; here each form of
such a text has its sentence, and each of its parts its word."""

import re
from collections.abc import Callable
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from helhed.coordination.handover.work import words as chains
from helhed.law import catalogue
from helhed.pages.steward.log_words import ground_word
from helhed.pages.words import reader_language, role_name, unit_name

KINDS: dict[str, Promise] = {
    "adoption": _("model i brug"),
    "appointment": _("aftale ved en fælles indgang"),
    "attachment": _("tilknytning til en fælles indgang"),
    "chain": _("overdragelse"),
    "consent": _("samtykke"),
    "delivery": _("leverance"),
    "draft": _("udkast"),
    "emergency": _("nødadgang"),
    "entrance": _("fælles indgang"),
    "file": _("fil i en leverance"),
    "item": _("nedskrevet svar eller fuldmagt"),
    "letter": _("brev"),
    "line": _("linje i loggen"),
    "log-in": _("log-ind"),
    "look": _("opslag i en stikprøve"),
    "mandate": _("fuldmagt"),
    "merge": _("sammenlægning"),
    "message": _("besked til en enhed"),
    "notice": _("advis"),
    "outreach": _("sted, en fælles indgang kommer ud til"),
    "person": _("borger"),
    "receipt": _("kvittering"),
    "sample": _("stikprøve"),
    "sanction": _("sanktion"),
    "shield": _("særlig beskyttelse"),
    "task": _("opgave"),
    "team": _("hold ved en fælles indgang"),
    "visit": _("besøg ved en fælles indgang"),
    "watch": _("ekstra tilsyn"),
}
"""What the log calls a thing that has a number."""
WORDS: dict[str, Promise] = {
    "received": _("modtaget"),
    "held": _("holdt tilbage"),
    "refused": _("afvist"),
    "failed": _("mislykket"),
    "shared": _("delt"),
    "not shared": _("ikke delt"),
    "trial": _("forsøg"),
    "in_force": _("gældende"),
    "yes": _("ja"),
    "no": _("nej"),
    "unclear": _("uklart"),
    "tasks": _("opgaver"),
    "sanctions": _("sanktioner"),
    "people": _("hele registret"),
    "time": _("tiden var gået"),
    "one": _("ét"),
    "over": _("overdragelse"),
    "back": _("tilbageførsel"),
    "bif": _("BIF"),
    "sof": _("SOF"),
    "family": _("hele familien"),
    "portal": _("på borgerens side"),
    "letter": _("med brev"),
    "staff": _("medarbejder"),
    "citizen": _("borger"),
    "password": _("adgangskode"),
    "demo": _("demonstration"),
    "provider": _("fælles log-ind"),
    "on behalf": _("på enhedens vegne"),
    "everyone": _("alle"),
    "counted": _("hele byen er talt"),
    "embargo": _("nye borgere holdes tilbage"),
    "later": _("leverancerne bagefter"),
    "log-ins": _("log-ind"),
    "consents": _("samtykker"),
    "handovers": _("overdragelser"),
    "drafts": _("udkast"),
    "notices": _("advis"),
    "hand-overs back and forth": _("flytninger frem og tilbage"),
}
LETTERS: dict[str, Promise] = {
    "acted-for": _("besked om, at nogen har handlet for borgeren"),
    "complaint-ended": _("svar på en klage"),
    "complaint-received": _("kvittering for en klage"),
    "complaint-sent": _("klage sendt til Ankestyrelsen"),
    "consent-question": _("spørgsmål om samtykke"),
    "question-waits": _("besked om et spørgsmål, der venter"),
    "decision": _("afgørelse om overdragelse"),
    "entrance-ended": _("ikke tilknyttet indgangen mere"),
    "entrance-invited": _("invitation til en fælles indgang"),
    "entrance-welcome": _("velkommen til en fælles indgang"),
    "moved": _("sagen er flyttet"),
    "not-moved": _("sagen flytter ikke"),
    "reorganised": _("ny enhed eller nyt navn"),
    "returned": _("sagen er gået tilbage"),
    "returning": _("sagen går tilbage"),
    "sanction-cancelled": _("ydelsen sættes ikke ned"),
    "sanction-effected": _("ydelsen er sat ned"),
    "sanction-hearing": _("høring om en sanktion"),
    "sanction-repaid": _("pengene er betalt tilbage"),
    "sanction-reversed": _("sanktionen er lavet om"),
}
ID, DAY, UNIT, NAME = (
    r"[0-9a-f]{8}-[0-9a-f-]{27}",
    r"\d{4}-\d\d-\d\d",
    r"(?:bif|sof)(?:/[a-z0-9-]+)*",
    r"[\w.@-]+",
)
FORMS: tuple[tuple[str, Promise], ...] = (
    (rf"(?P<kind>[a-z-]+) (?P<id>{ID}|\d+)", _("%(kind)s %(id)s")),
    (rf"(?P<kind>mandate|consent) (?P<id>{ID})(?::| from) (?P<text>.+)", _("%(kind)s %(id)s: %(text)s")),
    (r"(?P<kind>draft) (?P<n>\d+): (?P<word>shared|not shared)", _("udkast %(n)s: %(word)s")),
    (
        r"(?P<kind>draft) (?P<n>\d+): (?P<text>.+), edition (?P<m>\d+)",
        _("udkast %(n)s: %(text)s, udgave %(m)s"),
    ),
    (
        rf"(?P<kind>draft) (?P<n>\d+): (?P<text>.+) from (?P<day>{DAY})",
        _("udkast %(n)s: %(text)s fra %(day)s"),
    ),
    (r"(?P<kind>draft) (?P<n>\d+): (?P<text>.+)", _("udkast %(n)s: %(text)s")),
    (rf"(?P<n>\d+) days to (?P<day>{DAY})", _("%(n)s dage frem til %(day)s")),
    (
        r"recount (?P<n>\d+): (?P<m>\d+) new, (?P<k>\d+) closed",
        _("optælling %(n)s: %(m)s nye og %(k)s afsluttede perioder"),
    ),
    (
        r"recount (?P<n>\d+): (?P<m>\d+) notices, (?P<k>\d+) held back",
        _("optælling %(n)s: %(m)s advis, %(k)s holdt tilbage"),
    ),
    (
        r"recount (?P<n>\d+): (?P<m>\d+) proposed, (?P<k>\d+) lapsed",
        _("optælling %(n)s: %(m)s foreslået, %(k)s bortfaldet"),
    ),
    (rf"(?P<n>\d+) lines of before (?P<day>{DAY})", _("%(n)s linjer fra før %(day)s")),
    (r"delivery (?P<n>\d+) of (?P<text>[\w-]+): (?P<word>\w+)", _("leverance %(n)s fra %(text)s: %(word)s")),
    (r"delivery (?P<n>\d+) of (?P<text>[\w-]+)", _("leverance %(n)s fra %(text)s")),
    (r"delivery (?P<n>\d+), file (?P<text>.+)", _("leverance %(n)s, filen %(text)s")),
    (r"(?P<letter>[a-z-]+): the citizen has died", _("%(letter)s: borgeren er død")),
    (rf"letter (?P<id>{ID}): (?P<letter>[a-z-]+)", _("brev %(id)s: %(letter)s")),
    (
        rf"(?P<letter>[a-z-]+) from (?P<unit>{UNIT}): (?P<n>\d+) letters",
        _("breve fra %(unit)s: %(letter)s (%(n)s)"),
    ),
    (
        rf"(?P<id>{ID}) (?P<word>over|back) (?P<text>\S+)(?: (?P<step>.+?))? #(?P<seal>[0-9a-f]+)",
        _("%(word)s %(id)s efter model %(text)s %(step)s (segl %(seal)s)"),
    ),
    (
        rf"(?P<id>{ID}) (?P<step>[a-z-]+), opens (?P<day>{DAY})",
        _("overdragelse %(id)s: %(step)s, åbner %(day)s"),
    ),
    (rf"(?P<id>{ID}) (?P<step>[a-z-]+)", _("overdragelse %(id)s: %(step)s")),
    (rf"(?P<n>\d+) under (?P<text>\S+) (?P<id>{ID})", _("%(n)s borgere efter model %(text)s (%(id)s)")),
    (r"(?P<n>\d+) hand-overs", _("%(n)s overdragelser")),
    (r"(?P<n>\d+) messages", _("%(n)s beskeder")),
    (r"(?P<n>\d+) notices", _("%(n)s advis")),
    (r"(?P<n>\d+) hits", _("%(n)s fundet")),
    (r"(?P<n>\d+) logins", _("%(n)s log-ind")),
    (rf"entrance (?P<id>{ID}): (?P<n>\d+) citizens", _("fælles indgang %(id)s: %(n)s borgere")),
    (
        rf"entrance (?P<id>{ID}): (?P<n>\d+) leave on (?P<day>{DAY}), (?P<m>\d+) invitations ended",
        _("fælles indgang %(id)s: %(n)s holder op %(day)s, %(m)s invitationer er slut"),
    ),
    (rf"entrance (?P<id>{ID}): (?P<unit>{UNIT})(?: \(\w+\))?", _("fælles indgang %(id)s: %(unit)s")),
    (rf"entrance (?P<id>{ID}): (?P<text>.+)", _("fælles indgang %(id)s: %(text)s")),
    (
        rf"(?P<n>\d+) teams from (?P<unit>{UNIT}) to (?P<other>{UNIT})",
        _("%(n)s hold fra %(unit)s til %(other)s"),
    ),
    (rf"(?P<n>\d+) units on (?P<day>{DAY})", _("%(n)s enheder den %(day)s")),
    (rf"reorganisation on (?P<day>{DAY})", _("omlægning den %(day)s")),
    (rf"(?P<day>{DAY}): \{{?(?P<text>[^}}]*)\}}?", _("omlægning den %(day)s")),
    (
        rf"model (?P<text>\S+) as (?P<word>\w+) from (?P<day>{DAY})",
        _("model %(text)s som %(word)s fra %(day)s"),
    ),
    (rf"model (?P<text>\S+) from (?P<day>{DAY})", _("model %(text)s fra %(day)s")),
    (rf"user (?P<text>{NAME}) as (?P<role>\w+)", _("brugeren %(text)s som %(role)s")),
    (rf"user (?P<text>{NAME})", _("brugeren %(text)s")),
    (r"(?P<n>\d+) other log-ins ended", _("%(n)s andre log-ind lukket")),
    (r"all others: (?P<n>\d+)", _("alle andre: %(n)s")),
    (r"/(?P<text>.*)", _("siden /%(text)s")),
    (
        r"(?P<n>\d+) of (?P<m>\d+) lines, (?P<k>\d+) findings",
        _("%(n)s af %(m)s linjer, %(k)s fejl"),
    ),
    (
        rf"sample (?P<n>\d+): (?P<unit>{UNIT}) (?P<month>\d{{4}}-\d\d), (?P<m>\d+) looks",
        _("stikprøve %(n)s: %(unit)s, %(month)s, %(m)s opslag"),
    ),
    (
        rf"sample (?P<n>\d+): (?P<unit>{UNIT}) (?P<month>\d{{4}}-\d\d)",
        _("stikprøve %(n)s: %(unit)s, %(month)s"),
    ),
    (r"sample (?P<n>\d+), line (?P<m>\d+): (?P<word>.+)", _("stikprøve %(n)s, linje %(m)s: %(word)s")),
    (rf"scan of (?P<id>{ID})", _("scannet papir %(id)s")),
    (r"notice (?P<text>[\w-]+)", _("teksten %(text)s")),
    (r"(?P<n>\d+) cases of (?P<word>everyone|\d+)", _("%(n)s sager for %(word)s")),
    (
        r"(?P<n>\d+) consents begun, (?P<m>\d+) moved, (?P<k>\d+) ended",
        _("%(n)s samtykker begyndt, %(m)s flyttet, %(k)s sluttet"),
    ),
    (
        r"(?P<n>\d+) opened, (?P<m>\d+) moved with the case system",
        _("%(n)s åbnet, %(m)s flyttet med fagsystemet"),
    ),
    (
        rf"(?:(?P<n>\d+) )?(?P<ground>ressortflyt|tilbagefoersel|omorganisering|lov|fagsystem) (?P<id>{ID})",
        _("%(ground)s %(id)s %(n)s"),
    ),
    (rf"(?P<part>[a-z]+ansvar|beskaeftigelsesindsats) (?P<text>{NAME})", _("%(part)s: %(text)s")),
    (rf"(?P<unit>{UNIT}) (?P<id>{ID})", _("%(unit)s, overdragelse %(id)s")),
    (rf"(?P<unit>{UNIT}): (?P<text>.*)", _("%(unit)s: %(text)s")),
    (rf"sizes (?P<day>{DAY})", _("målgruppernes størrelse den %(day)s")),
    (r"curve (?P<text>\S+)", _("udviklingen i %(text)s")),
    (
        rf"movements (?P<text>\S+) (?P<day>{DAY})–(?P<last>{DAY})",
        _("ind og ud af %(text)s, %(day)s–%(last)s"),
    ),
    (
        rf"movements of (?P<n>\d+) groups (?P<day>{DAY})–(?P<last>{DAY})",
        _("ind og ud af %(n)s målgrupper, %(day)s–%(last)s"),
    ),
    (rf"(?P<text>\S+) (?:by|benefit by) (?:[\w' ]+) (?P<day>{DAY})", _("%(text)s fordelt, den %(day)s")),
    (rf"(?:no base|(?P<text>\S+)) (?P<day>{DAY})", _("udkast %(text)s den %(day)s")),
    (rf"(?P<word>staff|citizen|demo|password), (?P<text>{NAME})", _("%(word)s, %(text)s")),
    (r"(?P<word>staff|citizen|demo|password): (?P<text>.*)", _("%(word)s: %(text)s")),
)
"""Each form a line can say what it was about in, the narrower before the wider, and its sentence."""


def told(text: str) -> str | None:
    """What a line was about, in the reader's language; None for a form that has no words."""
    if text in WORDS:
        return str(WORDS[text])
    for form, sentence in FORMS:
        found = re.fullmatch(form, text)
        if found and ("kind" not in found.groupdict() or found["kind"] in KINDS):
            said = {name: _part(name, value or "") for name, value in found.groupdict().items()}
            return " ".join((str(sentence) % said).split()).replace(" )", ")")
    return None


def _part(name: str, value: str) -> str:
    return PARTS.get(name, str)(value) if value else ""


def _day(text: str) -> str:
    return date_format(date.fromisoformat(text), "SHORT_DATE_FORMAT")


def _month(text: str) -> str:
    return date_format(date.fromisoformat(f"{text}-01"), "YEAR_MONTH_FORMAT")


def _word(text: str) -> str:
    return str(WORDS.get(text, text))


def _unit(text: str) -> str:
    return unit_name(text, reader_language())


def _step(text: str) -> str:
    """What was done in a step: codes of states and reasons, days and units, each as it is called."""
    known = {"→": "→", "due": str(_("frist"))}
    return (
        " ".join(known.get(each) or _code(each) for each in text.split())
        if text not in WORDS
        else _word(text)
    )


def _code(text: str) -> str:
    if re.fullmatch(DAY, text):
        return _day(text)
    if text in WORDS:
        return _word(text)
    if re.fullmatch(UNIT, text):
        return _unit(text)
    reason = chains.reason_label(text, reader_language())
    return reason if reason != text else _state(text)


def _state(text: str) -> str:
    return chains.state_label(text, "over")


PARTS: dict[str, Callable[[str], str]] = {
    "kind": lambda text: str(KINDS[text]),
    "id": lambda text: text[:8],
    "day": _day,
    "last": _day,
    "month": _month,
    "unit": _unit,
    "other": _unit,
    "word": _word,
    "letter": lambda text: str(LETTERS.get(text, text)),
    "step": _step,
    "role": lambda text: role_name(text, reader_language()),
    "part": lambda text: catalogue().label("responsibilities", text, reader_language()),
    "ground": ground_word,
}
"""How each part of a form is told."""
