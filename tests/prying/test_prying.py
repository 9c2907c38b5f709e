"""Somebody tries numbers that are not theirs, at every address that has one and in the forms that name some: what is another's
and what is nobody's are answered alike, to the letter, and each try is a line the steward finds and no citizen sees as a look."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from helhed.audit import anchoring
from helhed.audit.models import Event
from helhed.pages.missing import kinds_in
from pages.world import mandate_to
from prying import things

NOBODYS, NO_NUMBER = UUID("00000000-0000-4000-8000-000000000000"), 987_654_321


@dataclass(frozen=True)
class Try:
    """An address somebody tries: who, with which number of what, and what is sent along."""

    path: str
    who: str
    thing: Callable[..., Any]
    kind: str
    status: int = 404
    post: dict[str, str] | None = None
    lines: set[str] = field(default_factory=set)


SCOPE = ("see", "log", "consent", "answer")
FINNS, HERS = "/borger/{finn}", "/for/{mandate}"
TRIES = {
    "handover": Try("/overdragelser/{id}", "maja", things.chain, "chain"),
    "handover-act": Try("/overdragelser/{id}/vurder", "maja", things.chain, "chain"),
    "own-letter": Try("/mig/breve/{id}", "gry", things.letter, "letter"),
    "own-letter-pdf": Try("/mig/breve/{id}.pdf", "gry", things.letter, "letter"),
    "for-letter": Try(f"{HERS}/breve/{{id}}", "kurt", things.letter, "letter"),
    "for-letter-pdf": Try(f"{HERS}/breve/{{id}}.pdf", "kurt", things.letter, "letter"),
    "letter-to-print": Try("/breve-til-print/{id}.pdf", "maja", things.letter, "letter"),
    "citizen-letter-pdf": Try(f"{FINNS}/breve/{{id}}.pdf", "bente", things.letter, "letter"),
    "citizen-letter-given": Try(f"{FINNS}/breve/{{id}}/givet", "bente", things.letter, "letter", post={}),
    "citizen-sanction": Try(f"{FINNS}/sanktioner/{{id}}", "bente", things.sanction, "sanction"),
    "citizen-sanction-revise": Try(f"{FINNS}/sanktioner/{{id}}/ret", "bente", things.sanction, "sanction"),
    "citizen-sanction-act": Try(f"{FINNS}/sanktioner/{{id}}/beslut", "bente", things.sanction, "sanction"),
    "own-sanction-answer": Try(
        "/mig/sanktioner/{id}/svar", "gry", things.sanction, "sanction", post={"svar": "Nej"}
    ),
    "own-sanction-complain": Try(
        "/mig/sanktioner/{id}/klag", "gry", things.sanction, "sanction", post={"ord": "Nej"}
    ),
    "own-sanction-take-back": Try(
        "/mig/sanktioner/{id}/klag/tilbage", "gry", things.sanction, "sanction", post={}
    ),
    "for-sanction-answer": Try(
        f"{HERS}/sanktioner/{{id}}/svar", "kurt", things.sanction, "sanction", post={"svar": "Nej"}
    ),
    "for-sanction-complain": Try(
        f"{HERS}/sanktioner/{{id}}/klag", "kurt", things.sanction, "sanction", post={}
    ),
    "for-sanction-take-back": Try(
        f"{HERS}/sanktioner/{{id}}/klag/tilbage", "kurt", things.sanction, "sanction", post={}
    ),
    "task-end": Try("/opgaver/{id}/afslut", "maja", things.task, "task", post={}),
    "own-consent": Try("/mig/samtykker/{id}", "gry", things.asked_consent, "consent"),
    "for-consent": Try(f"{HERS}/samtykker/{{id}}", "kurt", things.asked_consent, "consent"),
    "own-consent-receipt": Try("/mig/kvittering/{id}", "gry", things.receipt, "receipt"),
    "own-receipt-json": Try("/mig/kvittering/{id}.json", "gry", things.receipt, "receipt"),
    "own-receipt-pdf": Try("/mig/kvittering/{id}.pdf", "gry", things.receipt, "receipt"),
    "for-consent-receipt": Try(f"{HERS}/kvittering/{{id}}", "kurt", things.receipt, "receipt"),
    "for-receipt-json": Try(f"{HERS}/kvittering/{{id}}.json", "kurt", things.receipt, "receipt"),
    "for-receipt-pdf": Try(f"{HERS}/kvittering/{{id}}.pdf", "kurt", things.receipt, "receipt"),
    "citizen-consent": Try(f"{FINNS}/samtykker/{{id}}", "bente", things.asked_consent, "consent"),
    "citizen-consent-in-person": Try(
        f"{FINNS}/samtykker/{{id}}/mundtligt", "bente", things.asked_consent, "consent"
    ),
    "citizen-consent-on-paper": Try(
        f"{FINNS}/samtykker/{{id}}/papir", "bente", things.asked_consent, "consent"
    ),
    "citizen-consent-withdraw": Try(
        f"{FINNS}/samtykker/{{id}}/traek-tilbage", "bente", things.asked_consent, "consent"
    ),
    "citizen-consent-form": Try(
        f"{FINNS}/samtykker/{{id}}/formular.pdf", "bente", things.asked_consent, "consent"
    ),
    "citizen-receipt": Try(f"{FINNS}/kvitteringer/{{id}}.pdf", "bente", things.receipt, "receipt"),
    "citizen-mandate-revoke": Try(
        f"{FINNS}/fuldmagter/{{id}}/kald-tilbage", "bente", things.mandate, "mandate"
    ),
    "own-mandate-revoke": Try("/mig/fuldmagter/{id}/tilbagekald", "gry", things.mandate, "mandate", post={}),
    "for": Try("/for/{id}", "kurt", things.mandate, "mandate"),
    "for-looks": Try("/for/{id}/opslag", "kurt", things.mandate, "mandate"),
    "for-consents": Try("/for/{id}/samtykker", "kurt", things.mandate, "mandate"),
    "for-consent-new": Try("/for/{id}/samtykker/nyt", "kurt", things.mandate, "mandate"),
    "for-shared": Try("/for/{id}/delt", "kurt", things.mandate, "mandate"),
    "for-letters": Try("/for/{id}/breve", "kurt", things.mandate, "mandate"),
    "for-handover": Try("/for/{id}/overflytning", "kurt", things.mandate, "mandate"),
    "for-sanctions": Try("/for/{id}/sanktioner", "kurt", things.mandate, "mandate"),
    "for-entrance": Try("/for/{id}/indgang", "kurt", things.mandate, "mandate"),
    "own-proof": Try("/mig/opslag/{id}/bevis.json", "gry", things.line, "line"),
    "for-proof": Try(f"{HERS}/opslag/{{id}}/bevis.json", "kurt", things.line, "line"),
    "confirmation": Try("/bekraeftelser/{id}", "maja", things.answer, "item", post={"svar": "enig"}),
    "confirmation-paper": Try("/bekraeftelser/{id}/papir", "maja", things.paper, "item"),
    "second-look": Try(
        "/andet-blik/{id}", "birgit", things.emergency, "emergency", 403, post={"svar": "justified"}
    ),
    "sample": Try("/stikproever/{id}", "birgit", things.sample, "sample", 403),
    "sample-judge": Try(
        "/stikproever/0/opslag/{id}", "birgit", things.look, "look", 403, post={"behov": "yes"}
    ),
    "sample-file": Try("/stikproever/{id}/arkiver", "birgit", things.sample, "sample", 403, post={}),
    "notice-done": Try("/advis/{id}/kvitteret", "maja", things.notice, "notice", post={}),
    "entrance": Try("/indgang/{id}", "lis", things.entrance, "entrance", 403),
    "entrance-day": Try("/indgang/{id}/dag", "maja", things.entrance, "entrance", 403),
    "entrance-citizens": Try("/indgang/{id}/borgere", "maja", things.entrance, "entrance", 403),
    "entrance-setup": Try(
        "/indgang/{id}/opsaetning", "lis", things.entrance, "entrance", 403, post={"goer": "aabn"}
    ),
    "entrance-close": Try("/indgang/{id}/luk", "lis", things.entrance, "entrance", 403, post={}),
    "entrance-numbers": Try("/indgang/{id}/tal", "lis", things.entrance, "entrance", 403),
    "entrance-visit": Try("/indgang/besoeg/{id}/betjent", "maja", things.visit, "visit", post={}),
    "entrance-citizen": Try("/indgang/borger/{id}", "maja", things.attachment, "attachment"),
    "entrance-cancel": Try("/indgang/aftale/{id}/aflys", "maja", things.appointment, "appointment", post={}),
    "entrance-arrive": Try(
        f"/indgang/{UUID(int=7)}/ankomst",
        "maja",
        things.attachment,
        "attachment",
        post={"tilknytning": "{id}"},
    ),
    "workshop-draft": Try("/vaerksted/{id}", "agnes", things.draft, "draft"),
    "workshop-send": Try("/vaerksted/{id}/send", "agnes", things.draft, "draft"),
    "workshop-share": Try("/vaerksted/{id}/del", "agnes", things.draft, "draft", post={}),
    "workshop-withdraw": Try("/vaerksted/{id}/traek-tilbage", "agnes", things.draft, "draft", post={}),
    "workshop-decide": Try("/vaerksted/{id}/godkend", "agnes", things.draft, "draft"),
    "workshop-try": Try("/vaerksted/{id}/afproev", "agnes", things.draft, "draft"),
    "workshop-compare": Try("/vaerksted/{id}/sammenlign/{id}", "agnes", things.draft, "draft"),
    "workshop-compare-group": Try("/vaerksted/{id}/sammenlign/maalgruppe/2A", "agnes", things.draft, "draft"),
}
NOBODYS_ONLY = {
    "adopted-model": ("birgit", "/modeller-i-brug/{uuid}", "adoption", 404),
    "account": ("dorte", "/tilsyn/overdragelser/{uuid}", "chain", 404),
    "account-whole": ("dorte", "/tilsyn/overdragelser/{uuid}/alle", "chain", 404),
    "account-again": ("dorte", "/tilsyn/overdragelser/{uuid}/igen", "chain", 404),
    "delivery": ("dorte", "/leverancer/{number}", "delivery", 404),
    "delivery-state": ("dorte", "/leverancer/{number}/tilstand", "delivery", 404),
    "delivery-confirm": ("dorte", "/leverancer/{number}/bekraeft", "delivery", 404),
    "delivery-refuse": ("dorte", "/leverancer/{number}/afvis", "delivery", 404),
    "delivery-rejected": ("dorte", "/leverancer/fil/{number}/afviste.csv", "file", 404),
    "shield-end": ("dorte", "/saerlig-beskyttelse/{number}/ophaev", "shield", 403),
    "watched-end": ("dorte", "/overvaagede/{uuid}/fjern", "watch", 403),
    "newcomer": ("dorte", "/nye-borgere/{uuid}", "person", 403),
}
"""Whoever may enter may see every one: only what does not exist is refused."""
OF_A_CITIZEN = {
    "citizen": "/borger/{}",
    "why": "/borger/{}/hvorfor",
    "why-group": "/borger/{}/hvorfor/2A",
    "citizen-consents": "/borger/{}/samtykker",
    "citizen-consent-choose": "/borger/{}/samtykker/bed",
    "citizen-consent-ask": "/borger/{}/samtykker/bed/deling",
    "citizen-mandates": "/borger/{}/fuldmagter",
    "citizen-tasks": "/borger/{}/opgaver",
    "citizen-sanctions": "/borger/{}/sanktioner",
    "citizen-sanction-new": "/borger/{}/sanktioner/ny",
    "citizen-looked": "/borger/{}/opslag",
    "citizen-letters": "/borger/{}/breve",
    "citizen-status-pdf": "/borger/{}/hvem-har-sagen.pdf",
    "responsibility": "/borger/{}/ansvar",
    "address": "/borger/{}/adresse",
}
"""Decided about by the policy. That there is such a citizen is told, with the way to get access (`hatch.refused`)."""
FOR_ANYBODY = {"emergency", "emergency-end"}
"""The emergency is for whomever one has no access to; `tests/safeguards` says what it leaves."""


def test_every_address_with_a_number_is_tried():
    numbered = {name for name, parts in _named() if kinds_in(name, dict.fromkeys(parts, 0))}
    assert numbered == TRIES.keys() | NOBODYS_ONLY.keys() | OF_A_CITIZEN.keys() | FOR_ANYBODY


@pytest.mark.parametrize("name", sorted(TRIES))
def test_another_s_and_nobody_s_are_answered_alike(world, browser, settings, tmp_path, monkeypatch, name):
    settings.DATA_FOLDER = tmp_path
    # how the log stands is read every few seconds, whoever asks for what
    monkeypatch.setattr(anchoring, "REMEMBERED", 3600)
    things.staffed()
    row = TRIES[name]
    theirs = row.thing(world)
    nobodys = NOBODYS if isinstance(theirs, UUID) else NO_NUMBER
    at = {"finn": world.finn, "mandate": mandate_to("kurt", world.gry, *SCOPE) if HERS in row.path else ""}
    client, answers, work = browser(row.who), [], []
    if FINNS in row.path:
        client.post(FINNS.format(**at), {"formaal": "sagsbehandling"})
    _sent(client, row, at, nobodys)  # what is read once for all is read
    for number in (theirs, nobodys):
        last = Event.objects.latest("pk").pk
        with CaptureQueriesContext(connection) as statements:
            answer = _sent(client, row, at, number)
        work.append(_work(statements))
        answers.append(_said(answer, number))
        lines = Event.objects.filter(pk__gt=last, actor=row.who, outcome="denied")
        ground = "not-yours" if number == theirs else "not-there"
        told = lines.values_list("action", "object", "ground", "person_key")
        assert list(told) == [("refused", f"{row.kind} {number}", ground, None)]
    assert answers[0] == answers[1]
    assert answers[0][0] == row.status
    assert work[0] == work[1], "what is another's takes the database as much work as what is nobody's"


@pytest.mark.parametrize("name", sorted(NOBODYS_ONLY))
def test_what_does_not_exist_leaves_a_line(world, browser, name):
    who, path, kind, status = NOBODYS_ONLY[name]
    number = NOBODYS if "{uuid}" in path else NO_NUMBER
    client, asked = browser(who), path.format(uuid=NOBODYS, number=NO_NUMBER)
    said = {"grund": "Det er ikke nødvendigt mere.", "note": "Set efter i dag.", "svar": "released"}
    answer = (
        client.post(asked, said)
        if name not in ("account", "adopted-model", "delivery-rejected")
        else client.get(asked)
    )
    assert answer.status_code == status
    assert Event.objects.filter(actor=who, outcome="denied", object=f"{kind} {number}").count() == 1


@pytest.mark.parametrize("name", sorted(OF_A_CITIZEN))
@pytest.mark.parametrize("exists", [True, False])
def test_a_citizen_who_is_closed_leaves_a_line(world, browser, name, exists):
    person = world.eva if exists else NOBODYS
    client, last = browser("maja"), Event.objects.latest("pk").pk
    client.post(f"/borger/{person}", {"formaal": "sagsbehandling"})
    last = Event.objects.latest("pk").pk
    assert client.get(OF_A_CITIZEN[name].format(person)).status_code == 403
    lines = Event.objects.filter(pk__gt=last, actor="maja", outcome="denied")
    about = {(line.person_key, line.object) for line in lines}
    assert about == ({(world.eva, "")} if exists else {(None, f"person {NOBODYS}")})


def _sent(client, row: Try, at: dict[str, Any], number: object) -> HttpResponse:
    path = row.path.format(id=number, **at)
    if row.post is None:
        return client.get(path)
    return client.post(path, {name: value.format(id=number) for name, value in row.post.items()})


def _work(statements: CaptureQueriesContext) -> list[str]:
    """The statements by their verbs."""
    return [each["sql"].split()[0] for each in statements.captured_queries]


def _said(answer: HttpResponse, number: object) -> tuple[int, str, str]:
    """The whole of an answer but the number itself and what is new in every answer."""
    text = re.sub(rf"(?<=/){number}\b", "NUMBER", html.unescape(answer.content.decode()))
    text = re.sub(
        r'(csrfmiddlewaretoken" value="|nonce="|x-csrftoken": ?"|data-session-ends=")[^"]+',
        r"\1",
        text,
        flags=re.I,
    )
    return answer.status_code, answer.get("Location", ""), text


def _named() -> list[tuple[str, set[str]]]:
    """Every address by name, with what it names."""

    def inside(patterns: list[URLPattern | URLResolver], space: str = "") -> list[tuple[str, set[str]]]:
        found = []
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                found += inside(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)
            else:
                found.append((f"{space}{pattern.name}", set(pattern.pattern.converters)))
        return found

    return inside(get_resolver().url_patterns)
