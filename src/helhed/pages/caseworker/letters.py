"""Letters: those of a citizen to look up, and those that must be sent on paper, as one file for the printer, and marked when
they are in the post."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from helhed.coordination.handover.letters import doors
from helhed.pages import purposes
from helhed.pages.access import closed, needs
from helhed.pages.caseworker.closing import closed_person
from helhed.pages.caseworker.person import person_context
from helhed.pages.caseworker.purposed import purposed
from helhed.pages.words import reader_language
from helhed.sharing.answers import NoAccess

STATES: dict[tuple[str, str], Promise] = {
    ("portal", "read"): gettext_lazy("Læst på borgerens side"),
    ("print", "read"): gettext_lazy("Læst på borgerens side"),
    ("portal", "printed"): gettext_lazy("Sendt på papir"),
    ("print", "printed"): gettext_lazy("Sendt på papir"),
    ("portal", "written"): gettext_lazy("Ligger på borgerens side, ikke læst"),
    ("print", "written"): gettext_lazy("Venter på at blive sendt på papir"),
}
"""Where a letter is, by its channel and state."""
JUST_SENT = "letters_just_sent"


@require_http_methods(["GET", "HEAD", "POST"])
@needs("letter.print")
def queue(request: HttpRequest) -> HttpResponse:
    """The letters that wait; posted it marks the chosen ones as sent, or takes the last marking back."""
    try:
        if request.method == "POST":
            return _marked(request)
        waiting = doors.queue(by=request.user, language=reader_language())
    except NoAccess as answer:
        return closed(request, answer)
    context = {
        "queue": waiting,
        "purpose": purposes.DEFAULT,
        "just_sent": len(request.session.get(JUST_SENT, ())),
    }
    return render(request, "helhed/caseworker/letters.html", context)


@needs("letter.print")
def sheets(request: HttpRequest) -> HttpResponse:
    """The chosen letters as one file, each beginning on a sheet of its own."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    chosen = _chosen(request)
    if not chosen:
        messages.error(request, _("Vælg mindst ét brev."))
        return redirect("letters-to-print")
    return _file(request, chosen, "breve.pdf")


@require_GET
@needs("letter.print")
def sheet(request: HttpRequest, letter: UUID) -> HttpResponse:
    """One letter of the queue as a file."""
    return _file(request, [letter], f"brev-{letter}.pdf")


@require_http_methods(["GET", "HEAD", "POST"])
@needs("handover.work")
@purposed
def of_citizen(request: HttpRequest, person: UUID, purpose: str) -> HttpResponse:
    """What the citizen was told in writing, each letter to unfold, and where it is."""
    language = reader_language()
    try:
        letters = doors.of_citizen(by=request.user, person=person, purpose=purpose, language=language)
        context = person_context(request, person, purpose)
    except NoAccess as answer:
        return closed_person(request, answer, person)
    rows = [(letter, STATES[letter.channel, letter.state]) for letter in letters]
    return render(request, "helhed/caseworker/citizen_letters.html", context | {"letters": rows})


def _marked(request: HttpRequest) -> HttpResponse:
    if "fortryd" in request.POST:
        back = doors.not_sent(by=request.user, letters=map(UUID, request.session.pop(JUST_SENT, ())))
        messages.success(
            request, ngettext("%(n)d brev venter igen.", "%(n)d breve venter igen.", back) % {"n": back}
        )
        return redirect("letters-to-print")
    chosen = _chosen(request)
    if not chosen:
        messages.error(request, _("Vælg mindst ét brev."))
        return redirect("letters-to-print")
    sent = doors.sent(by=request.user, letters=chosen)
    request.session[JUST_SENT] = [str(letter) for letter in chosen]
    said = ngettext("%(n)d brev er markeret som sendt.", "%(n)d breve er markeret som sendt.", sent)
    messages.success(request, said % {"n": sent})
    return redirect("letters-to-print")


def _file(request: HttpRequest, letters: list[UUID], name: str) -> HttpResponse:
    try:
        content = doors.sheets(by=request.user, letters=letters)
    except NoAccess as answer:
        return closed(request, answer)
    except LookupError:
        raise Http404(name) from None
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _chosen(request: HttpRequest) -> list[UUID]:
    found = []
    for typed in request.POST.getlist("brev")[: doors.AT_A_TIME]:
        try:
            found.append(UUID(typed))
        except ValueError:
            continue
    return found
