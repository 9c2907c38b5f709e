"""Every address times everyone: the one who may, the colleague, the stranger. An address without a row fails the run."""

from dataclasses import dataclass

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from entrances.house import attached, opened_for_8a
from pages.world import World, mandate_to, sent_draft

EVERYONE = {
    "bente",
    "soeren",
    "kim",
    "yrsa",
    "lene",
    "birgit",
    "anders",
    "dorte",
    "ulla",
    "anna",
    "bo",
    "karin",
}
CASEWORKERS = {"bente", "soeren", "kim", "yrsa"}
LEADERS = {"lene", "birgit"}
RECEIVING = {"bente", "soeren"}
"""Those of the units that receive at the joint entrance of these tests."""
COUNTERS = LEADERS | {"anders", "dorte", "ulla"}
CITIZENS = {"anna", "bo"}
STAFF = EVERYONE - CITIZENS - {"karin"}
STRANGER_IS_LED_TO_LOG_IN = 302
NOBODYS = "00000000-0000-4000-8000-000000000000"


@dataclass(frozen=True)
class Row:
    """An address: who may, what they get, what the others get, and what a stranger gets."""

    path: str
    may: set[str]
    answer: int = 200
    others: int = 403
    stranger: int = STRANGER_IS_LED_TO_LOG_IN
    post: bool = False
    unseen: frozenset[str] = frozenset()
    """Whose role may, but for whom there is no such thing: 404."""


