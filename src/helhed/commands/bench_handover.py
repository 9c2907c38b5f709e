"""`helhed bench handover`: how long the pages of the hand-overs take on the whole demo city, as a caseworker uses them.

Everyone in model 5A is proposed; the unit that receives and the one that hands over work through them, fifty at a time. A
page is timed from the request to the last byte, in one process. Beside it: the same frame with nothing in it, and the bare
statement for the fifty rows of a list.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from rich.console import Console

from helhed.accounts.models import User
from helhed.audit.actions import SYSTEM
from helhed.commands.bench_engine import machine
from helhed.commands.demo_city import STEPS, make_city
from helhed.commands.demo_handovers import BIF_UNIT, RECEIVING
from helhed.commands.engine_bench.rows import Row, as_plain, missed, seconds, tell
from helhed.commands.hatch_bench.deciding import share
from helhed.commands.own_database import database_of_its_own, deliveries_in
from helhed.commands.refusal import RefusalError
from helhed.commands.serve import settle
from helhed.commands.telling import Telling
from helhed.coordination.handover.chain import actions
from helhed.coordination.handover.chain.models import Chain
from helhed.sharing.consent import actions as consents

PAGE = 300.0
"""The aim: milliseconds of a page or a bulk act (p95)."""
FIFTY, TIMES = 50, 40
ASSESSED = {
    "bente": {"EX1": "nej", "EX3": "nej"},
    "soeren": {"need": "ja", "EX2": "nej"},
}
BARE = """
    SELECT id, person_key, state, opened_at, due_on FROM handover_chain
    WHERE to_unit = %s AND state = 'proposed' ORDER BY due_on, opened_at, id LIMIT 50 OFFSET %s
