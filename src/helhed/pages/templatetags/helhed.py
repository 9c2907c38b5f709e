"""How values look on a page: numbers protected or plain, shares, dates and icons."""

from collections.abc import Container, Iterable
from datetime import date, datetime

from django import template
from django.templatetags.static import static
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from helhed.pages.words import last_day, reader_language
from helhed.sharing.answers import Count

register = template.Library()


@register.filter
def count(value: Count | None) -> str:
    """A protected number in words or digits: 1.193 · færre end 5 · ingen data."""
    if value is None:
        return "–"
    if value.mark == "small":
        return _("færre end %(below)s") % {"below": value.below}
    if value.value is None:
        return _("ingen data")
    return number_format(value.value)


@register.filter
def short_count(value: Count | None) -> str:
    """The same where room is scarce: 1.193 · <5 · –."""
    if value is not None and value.mark == "small":
        return f"<{value.below}"
    return "–" if value is None or value.value is None else number_format(value.value)


@register.filter
def percent(value: float | None) -> str:
    """A share given in percent, with one decimal: 13,9 % in Danish, 13.9% in English. None is a dash."""
    gap = "\N{NO-BREAK SPACE}" if reader_language() == "da" else ""
    return "–" if value is None else f"{number_format(value, 1)}{gap}%"


@register.filter
def whole_percent(value: float | None) -> str:
    """A share given in percent, without decimals: 14 % in Danish, 14% in English. None is a dash."""
    gap = "\N{NO-BREAK SPACE}" if reader_language() == "da" else ""
    return "–" if value is None else f"{number_format(round(value))}{gap}%"


@register.filter
def rate(value: float | None) -> str:
    """Events per 100 person-years with one decimal: 95,1. None is a dash."""
    return "–" if value is None else number_format(value, 1)


@register.filter(expects_localtime=True)
def day(value: date | None) -> str:
    """A date as people say it: 1. juli 2026, the day and its month never parted by a line break. Of a moment, the day it
    was here. None is a dash."""
    return "–" if value is None else date_format(value, "DATE_FORMAT").replace(" ", "\N{NO-BREAK SPACE}", 1)


@register.filter(expects_localtime=True)
def to_the_second(value: datetime) -> str:
    """The time of day of a moment with its seconds: 14.48.36 in Danish, 14:48:36 in English."""
    return date_format(value, "H.i.s" if reader_language() == "da" else "H:i:s")


@register.filter
def until(value: date | None) -> str:
    """The last day of a half-open spell, or that it is still running."""
    return last_day(value)


@register.simple_tag
def shared(some: Iterable[str], others: Container[str]) -> str:
    """The words that are in both, with spaces between; nothing where there are none."""
    return " ".join(sorted(word for word in some if word in others))


@register.simple_tag
def icon(name: str, label: str = "", extra: str = "") -> SafeString:
    """An icon of the design system: decoration without a label, an image with one."""
    sprite = static("dkfds/img/all-svg-icons.svg")
    if label:
        return format_html(
            '<svg class="icon-svg {}" focusable="false" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
            extra, label, sprite, name,
        )  # fmt: skip
    return format_html(
        '<svg class="icon-svg {}" focusable="false" aria-hidden="true"><use href="{}#{}"></use></svg>',
        extra, sprite, name,
    )  # fmt: skip
