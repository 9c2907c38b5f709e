"""Opgaver: the unit's list, and a citizen's tasks with a form for one more."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helhed.coordination.handover.tasks import doors
from helhed.coordination.handover.tasks.actions import Wish
from helhed.pages import purposes
from helhed.pages.access import closed, needs
from helhed.pages.caseworker.closing import closed_person
from helhed.pages.caseworker.person import person_context
from helhed.pages.caseworker.purposed import purposed
from helhed.pages.caseworker.shelves import Shelves, shelf
from helhed.pages.dates import day_typed
from helhed.pages.missing import Missing
from helhed.pages.words import reader_language
from helhed.sharing.answers import NoAccess
from helhed.sharing.refusal import Refused

SHELVES: Shelves = {
    "aabne": ("open", gettext_lazy("Åbne")),
    "over-fristen": ("overdue", gettext_lazy("Over fristen")),
    "doed-eller-flyttet": ("gone", gettext_lazy("Død eller flyttet")),
    "afsluttede": ("ended", gettext_lazy("Afsluttede")),
}


@needs("handover.work")
def unit_tasks(request: HttpRequest) -> HttpResponse:
    """The tasks that lie with the unit, by deadline, fifty a page; each name shown is a line in the log."""
    return shelf(request, SHELVES, doors.listed, "helhed/tasks/unit.html")


@needs("handover.work")
@purposed
def citizen_tasks(request: HttpRequest, person: UUID, purpose: str) -> HttpResponse:
    """A citizen's tasks, as far as they lie with the viewer's unit; posted it writes one more."""
    wrong: dict[str, str] = {}
    language = reader_language()
    try:
        if request.method == "POST":
            wrong = _written(request, person, purpose)
            if not wrong:
                messages.success(request, _("Opgaven er skrevet. Den følger ansvaret, hvis det flytter."))
                return redirect("citizen-tasks", person=person)
        found = doors.of_person(by=request.user, person=person, purpose=purpose, language=language)
        context = person_context(request, person, purpose, name=found.name)
    except NoAccess as answer:
        return closed_person(request, answer, person)
    context |= {"found": found, "wrong": wrong, "typed": request.POST, "today": timezone.localdate()}
    context["form"] = uuid4()
    return render(request, "helhed/tasks/citizen.html", context, status=400 if wrong else 200)


@needs("handover.work")
def end(request: HttpRequest, task: UUID) -> HttpResponse:
    """End a task: done, or given up with a reason; then back to where one came from."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    said = {"by": request.user, "task": task, "language": reader_language()}
    said["purpose"] = request.POST.get("til_formaal", "")
    if said["purpose"] not in purposes.WORDS:
        said["purpose"] = purposes.DEFAULT
    try:
        if request.POST.get("hvordan") == "opgivet":
            doors.cancel(why=request.POST.get("hvorfor", ""), **said)
            messages.success(request, _("Opgaven er opgivet, og grunden er gemt."))
        else:
            doors.finish(**said)
            messages.success(request, _("Opgaven er løst."))
    except LookupError:
        raise Missing(task) from None
    except NoAccess as answer:
        return closed(request, answer)
    except Refused as refused:
        messages.error(request, str(refused))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    try:
        return redirect("citizen-tasks", person=UUID(request.POST.get("borger", "")))
    except ValueError:
        return redirect("tasks")


def _written(request: HttpRequest, person: UUID, purpose: str) -> dict[str, str]:
    """Write what was typed; answers what is wrong, by field."""
    due = day_typed(request.POST.get("frist", ""))
    if due is None:
        return {"frist": _("Skriv fristen som 01-06-2026.")}
    wish = Wish(
        part=request.POST.get("ansvar", ""),
        title=request.POST.get("titel", ""),
        note=request.POST.get("note", ""),
        due_on=due,
        form=_form(request),
    )
    try:
        doors.write(by=request.user, person=person, purpose=purpose, language=reader_language(), wish=wish)
    except Refused as refused:
        return {"alt": str(refused)}
    return {}


def _form(request: HttpRequest) -> UUID:
    """The form it was sent with; one of its own where none is said."""
    try:
        return UUID(request.POST.get("formular", ""))
    except ValueError:
        return uuid4()