"""
_WIDTH, _QUIET = 140, 0.5


@dataclass(frozen=True)
class Timed:
    """What was timed, and how long each time took, in seconds."""

    work: str
    spent: list[float]
    note: str = ""


def run(people: int, output: Path | None = None) -> None:
    """Make the city, measure, tell the table, write it as JSON if asked to. RefusalError if an aim is missed."""
    on = machine()
    usual = settings.KEY_FOLDER, settings.DATA_FOLDER
    with tempfile.TemporaryDirectory(prefix="helhed-bench-") as folder, database_of_its_own():
        settings.KEY_FOLDER, settings.DATA_FOLDER = Path(folder, "keys"), Path(folder)
        try:
            with deliveries_in(Path(folder)):
                make_city(Telling(STEPS), people)
            rows = list(measured())
        finally:
            settings.KEY_FOLDER, settings.DATA_FOLDER = usual
    tell(rows, Console(highlight=False, width=None if sys.stdout.isatty() else _WIDTH))
    print(f"Measured on {on['cores']} cores ({on['processor']}).")
    if on["busy"] > _QUIET:
        print(f"The machine was busy ({on['busy']}): the times are too long, the ratios hold.")
    if output is not None:
        output.write_text(json.dumps({"machine": on, "rows": [as_plain(row) for row in rows]}, indent=1))
    if short := missed(rows):
        raise RefusalError(f"Aims missed: {'; '.join(row.work for row in short)}.")


def measured() -> Iterator[Row]:
    """The rows one by one, in the city that is made."""
    bente, soeren = _browser("bente"), _browser("soeren")
    proposals = Chain.objects.filter(state="proposed", direction="over").count()
    _get(soeren, "/overdragelser")  # the catalogue and the rules are read once
    settle()
    frame = Timed("the frame with nothing in it", [_get(soeren, "/roller") for _time in range(TIMES)])
    bare = Timed("the bare statement", [_bare(page) for page in range(TIMES)])
    for timed in (*_looks(soeren), *_acts(bente, soeren)):
        yield _row(timed, f"{proposals:,} proposals. {timed.note}".strip(), PAGE)
        if timed.work == LIST:
            yield _against(timed, frame)
            yield _against(timed, bare)


LIST = "a list of fifty"


def _looks(soeren: Client) -> Iterator[Timed]:
    pages = range(1, TIMES + 1)
    last = max(1, Chain.objects.filter(to_unit=RECEIVING, state="proposed").count() // FIFTY)
    yield Timed(
        LIST, [_get(soeren, f"/overdragelser?hylde=forslag&side={1 + page % last}") for page in pages]
    )
    yield Timed(
        "the same, only ours", [_get(soeren, "/overdragelser?hylde=forslag&vores=1") for _page in pages]
    )
    found = [
        _post(soeren, "/overdragelser?hylde=forslag", tekst=name)
        for name in ("jensen", "sø", "anne", "ali") * 10
    ]
    yield Timed("found by name", found)
    chains = Chain.objects.filter(to_unit=RECEIVING, state="proposed").values_list("pk", flat=True)[:TIMES]
    yield Timed("one hand-over", [_get(soeren, f"/overdragelser/{chain}") for chain in chains])
    yield Timed("the front page", [_get(soeren, "/sagsbehandler") for _page in pages])


def _acts(bente: Client, soeren: Client) -> Iterator[Timed]:
    """Fifty at a time, from the assessment to the acceptance; what the citizens answer is not timed."""
    batches = _batches("proposed")
    yield Timed("what an act means, for fifty", [_many(soeren, "vurder", each) for each in batches])
    for client, name in ((soeren, "soeren"), (bente, "bente")):
        spent = [_many(client, "vurder", each, do="goer", **ASSESSED[name]) for each in batches]
        yield Timed(f"assess fifty ({'SOF' if name == 'soeren' else 'BIF'})", spent)
    half = len(batches) // 2
    for how, each in (("portal", batches[:half]), ("letter", batches[half:])):
        if not each:
            continue
        spent = [_many(bente, "spoerg", some, do="goer", hvordan=how, dage="365") for some in each]
        yield Timed(f"ask fifty ({'on their page' if how == 'portal' else 'by letter'})", spent)
    _say_yes()
    day = f"{timezone.localdate():%d-%m-%Y}"
    yield Timed("decide fifty", [_many(bente, "afgoer", each, do="goer", dag=day) for each in batches])
    yield Timed("accept fifty", [_many(soeren, "tag-imod", each, do="goer") for each in batches])
    began = perf_counter()
    moved = actions.effect_due(by=SYSTEM)
    yield Timed(
        "one takes effect (the worker)", [(perf_counter() - began) / max(moved, 1)], f"{moved:,} moved."
    )


def _batches(state: str) -> list[list[UUID]]:
    """Chains both units work with, fifty at a time; at least one batch."""
    chains = list(
        Chain.objects.filter(state=state, from_unit=BIF_UNIT, to_unit=RECEIVING)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    return [chains[at : at + FIFTY] for at in range(0, max(len(chains) - FIFTY + 1, 1), FIFTY)]


def _say_yes() -> None:
    asked = Chain.objects.filter(state="asked", from_unit=BIF_UNIT).values_list("consent", "person_key")
    for consent, _person in list(asked):
        consents.give(by=SYSTEM, consent=consent, language="da")
    actions.hear_answers(by=SYSTEM)


def _browser(username: str) -> Client:
    client = Client(headers={"accept-language": "da", "host": "localhost"})
    client.force_login(User.objects.get(username=username))
    return client


def _get(client: Client, address: str) -> float:
    return _timed(lambda: client.get(address))


def _post(client: Client, address: str, **said: object) -> float:
    return _timed(lambda: client.post(address, said))


def _many(client: Client, act: str, chains: Sequence[UUID], **said: str) -> float:
    return _post(client, f"/overdragelser/samlet/{act}", borger=[str(chain) for chain in chains], **said)


def _timed(ask: Callable[[], HttpResponse]) -> float:
    began = perf_counter()
    answer = ask()
    spent = perf_counter() - began
    if answer.status_code not in (200, 302):
        raise RefusalError(f"A page answered {answer.status_code}.")
    return spent


def _bare(page: int) -> float:
    began = perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(BARE, [RECEIVING, FIFTY * (page % 10)])
        cursor.fetchall()
    return perf_counter() - began


def _row(timed: Timed, note: str, most: float) -> Row:
    spent = sorted(timed.spent)
    high = share(spent, 0.95)
    told = f"{seconds(share(spent, 0.5))} / {seconds(high)}"
    return Row(
        timed.work, told, "", high * 1e3, ("≤", most), "ms", f"p50 / p95 of {len(timed.spent)}. {note}"
    )


def _against(timed: Timed, peer: Timed) -> Row:
    ours, theirs = (share(sorted(each.spent), 0.5) for each in (timed, peer))
    return Row(
        f"{timed.work} against {peer.work}", seconds(ours), seconds(theirs), ours / theirs, note="p50."
    )
