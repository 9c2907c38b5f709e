"""The approver's page: first what the draft would mean, then the day it takes effect, or the reason why not."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format, get_format
from django.utils.translation import gettext as _

from helhed.membership import drafting
from helhed.membership.definitions import book
from helhed.membership.models import Draft
from helhed.pages.access import closed, needs
from helhed.pages.analyst.workshop.drafts import acted, said_of
from helhed.pages.analyst.workshop.outline import read_back
from helhed.pages.analyst.workshop.panel import panel
from helhed.pages.analyst.workshop.picture import WIDE
from helhed.pages.analyst.workshop.views import found
from helhed.pages.words import reader_language
from helhed.periods import date_of, day_of
from helhed.rules.errors import RefusedError
from helhed.sharing import trials
from helhed.sharing.answers import NoAccess


@needs("workshop.approve")
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """The impact, and – for the one who may decide on this draft – approval from a day, or rejection with a reason."""
    draft = found(request, number)
    if draft.state != "sent":
        return redirect("workshop-draft", number=number)
    if request.method == "POST":
        return _decided(request, draft)
    return _page(request, draft)


def in_force_words(draft: Draft, language: str) -> dict[str, Any]:
    """The version that stands today in the draft's key, in sentences, and since when; nothing where the key is new."""
    group = book().groups().get(draft.key)
    version = group.version_on(day_of(timezone.localdate())) if group else None
    if group is None or version is None:
        return {"old_sentences": [], "old_from": None, "new_key": group is None}
    sentences = read_back(version.criteria, book(), language)
    return {"old_sentences": sentences, "old_from": date_of(version.valid_from), "new_key": False}


def _decided(request: HttpRequest, draft: Draft) -> HttpResponse:
    if request.POST.get("do") == "afvis":
        reason = request.POST.get("grund", "").strip()[:2000]
        if not reason:
            return _page(request, draft, reason_missing=True)
        done = _("Udkastet »%(name)s« er afvist. Den, der tegnede det, kan læse hvorfor.")
        return acted(
            request, draft, lambda: drafting.reject(by=request.user, draft=draft, reason=reason), done
        )
    typed = request.POST.get("fra", "").strip()
    day = _day(typed)
    if day is None:
        return _page(request, draft, typed=typed, day_wrong=True)
    renewed = draft.key in book().groups()
    try:
        drafting.approve(by=request.user, draft=draft, valid_from=day)
    except RefusedError as refusal:
        words = refusal.message.da if reader_language() == "da" else refusal.message.en
        return _page(request, draft, typed=typed, refused=words)
    words = _("»%(name)s« er vedtaget og gælder fra %(day)s.")
    if renewed:
        words = _("»%(name)s« er vedtaget og gælder fra %(day)s. Den hidtidige udgave bevares.")
    name = draft.label(reader_language())
    messages.success(request, words % {"name": name, "day": date_format(day, "DATE_FORMAT")})
    return redirect("workshop-draft", number=draft.pk)


def _page(request: HttpRequest, draft: Draft, **more: Any) -> HttpResponse:
    said, today = said_of(draft), timezone.localdate()
    try:
        impact = trials.impact(
            criteria=said["criterion"],
            on=today,
            base=draft.base_key or None,
            grace="",
            by=request.user,
            language=reader_language(),
        )
    except NoAccess as answer:
        return closed(request, answer)
    context = said | in_force_words(draft, reader_language())
    context |= {
        "panel": panel(impact, frame=WIDE),
        "may_decide": drafting.may_decide(by=request.user, draft=draft),
        "first_of_next": _first_of_next_month(today),
        "typed": "",
        **more,
    }
    return render(request, "helhed/workshop/approve.html", context)


def _day(typed: str) -> date | None:
    for form in get_format("DATE_INPUT_FORMATS"):
        try:
            return datetime.strptime(typed, form).date()
        except ValueError:
            continue
    return None


def _first_of_next_month(today: date) -> date:
    return date(today.year + today.month // 12, today.month % 12 + 1, 1)
