"""The demo's data: a made-up city, delivered through the ordinary door, counted, with log-ins and notices.

What is done is written in the log of the very database it was done in. So a demo that was interrupted goes on at the
step that broke, and a database that no demo made is left alone.
"""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from helhed.accounts.actions import DEMO_STAFF, make_demo_users
from helhed.accounts.models import User
from helhed.audit.actions import SYSTEM, note
from helhed.audit.models import Event
from helhed.commands import demo_handovers, demo_sanctions
from helhed.commands.demo_consents import lay_out
from helhed.commands.refusal import RefusalError
from helhed.commands.telling import Report, Telling
from helhed.coordination.advis.actions import write_notices
from helhed.membership import drafting
from helhed.membership.actions import recount
from helhed.register.actions import receive
from helhed.register.models import Delivery, Source
from helhed.sharing import hatch, newcomers
from helhed.sharing.answers import Found
from helhed.sharing.arrivals import settle
from helhed.synthetic.city import City, write_city

PEOPLE = 60_000
STEPS = 13
ACTION = "demo"
CITY = "city"
FULL_DELIVERIES = 2
LOG_INS = ((("bente", "soeren"), 3), (("bente", "kim"), 1))
"""How many citizens log in of those that these caseworkers both meet, as far as there are any."""
DRAFTS: tuple[tuple[drafting.Words, str], ...] = (
    (
        {
            "key": "5A",
            "label_da": "5A, når opholdet har varet i tre måneder",
            "label_en": "5A once the stay has lasted three months",
            "base_key": "5A",
            "criteria": """\
all:
- age: {from: 18}
- benefit: [kontanthjaelp/aktivitetsparat, ressourceforloebsydelse/ressourceforloeb, ledighedsydelse]
- social_case: {any_of: [primaer], unit: [sof/borgercenter-voksne/hjemloeseenheden]}
- service: {any_of: [SEL-110, SEL-107], lasted: P3M}
""",
            "note": "Korte ophold giver mange overdragelser frem og tilbage. Hvor mange færre bliver det, hvis vi venter?",
        },
        "share",
    ),
    (
        {
            "key": "HJEMLOES-UDEN-PLAN",
            "label_da": "Hjemløse på kontanthjælp uden handleplan i et år",
            "label_en": "Homeless on cash benefit without a plan for a year",
            "base_key": "5A",
            "criteria": """\
all:
- age: {from: 18}
- benefit: [kontanthjaelp]
- social_case: {any_of: [primaer], unit: [sof/borgercenter-voksne/hjemloeseenheden]}
- not: {plan: {any_of: [handleplan], within: P1Y}}
""",
            "note": "Dem, ingen har lavet en plan med. Foreslås som fælles indsats fra næste kvartal.",
        },
        "send",
    ),
)
"""The drafts of the analyst, and what has been done with each."""


@dataclass(frozen=True)
class Parcel:
    """Files of one source as they came one night."""

    source: str
    folder: Path
    received_at: datetime


@dataclass(frozen=True)
class Task:
    """A step of the demo: its mark in the log, its title, and what it does."""

    mark: str
    title: str
    act: Callable[[Report], None]


def make_city(telling: Telling, people: int | None) -> list[dict[str, str]]:
    """Do every step this database has not seen yet; each is done whole, or begun again.

    Answers a few citizens worth looking at: `number`, `name` and `story`.
    """
    _make_tables(telling)
    size = _size(people)
    folder = settings.DATA_FOLDER / "demo" / str(size)
    listed = folder / "city.json"
    done = _marks()
    if not listed.exists():
        with telling.step(f"The city: {size:,} people in the files of two case systems") as report:
            _write(folder, size, report)
    else:
        telling.skip("The city", "written before")
    city = json.loads(listed.read_text())
    parcels = [
        Parcel(p["source"], folder / p["folder"], datetime.fromisoformat(p["at"])) for p in city["parcels"]
    ]
    for task in _tasks(parcels, city["citizens"]):
        if task.mark in done:
            telling.skip(task.title, "done before")
            continue
        with telling.step(task.title) as report:
            task.act(report)
        _mark(task.mark)
    return city["citizens"]


def _tasks(parcels: list[Parcel], citizens: list[dict[str, str]]) -> list[Task]:
    first, later = parcels[:FULL_DELIVERIES], parcels[FULL_DELIVERIES:]
    return [
        *(Task(p.source, f"Delivery from {p.source}", partial(_deliver, p)) for p in first),
        Task("counted", "Counting who stands in which group", _count),
        Task("embargo", "From now on new people are held back until somebody has looked", _hold_back),
        Task("later", "What changed in the weeks after", partial(_later, later)),
        Task("log-ins", "Log-ins", partial(_make_log_ins, citizens)),
        Task("consents", "Consents asked for, given and waiting, and a mandate", lay_out),
        Task("handovers", "Hand-overs on their way, and a joint entrance", demo_handovers.lay_out),
        Task("sanctions", "Sanctions at each step, and complaints", demo_sanctions.lay_out),
        Task("drafts", "Drafts in the workshop", _draw),
        Task("notices", "Notices to the units", _notify),
    ]


# ---- what is done


def _marks() -> set[str]:
    return set(Event.objects.filter(action=ACTION).values_list("object", flat=True))


def _mark(what: str) -> None:
    note(by=SYSTEM, action=ACTION, object=what)


def is_demo() -> bool:
    """True when a demo made this database's data."""
    return Event.objects.filter(action=ACTION).exists()


