"""How consents look on a page: the last day they hold, whose a unit is, and several names as one phrase."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format

from helhed.sharing.asking.answers import Choice
from helhed.sharing.consent.categories import CATEGORIES

register = template.Library()


@register.filter
def last_moment(end: datetime | None) -> str:
    """The last day of a half-open spell of moments: one that ends at midnight held until the day before."""
    if end is None:
        return "–"
    last = timezone.localtime(end) - timedelta(microseconds=1)
    return date_format(last, "DATE_FORMAT").replace(" ", "\N{NO-BREAK SPACE}", 1)


@register.filter
def side(unit: str) -> str:
    """The hand a unit belongs to: "bif" or "sof"."""
    return unit.split("/")[0]


@register.filter
def labels(choices: Iterable[Choice]) -> str:
    """The names of several choices, with commas."""
    return ", ".join(choice.label for choice in choices)


@register.filter
def phrase(choices: Iterable[Choice]) -> str:
    """The names of several kinds as they stand in a sentence: only the first begins with a capital."""
    words = labels(Choice(each.key, each.label[:1].lower() + each.label[1:]) for each in choices)
    return words[:1].upper() + words[1:]


@register.filter
def dotted(choices: Iterable[Choice]) -> str:
    """The names of several choices, apart also where one of them has a comma."""
    return " · ".join(choice.label for choice in choices)


@register.filter
def depth(unit: str) -> int:
    """How far below its administration a unit stands."""
    return unit.count("/")


@register.filter
def units_of(choices: Iterable[Choice], hand: str) -> list[Choice]:
    """The units that belong to one administration."""
    return [choice for choice in choices if side(choice.key) == hand]


@register.filter
def categories_of(choices: Iterable[Choice], hand: str) -> list[Choice]:
    """The kinds of information one administration has ("bif", "sof"), or that either can have ("both")."""
    return [choice for choice in choices if CATEGORIES[choice.key].side == hand]


@register.filter
def any_in(choices: Iterable[Choice], chosen: Iterable[str]) -> bool:
    """Whether one of the choices is chosen."""
    return not {choice.key for choice in choices}.isdisjoint(chosen)
