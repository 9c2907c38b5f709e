"""How an explanation looks: marks with words, never colour alone; the lines as a tree; the address of a group's page."""

from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from helhed.pages.templatetags.helhed import icon
from helhed.pages.why.context import address
from helhed.pages.why.tree import MARKS, STANDINGS, top
from helhed.sharing.why import GroupWhy

register = template.Library()


@register.simple_tag
def mark(value: str) -> SafeString:
    """The mark of a line, with its meaning for the ear."""
    name, words = MARKS[value]
    return format_html('<span class="hel-mark-{}">{}</span>', value, icon(name, str(words)))


@register.simple_tag
def standing(value: str) -> SafeString:
    """Where a person stands to a group: icon and words."""
    name, words = STANDINGS[value]
    return format_html('<span class="hel-standing hel-standing--{}">{}{}</span>', value, icon(name), words)


@register.inclusion_tag("helhed/why/lines.html", takes_context=True)
def why_lines(context: Context, why: GroupWhy) -> dict[str, Any]:
    """The lines of a group's criterion."""
    heading, nodes = top(why)
    return {"heading": heading, "nodes": nodes, "view": context["view"], "own": context["own"]}


@register.simple_tag(takes_context=True)
def why_address(context: Context, group: str) -> str:
    """The page on which a group is explained for this citizen, on the same day."""
    page = address(context["view"], group, own=context["own"])
    return f"{page}?dato={context['view'].on.isoformat()}"