def is_empty() -> bool:
    """True when nobody has put anything into this database's tables."""
    return not (Source.objects.exists() or User.objects.exists())


def _size(people: int | None) -> int:
    """How many people this database's city has; decided once, when it is begun."""
    begun = [int(mark.split()[1]) for mark in _marks() if mark.startswith(f"{CITY} ")]
    if not begun:
        if not is_empty():
            raise RefusalError(
                "The database holds data that no demo made. Name another in HELHED_DATA or DATABASE_URL."
            )
        _mark(f"{CITY} {people or PEOPLE}")
        return people or PEOPLE
    if people not in (None, begun[0]):
        raise RefusalError(
            f"The demo here has {begun[0]} people. To begin again with {people}: "
            f"./helhed demo --fresh --people {people}"
        )
    return begun[0]


# ---- the steps


def _make_tables(telling: Telling) -> None:
    executor = MigrationExecutor(connections["owner"])
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not waiting:
        telling.skip("Tables", "as they should be")
        return
    with telling.step("Tables") as report:
        call_command("migrate", database="owner", interactive=False, verbosity=0)
        report("", 1.0)


def _write(folder: Path, people: int, report: Report) -> None:
    """Write the city's files beside their place, then move them there: half a city is never found."""
    new = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    try:
        city = write_city(new, people, progress=report)
    except ValueError as error:
        raise RefusalError(str(error)) from None
    (new / "city.json").write_text(json.dumps(_described(city, new), ensure_ascii=False, indent=1))
    shutil.rmtree(folder, ignore_errors=True)
    new.rename(folder)


def _described(city: City, folder: Path) -> dict[str, list[dict[str, str]]]:
    return {
        "parcels": [
            {
                "source": d.source,
                "folder": str(d.folder.relative_to(folder)),
                "at": d.received_at.isoformat(),
            }
            for d in city.deliveries
        ],
        "citizens": [{"number": c.number, "name": c.name, "story": c.story_en} for c in city.citizens],
    }


def _deliver(parcel: Parcel, report: Report) -> Delivery:
    """Deliver as the source did that night; on a machine whose clock is behind that night, as of now."""
    past = parcel.received_at if parcel.received_at < timezone.now() else None
    delivery = receive(
        by=SYSTEM,
        source=parcel.source,
        folder=parcel.folder,
        received_at=past,
        progress=lambda step, done, total: report(step, done / total if total else 0.0),
    )
    if delivery.status != "received":
        raise RefusalError(
            f"The delivery from {parcel.source} is {delivery.status}. {delivery.message('en')}"
        )
    return delivery


def _count(report: Report) -> None:
    """Count everyone. The server looks at the new rows before and after: it would only do so by itself in a minute."""
    _look_at_rows()
    settle(by=SYSTEM)
    recount(by=SYSTEM, progress=report)
    _look_at_rows()


def _look_at_rows() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")


def _hold_back(report: Report) -> None:
    """The first files are of people known for years; whoever comes after them is new."""
    newcomers.follow_setting()
    report("", 1.0)


def _later(parcels: list[Parcel], report: Report) -> None:
    """Each night's changes are counted for the people they touched, so that there is something to notify of."""
    for number, parcel in enumerate(parcels):
        report(f"{parcel.source} {parcel.folder.parent.name}", number / len(parcels))
        delivery = _deliver(parcel, lambda step, share: None)
        settle(by=SYSTEM, delivery=delivery)
        recount(by=SYSTEM, delivery=delivery)
    report("", 1.0)


def _make_log_ins(citizens: list[dict[str, str]], report: Report) -> None:
    """The staff, and a few citizens found by number as a caseworker would find them; those the caseworkers of both sides meet
    come first."""
    finder = User(username="demo", role="caseworker", administration="bif", unit="bif", clearance=2)
    found = {
        hit.key: (hit.name, citizen)
        for citizen in citizens
        for hit in _found(citizen, finder)
        if not hit.protected
    }
    chosen: list[UUID] = []
    for usernames, number in LOG_INS:
        left = [key for key in found if key not in chosen]
        met = {key: sum(_meets(username, found[key][1]) for username in usernames) for key in left}
        chosen += sorted(left, key=lambda key: (-met[key], found[key][0]))[:number]
    logins = [(found[key][0].split()[0].lower(), found[key][0], key) for key in chosen]
    make_demo_users(by=SYSTEM, password=settings.DEMO_PASSWORD, citizens=logins)


def _meets(username: str, citizen: dict[str, str]) -> bool:
    """Whether one of the demo's caseworkers may meet a citizen."""
    login = next(login for login in DEMO_STAFF if login.username == username)
    one = User(username="demo", role=login.role, administration=login.administration, unit=login.unit)
    return any(not hit.elsewhere for hit in _found(citizen, one))


def _found(citizen: dict[str, str], by: User) -> list[Found]:
    return hatch.find(text=citizen["number"], by=by, purpose="sagsbehandling", language="da")


@transaction.atomic
def _draw(report: Report) -> None:
    """What lies on the analyst's bench: a narrower 5A that colleagues can see, and one that waits for the leader's approval."""
    analyst = User.objects.get(username="anders")
    for words, step in DRAFTS:
        draft = drafting.save(by=analyst, **words)
        if step == "share":
            drafting.share(by=analyst, draft=draft, shared=True)
        else:
            drafting.send(by=analyst, draft=draft)
    report("", 1.0)


def _notify(report: Report) -> None:
    write_notices(by=SYSTEM)