ROWS = {
    "home": Row("/", EVERYONE, answer=302),
    "login": Row("/log-ind", EVERYONE, answer=302, stranger=200),
    "login-staff": Row("/log-ind/medarbejder", EVERYONE, answer=302, stranger=200),
    "login-citizen": Row("/log-ind/borger", EVERYONE, answer=302, stranger=200),
    "oidc-start-staff": Row("/log-ind/medarbejder/videre", set(), others=404, stranger=404, post=True),
    "oidc-start-citizen": Row("/log-ind/borger/videre", set(), others=404, stranger=404, post=True),
    "oidc-answer-staff": Row("/log-ind/medarbejder/svar", set(), others=404, stranger=404),
    "oidc-answer-citizen": Row("/log-ind/borger/svar", set(), others=404, stranger=404),
    "csp": Row("/csp", set(), others=400, stranger=400, post=True),
    "login-demo": Row("/log-ind/demo", set(), others=404, stranger=404, post=True),
    "logout": Row("/log-af", EVERYONE, answer=302, post=True),
    "stay": Row("/bliv", EVERYONE, post=True),
    "visits": Row("/mine-log-ind", EVERYONE),
    "password": Row("/adgangskode", EVERYONE),
    "set_language": Row("/sprog", EVERYONE, answer=302, stranger=302, post=True),
    "about": Row("/om", EVERYONE, stranger=200),
    "accessibility": Row("/tilgaengelighed", EVERYONE, stranger=200),
    "notice-done": Row("/advis/0/kvitteret", CASEWORKERS | LEADERS, answer=404, post=True),
    "own": Row("/mig", CITIZENS),
    "own-why": Row("/mig/hvorfor", CITIZENS),
    "own-why-group": Row("/mig/hvorfor/2A", CITIZENS),
    "own-looks": Row("/mig/opslag", CITIZENS),
    "own-proof": Row("/mig/opslag/0/bevis.json", CITIZENS, answer=404),
    "own-consents": Row("/mig/samtykker", CITIZENS),
    "own-consent-new": Row("/mig/samtykker/nyt", CITIZENS),
    "own-consent": Row(f"/mig/samtykker/{NOBODYS}", CITIZENS, answer=404),
    "own-consent-receipt": Row(f"/mig/kvittering/{NOBODYS}", CITIZENS, answer=404),
    "own-receipt-json": Row(f"/mig/kvittering/{NOBODYS}.json", CITIZENS, answer=404),
    "own-receipt-pdf": Row(f"/mig/kvittering/{NOBODYS}.pdf", CITIZENS, answer=404),
    "own-shared": Row("/mig/delt", CITIZENS),
    "own-mandates": Row("/mig/fuldmagter", CITIZENS),
    "own-mandate-new": Row("/mig/fuldmagter/ny", CITIZENS),
    "own-mandate-revoke": Row(f"/mig/fuldmagter/{NOBODYS}/tilbagekald", CITIZENS, answer=404, post=True),
    "own-letters": Row("/mig/breve", CITIZENS),
    "own-letter": Row(f"/mig/breve/{NOBODYS}", CITIZENS, answer=404),
    "own-letter-pdf": Row(f"/mig/breve/{NOBODYS}.pdf", CITIZENS, answer=404),
    "own-handover": Row("/mig/overflytning", CITIZENS),
    "represented": Row("/fuldmagter-til-mig", {"karin"}),
    "for": Row("/for/{mandate}", {"karin"}),
    "for-looks": Row("/for/{mandate}/opslag", {"karin"}),
    "for-proof": Row("/for/{mandate}/opslag/0/bevis.json", {"karin"}, answer=404),
    "for-consents": Row("/for/{mandate}/samtykker", {"karin"}),
    "for-consent-new": Row("/for/{mandate}/samtykker/nyt", {"karin"}),
    "for-consent": Row(f"/for/{{mandate}}/samtykker/{NOBODYS}", {"karin"}, answer=404),
    "for-consent-receipt": Row(f"/for/{{mandate}}/kvittering/{NOBODYS}", {"karin"}, answer=404),
    "for-receipt-json": Row(f"/for/{{mandate}}/kvittering/{NOBODYS}.json", {"karin"}, answer=404),
    "for-receipt-pdf": Row(f"/for/{{mandate}}/kvittering/{NOBODYS}.pdf", {"karin"}, answer=404),
    "for-shared": Row("/for/{mandate}/delt", {"karin"}),
    "for-letters": Row("/for/{mandate}/breve", {"karin"}),
    "for-letter": Row(f"/for/{{mandate}}/breve/{NOBODYS}", {"karin"}, answer=404),
    "for-letter-pdf": Row(f"/for/{{mandate}}/breve/{NOBODYS}.pdf", {"karin"}, answer=404),
    "for-handover": Row("/for/{mandate}/overflytning", {"karin"}),
    "citizen-letters": Row("/borger/{anna}/breve", CASEWORKERS),
    "citizen-letter-pdf": Row(f"/borger/{{anna}}/breve/{NOBODYS}.pdf", CASEWORKERS),
    "citizen-letter-given": Row(f"/borger/{{anna}}/breve/{NOBODYS}/givet", CASEWORKERS, post=True),
    "citizen-status-pdf": Row("/borger/{anna}/hvem-har-sagen.pdf", CASEWORKERS),
    "letters-to-print": Row("/breve-til-print", CASEWORKERS),
    "letters-to-print-pdf": Row("/breve-til-print/valgte.pdf", CASEWORKERS, answer=302, post=True),
    "letter-to-print": Row(f"/breve-til-print/{NOBODYS}.pdf", CASEWORKERS, answer=404),
    "adopted-models": Row("/modeller-i-brug", LEADERS),
    "adopted-model-new": Row("/modeller-i-brug/ny?model=5A", LEADERS),
    "adopted-model": Row(f"/modeller-i-brug/{NOBODYS}", LEADERS, answer=404),
    "reorganisations": Row("/omlaegninger", LEADERS),
    "reorganisation": Row("/omlaegninger/2025-01-01", LEADERS),
    "handovers": Row("/overdragelser", CASEWORKERS | LEADERS),
    "handovers-act": Row("/overdragelser/samlet/vurder", CASEWORKERS | LEADERS, answer=302),
    "unit-messages": Row("/beskeder", CASEWORKERS | LEADERS),
    "unit-messages-read": Row("/beskeder/laest", CASEWORKERS | LEADERS, answer=302, post=True),
    "handover": Row(f"/overdragelser/{NOBODYS}", CASEWORKERS | LEADERS, answer=404),
    "handover-act": Row(f"/overdragelser/{NOBODYS}/vurder", CASEWORKERS | LEADERS, answer=404),
    "responsibility": Row("/borger/{anna}/ansvar", CASEWORKERS),
    "frequent": Row("/hyppige-flytninger", LEADERS),
    "unit-contacts": Row("/kontakt-til-enheder", LEADERS),
    "caseworker-home": Row("/sagsbehandler", CASEWORKERS),
    "citizens": Row("/borgere", CASEWORKERS),
    "citizen": Row("/borger/{anna}", CASEWORKERS),
    "why": Row("/borger/{anna}/hvorfor", CASEWORKERS),
    "why-group": Row("/borger/{anna}/hvorfor/2A", CASEWORKERS),
    "citizen-consents": Row("/borger/{anna}/samtykker", CASEWORKERS),
    "citizen-consent-choose": Row("/borger/{anna}/samtykker/bed", CASEWORKERS),
    "citizen-consent-ask": Row("/borger/{anna}/samtykker/bed/deling", CASEWORKERS),
    "citizen-consent": Row(f"/borger/{{anna}}/samtykker/{NOBODYS}", CASEWORKERS),
    "citizen-consent-in-person": Row(f"/borger/{{anna}}/samtykker/{NOBODYS}/mundtligt", CASEWORKERS),
    "citizen-consent-on-paper": Row(f"/borger/{{anna}}/samtykker/{NOBODYS}/papir", CASEWORKERS),
    "citizen-consent-withdraw": Row(f"/borger/{{anna}}/samtykker/{NOBODYS}/traek-tilbage", CASEWORKERS),
    "citizen-consent-form": Row(f"/borger/{{anna}}/samtykker/{NOBODYS}/formular.pdf", CASEWORKERS),
    "citizen-receipt": Row(f"/borger/{{anna}}/kvitteringer/{NOBODYS}.pdf", CASEWORKERS),
    "citizen-mandates": Row("/borger/{anna}/fuldmagter", CASEWORKERS),
    "citizen-mandate-revoke": Row(f"/borger/{{anna}}/fuldmagter/{NOBODYS}/kald-tilbage", CASEWORKERS),
    "citizen-looked": Row("/borger/{anna}/opslag", CASEWORKERS),
    "tasks": Row("/opgaver", CASEWORKERS),
    "task-end": Row(f"/opgaver/{NOBODYS}/afslut", CASEWORKERS, answer=404, post=True),
    "citizen-tasks": Row("/borger/{anna}/opgaver", CASEWORKERS),
    "accounts": Row("/tilsyn/overdragelser", {"dorte"}),
    "account-find": Row("/tilsyn/overdragelser/find", {"dorte"}, answer=400, post=True),
    "account-merges": Row("/tilsyn/sammenlagte", {"dorte"}),
    "account": Row(f"/tilsyn/overdragelser/{NOBODYS}", {"dorte"}, answer=404),
    "account-whole": Row(f"/tilsyn/overdragelser/{NOBODYS}/alle", {"dorte"}, answer=404, post=True),
    "account-again": Row(f"/tilsyn/overdragelser/{NOBODYS}/igen", {"dorte"}, answer=404, post=True),
    "sanctions": Row("/sanktioner", CASEWORKERS),
    "citizen-sanctions": Row("/borger/{anna}/sanktioner", CASEWORKERS),
    "citizen-sanction-new": Row("/borger/{anna}/sanktioner/ny", CASEWORKERS),
    "citizen-sanction": Row(f"/borger/{{anna}}/sanktioner/{NOBODYS}", CASEWORKERS),
    "citizen-sanction-revise": Row(f"/borger/{{anna}}/sanktioner/{NOBODYS}/ret", CASEWORKERS),
    "citizen-sanction-act": Row(f"/borger/{{anna}}/sanktioner/{NOBODYS}/beslut", CASEWORKERS),
    "own-sanctions": Row("/mig/sanktioner", CITIZENS),
    "own-sanction-answer": Row(f"/mig/sanktioner/{NOBODYS}/svar", CITIZENS, answer=404, post=True),
    "own-sanction-complain": Row(f"/mig/sanktioner/{NOBODYS}/klag", CITIZENS, answer=404, post=True),
    "own-sanction-take-back": Row(f"/mig/sanktioner/{NOBODYS}/klag/tilbage", CITIZENS, answer=404, post=True),
    "for-sanctions": Row("/for/{mandate}/sanktioner", {"karin"}),
    "for-sanction-answer": Row(
        f"/for/{{mandate}}/sanktioner/{NOBODYS}/svar", {"karin"}, answer=404, post=True
    ),
    "for-sanction-complain": Row(
        f"/for/{{mandate}}/sanktioner/{NOBODYS}/klag", {"karin"}, answer=404, post=True
    ),
    "for-sanction-take-back": Row(
        f"/for/{{mandate}}/sanktioner/{NOBODYS}/klag/tilbage", {"karin"}, answer=404, post=True
    ),
    "unit-citizens": Row("/enhedens-borgere", CASEWORKERS),
    "expiring": Row("/samtykker-der-udloeber", CASEWORKERS),
    "entrances": Row("/indgange", CASEWORKERS | LEADERS),
    "entrance-new": Row("/indgange/ny", LEADERS),
    "entrance": Row("/indgang/{entrance}", RECEIVING | LEADERS),
    "entrance-day": Row("/indgang/{entrance}/dag", RECEIVING),
    "entrance-arrive": Row("/indgang/{entrance}/ankomst", CASEWORKERS, answer=404, post=True),
    "entrance-citizens": Row("/indgang/{entrance}/borgere", RECEIVING),
    "entrance-setup": Row("/indgang/{entrance}/opsaetning", LEADERS),
    "entrance-close": Row("/indgang/{entrance}/luk", LEADERS),
    "entrance-numbers": Row("/indgang/{entrance}/tal", LEADERS),
    "entrance-visit": Row(f"/indgang/besoeg/{NOBODYS}/betjent", CASEWORKERS, answer=404, post=True),
    "entrance-citizen": Row(
        "/indgang/borger/{attachment}", RECEIVING, unseen=frozenset(CASEWORKERS - RECEIVING)
    ),
    "entrance-cancel": Row("/indgang/aftale/0/aflys", CASEWORKERS, answer=404, post=True),
    "own-entrance": Row("/mig/indgang", CITIZENS),
    "for-entrance": Row("/for/{mandate}/indgang", {"karin"}),
    "confirmations": Row("/bekraeftelser", CASEWORKERS | LEADERS),
    "confirmation": Row(f"/bekraeftelser/{NOBODYS}", CASEWORKERS | LEADERS, post=True),
    "confirmation-paper": Row(f"/bekraeftelser/{NOBODYS}/papir", CASEWORKERS | LEADERS, answer=404),
    "rules": Row("/regler", CASEWORKERS | LEADERS | {"dorte"}),
    "leader-home": Row("/leder", LEADERS),
    "analyst-home": Row("/analyse", COUNTERS),
    "committee-home": Row("/udvalg", COUNTERS),
    "mapping": Row("/kortlaegning", COUNTERS),
    "mapping-report": Row("/kortlaegning/rapport.pdf", COUNTERS),
    "boundary": Row("/kortlaegning/graense", COUNTERS),
    "mapping-models": Row("/kortlaegning/modeller", COUNTERS),
    "mapping-group": Row("/kortlaegning/2A", COUNTERS),
    "workshop": Row("/vaerksted", STAFF - {"ulla"}),
    "workshop-new": Row("/vaerksted/ny", {"anders"}),
    "workshop-draft": Row("/vaerksted/{draft}", LEADERS | {"anders", "dorte"}),
    "workshop-send": Row("/vaerksted/{draft}/send", {"anders"}, answer=302),
    "workshop-share": Row("/vaerksted/{draft}/del", {"anders"}, answer=302, post=True),
    "workshop-withdraw": Row("/vaerksted/{draft}/traek-tilbage", {"anders"}, answer=302, post=True),
    "workshop-decide": Row("/vaerksted/{draft}/godkend", LEADERS | {"anders"}),
    "workshop-try": Row("/vaerksted/{draft}/afproev", STAFF - {"ulla"}),
    "workshop-compare": Row("/vaerksted/{draft}/sammenlign/{draft}", LEADERS | {"anders", "dorte"}),
    "workshop-compare-group": Row(
        "/vaerksted/{draft}/sammenlign/maalgruppe/2A", LEADERS | {"anders", "dorte"}
    ),
    "law": Row("/lov", STAFF),
    "law-changes": Row("/lov/aendringer", STAFF),
    "law-flaws": Row("/lov/uoverensstemmelser", STAFF),
    "law-section": Row("/lov/units", STAFF),
    "law-entry": Row("/lov/benefits/kontanthjaelp/jobparat", STAFF),
    "steward-home": Row("/tilsyn", {"dorte"}),
    "deliveries": Row("/leverancer", {"dorte"}),
    "delivery-new": Row("/leverancer/ny", {"dorte"}),
    "delivery": Row("/leverancer/{delivery}", {"dorte"}),
    "delivery-state": Row("/leverancer/{delivery}/tilstand", {"dorte"}),
    "delivery-confirm": Row("/leverancer/{delivery}/bekraeft", {"dorte"}, answer=302),
    "delivery-refuse": Row("/leverancer/{delivery}/afvis", {"dorte"}, answer=302, post=True),
    "delivery-rejected": Row("/leverancer/fil/{file}/afviste.csv", {"dorte"}),
    "emergency-find": Row("/noedadgang", CASEWORKERS),
    "emergency": Row("/borger/{anna}/noedadgang", CASEWORKERS),
    "emergency-end": Row("/borger/{anna}/noedadgang/luk", CASEWORKERS, answer=302, post=True),
    "address": Row("/borger/{anna}/adresse", CASEWORKERS),
    "second-looks": Row("/andet-blik", LEADERS),
    "second-look": Row(f"/andet-blik/{NOBODYS}", LEADERS, answer=403, post=True),
    "newcomers": Row("/nye-borgere", {"dorte"}),
    "newcomer": Row(f"/nye-borgere/{NOBODYS}", {"dorte"}, answer=403, post=True),
    "samples": Row("/stikproever", LEADERS | {"dorte"}),
    "samples-draw": Row("/stikproever/udtraek", {"dorte"}, answer=404, post=True),
    "sample": Row("/stikproever/0", LEADERS | {"dorte"}, answer=403),
    "sample-judge": Row("/stikproever/0/opslag/0", LEADERS, answer=403, post=True),
    "sample-file": Row("/stikproever/0/arkiver", LEADERS, answer=403, post=True),
    "watched": Row("/overvaagede", {"dorte"}),
    "watched-end": Row(f"/overvaagede/{NOBODYS}/fjern", {"dorte"}, answer=403, post=True),
    "shields": Row("/saerlig-beskyttelse", {"dorte"}),
    "shield-end": Row("/saerlig-beskyttelse/0/ophaev", {"dorte"}, answer=403, post=True),
    "log": Row("/log", {"dorte"}),
    "log-health": Row("/log/tilstand", {"dorte"}),
    "log-verify": Row("/log/tilstand/efterproev", {"dorte"}, post=True),
    "log-heads": Row("/log/tilstand/hoveder.jsonl", {"dorte"}),
    "log-consistency": Row("/log/tilstand/1-2.json", {"dorte"}, answer=404),
    "public-keys": Row("/.well-known/helhed-keys.json", EVERYONE, stranger=200),
    "staff": Row("/medarbejdere", {"dorte"}),
    "roles": Row("/roller", STAFF),
    "api:openapi-json": Row("/api/v1/openapi.json", EVERYONE, stranger=200),
    "api:api-root": Row("/api/v1/", EVERYONE, answer=404, stranger=404),
    "api:health": Row("/api/v1/health", EVERYONE, stranger=200),
    "api:groups": Row("/api/v1/groups?on=2022-06-01", COUNTERS, stranger=401),
    "api:group-movements": Row("/api/v1/groups/2A/movements?on=2022-06-01", COUNTERS, stranger=401),
    "api:law-sections": Row("/api/v1/law", STAFF, stranger=401),
    "api:law-section": Row("/api/v1/law/benefits", STAFF, stranger=401),
}


