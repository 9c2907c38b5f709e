"""What every page needs to know about itself."""

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """The frame around a page."""
    return {}
