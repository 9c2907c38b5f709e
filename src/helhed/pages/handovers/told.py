"""What a unit was told of its hand-overs, one by one, and that somebody of it has read it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from helhed.coordination.handover.sanctions import staff as sanctions
from helhed.coordination.handover.work import messages as told
from helhed.pages.access import closed, needs
from helhed.pages.handovers.shelves import SHELVES
from helhed.pages.words import reader_language
from helhed.sharing.answers import NoAccess

KINDS: dict[str, tuple[str, Promise]] = {
    "sendt": ("offered", gettext_lazy("Sendt til modtageren")),
    "modtaget": ("accepted", gettext_lazy("Modtaget")),
    "retur": ("refused", gettext_lazy("Sendt retur")),
    "forslag": ("proposed", gettext_lazy("Forslag")),
    "flyttet": ("effective", gettext_lazy("Flyttet")),
    "slut": ("ended", gettext_lazy("Slut uden at flytte")),
    "tilbage": ("returning", gettext_lazy("Skal tilbage")),
    "fristen": ("overdue", gettext_lazy("Over fristen")),
    "sanktion": (told.SANCTION, gettext_lazy("Sanktioner")),
}
"""What a message tells of, by its name in the address: the code, and what it is called."""
MOST = 200


@dataclass(frozen=True)
class Kind:
    """A kind of message as it can be chosen: its name, how many, the query that leads there, and whether it is chosen."""

    label: Promise | str
    number: int
    query: str
    current: bool


@needs("handover.work", "handover.lead")
def index(request: HttpRequest) -> HttpResponse:
    """The unread ones, or all; of one kind, or of any."""
    every, slug = "alle" in request.GET, request.GET.get("hvad", "")
    slug = slug if slug in KINDS else ""
    number = _number(request.GET.get("side", "1"))
    what = KINDS[slug][0] if slug else ""
    try:
        page = told.listed(
            by=request.user, language=reader_language(), unread=not every, what=what, page=number
        )
    except NoAccess as answer:
        return closed(request, answer)
    pages = max(1, -(-page.total // told.PAGE))
    if number > pages:
        return redirect(f"{reverse('unit-messages')}?{_query(every, slug, pages)}")
    context = {
        "page": page,
        "rows": [(row, _leads_to(row)) for row in page.rows],
        "every": every,
        "slug": slug,
        "kinds": _kinds(page, every, slug),
        "leads": request.user.may("handover.lead"),
        "choosable": any(row.ours and row.unread for row in page.rows),
        "shown_at": timezone.now().isoformat(),
        "number": number,
        "pages": pages,
        "before": _query(every, slug, number - 1) if number > 1 else "",
        "after": _query(every, slug, number + 1) if number < pages else "",
        "query": _query(every, slug, number),
        "sanctions": sanctions.waiting(by=request.user) if request.user.may("sanction.work") else (0, 0),
    }
    return render(request, "helhed/handover/messages.html", context)


@require_POST
@needs("handover.work", "handover.lead")
def read(request: HttpRequest) -> HttpResponse:
    """Mark the ticked ones as read, or all that were unread when the page was shown."""
    slug = request.POST.get("hvad", "")
    back = QueryDict(request.POST.get("liste", "")).urlencode()
    try:
        if "alle" in request.POST:
            what = KINDS[slug][0] if slug in KINDS else ""
            number = told.read_all(by=request.user, until=_shown_at(request.POST), what=what)
        else:
            until = _shown_at(request.POST)
            number = told.read(by=request.user, messages=_ticked(request.POST), until=until)
    except NoAccess as answer:
        return closed(request, answer)
    if number:
        said = ngettext("%(n)s besked er markeret som læst.", "%(n)s beskeder er markeret som læst.", number)
        messages.success(request, said % {"n": number})
    else:
        messages.warning(request, _("Ingen beskeder blev markeret. De er læst, eller ingen var valgt."))
    return redirect(reverse("unit-messages") + (f"?{back}" if back else ""))


def _leads_to(row: told.Told) -> str:
    """Where a message leads: to the sanction, the hand-over, or the list on which the many lie."""
    if row.shelf:
        shelf = next(each.slug for each in SHELVES if each.key == row.shelf)
        return f"{reverse('handovers')}?{urlencode({'hylde': shelf, 'model': row.model})}"
    if row.sanction:
        return reverse("citizen-sanction", args=[row.person_key, row.sanction])
    return reverse("handover", args=[row.chain])


def _ticked(posted: QueryDict) -> list[str]:
    return posted.getlist("besked")[:MOST]


def _shown_at(posted: QueryDict) -> datetime:
    """When the page was shown that is answered; now where it does not say so."""
    try:
        return datetime.fromisoformat(posted.get("til", "")).astimezone(UTC)
    except (ValueError, OverflowError):
        return timezone.now()


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 12 and int(text) else 1


def _kinds(page: told.Messages, every: bool, slug: str) -> list[Kind]:
    """The kinds there are something of, and the one that is chosen; nothing to choose where there is only one."""
    found = [
        Kind(label, page.kinds.get(code, 0), _query(every, key), key == slug)
        for key, (code, label) in KINDS.items()
        if page.kinds.get(code, 0) or key == slug
    ]
    if len(found) < 2 and not slug:
        return []
    return [Kind(_("Alle slags"), sum(page.kinds.values()), _query(every), not slug), *found]


def _query(every: bool, slug: str = "", side: int = 1) -> str:
    query = QueryDict(mutable=True)
    if every:
        query["alle"] = "1"
    if slug:
        query["hvad"] = slug
    if side > 1:
        query["side"] = str(side)
    return query.urlencode()
