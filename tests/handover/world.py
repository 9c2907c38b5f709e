"""The small world of the hand-overs: that of the page tests, with more citizens, delivered and counted.

Eva, Finn and Jon stand in 5A (driftscenter 1; their employment case is at Gammel Køge Landevej), and so does nobody else;
Gry stands in 8B (driftscenter 2); Hans and Ida are the parents of Liv, who has a child case at driftscenter 5, and stand in
4A. Nobody of them has consented to anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from django.db import connection
from django.utils import timezone

from helhed.accounts.actions import Login, appoint
from helhed.audit.actions import SYSTEM
from helhed.coordination.handover.adoption.models import AdoptedModel
from helhed.membership.actions import recount
from helhed.register.models import Delivery
from helhed.register.questions import find
from helhed.sharing.arrivals import settle
from helhed.sharing.consent import actions as consents
from helhed.sharing.consent.deciding import Question
from helhed.sharing.consent.notices import Choices
from pages import world as pages

EVA, FINN, GRY, JON = "6503851111", "6604902222", "6705883333", "6806794444"
HANS, IDA, LIV = "6107821555", "6208832666", "6309154777"
GKL, ONE, TWO, FIVE = (
    "bif/jobcenter-koebenhavn/gammel-koege-landevej",
    "sof/driftscenter-1",
    "sof/driftscenter-2",
    "sof/driftscenter-5",
)
WRITTEN = "Jobcenter København, Gammel Køge Landevej"
IN_BIF = {
    "Eva Holt": EVA,
    "Finn Bech": FINN,
    "Gry Dam": GRY,
    "Jon Lund": JON,
    "Hans Riis": HANS,
    "Ida Riis": IDA,
}
IN_SOF = {EVA: 1, FINN: 1, JON: 1, GRY: 2}
RECEIVING = {"5A": ONE, "5B": TWO, "4A": FIVE, "8B": TWO}
PLAN = ("benefit", "employment_case", "social_case", "plan")


@dataclass(frozen=True)
class World(pages.World):
    """The keys of the citizens that were added."""

    eva: UUID
    finn: UUID
    gry: UUID
    jon: UUID
    hans: UUID
    ida: UUID
    liv: UUID
    folder: Path


def build(folder: Path) -> World:
    """The small world with the citizens of the hand-overs."""
    return extended(pages.build(folder), folder)


def extended(small: pages.World, folder: Path) -> World:
    """Deliver both sides' files as changes on top of the small world, count, and appoint."""
    bif = pages.deliver(folder / "handover-bif", "bif-fagsystem", _bif(), nights_ago=1)
    sof = pages.deliver(folder / "handover-sof", "sof-fagsystem", _sof(), nights_ago=1)
    count(bif)
    count(sof)
    numbers = (EVA, FINN, GRY, JON, HANS, IDA, LIV)
    world = World(**vars(small), **dict(zip(_NAMES, map(key, numbers), strict=True)), folder=folder)
    for login in _logins(world):
        appoint(by=SYSTEM, login=login, password=pages.PASSWORD)
    return world


def crowd(folder: Path, size: int, first: int = 1000) -> list[UUID]:
    """So many more citizens in 5A, delivered and counted; for tests that use one up each time."""
    numbers = [f"610280{first + number}" for number in range(size)]
    count(
        pages.deliver(
            folder / "crowd-bif", "bif-fagsystem", _bif({f"P Q{n}": n for n in numbers}), nights_ago=0
        )
    )
    count(pages.deliver(folder / "crowd-sof", "sof-fagsystem", _sof(dict.fromkeys(numbers, 1)), nights_ago=0))
    return [key(number) for number in numbers]


_NAMES = ("eva", "finn", "gry", "jon", "hans", "ida", "liv")


def key(number: str) -> UUID:
    """The citizen with this number."""
    return find(number)[0].key


def count(delivery: Delivery | None) -> None:
    """What the worker does after a delivery, and clear the tables that otherwise go with the transaction."""
    settle(by=SYSTEM, delivery=delivery)
    recount(by=SYSTEM, delivery=delivery)
    with connection.cursor() as cursor:
        cursor.execute("DISCARD TEMP")


def adopt(model: str, mode: str = "trial", **more: object) -> AdoptedModel:
    """A model that birgit (BIF) has proposed and lene (SOF) has approved, from the first of January 2026 on."""
    wished = {
        "valid_from": date(2026, 1, 1),
        "valid_to": date(2027, 12, 31) if mode == "trial" else None,
        "receiving": RECEIVING[model],
        "ground": "LOV-1750-2025",
        "confirmed_by_lawyer": "Jurist J. Holm, notat 7" if mode == "in_force" else "",
        "confirmed_on": date(2025, 12, 1) if mode == "in_force" else None,
        "proposed_by": "birgit",
        "proposed_unit": GKL,
    } | more
    row = AdoptedModel.objects.create(model=model, mode=mode, **wished)
    row.state, row.decided_by, row.decided_unit = "approved", "lene", wished["receiving"]
    row.decided_at = timezone.now()
    row.save(update_fields=["state", "decided_by", "decided_unit", "decided_at"])
    return row


