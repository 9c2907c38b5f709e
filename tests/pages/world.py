"""A very small world for the page tests, delivered through the ordinary door and counted.

Anna has a case on both sides and consents to sharing; Bo has a case in BIF only; Dorte only in SOF, with a protected address.
Anna's social case comes with the second night's files, so that there is a notice. One row is bad.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.db import connection
from django.utils import timezone

from helhed.accounts.actions import Login, appoint
from helhed.accounts.models import User
from helhed.audit.actions import SYSTEM
from helhed.coordination.advis.actions import write_notices
from helhed.coordination.advis.models import Notice
from helhed.membership import drafting
from helhed.membership.actions import recount
from helhed.membership.models import Draft
from helhed.register.actions import receive
from helhed.register.models import Delivery
from helhed.register.questions import find
from helhed.sharing.arrivals import settle
from helhed.sharing.mandates import actions as mandates

PASSWORD = "kun-til-denne-test"
ANNA, BO, DORTE = "6101801111", "6202812222", "6404824444"
FIRST_BIF = {
    "BIF_PERSONER": ["CPRNR;FORNAVN;EFTERNAVN;ADRESSEBESKYTTELSE", f"{ANNA};Anna;Åkær;N", f"{BO};Bo;Berg;N"],
    "BIF_YDELSER": [
        "YDELSE_ID;CPRNR;YDELSE;FRA_DATO;TIL_DATO;MAANEDSBELOEB",
        f"Y1;{ANNA};Kontanthjælp, aktivitetsparat;01-02-2020;;11.432,50",
        f"Y2;{BO};KTH jobparat;01-03-2025;;11.000,00",
        f"Y3;{BO};Noget helt andet;01-03-2024;31-03-2024;",
    ],
    "BIF_SAGER": [
        "SAGSNR;CPRNR;PERSONKATEGORI;ENHED;STARTDATO;SLUTDATO",
        f"S1;{ANNA};LAB § 6 nr. 3;Jobcenter København, Gammel Køge Landevej;01-02-2020;",
        f"S2;{BO};LAB § 6 nr. 2;Jobcenter København, Gammel Køge Landevej;01-03-2025;",
    ],
    "BIF_SAMTYKKER": [
        "SAMTYKKE_ID;CPRNR;SAMTYKKETYPE;GYLDIG_FRA;GYLDIG_TIL",
        f"K1;{ANNA};Deling;01-03-2024;",
    ],
}
FIRST_SOF = {
    "SOF_BORGERE": ["Cpr;Navn;Beskyttet", "610180-1111;Åkær, Anna;Nej", "640482-4444;Ørum, Dorte;Ja"],
    "SOF_SAGER": [
        "Sagsnummer;Cpr;Sagstype;Enhed;Oprettet;Lukket",
        "P1;640482-4444;Primær;Driftscenter 1;01-05-2025;31-12-9999",
    ],
}
SECOND_SOF = {
    "SOF_SAGER_AENDRING": [
        "AENDRING;Sagsnummer;Cpr;Sagstype;Enhed;Oprettet;Lukket",
        "O;P2;610180-1111;Primær;Driftscenter 1;01-06-2025;31-12-9999",
    ]
}


@dataclass(frozen=True)
class World:
    """What the tests know of the small world: the people's keys, the bad delivery, a notice to each side."""

    anna: UUID
    bo: UUID
    dorte: UUID
    delivery: Delivery
    notices: dict[str, Notice]


def build(folder: Path) -> World:
    """Deliver, count, notify and appoint."""
    first = deliver(folder / "1", "bif-fagsystem", FIRST_BIF, nights_ago=2)
    deliver(folder / "2", "sof-fagsystem", FIRST_SOF, nights_ago=2)
    _count(None)
    _count(deliver(folder / "3", "sof-fagsystem", SECOND_SOF, nights_ago=1))
    write_notices(by=SYSTEM)
    anna, bo, dorte = (find(number)[0].key for number in (ANNA, BO, DORTE))
    for login in _logins(anna, bo):
        appoint(by=SYSTEM, login=login, password=PASSWORD)
    return World(
        anna, bo, dorte, first, {notice.unit.split("/")[0]: notice for notice in Notice.objects.all()}
    )


def user(username: str) -> User:
    """A login by name."""
    return User.objects.get(username=username)


def _count(delivery: Delivery | None) -> None:
    """Count, and clear the temporary tables that otherwise go with the transaction (here all is one transaction)."""
    settle(by=SYSTEM, delivery=delivery)
    recount(by=SYSTEM, delivery=delivery)
    with connection.cursor() as cursor:
        cursor.execute("DISCARD TEMP")


def _logins(anna: UUID, bo: UUID) -> list[Login]:
    return [
        Login(
            "bente",
            "Bente Holm",
            "caseworker",
            "bif",
            "bif/jobcenter-koebenhavn/gammel-koege-landevej",
            clearance=2,
            protected_address=True,
        ),
        Login("soeren", "Søren Kjær", "caseworker", "sof", "sof/driftscenter-1", clearance=2),
        Login("kim", "Kim Dahl", "caseworker", "sof", "sof/driftscenter-2"),
        Login("yrsa", "Yrsa Lynge", "caseworker", "bif", "bif/ydelsesservice"),
        Login("lene", "Lene Brandt", "leader", "sof", "sof/driftscenter-1"),
        Login("birgit", "Birgit Lund", "leader", "bif", "bif/jobcenter-koebenhavn/gammel-koege-landevej"),
        Login("anders", "Anders Wulff", "analyst"),
        Login("dorte", "Dorte Ravn", "steward"),
        Login("ulla", "Ulla Friis", "committee"),
        Login("anna", "Anna Åkær", "citizen", person_key=anna),
        Login("bo", "Bo Berg", "citizen", person_key=bo),
        Login("karin", "Karin Madsen", "representative"),
    ]


def deliver(folder: Path, source: str, files: Mapping[str, list[str]], nights_ago: int) -> Delivery:
    """Write the files of one source and take them in."""
    folder.mkdir()
    for name, lines in files.items():
        table = name if name.endswith("_AENDRING") else f"{name}_FULD"
        (folder / f"{table}_20261101.csv").write_bytes(
            "".join(f"{line}\r\n" for line in lines).encode("cp1252")
        )
    at = timezone.now() - timedelta(days=nights_ago)
    delivery = receive(by=SYSTEM, source=source, folder=folder, received_at=at)
    assert delivery.status == "received", delivery.message_en
    return delivery


def sent_draft(username: str) -> Draft:
    """A shared draft of the workshop by this user, sent to approval: adults with a case in SOF, who have none in BIF."""
    criteria = "all: [{age: {from: 18}}, {social_case: {}}, {not: {employment_case: {}}}]"
    words = {
        "key": "KUN-SOF",
        "label_da": "Kun sag i SOF",
        "label_en": "Case in SOF only",
        "base_key": "",
        "note": "",
    }
    draft = drafting.save(by=user(username), criteria=criteria, **words)
    drafting.share(by=user(username), draft=draft, shared=True)
    return drafting.send(by=user(username), draft=draft)


def mandate_to(username: str, person: UUID, *scope: str, lasts: timedelta = timedelta(days=30)) -> UUID:
    """A mandate from a citizen, taken by this user; the whole scope unless told."""
    now = timezone.now()
    _mandate, code = mandates.offer(
        by=User.objects.get(person_key=person),
        person=person,
        holder_name=user(username).name,
        kind="relative",
        scope=scope or ("see", "log", "consent", "answer"),
        valid_from=now,
        valid_to=now + lasts,
        language="da",
    )
    return mandates.accept(by=user(username), code=code)
