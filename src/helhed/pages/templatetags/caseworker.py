"""What the pages of one citizen have in common."""

from typing import Any
from uuid import UUID

from django import template
from django.template import Context

from helhed.pages.caseworker.tabs import tabs_of

register = template.Library()


@register.inclusion_tag("helhed/caseworker/tabs.html", takes_context=True)
def citizen_tabs(context: Context, person: UUID, tab: str) -> dict[str, Any]:
    """The sides of the citizen's page that open to the reader, with the one that is open now."""
    return {
        "tabs": tabs_of(context["request"], person),
        "person": person,
        "tab": tab,
        "within": bool(context.get("why")),
    }
