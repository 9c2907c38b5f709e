"""What every page of an entrance does: an entrance nobody knows is not found, and who is not let in is told so."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from helhed.pages.access import View, closed
from helhed.pages.missing import Missing
from helhed.sharing.answers import NoAccess

KINDS = ("shelter", "housing", "other")
POSTED = {"tilknytning": "attachment", "hold": "team", "sted": "outreach"}
"""What the forms of an entrance name by number."""


def answering(view: View) -> Callable[..., HttpResponse]:
    """A view whose doors may say that there is no such thing (404), or that it is closed to the viewer (403)."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NoAccess as answer:
            return closed(request, answer)
        except LookupError as missing:
            asked = missing.args[0]
            posted = (kind for field, kind in POSTED.items() if request.POST.get(field) == str(asked))
            raise Missing(asked, next(posted, "")) from None

    return answered


def number(typed: str) -> int:
    """A number of a row or a page as it was posted; 0 where it is none."""
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0
