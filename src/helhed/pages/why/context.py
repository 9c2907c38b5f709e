"""What the templates of an explanation need."""

from typing import Any

from django.urls import reverse

from helhed.pages.dates import Asked
from helhed.pages.why.sorting import sort
from helhed.sharing.why import WhyView


def groups_context(view: WhyView, asked: Asked, *, own: bool) -> dict[str, Any]:
    """All groups of a citizen on a day, sorted for reading."""
    return {
        "view": view,
        "asked": asked,
        "on": view.on,
        "own": own,
        "sorted": sort(view.groups, view.on),
        "all_groups": address(view, "", own=own),
    }


def group_context(view: WhyView, asked: Asked, *, own: bool) -> dict[str, Any]:
    """One group of a citizen on a day."""
    return {
        "view": view,
        "asked": asked,
        "on": view.on,
        "own": own,
        "why": view.groups[0],
        "all_groups": address(view, "", own=own),
    }


def address(view: WhyView, group: str, *, own: bool) -> str:
    """Where a group is explained, or with no group all of them."""
    if own:
        return reverse("own-why-group", args=[group]) if group else reverse("own-why")
    return reverse("why-group", args=[view.key, group]) if group else reverse("why", args=[view.key])
