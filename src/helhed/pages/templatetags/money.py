"""Money on a page."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def kroner(oere: int | None) -> str:
    """Whole øre as kroner: 1.234,50 kr. None is a dash."""
    if oere is None:
        return "–"
    return _("%(amount)s kr.") % {"amount": number_format(Decimal(oere) / 100, 2, force_grouping=True)}


@register.filter
def typed(oere: int | None) -> str:
    """Whole øre as one types them in a field: 1234,50."""
    return "" if oere is None else f"{oere // 100},{oere % 100:02d}"
