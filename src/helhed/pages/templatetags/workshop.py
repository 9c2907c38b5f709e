"""How the workshop's values look: a draft's state and owner, a pace, the lines of an explanation."""

from typing import Any

from django import template
from django.utils.formats import number_format

from helhed.accounts.models import User
from helhed.membership.models import Draft
from helhed.pages.analyst.workshop.words import STATES
from helhed.pages.why.tree import top
from helhed.pages.words import reader_language
from helhed.sharing.why import GroupWhy

register = template.Library()


@register.inclusion_tag("helhed/parts/chip.html")
def draft_state(state: str) -> dict[str, Any]:
    """A draft's state in words, with an icon."""
    words, icon, tone = STATES[state]
    return {"label": words, "icon": icon, "tone": tone}


@register.filter
def draft_name(draft: Draft) -> str:
    """A draft's name in the reader's language."""
    return draft.label(reader_language())


@register.filter
def person_name(username: str) -> str:
    """Who a user is by name; the user name where the login is gone."""
    return User.objects.filter(username=username).values_list("name", flat=True).first() or username


@register.filter
def draft_owner(draft: Draft) -> str:
    """Who draws a draft, by name."""
    return person_name(draft.owner)


@register.filter
def pace(value: float | None) -> str:
    """A number per 100 person-years with one decimal; a dash where it would say too much."""
    return "–" if value is None else number_format(value, 1)


@register.inclusion_tag("helhed/workshop/why_lines.html")
def draft_lines(why: GroupWhy) -> dict[str, Any]:
    """The lines of a draft's criterion for one citizen."""
    heading, nodes = top(why)
    return {"heading": heading, "nodes": nodes}
