"""Who holds each of the four responsibilities for a citizen on a day, as a page shows it."""

from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.law import catalogue
from helhed.law.rulings import Responsibility
from helhed.register.questions import FactRow, PersonRow
from helhed.sharing import policy
from helhed.sharing.answers import Holding
from helhed.sharing.ledger import standing as ledger
from helhed.sharing.ledger.models import BEFORE_ANY_MOVE
from helhed.sharing.ledger.models import Holding as Held
from helhed.sharing.policy import BIF, Decision


def holdings_of(
    row: PersonRow, facts: list[FactRow], decision: Decision, on: date, language: str
) -> tuple[Holding, ...]:
    """Who holds each responsibility on the day, by the ledger; where that says nothing of the day, where the law puts it:
    casework and offers with the unit of the employment case, payment with Ydelsesservice (document 002, appendix 3). None
    without an employment case, unless a hand-over has moved what is held; none to who may not see the case."""
    if not decision.full("employment_case", BIF):
        return ()
    case = _running(facts, on)
    held = {each.part: each for each in ledger.history(row.key) if _holds(each, on)}
    if case is None and not any(each.unit.split("/")[0] != BIF for each in held.values()):
        return ()
    named = _names(
        {each.part: ledger.worker_of(row.key, each.part) for each in held.values() if not each.until}
    )
    return tuple(
        _told(duty, held[duty.key], named.get(duty.key, ""), language)
        if duty.key in held
        else _by_law(duty, case, language)
        for duty in catalogue().responsibilities.values()
        if duty.key in held or case is not None
    )


def _told(duty: Responsibility, held: Held, worker: str, language: str) -> Holding:
    book = catalogue()
    moved = held.ground not in BEFORE_ANY_MOVE
    return Holding(
        duty.key,
        duty.label.in_language(language),
        held.unit.split("/")[0],
        book.called(held.unit, language),
        localdate(held.since),
        ground_of_holding(held.ground) if moved else _source(duty),
        book.called(held.beside, language),
        worker,
    )


def _by_law(duty: Responsibility, case: FactRow | None, language: str) -> Holding:
    unit = (duty.follows_case and case and case.unit) or duty.holder_now
    label = catalogue().called(unit, language)
    since = case.true_from if case else None
    return Holding(
        duty.key, duty.label.in_language(language), unit.split("/")[0], label, since, _source(duty)
    )


def ground_of_holding(ground: str) -> str:
    """Why a unit holds a part, in the reader's language."""
    return {
        "lov": _("Efter loven"),
        "fagsystem": _("Sagen er flyttet i fagsystemet"),
        "ressortflyt": _("Overdraget"),
        "tilbagefoersel": _("Givet tilbage"),
        "omorganisering": _("Enheden er lagt om"),
        "sammenlagt": _("Samlet under ét nummer"),
    }[ground]


def _source(duty: Responsibility) -> str:
    return "; ".join(str(ref) for ref in duty.source)


def _running(facts: list[FactRow], on: date) -> FactRow | None:
    rows = [fact for fact in facts if fact.kind == "employment_case" and policy.holds(fact, on)]
    return max(rows, key=lambda fact: fact.true_from, default=None)


def _holds(held: Held, on: date) -> bool:
    """Whether a part was held at the end of a day."""
    return localdate(held.since) <= on and (held.until is None or localdate(held.until) > on)


def _names(workers: dict[str, str]) -> dict[str, str]:
    """The names of those put on a part; a login that is closed does not stand for anybody."""
    known = dict(
        User.objects.filter(username__in=set(workers.values()), is_active=True).values_list(
            "username", "name"
        )
    )
    return {part: known.get(username, "") for part, username in workers.items()}
