"""A citizen's consents as the caseworker may know them, and the steps taken on the citizen's behalf: an answer given in person
or on paper, and the withdrawal, which takes no more than the giving."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helhed.pages.access import View, needs
from helhed.pages.caseworker.closing import closed_person
from helhed.pages.caseworker.kinds import shelves
from helhed.pages.caseworker.paper import Paper, read_paper
from helhed.pages.caseworker.person import person_context
from helhed.pages.caseworker.purposed import purposed
from helhed.pages.dates import day_typed
from helhed.pages.missing import Missing
from helhed.pages.words import reader_language
from helhed.sharing.answers import NoAccess
from helhed.sharing.asking import staff
from helhed.sharing.asking.answers import ConsentView, Refused

ANSWERS = ("given", "refused")
MOST_WORDS = 2000
SHORTEST_WORDS = 10


@needs("consent.record")
@purposed
def consents(request: HttpRequest, person: UUID, purpose: str) -> HttpResponse:
    """The two kinds of consent, each with what holds, what waits, and what has ended."""
    try:
        views = staff.consents(by=request.user, person=person, purpose=purpose, language=reader_language())
        context = person_context(request, person, purpose, name=views[0].person_name if views else "")
    except NoAccess as answer:
        return closed_person(request, answer, person)
    return render(request, "helhed/caseworker/consent/all.html", context | {"shelves": shelves(views)})


def of_consent(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of one consent of the citizen in the address, given the consent and the frame of the page."""

    @wraps(view)
    def found(request: HttpRequest, person: UUID, purpose: str, consent: UUID) -> HttpResponse:
        language = reader_language()
        try:
            shown = staff.consent(
                by=request.user, person=person, consent=consent, purpose=purpose, language=language
            )
        except NoAccess as answer:
            return closed_person(request, answer, person)
        except LookupError:
            raise Missing(consent) from None
        return view(request, shown, person_context(request, person, purpose, name=shown.person_name))

    return found


@needs("consent.record")
@purposed
@of_consent
def consent(request: HttpRequest, shown: ConsentView, context: dict[str, Any]) -> HttpResponse:
    """One consent: what it says in the citizen's words, where it stands, what can be done now, and the receipts."""
    return render(request, "helhed/caseworker/consent/one.html", context | {"consent": shown})


def possible(act: str, sentence: Promise) -> Callable[[View], View]:
    """A view of an act that the consent's state allows; else the consent itself, with one sentence why not."""

    def wrap(view: View) -> View:
        @wraps(view)
        def tried(request: HttpRequest, shown: ConsentView, context: dict[str, Any]) -> HttpResponse:
            if act in shown.may:
                return view(request, shown, context)
            messages.warning(request, str(sentence))
            return _back(shown)

        return tried

    return wrap


ANSWERED = gettext_lazy("Spørgsmålet venter ikke på et svar nu. Her er, hvordan det står.")
NOT_HELD = gettext_lazy("Samtykket gælder ikke nu, så der er intet at trække tilbage.")


@needs("consent.record")
@purposed
@of_consent
@possible("record", ANSWERED)
def in_person(request: HttpRequest, shown: ConsentView, context: dict[str, Any]) -> HttpResponse:
    """The text read aloud, and the answer the citizen gave; it waits for a second person."""
    answer, words = request.POST.get("svar", ""), request.POST.get("ord", "").strip()[:MOST_WORDS]
    wrong: dict[str, str] = {}
    if request.method == "POST":
        if answer not in ANSWERS:
            wrong["svar"] = _("Vælg, om borgeren sagde ja eller nej.")
        if len(words) < SHORTEST_WORDS:
            wrong["ord"] = _("Skriv kort, hvad borgeren sagde, og hvordan du talte med borgeren.")
        if not wrong:
            try:
                staff.record_in_person(
                    by=request.user, consent=shown.id, answer=answer, language=reader_language(), words=words
                )
            except Refused as refused:
                wrong["alt"] = str(refused)
            else:
                messages.success(
                    request,
                    _("Svaret er skrevet ned. Det gælder, når en anden end dig har bekræftet det."),
                )
                return _back(shown)
    more = {"consent": shown, "answer": answer, "words": words, "wrong": wrong}
    return render(request, "helhed/caseworker/consent/in_person.html", context | more)