def consent(
    person: UUID, to: str = ONE, days: int = 365, *, answer: str = "given", asked: UUID | None = None
) -> UUID:
    """The joint plan with this unit: asked by Bente of BIF, or before (`asked`), and answered "given", "refused" or not yet."""
    question = Question(
        "helhedsorienteret-plan", Choices(PLAN, ("bif", "sof"), (to,), "", days), asked_unit=GKL
    )
    asked = asked or consents.ask(by=pages.user("bente"), person=person, question=question, language="da")
    if answer:
        say = consents.give if answer == "given" else consents.refuse
        say(by=SYSTEM, consent=asked, language="da")
    return asked


def benefit_stops(world: World, number: str = JON) -> None:
    """A later delivery: the benefit ended yesterday, so the citizen is no longer in the group; counted."""
    ended = timezone.localdate() - timedelta(days=1)
    line = f"O;H-Y-{number};{number};Kontanthjælp, aktivitetsparat;01-02-2022;{ended:%d-%m-%Y};11000,00"
    _later(world, {"BIF_YDELSER_AENDRING": [_BENEFITS, line]})


def benefit_resumes(world: World, number: str = JON) -> None:
    """A still later delivery: the benefit runs after all."""
    line = f"O;H-Y-{number};{number};Kontanthjælp, aktivitetsparat;01-02-2022;;11000,00"
    _later(world, {"BIF_YDELSER_AENDRING": [_BENEFITS, line]})


def _later(world: World, files: dict[str, list[str]]) -> None:
    taken = len(list(world.folder.glob("later-*")))
    count(pages.deliver(world.folder / f"later-{taken}", "bif-fagsystem", files, nights_ago=0))


_BENEFITS = "AENDRING;YDELSE_ID;CPRNR;YDELSE;FRA_DATO;TIL_DATO;MAANEDSBELOEB"


def _bif(named: Mapping[str, str] = IN_BIF) -> dict[str, list[str]]:
    people = [f"O;{number};{name.split()[0]};{name.split()[1]};N" for name, number in named.items()]
    numbers = named.values()
    benefits = [f"O;H-Y-{n};{n};Kontanthjælp, aktivitetsparat;01-02-2022;;11000,00" for n in numbers]
    cases = [f"O;H-S-{n};{n};LAB § 6 nr. 3;{WRITTEN};01-02-2022;" for n in numbers]
    return {
        "BIF_PERSONER_AENDRING": ["AENDRING;CPRNR;FORNAVN;EFTERNAVN;ADRESSEBESKYTTELSE", *people],
        "BIF_YDELSER_AENDRING": [_BENEFITS, *benefits],
        "BIF_SAGER_AENDRING": ["AENDRING;SAGSNR;CPRNR;PERSONKATEGORI;ENHED;STARTDATO;SLUTDATO", *cases],
    }


def _sof(placed: Mapping[str, int] = IN_SOF) -> dict[str, list[str]]:
    known = {number: name for name, number in IN_BIF.items()}
    everyone = placed if placed is not IN_SOF else known
    people = [f"O;{n};{', '.join(known.get(n, 'P Q').split()[::-1])};Nej" for n in everyone]
    cases = [f"O;H-P-{n};{n};Primær;Driftscenter {unit};01-03-2025;31-12-9999" for n, unit in placed.items()]
    services = [
        f"O;H-I-{n};{n};SEL § 110;Herberg (§ 110);Driftscenter 1;01-04-2025;31-12-9999;9000,00"
        for n, unit in placed.items()
        if unit == 1
    ]
    return {
        "SOF_BORGERE_AENDRING": ["AENDRING;Cpr;Navn;Beskyttet", *people, f"O;{LIV};Riis, Liv;Nej"],
        "SOF_SAGER_AENDRING": ["AENDRING;Sagsnummer;Cpr;Sagstype;Enhed;Oprettet;Lukket", *cases],
        "SOF_INDSATSER_AENDRING": [
            "AENDRING;IndsatsId;Cpr;Paragraf;Betegnelse;Enhed;Startdato;Slutdato;PrisPrMaaned",
            *services,
        ],
        "SOF_FAMILIE_AENDRING": [
            "AENDRING;RelationId;ForaelderCpr;BarnCpr;FraDato;TilDato",
            f"O;H-F-1;{HANS};{LIV};10-09-2015;31-12-9999",
            f"O;H-F-2;{IDA};{LIV};10-09-2015;31-12-9999",
        ],
        "SOF_BOERNESAGER_AENDRING": [
            "AENDRING;Sagsnummer;BarnCpr;Foranstaltning;Enhed;Startdato;Slutdato",
            f"O;H-B-1;{LIV};BL § 32 familiebehandling;Driftscenter 5;01-05-2025;31-12-9999",
        ],
    }


def _logins(world: World) -> list[Login]:
    return [
        Login("bodil", "Bodil Juhl", "caseworker", "bif", GKL),
        Login("signe", "Signe Holm", "caseworker", "sof", ONE),
        Login("maja", "Maja Friis", "caseworker", "sof", FIVE),
        Login("eva", "Eva Holt", "citizen", person_key=world.eva),
        Login("gry", "Gry Dam", "citizen", person_key=world.gry),
        Login("hans", "Hans Riis", "citizen", person_key=world.hans),
    ]
