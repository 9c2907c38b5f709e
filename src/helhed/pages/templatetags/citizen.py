"""Words and addresses of the citizen's pages: the last day of something that ends at a moment, and how long there is to it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from helhed.pages.citizen.door import Reader
from helhed.sharing.asking.answers import MandateView

register = template.Library()


@register.simple_tag(takes_context=True)
def address(context: template.Context, place: str, *keys: object) -> str:
    """The address of a page for this reader: one's own, or under the mandate."""
    reader: Reader = context["reader"]
    return reader.address(place, *keys)


@register.filter
def reaches(acting: MandateView, scopes: str) -> bool:
    """Whether a mandate reaches to one of some scopes, parted by a space."""
    return not {choice.key for choice in acting.scope}.isdisjoint(scopes.split())


@register.filter
def and_list(words: Sequence[str]) -> str:
    """Words as a sentence has them: a, b og c."""
    return get_text_list(words, _("og"))


@register.filter
def local(moment: datetime | None) -> date | None:
    """The day of a moment, where the reader is."""
    return None if moment is None else timezone.localdate(moment)


@register.filter
def through(ends: datetime | None) -> date | None:
    """The last day of something that ends at a moment (the moment itself not included)."""
    return None if ends is None else timezone.localdate(ends - timedelta(microseconds=1))


@register.filter
def days_left(ends: datetime | None) -> str:
    """How long there is to the last day: "om 12 dage", "i morgen", "i dag"."""
    last = through(ends)
    if last is None:
        return ""
    left = (last - timezone.localdate()).days
    if left <= 0:
        return _("i dag")
    if left == 1:
        return _("i morgen")
    return ngettext("om %(n)s dag", "om %(n)s dage", left) % {"n": left}
