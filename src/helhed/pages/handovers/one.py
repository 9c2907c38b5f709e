"""One citizen's hand-over: the line of steps, what is missing now with its button, and everything that was done."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from helhed.accounts.models import User
from helhed.coordination.handover.work import viewing
from helhed.coordination.handover.work.answers import ChainView
from helhed.pages import purposes
from helhed.pages.access import closed, needs
from helhed.pages.handovers.acts import ACTS, FIRST, Act
from helhed.pages.missing import Missing
from helhed.pages.words import reader_language
from helhed.sharing.answers import NoAccess


@needs("handover.work", "handover.lead")
def chain(request: HttpRequest, chain: UUID) -> HttpResponse:
    """The chain, as far as the viewer's unit is part of it; the look is logged."""
    try:
        view = viewing.chain(by=request.user, chain=chain, language=reader_language())
    except NoAccess as answer:
        return closed(request, answer)
    except LookupError:
        raise Missing(chain) from None
    can = [act for act in ACTS.values() if act.code in view.acts and not _has_it(request.user, view, act)]
    first = next((act for code in FIRST for act in can if act.code == code), None)
    context = {
        "view": view,
        "first": first,
        "others": [act for act in can if act is not first],
        "may_look": request.user.may("citizen.look"),
        "may_record": "record" in view.acts and view.consent is not None,
        "purpose": "koordinering",
        "purposes": purposes.WORDS,
    }
    return render(request, "helhed/handover/one.html", context)


def _has_it(by: User, view: ChainView, act: Act) -> bool:
    """Whether the act is to become the worker, and the viewer is that already."""
    return act.code == "take" and view.worker == by.name
