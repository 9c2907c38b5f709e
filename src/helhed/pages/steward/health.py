"""The log's health: sealed and anchored until when, what others have seen, and holding it all good on the spot."""

import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from helhed.audit import proofs, questions
from helhed.audit.actions import note
from helhed.audit.anchors import files, witnesses
from helhed.audit.anchors.receipts import NotTaken
from helhed.audit.findings import sentence
from helhed.audit.keys import signing_key, thumbprint
from helhed.audit.verifying import Held, verify_portion
from helhed.pages.access import needs
from helhed.pages.steward.health_words import KINDS, health_line, place_words

HEADS, TRIES, PORTION = 8, 8, 50_000
HEADS_IN_FILE = 10_000


@dataclass(frozen=True)
class Verified:
    """How far a verification has come, and what it found."""

    done: int
    size: int
    findings: list[str]
    others: int
    unasked: list[str]

    @property
    def is_done(self) -> bool:
        return self.done >= self.size

    @property
    def percent(self) -> int:
        return 100 if self.is_done else 100 * self.done // self.size


@needs("audit.see")
def health(request: HttpRequest) -> HttpResponse:
    """The log's health on a page."""
    return render(request, "helhed/steward/health.html", _context())


@needs("audit.see")
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Verify the next portion of the log; a long one goes on by itself where scripts run, else with a button."""
    start = request.POST.get("fra", "")
    verified = _verify(int(start) if start.isdecimal() and len(start) < 18 else 0)
    if verified.is_done or verified.findings:
        words = f"{verified.done} of {verified.size} lines, {len(verified.findings)} findings"
        note(by=request.user, action="verify-log", object=words, purpose="tilsyn")
    if request.htmx:
        return render(request, "helhed/steward/verified.html", {"verified": verified})
    return render(request, "helhed/steward/health.html", {**_context(), "verified": verified})


@needs("audit.see")
def heads(request: HttpRequest) -> HttpResponse:
    """The newest heads, as a file that `helhed audit verify --anchor` reads. It says nothing of anybody."""
    lines = [json.dumps({"head": head.to_json()}) + "\n" for head in questions.heads(HEADS_IN_FILE)[::-1]]
    answer = HttpResponse("".join(lines), content_type="application/jsonl")
    answer["Content-Disposition"] = 'attachment; filename="helhed-hoveder.jsonl"'
    return answer


@needs("audit.see")
def consistency(request: HttpRequest, first: int, second: int) -> HttpResponse:
    """The proof that the later of two heads continues the earlier."""
    try:
        return JsonResponse(proofs.of_heads(first, second))
    except LookupError:
        raise Http404 from None


def _context() -> dict[str, object]:
    now = questions.health()
    newest = questions.heads(HEADS + 1)
    pairs = zip(newest, [*newest[1:], None], strict=False)
    return {
        "health": now,
        "line": health_line(now),
        "places": [place_words(place, is_late=place in now.late_places) for place in now.places],
        "heads": [(head, before) for head, before in pairs][:HEADS],
        "tries": [(row, KINDS[row.kind]) for row in questions.anchors(TRIES)],
        "witness": settings.WITNESS_URL,
        "key": thumbprint(signing_key("log").public_key()),
    }


def _verify(start: int) -> Verified:
    key = signing_key("log").public_key()
    held, unasked = _held(thumbprint(key))
    portion = verify_portion(start, held, key, most=PORTION)
    found = [sentence(finding) for finding in portion.findings]
    return Verified(portion.end, portion.size, found, len(held), unasked)


def _held(log: str) -> tuple[list[Held], list[str]]:
    """What the places outside have seen, and those that could not be asked."""
    held, unasked = [], []
    file = Path(settings.ANCHOR_FILE) if settings.ANCHOR_FILE else None
    asked = [
        ("file", lambda: files.read(file) if file and file.exists() else []),
        ("witness", lambda: witnesses.heads(settings.WITNESS_URL, log) if settings.WITNESS_URL else []),
    ]
    for kind, ask in asked:
        try:
            held += [Held(str(KINDS[kind]), head) for head in ask() if head.key == log]
        except (NotTaken, ValueError, OSError):
            unasked.append(str(KINDS[kind]))
    return held, unasked
