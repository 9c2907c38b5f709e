"""The bench as a page: each button posts the whole form, and the page comes back – whole, or with htmx the part that changed."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget

from helhed.accounts.models import User
from helhed.membership import drafting
from helhed.membership.models import Draft
from helhed.pages.access import closed, needs
from helhed.pages.analyst.workshop import bench as benches
from helhed.pages.analyst.workshop.bench import Bench
from helhed.pages.analyst.workshop.saving import ConflictError, save
from helhed.pages.missing import Missing
from helhed.pages.words import reader_language
from helhed.rules.errors import CriteriaError, RefusedError
from helhed.sharing.answers import NoAccess

SAVES = {"gem": "workshop-draft", "gem-ny": "workshop-draft", "send": "workshop-send"}
"""The buttons that save, and the page they lead to."""


@needs("workshop.draw")
def new(request: HttpRequest) -> HttpResponse:
    """A new draft: from nothing, from a version of a target group (`?fra=2A/2025-07-01`), or from a draft (`?kopi=7`)."""
    if request.method == "POST":
        return _posted(request, None)
    start = _started(request)
    return _page(request, start, None)


@needs("workshop.see", "workshop.draw")
def one(request: HttpRequest, number: int) -> HttpResponse:
    """A draft on the bench for the one who draws it; for others what it says and whom it holds."""
    draft = found(request, number)
    mine = drafting.may_change(by=request.user, draft=draft)
    if request.method == "POST" and mine:
        return _posted(request, draft)
    return _page(request, bench_of(draft), draft, mine)


def found(request: HttpRequest, number: int) -> Draft:
    """A draft this user may see; 404 for the others, whether it exists or not."""
    draft = drafting.draft(request.user, number)
    if draft is None:
        raise Missing(number)
    return draft


def bench_of(draft: Draft) -> Bench:
    """A saved draft laid out on the bench."""
    return Bench(
        benches.from_text(draft.criteria),
        base=draft.base_key,
        name_da=draft.label_da,
        name_en="" if draft.label_en == draft.label_da else draft.label_en,
        key=draft.key,
        as_version=bool(draft.base_key) and draft.key == draft.base_key,
        note=draft.note,
        edition=draft.edition,
    )


def rights(by: User, draft: Draft | None) -> dict[str, bool]:
    """What this user may do with a draft; the page offers nothing else."""
    return {
        "may_draw": by.may("workshop.draw"),
        "may_read": by.may("workshop.see") or by.may("workshop.draw"),
        "may_test": by.may("workshop.test"),
        "may_change": draft is not None and drafting.may_change(by=by, draft=draft),
        "may_decide": draft is not None and drafting.may_decide(by=by, draft=draft),
        "may_withdraw": draft is not None and drafting.may_withdraw(by=by, draft=draft),
    }


def _started(request: HttpRequest) -> Bench:
    copied, group = request.GET.get("kopi", ""), request.GET.get("fra", "")
    if copied.isdigit():
        copy = bench_of(found(request, int(copied)))
        return replace(
            copy, key="", edition=None, name_da=_("Kopi af %(name)s") % {"name": copy.name_da}, name_en=""
        )
    if group:
        start = benches.from_group(group)
        if start is None:
            raise Http404(group)
        return start
    return Bench(benches.empty())


def _posted(request: HttpRequest, draft: Draft | None) -> HttpResponse:
    asked = benches.posted(request)
    pressed = request.POST.get("do", "")
    if pressed in SAVES:
        return _saved(request, asked, draft, pressed)
    after = benches.obeyed(asked, request)
    if request.htmx and pressed.partition(":")[0] in ("ret", "luk"):
        return _opened_in_place(request, after)
    try:
        if request.htmx and not pressed and not _reshaped(request):
            return _changed_in_place(request, after)
        return _page(request, after, draft)
    except NoAccess as answer:
        return closed(request, answer)


def _changed_in_place(request: HttpRequest, bench: Bench) -> HttpResponse:
    """Only what a change of a field touches: the numbers, the sentences, and the words of the open block."""
    context = benches.context_of(bench, request) | {"mine": True}
    rows = [context["row"]]
    for row in rows:
        rows.extend(row.below)
    context["opened_row"] = next((row for row in rows if row.open), None)
    return render(request, "helhed/workshop/partial.html", context)


def _opened_in_place(request: HttpRequest, bench: Bench) -> HttpResponse:
    """A block opened or closed: the left side only. Whom the blocks hold is the same, and not counted again."""
    context = benches.work_of(bench, benches.built_of(bench)) | {"mine": True}
    answer = render(request, "helhed/workshop/work.html", context)
    return reswap(retarget(answer, "#arbejde"), "outerHTML show:none")


def _reshaped(request: HttpRequest) -> bool:
    """Whether a group was made another kind of group, so that more than words change."""
    standing = [line.split() for line in request.POST.getlist("led")]
    return any(words and request.POST.get(f"{words[0]}-slags", words[-1]) != words[-1] for words in standing)


def _page(
    request: HttpRequest, bench: Bench, draft: Draft | None, mine: bool = True, **more: Any
) -> HttpResponse:
    context = (
        benches.context_of(bench, request)
        | rights(request.user, draft)
        | {
            "draft": draft,
            "mine": mine,
            "title": draft.label(reader_language()) if draft else _("Ny målgruppe"),
            "versions": benches.version_choices() if draft is None else (),
            **more,
        }
    )
    if request.htmx and request.method == "POST":
        answer = render(request, "helhed/workshop/swap.html", context)
        return reswap(retarget(answer, "#baenk"), "outerHTML show:none")
    return render(request, "helhed/workshop/bench.html" if mine else "helhed/workshop/read.html", context)


def _saved(request: HttpRequest, asked: Bench, draft: Draft | None, pressed: str) -> HttpResponse:
    """Save, and go on to the draft's page; what cannot be saved comes back as it was, with a sentence."""
    whole = benches.built_of(asked).whole
    if whole is None:
        words = _("Udkastet kan ikke gemmes endnu: der er ingen klodser, eller en af dem er ikke færdig.")
        return _page(request, asked, draft, save_error=words)
    if not asked.name_da:
        return _page(request, asked, draft, name_missing=True)
    try:
        kept = save(asked, whole, None if pressed == "gem-ny" else draft, request.user)
    except ConflictError as conflict:
        return _page(request, asked, draft, conflict=conflict.saved)
    except (CriteriaError, RefusedError) as refusal:
        words = refusal.message.da if reader_language() == "da" else refusal.message.en
        return _page(request, asked, draft, save_error=words)
    if pressed != "send":
        messages.success(request, _("Udkastet »%(name)s« er gemt.") % {"name": kept.label(reader_language())})
    address = reverse(SAVES[pressed], args=[kept.pk])
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)
