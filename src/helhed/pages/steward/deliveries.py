"""Deliveries on the screen: the list, one with its faults, handing in, and the answer to one that is held."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from helhed.pages.access import needs
from helhed.pages.missing import Missing
from helhed.pages.steward.fault_words import FAULTS
from helhed.pages.steward.rejected import MOST, see_rejected
from helhed.pages.steward.shown import MODES, STATES, Shown, shown
from helhed.pages.words import reader_language
from helhed.register import actions, deliveries
from helhed.register.connected import mapping_of, mappings
from helhed.register.models import Delivery, DeliveryFile
from helhed.rules.errors import RefusedError

LATEST = 50


@needs("delivery.see")
def index(request: HttpRequest) -> HttpResponse:
    """The newest deliveries with their counts; narrowed by source and state in the address."""
    language = reader_language()
    everything = [shown(delivery, language) for delivery in deliveries.latest(LATEST)]
    source, status = request.GET.get("kilde", ""), request.GET.get("tilstand", "")
    context = {
        "rows": [d for d in everything if source in ("", d.source_key) and status in ("", d.status)],
        "any": bool(everything),
        "sources": sorted({(d.source_key, d.source) for d in everything}),
        "states": [(key, words) for key, (words, _icon, _tone) in STATES.items()],
        "source": source,
        "status": status,
        "latest": LATEST,
    }
    return render(request, "helhed/steward/deliveries.html", context)


@needs("delivery.see")
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One delivery: files, faults with their reasons, and on request the first rejected rows (that look is logged)."""
    delivery, language = _delivery(number), reader_language()
    asked = request.GET.get("raekker", "")
    files = [_file(request, file, asked, language) for file in delivery.files.all()]
    context = {"delivery": shown(delivery, language), "files": files, "most": MOST}
    return render(request, "helhed/steward/delivery.html", context)


@needs("delivery.see")
def state(request: HttpRequest, number: int) -> HttpResponse:
    """How far a delivery is; asked every other second while it is under way. Tells the page to reload when it has ended."""
    delivery = shown(_delivery(number), reader_language())
    answer = render(request, "helhed/steward/state.html", {"delivery": delivery})
    if not delivery.under_way:
        answer["HX-Refresh"] = "true"
    return answer


@needs("delivery.see")
def rejected(request: HttpRequest, number: int) -> HttpResponse:
    """The rejected rows of a file as the source's own CSV, to be corrected and handed in again; logged."""
    file = DeliveryFile.objects.select_related("delivery__source", "table").filter(pk=number).first()
    if file is None:
        raise Missing(number)
    encoding = mapping_of(file.delivery.source.key).encoding
    text = actions.fetch_rejected(by=request.user, file=file)
    answer = HttpResponse(text, content_type=f"text/csv; charset={encoding}")
    answer["Content-Disposition"] = f'attachment; filename="{deliveries.rejected_name(file)}"'
    return answer


@needs("delivery.act")
def hand_in(request: HttpRequest) -> HttpResponse:
    """Hand in files of a source; they wait for the worker."""
    known = mappings()
    if request.method == "POST":
        source = request.POST.get("kilde", "")
        files = {file.name: file.file for file in request.FILES.getlist("filer")}
        if files and source in known:
            return _queued(request, source, files)
        messages.error(request, _("Vælg en kilde og mindst én fil."))
    context = {"sources": _sources(known), "chosen": request.GET.get("kilde", "")}
    return render(request, "helhed/steward/hand_in.html", context)


@needs("delivery.act")
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """First what will happen, then – posted – the doing of it."""
    delivery = _delivery(number)
    if request.method == "POST":
        said = _("Bekræftet. Leverancen læses ind, så snart det er dens tur. Du kan følge med her.")
        return _answered(request, number, lambda: actions.confirm(by=request.user, delivery=delivery), said)
    if delivery.status != "held":
        return redirect("delivery", number=number)
    return render(request, "helhed/steward/confirm.html", {"delivery": shown(delivery, reader_language())})


@require_POST
@needs("delivery.act")
def refuse(request: HttpRequest, number: int) -> HttpResponse:
    """Say no to a delivery that is held or waits."""
    delivery = _delivery(number)
    return _answered(request, number, lambda: actions.refuse(by=request.user, delivery=delivery))


def _delivery(number: int) -> Delivery:
    delivery = deliveries.one(number)
    if delivery is None:
        raise Missing(number)
    return delivery


def _file(request: HttpRequest, file: DeliveryFile, asked: str, language: str) -> dict[str, Any]:
    faults = deliveries.faults_of(file, language) if file.rejected else []
    rows = (
        see_rejected(by=request.user, file=file, language=language)
        if faults and asked == str(file.pk)
        else []
    )
    note = file.note_en if language == "en" else file.note_da
    worded = [(fault, FAULTS.get(fault.reason, fault.text)) for fault in faults]
    return {"file": file, "mode": MODES.get(file.mode, ""), "faults": worded, "rows": rows, "note": note}


def _sources(known: dict[str, Any]) -> list[tuple[str, str]]:
    language = reader_language()
    return [(key, mapping.label[language]) for key, mapping in known.items()]


def _queued(request: HttpRequest, source: str, files: dict[str, Any]) -> HttpResponse:
    delivery = actions.enqueue(by=request.user, source=source, files=files)
    words = delivery.message(reader_language())
    if delivery.status == "waiting":
        messages.success(request, _("Filerne er modtaget og venter på tur."))
    else:
        messages.error(request, words)
    return redirect("delivery", number=delivery.pk)


def _answered(request: HttpRequest, number: int, act: Any, said: str = "") -> HttpResponse:
    try:
        delivery: Delivery = act()
    except RefusedError as error:
        messages.error(request, error.message.en if reader_language() == "en" else error.message.da)
        return redirect("delivery", number=number)
    after: Shown = shown(delivery, reader_language())
    messages.success(request, said or f"{after.state}. {after.message}".strip())
    return redirect("delivery", number=number)