@needs("consent.record")
@purposed
@of_consent
@possible("record", ANSWERED)
def on_paper(request: HttpRequest, shown: ConsentView, context: dict[str, Any]) -> HttpResponse:
    """The signed paper handed in; the answer on it counts at once, since the paper itself bears witness."""
    answer, typed = request.POST.get("svar", ""), request.POST.get("dag", "").strip()
    wrong: dict[str, str] = {}
    if request.method == "POST":
        signed, paper = day_typed(typed), read_paper(request.FILES.get("papir"))
        wrong = _paper_faults(answer, typed, paper)
        if not wrong:
            try:
                staff.record_paper(
                    by=request.user,
                    consent=shown.id,
                    answer=answer,
                    signed_on=signed,
                    file=paper.content,
                    name=paper.name,
                    language=reader_language(),
                )
            except Refused as refused:
                wrong["alt"] = str(refused)
            else:
                messages.success(
                    request, _("Papiret er gemt, og svaret er skrevet ned. Kvitteringen ligger nedenfor.")
                )
                return _back(shown)
    today = timezone.localdate()
    more = {"consent": shown, "answer": answer, "typed": typed, "wrong": wrong, "today": today}
    return render(request, "helhed/caseworker/consent/on_paper.html", context | more)


def _paper_faults(answer: str, typed: str, paper: Paper) -> dict[str, str]:
    wrong = {"papir": paper.fault} if paper.fault else {}
    if answer not in ANSWERS:
        wrong["svar"] = _("Vælg, hvad der er krydset af på papiret.")
    signed, today = day_typed(typed), timezone.localdate()
    if signed is None:
        wrong["dag"] = _("Skriv dagen på papiret som 01-06-2026.")
    elif signed > today:
        wrong["dag"] = _("Dagen ligger efter i dag, %(today)s. Skriv den dag, borgeren skrev under.") % {
            "today": date_format(today)
        }
    return wrong


@needs("consent.record")
@purposed
@of_consent
@possible("withdraw", NOT_HELD)
def withdraw(request: HttpRequest, shown: ConsentView, context: dict[str, Any]) -> HttpResponse:
    """What withdrawing means for whom, and then one press: it counts at once."""
    wrong = ""
    if request.method == "POST":
        heard = "paper" if request.POST.get("hvordan") == "paper" else "oral"
        try:
            staff.withdraw(by=request.user, consent=shown.id, heard=heard, language=reader_language())
        except Refused as refused:
            wrong = str(refused)
        else:
            messages.success(
                request,
                _("Samtykket er trukket tilbage og åbner ikke noget mere. Giv borgeren kvitteringen."),
            )
            return _back(shown)
    more = {"consent": shown, "wrong": wrong}
    return render(request, "helhed/caseworker/consent/withdraw.html", context | more)


@needs("consent.record")
@purposed
@of_consent
@possible("record", ANSWERED)
def form_pdf(request: HttpRequest, shown: ConsentView, context: dict[str, Any]) -> HttpResponse:
    """The paper to sign: the very text, two boxes, and room for a name and a day."""
    content = staff.notice_pdf(by=request.user, consent=shown.id, language=_language(request, shown))
    return pdf(content, f"samtykke-{str(shown.id)[:8]}.pdf")


@needs("consent.record")
@purposed
def receipt_pdf(request: HttpRequest, person: UUID, purpose: str, receipt: UUID) -> HttpResponse:
    """A receipt to print for the citizen."""
    try:
        content = staff.receipt_pdf(by=request.user, person=person, receipt=receipt, purpose=purpose)
    except NoAccess as answer:
        return closed_person(request, answer, person)
    except LookupError:
        raise Missing(receipt) from None
    return pdf(content, f"kvittering-{str(receipt)[:8]}.pdf")


def pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF shown in the browser, kept by none on the way."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _language(request: HttpRequest, shown: ConsentView) -> str:
    asked = request.GET.get("sprog", "")
    return asked if asked in ("da", "en") else shown.notice.language


def _back(shown: ConsentView) -> HttpResponse:
    return redirect("citizen-consent", person=shown.person_key, consent=shown.id)
