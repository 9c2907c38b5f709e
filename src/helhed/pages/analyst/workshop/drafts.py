"""The drafts as a list, and what the one who draws does with one: share it, send it to approval, take it back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from helhed.accounts.models import User
from helhed.membership import drafting
from helhed.membership.definitions import book
from helhed.membership.models import Draft
from helhed.pages.access import needs
from helhed.pages.analyst.workshop.bench import from_text, group_choices
from helhed.pages.analyst.workshop.building import build
from helhed.pages.analyst.workshop.outline import read_back
from helhed.pages.analyst.workshop.views import found
from helhed.pages.words import reader_language
from helhed.rules.criteria import All
from helhed.rules.errors import RefusedError


@dataclass(frozen=True)
class Shelf:
    """A heading of the list and the drafts under it."""

    key: str
    heading: Promise
    drafts: tuple[Draft, ...]


@needs("workshop.see", "workshop.draw", "workshop.test")
def index(request: HttpRequest) -> HttpResponse:
    """The drafts this user may see, by what they wait for; two can be chosen and compared."""
    first, second = request.GET.get("a", ""), request.GET.get("b", "")
    if first.isdigit() and second:
        if second.startswith("g:"):
            return redirect("workshop-compare-group", number=int(first), key=second[2:])
        if second.isdigit():
            return redirect("workshop-compare", number=int(first), other=int(second))
    shelves = shelves_of(drafting.drafts_for(request.user), request.user)
    context = {
        "shelves": shelves,
        "any": [draft for shelf in shelves for draft in shelf.drafts],
        "groups": group_choices(),
        "counts": request.user.may("workshop.see") or request.user.may("workshop.draw"),
        "may_draw": request.user.may("workshop.draw"),
    }
    return render(request, "helhed/workshop/list.html", context)


def shelves_of(drafts: list[Draft], by: User) -> tuple[Shelf, ...]:
    """The list in the order it is read; a draft stands in one place only, empty headings are left out."""
    waiting = [d for d in drafts if d.state == "sent" and drafting.may_decide(by=by, draft=d)]
    mine = [d for d in drafts if d.owner == by.username and d.state in ("draft", "sent")]
    rest = [d for d in drafts if d not in waiting and d not in mine]
    shelves = (
        Shelf("waiting", gettext_lazy("Venter på din godkendelse"), tuple(waiting)),
        Shelf("mine", gettext_lazy("Mine udkast"), tuple(mine)),
        Shelf(
            "shared", gettext_lazy("Delt af andre"), tuple(d for d in rest if d.state in ("draft", "sent"))
        ),
        Shelf("adopted", gettext_lazy("Vedtaget"), tuple(d for d in rest if d.state == "adopted")),
        Shelf(
            "closed",
            gettext_lazy("Afvist eller trukket tilbage"),
            tuple(d for d in rest if d.state in ("rejected", "withdrawn")),
        ),
    )
    return tuple(shelf for shelf in shelves if shelf.drafts)


@needs("workshop.draw")
def send(request: HttpRequest, number: int) -> HttpResponse:
    """First what sending means, then – posted – the sending."""
    draft = found(request, number)
    if request.method == "POST":
        done = _("Udkastet »%(name)s« er sendt til godkendelse. En anden end dig skal godkende det.")
        return acted(request, draft, lambda: drafting.send(by=request.user, draft=draft), done)
    if draft.state != "draft":
        return redirect("workshop-draft", number=number)
    return render(request, "helhed/workshop/send.html", said_of(draft))


@require_POST
@needs("workshop.draw")
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take a draft back, sent or not."""
    draft = found(request, number)
    done = _("Udkastet »%(name)s« er trukket tilbage.")
    return acted(request, draft, lambda: drafting.withdraw(by=request.user, draft=draft), done)


@require_POST
@needs("workshop.draw")
def share(request: HttpRequest, number: int) -> HttpResponse:
    """Let colleagues see a draft, or no longer."""
    draft = found(request, number)
    shared = request.POST.get("delt") == "1"
    done = _("Kolleger kan nu se »%(name)s«.") if shared else _("Kun du kan nu se »%(name)s«.")
    return acted(request, draft, lambda: drafting.share(by=request.user, draft=draft, shared=shared), done)


def acted(request: HttpRequest, draft: Draft, act: Callable[[], Any], done: str) -> HttpResponse:
    """Do an act and say what happened; what the room below refuses is said in its own sentence."""
    try:
        act()
    except RefusedError as refusal:
        messages.error(request, refusal.message.da if reader_language() == "da" else refusal.message.en)
    else:
        messages.success(request, done % {"name": draft.label(reader_language())})
    return redirect("workshop-draft", number=draft.pk)


def said_of(draft: Draft) -> dict[str, Any]:
    """What a page says of a saved draft: its words, and the criterion they stand for."""
    law, language = book(), reader_language()
    built = build(from_text(draft.criteria), law.vocabulary(), law.groups())
    return {
        "draft": draft,
        "title": draft.label(language),
        "criterion": built.whole,
        "criterion_all": isinstance(built.whole, All),
        "sentences": read_back(built.whole, law, language),
        "base_label": law.label("groups", draft.base_key, language) if draft.base_key else "",
    }
