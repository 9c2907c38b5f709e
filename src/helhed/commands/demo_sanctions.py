"""Sanctions in the demo: one at each step, and complaints about those that took effect, each at another step.

All through the ordinary doors, by the demo's own staff: Bente decides, Yrsa in the benefits service carries out. Everything happens on
the day the demo is made. One hearing waits for a citizen who logs in, and for a relative with a mandate to answer.
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from helhed.accounts.models import User
from helhed.coordination.handover.chain.models import Chain
from helhed.coordination.handover.letters import doors as letters
from helhed.coordination.handover.letters.models import Letter
from helhed.coordination.handover.sanctions import doing, staff
from helhed.coordination.handover.sanctions.models import DECIDES, Sanction
from helhed.coordination.handover.sanctions.wishes import Wish
from helhed.sharing import naming
from helhed.sharing.access import listing
from helhed.sharing.asking import own
from helhed.sharing.departures import departed
from helhed.sharing.ledger.models import Holding

PURPOSE, LANGUAGE = "sagsbehandling", "da"
BIF_UNIT = "bif/jobcenter-koebenhavn/gammel-koege-landevej"
DECIDER, PAYER, HELPER = "bente", "yrsa", "karin"
MOST_OERE, SHARE = 96_400, 10
"""What is deducted: a tenth of the month's benefit as far as it is known, and no more than this."""
MANDATE_DAYS = 182
LOOKED_AT = 60
MISSED = (
    "Kom ikke til samtalen, som var aftalt i god tid, og meldte ikke afbud.",
    "Udeblev fra jobsamtalen og ringede ikke. Samtalen var aftalt på mødet i sidste måned.",
    "Kom ikke til opfølgningssamtalen og svarede ikke, da vi ringede samme dag.",
)
ASSESSED = "Vi har talt med borgeren. Fraværet skyldes ikke sygdom, og borgeren forstår reglerne."
SAID = "Ringede og sagde, at brevet om samtalen ikke var kommet frem."
KEPT = "Indkaldelsen lå på borgerens side en uge før samtalen, og borgeren fik også en besked på telefonen."
COMPLAINT = "Jeg har ikke set nogen besked, og jeg har aldrig før glemt en samtale."
FOUND = "Vi kan se nu, at beskeden blev sendt til et gammelt telefonnummer."
TO_EFFECT = ("decide", "receive", "calculate", "hear", "answered", "uphold", "effect")
PATHS: tuple[tuple[str, ...], ...] = (
    (),
    TO_EFFECT[:2],
    TO_EFFECT[:3],
    TO_EFFECT[:5],
    TO_EFFECT[:6],
    TO_EFFECT,
    (*TO_EFFECT[:5], "annul"),
    (*TO_EFFECT, "complain"),
    (*TO_EFFECT, "complain", "keep"),
    (*TO_EFFECT, "complain", "keep", "send"),
    (*TO_EFFECT, "complain", "keep", "send", "returned"),
    (*TO_EFFECT, "complain", "keep", "send", "confirmed"),
    (*TO_EFFECT, "complain", "agree"),
    (*TO_EFFECT, "complain", "agree", "repay"),
)
"""What was done, one citizen for each."""


@transaction.atomic
def lay_out(report: Callable[[str, float], None]) -> None:
    """As many of the paths as there are citizens for, of those nobody else in the demo follows; and a hearing that waits."""
    people = _people()
    for number, (person, path) in enumerate(zip(people, PATHS, strict=False)):
        report("sanctions and complaints", number / len(PATHS))
        _walk(person, path, number)
    _waiting_for_an_answer()
    report("", 1.0)


def _people() -> list[UUID]:
    """Citizens whose casework is Bente's unit's, alive and here, with no hand-over, sanction or log-in, whom both sides may meet
    by name."""
    held = Holding.objects.filter(part=DECIDES, unit=BIF_UNIT, until__isnull=True)
    free = held.exclude(person_key__in=Chain.objects.values("person_key"))
    free = free.exclude(person_key__in=Sanction.objects.values("person_key"))
    free = free.exclude(person_key__in=User.objects.filter(role="citizen").values("person_key"))
    some = list(free.order_by("person_key").values_list("person_key", flat=True)[:LOOKED_AT])
    gone = departed(some)
    met = listing.visible(some, by=_user(DECIDER), purpose=PURPOSE)
    met &= set(naming.named(met, by=_user(PAYER), purpose=PURPOSE, action="list"))
    return [person for person in some if person in met and person not in gone]