def test_every_address_has_a_row():
    assert set(_names(get_resolver().url_patterns)) == set(ROWS)


@pytest.mark.parametrize("name", sorted(ROWS))
def test_who_may(pages, world: World, name: str):
    row = ROWS[name]
    draft = sent_draft("anders").pk if "{draft}" in row.path else 0
    mandate = mandate_to("karin", world.anna) if "{mandate}" in row.path else ""
    made = {"delivery": world.delivery.pk, "file": _bad_file(world), "draft": draft, "mandate": mandate}
    if "{entrance}" in row.path or "{attachment}" in row.path:
        house = opened_for_8a()
        made |= {"entrance": house.entrance.pk, "attachment": attached(house, world.anna).pk}
    path = row.path.format(anna=world.anna, **made)
    for username in sorted(EVERYONE):
        expected = row.answer if username in row.may else 404 if username in row.unseen else row.others
        assert (username, _status(pages(username), row, path)) == (username, expected)
    assert _status(pages(), row, path) == row.stranger


def test_a_stranger_comes_back_to_the_page_after_log_in(pages):
    answer = pages().get("/kortlaegning?dato=2022-06-01")
    assert answer["Location"] == "/log-ind?next=/kortlaegning%3Fdato%3D2022-06-01"


def _status(client, row: Row, path: str) -> int:
    return (client.post(path) if row.post else client.get(path)).status_code


def _bad_file(world: World) -> int:
    return next(file.pk for file in world.delivery.files.all() if file.rejected)


def _names(patterns: list[URLPattern | URLResolver], space: str = "") -> list[str]:
    names = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else space
            names += _names(pattern.url_patterns, inner)
        else:
            names.append(f"{space}{pattern.name}")
    return names
