"""Giv fuldmagt: who may act for the citizen, how far and how long; the code that opens it, shown once; revoked at once."""

from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from helhed.pages.citizen.door import Reader, own_or_for, page
from helhed.pages.missing import Missing
from helhed.sharing.asking import own
from helhed.sharing.asking.answers import Refused

KINDS: dict[str, tuple[Promise, Promise]] = {
    "relative": (
        gettext_lazy("En pårørende eller ven"),
        gettext_lazy("Familie, nabo eller en anden, du stoler på"),
    ),
    "representative": (
        gettext_lazy("En partsrepræsentant"),
        gettext_lazy("For eksempel en advokat eller en rådgiver fra en forening"),
    ),
}
SCOPE: dict[str, tuple[Promise, Promise]] = {
    "see": (gettext_lazy("Se min side"), gettext_lazy("Mine sager, min tidslinje, og hvad der deles om mig")),
    "log": (
        gettext_lazy("Se, hvem der har set mine oplysninger"),
        gettext_lazy("Den samme liste, som jeg selv kan se"),
    ),
    "consent": (
        gettext_lazy("Svare på samtykker for mig"),
        gettext_lazy("Sige ja, sige nej og trække et ja tilbage"),
    ),
    "answer": (
        gettext_lazy("Svare og klage for mig, når ydelsen bliver sat ned"),
        gettext_lazy("Læse, hvad det handler om, svare kommunen, klage og tage klagen tilbage"),
    ),
}
DAYS: dict[int, Promise] = {
    30: gettext_lazy("1 måned"),
    91: gettext_lazy("3 måneder"),
    182: gettext_lazy("6 måneder"),
    365: gettext_lazy("1 år"),
}
USUAL_DAYS = 182
SEAL = "mandate_form"


@require_GET
@own_or_for()
def mandates(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Those who may act for the citizen now, and those who could earlier."""
    given = own.mandates(by=reader.by, language=reader.language)
    running = [view for view in given if view.state in ("offered", "active")]
    ended = [view for view in given if view not in running]
    return page(request, "mandates", reader, running=running, ended=ended)


@require_http_methods(["GET", "HEAD", "POST"])
@own_or_for()
def new(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Give a mandate; the answer to the form is the page with the code, and a form sent twice gives nothing twice."""
    if request.method != "POST":
        return _form(request, reader, {"slags": "relative", "maa": ["see"], "dage": USUAL_DAYS}, {})
    if request.POST.get("segl") != request.session.get(SEAL):
        messages.warning(
            request,
            _(
                "Fuldmagten er allerede givet, og koden vises kun én gang. Mangler du den, så tilbagekald fuldmagten og giv en ny."
            ),
        )
        return redirect("own-mandates")
    filled = _filled(request)
    wrong = _wrong(filled)
    if wrong:
        return _form(request, reader, filled, wrong, status=400)
    return _given(request, reader, filled)


@require_POST
@own_or_for()
def revoke(request: HttpRequest, reader: Reader, given: UUID) -> HttpResponse:
    """Revoke a mandate at once."""
    try:
        own.revoke_mandate(by=reader.by, mandate=given, language=reader.language)
    except LookupError:
        raise Missing(given) from None
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("Fuldmagten er tilbagekaldt. Den virker ikke længere."))
    return redirect("own-mandates")


def _given(request: HttpRequest, reader: Reader, filled: dict[str, Any]) -> HttpResponse:
    try:
        _mandate, code = own.give_mandate(
            by=reader.by,
            holder_name=filled["navn"],
            kind=filled["slags"],
            scope=tuple(filled["maa"]),
            days=filled["dage"],
            language=reader.language,
        )
    except Refused as refused:
        return _form(request, reader, filled, {"": str(refused)}, status=409)
    request.session.pop(SEAL, None)
    answer = page(
        request,
        "mandate_code",
        reader,
        code=code,
        name=filled["navn"],
        may=[SCOPE[key][0] for key in filled["maa"]],
        lasts=DAYS[filled["dage"]],
    )
    answer["Cache-Control"] = "no-store"
    return answer


def _filled(request: HttpRequest) -> dict[str, Any]:
    """The form as it was filled in; what is not among the choices is nothing."""
    days = request.POST.get("dage", "")
    return {
        "navn": request.POST.get("navn", "").strip()[:120],
        "slags": request.POST.get("slags", "") if request.POST.get("slags") in KINDS else "",
        "maa": [key for key in SCOPE if key in request.POST.getlist("maa")],
        "dage": int(days) if days.isdecimal() and int(days) in DAYS else 0,
    }


def _wrong(filled: dict[str, Any]) -> dict[str, str]:
    sentences = {
        "navn": _("Skriv navnet på den, du giver fuldmagt."),
        "slags": _("Vælg, hvem personen er."),
        "maa": _("Vælg mindst én ting, personen må."),
        "dage": _("Vælg, hvor længe fuldmagten gælder."),
    }
    return {field: sentence for field, sentence in sentences.items() if not filled[field]}


def _form(
    request: HttpRequest, reader: Reader, filled: dict[str, Any], wrong: dict[str, str], *, status: int = 200
) -> HttpResponse:
    request.session[SEAL] = token_urlsafe(12)
    return page(
        request,
        "mandate_new",
        reader,
        filled=filled,
        wrong=wrong,
        kinds=KINDS,
        scope=SCOPE,
        days=DAYS,
        seal=request.session[SEAL],
        status=status,
    )
