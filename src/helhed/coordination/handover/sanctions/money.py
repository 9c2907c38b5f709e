"""Øre of a benefit: what a month's benefit is by the facts that are known. Whole numbers only."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

from django.utils.formats import number_format
from django.utils.translation import gettext as _


class Paid(Protocol):
    """As much of a fact as says what is paid on which days [true_from, true_to)."""

    kind: str
    amount_oere: int | None
    true_from: date
    true_to: date | None


def kroner(oere: int) -> str:
    """Øre as one says them in a sentence: 1.234,50 kr."""
    return _("%(amount)s kr.") % {"amount": number_format(Decimal(oere) / 100, 2, force_grouping=True)}


def first_of(day: date) -> date:
    """The first day of a day's month."""
    return day.replace(day=1)


def later(month: date, months: int) -> date:
    """The first day of the month that many months later (or earlier)."""
    number = month.year * 12 + month.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def benefit_of(facts: Iterable[Paid], month: date) -> int | None:
    """What the known benefits come to in a month, in øre: each month's amount for the days it runs, rounded down. None
    where no amount is known."""
    days = monthrange(month.year, month.month)[1]
    known = [fact for fact in facts if fact.kind == "benefit" and fact.amount_oere is not None]
    shares = [(fact.amount_oere or 0) * _days(fact, month, days) // days for fact in known]
    return sum(shares) if any(_days(fact, month, days) for fact in known) else None


def _days(fact: Paid, month: date, days: int) -> int:
    end = month + timedelta(days=days)
    last = end if fact.true_to is None else min(fact.true_to, end)
    return max(0, (last - max(fact.true_from, month)).days)