def _walk(person: UUID, path: tuple[str, ...], number: int) -> UUID:
    """A draft, and what was done with it; its letter is sent as soon as there is one."""
    day = timezone.localdate() - timedelta(days=6 + number % 5)
    wish = Wish("LAS-36", day, day, MISSED[number % len(MISSED)], ASSESSED)
    sanction = doing.draft(_asking(DECIDER), person=person, wish=wish)
    for act in path:
        _ACTS[act](sanction)
        if act == "effect":
            told = Letter.objects.filter(about=sanction, kind="sanction-effected", channel="print")
            letters.sent(by=_user(PAYER), letters=list(told.values_list("pk", flat=True)))
    return sanction


def _waiting_for_an_answer() -> None:
    """The last citizen who logs in with a case of Bente's and no hand-over is asked; a relative may answer too."""
    citizens = User.objects.filter(role="citizen").order_by("-pk")
    ours = Holding.objects.filter(part=DECIDES, unit=BIF_UNIT, until__isnull=True)
    alone = citizens.filter(person_key__in=ours.values("person_key"))
    some = list(alone.exclude(person_key__in=Chain.objects.values("person_key")))
    gone = departed(user.person_key for user in some)
    citizen = next((user for user in some if user.person_key not in gone), None)
    if citizen is None:
        return
    _walk(citizen.person_key, TO_EFFECT[:4], 0)
    helper = _user(HELPER)
    said = {"holder_name": helper.name, "kind": "relative", "days": MANDATE_DAYS, "language": LANGUAGE}
    _number, code = own.give_mandate(by=citizen, scope=("see", "answer"), **said)
    own.accept_mandate(by=helper, code=code, language=LANGUAGE)


def _by(name: str, act: str, why: str = "") -> Callable[[UUID], None]:
    return lambda sanction: doing.step(_asking(name), sanction=sanction, act=act, why=why)


def _calculate(sanction: UUID) -> None:
    row = Sanction.objects.get(pk=sanction)
    said = {"person": row.person_key, "sanction": sanction, "purpose": PURPOSE, "language": LANGUAGE}
    month = timezone.localdate().replace(day=1)
    benefit = dict(staff.one(by=_user(PAYER), **said).months).get(month)
    amount = min(MOST_OERE, benefit // SHARE) if benefit else MOST_OERE
    why = "Tre dages ydelse."
    doing.calculate(_asking(PAYER), sanction=sanction, month=month, amount_oere=amount, why=why)


def _answer(sanction: UUID) -> None:
    doing.write_answer(_asking(PAYER), sanction=sanction, words=SAID)


def _complain(sanction: UUID) -> None:
    today = timezone.localdate()
    doing.complain(_asking(DECIDER), sanction=sanction, words=COMPLAINT, received_on=today)


def _send(sanction: UUID) -> None:
    doing.send(_asking(DECIDER), sanction=sanction, on_day=timezone.localdate())


def _board(answer: str, why: str) -> Callable[[UUID], None]:
    def heard(sanction: UUID) -> None:
        said = {"answer": answer, "on_day": timezone.localdate(), "why": why, "whole": True}
        doing.hear_board(_asking(DECIDER), sanction=sanction, **said)

    return heard


def _repay(sanction: UUID) -> None:
    amount = Sanction.objects.get(pk=sanction).amount_oere
    doing.repay(_asking(PAYER), sanction=sanction, amount_oere=amount, paid_on=timezone.localdate())


_ACTS: dict[str, Callable[[UUID], None]] = {
    "decide": _by(DECIDER, "decide"),
    "receive": _by(PAYER, "receive"),
    "calculate": _calculate,
    "hear": _by(PAYER, "hear"),
    "answered": _answer,
    "uphold": _by(DECIDER, "uphold", KEPT),
    "annul": _by(DECIDER, "annul", FOUND),
    "effect": _by(PAYER, "effect"),
    "complain": _complain,
    "keep": _by(DECIDER, "keep", KEPT),
    "agree": _by(DECIDER, "agree", FOUND),
    "send": _send,
    "returned": _board("returned", "Det skal undersøges, hvilket telefonnummer beskeden blev sendt til."),
    "confirmed": _board("confirmed", "Borgeren var indkaldt i god tid og blev advaret om følgerne."),
    "repay": _repay,
}


def _asking(name: str) -> doing.Asking:
    return doing.Asking(_user(name), PURPOSE, LANGUAGE)


def _user(name: str) -> User:
    return User.objects.get(username=name)
