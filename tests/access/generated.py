"""Generated worlds for the comparison of lists and single decisions: people with cases in old and new units, families,
merged persons, staff of every role and appointment, consents, mandates, emergencies, embargoes and shields, parts of the
responsibility that moved to units of both sides, offers. Days and
moments lie close around now, so that both sides of every boundary are met."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from random import Random
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone

from helhed.accounts.models import User
from helhed.audit.actions import SYSTEM
from helhed.register.models import (
    Delivery,
    DeliveryFile,
    Fact,
    Merge,
    Person,
    PersonDetail,
    Relation,
    Source,
    SourceTable,
    Term,
    Unit,
)
from helhed.sharing.access import actions
from helhed.sharing.access.models import Shield
from helhed.sharing.consent.models import Consent
from helhed.sharing.ledger import actions as ledger
from helhed.sharing.ledger import standing
from helhed.sharing.ledger.models import GROUNDS, PARTS, Holding
from helhed.sharing.mandates.models import Mandate
from helhed.sharing.policy import CATEGORIES
from helhed.sharing.safeguards.models import Embargo, Emergency

KINDS = ("employment_case", "social_case", "child_case", "benefit")
UNITS = {
    "bif": (
        "bif",
        "bif/jobcenter-koebenhavn",
        "bif/jobcenter-koebenhavn/gammel-koege-landevej",
        "bif/ungeenhed",
        "bif/ydelsesservice",
    ),
    "sof": (
        "sof",
        "sof/driftscenter-1",
        "sof/driftscenter-4",
        "sof/driftscenter-4/voksne",
        "sof/borgercenter-voksne",
        "sof/borgercenter-voksne/hjemloeseenheden",
        "sof/enheden-for-sociale-ydelser",
    ),
}
ROLES = ("caseworker",) * 7 + ("leader", "steward", "analyst", "citizen", "representative", "representative")
PURPOSES = (
    "sagsbehandling",
    "koordinering",
    "noedadgang",
    "egen-indsigt",
    "repraesentation",
    "tilsyn",
    "andet",
)
HOUR = timedelta(hours=1)
_number = count(1)


@dataclass(frozen=True)
class World:
    """Who lives in it and who asks: keys of people (also of those merged away), logins, mandates by holder."""

    people: tuple[UUID, ...]
    actors: tuple[User, ...]
    mandates: dict[str, list[UUID]]


def make(random: Random, people: int = 8, children: int = 3, actors: int = 9) -> World:
    """A world in the database, its cases derived; in the caller's transaction."""
    tables = _tables()
    grown = [_person(tables["people"]) for _ in range(people)]
    young = [_person(tables["people"]) for _ in range(children)]
    everyone = grown + young
    for person in everyone:
        for _ in range(random.choice([0, 2, 3, 4])):
            _fact(random, person, tables["facts"])
    for child in young:
        for parent in random.sample(grown, random.choice([1, 1, 2])):
            _relation(random, parent, child, tables["relations"])
    gone, kept = random.sample(grown, 2)
    Merge.objects.create(gone=gone, kept=kept, by="t", reason="t", known_from=timezone.now())
    _held(random, everyone)
    keys = [person.key for person in everyone]
    users = [_user(random, keys) for _ in range(actors)]
    _between(random, keys, users)
    return World(tuple(keys), tuple(users), _mandates(random, keys, users))


def _held(random: Random, people: list[Person]) -> None:
    """Open the ledger, and move parts before the cases are derived and after; some hold a part without a case that runs."""
    ledger.open_from_cases(by=SYSTEM)
    for person in people:
        if random.random() < 0.2 and not standing.holders(person.key):
            _opened_elsewhere(random, person)
    _moved(random, people)
    actions.refresh(by=SYSTEM)
    _moved(random, people)
    for person in random.sample(people, 3):
        unit = random.choice([*UNITS["bif"], *UNITS["sof"]])
        ledger.offer(by=SYSTEM, person=person.key, unit=unit, ref=uuid4())


def _moved(random: Random, people: list[Person]) -> None:
    for person in people:
        if random.random() < 0.35 and standing.holders(person.key):
            parts = random.choice([PARTS[:3], PARTS[1:3], PARTS[1:2], PARTS[2:3]])
            ground = random.choice(GROUNDS[1:])
            unit = random.choice(UNITS[random.choice(["bif", "sof"])])
            to = dict.fromkeys(parts, unit)
            ledger.move(by=SYSTEM, person=person.key, to=to, ground=ground, ref=uuid4())


def _opened_elsewhere(random: Random, person: Person) -> None:
    for part in PARTS:
        Holding.objects.create(
            person_key=person.key,
            part=part,
            unit=random.choice(UNITS[random.choice(["bif", "sof"])]),
            since=timezone.now() - 900 * HOUR,
            ground=random.choice(["lov", "ressortflyt"]),
            ref=uuid4(),
            recorded_by="t",
        )


def _tables() -> dict[str, tuple[SourceTable, DeliveryFile]]:
    source, _new = Source.objects.get_or_create(
        key="made-up", defaults={"label_da": "t", "label_en": "t", "administration": "bif", "priority": 1}
    )
    delivery = Delivery.objects.create(source=source, status="received", by="t", received_at=timezone.now())
    tables = {}
    for name, gives in (("people", "people"), ("facts", "fact"), ("relations", "relation")):
        table, _new = SourceTable.objects.get_or_create(source=source, name=name, defaults={"gives": gives})
        file = DeliveryFile.objects.create(
            delivery=delivery, table=table, mode="full", name=name, sha256="0" * 64, size=0, path=name
        )
        tables[name] = (table, file)
    return tables


def _version(origin: tuple[SourceTable, DeliveryFile]) -> dict:
    table, file = origin
    number = next(_number)
    return {
        "table": table,
        "file": file,
        "source_key": str(number),
        "line": number,
        "known_from": timezone.now(),
    }


def _person(origin: tuple[SourceTable, DeliveryFile]) -> Person:
    person = Person.objects.create()
    person.refresh_from_db()
    number = next(_number)
    PersonDetail.objects.create(
        person=person,
        given_name=f"Prøve{number}",
        family_name="Åse",
        protected=bool(number % 3),
        **_version(origin),
    )
    return person


def _span(random: Random) -> tuple[date, date | None]:
    """Days close around today; one in three has no end."""
    today = timezone.localdate()
    start = today + timedelta(days=random.choice([-400, -30, -1, 0, 0, 1]))
    end = random.choice([None, None, today - timedelta(days=1), today, today + timedelta(days=1)])
    return start, end if end is None or end > start else None


def _fact(random: Random, person: Person, origin: tuple[SourceTable, DeliveryFile]) -> None:
    kind = random.choice(KINDS)
    side = "bif" if kind in ("employment_case", "benefit") else "sof"
    if random.random() < 0.05:
        side = "sof" if side == "bif" else "bif"
    key = random.choice([None, *UNITS[side]])
    term, _new = Term.objects.get_or_create(kind=kind, code="made-up")
    unit = Unit.objects.get_or_create(key=key)[0] if key else None
    start, end = _span(random)
    Fact.objects.create(person=person, term=term, unit=unit, true_from=start, true_to=end, **_version(origin))


def _relation(
    random: Random, parent: Person, child: Person, origin: tuple[SourceTable, DeliveryFile]
) -> None:
    start, end = _span(random)
    Relation.objects.create(parent=parent, child=child, true_from=start, true_to=end, **_version(origin))


def _user(random: Random, people: list[UUID]) -> User:
    role = random.choice(ROLES)
    side = random.choice(["bif", "sof"])
    staff = role not in ("citizen", "representative")
    today = timezone.localdate()
    user = User(
        username=f"actor-{next(_number)}",
        name="Prøve",
        role=role,
        administration=side if staff else "",
        unit=random.choice(["", *UNITS[side] * 3, *[side] * 6]) if staff else "",
        person_key=random.choice(people) if role == "citizen" else None,
        clearance=random.choice([0, 1, 2, 2, 3]),
        vip=random.random() < 0.3,
        protected_address=random.random() < 0.5,
        is_active=random.random() < 0.95,
        appointed_from=today + timedelta(days=random.choice([-400, -1, 0, 0, 0, 1])),
        appointed_to=random.choice([None, None, None, None, today, today + timedelta(days=1)]),
    )
    user.set_unusable_password()
    user.save()
    return user


def _moments(random: Random) -> tuple[datetime, datetime | None]:
    now = timezone.now()
    start = now + random.choice([-900 * HOUR, -HOUR, -HOUR, -HOUR / 60, HOUR / 60])
    end = random.choice([None, now - HOUR / 120, now + HOUR / 60, now + 900 * HOUR, now + 900 * HOUR])
    return start, end if end is None or end > start else start + 2000 * HOUR


def _between(random: Random, people: list[UUID], users: list[User]) -> None:
    for person in people:
        for _ in range(random.choice([0, 1, 1, 2])):
            _consent(random, person)
        if random.random() < 0.15:
            lifted = {"lifted_at": timezone.now(), "lifted_by": "t", "lifted_note": "t"}
            more = lifted if random.random() < 0.4 else {}
            Embargo.objects.create(person_key=person, since=timezone.now(), reason="t", **more)
        if random.random() < 0.15:
            ended = {"ended_at": timezone.now(), "ended_by": "t"} if random.random() < 0.4 else {}
            Shield.objects.create(person_key=person, reason="t", set_by="t", **ended)
    for user in users:
        for person in random.sample(people, 3):
            opened = timezone.now() + random.choice([-4 * HOUR, -3 * HOUR, -2 * HOUR, -HOUR, HOUR / 60])
            row = Emergency.objects.create(
                id=uuid4(),
                person_key=person,
                username=user.username,
                unit=user.unit,
                reason="En begrundelse, der er lang nok",
                opened_at=opened,
                until=opened + 3 * HOUR,
            )
            if random.random() < 0.3 and opened < timezone.now():
                Emergency.objects.filter(pk=row.pk).update(
                    closed_at=opened + random.choice([HOUR / 2, 3 * HOUR])
                )


def _consent(random: Random, person: UUID) -> None:
    """Given in a case system, since only such a one may be written down as given; some are withdrawn again."""
    every = [unit for units in UNITS.values() for unit in units]
    start, end = _moments(random)
    row = Consent.objects.create(
        person_key=person,
        kind=random.choice(["deling", "deling", "deling", "helhedsorienteret-plan"]),
        state="given",
        purpose="t",
        categories=random.sample(CATEGORIES, random.choice([4, 8, 12, len(CATEGORIES)])),
        sources=random.choice([["bif", "sof"], ["bif", "sof"], random.sample(every, 3)]),
        recipients=random.choice([["bif", "sof"], ["bif", "sof"], random.sample(every, 3)]),
        valid_from=start,
        valid_to=end,
        language="da",
        notice_key="t",
        notice_version=1,
        notice_hash="0" * 64,
        notice_text="t",
        consequences="t",
        method="case_system",
        source_key=str(next(_number)),
        requested_by="t",
    )
    if random.random() < 0.2:
        Consent.objects.filter(pk=row.pk).update(state="withdrawn", ended_by="t", ended_how="portal")


def _mandates(random: Random, people: list[UUID], users: list[User]) -> dict[str, list[UUID]]:
    held: dict[str, list[UUID]] = {}
    for user in users:
        for person in random.sample(people, 3 if user.role == "representative" else 1):
            start, end = _moments(random)
            row = Mandate.objects.create(
                person_key=person,
                holder_name="t",
                kind="relative",
                scope=random.choice([["see"], ["see", "log"], ["log"], ["consent"]]),
                valid_from=start,
                valid_to=end or timezone.now() + HOUR,
                method="portal",
                code_hash=f"{next(_number):064}",
                offered_by="t",
            )
            if random.random() < 0.8 and row.valid_to > timezone.now():
                Mandate.objects.filter(pk=row.pk).update(
                    state="active", holder=user.username, accepted_at=timezone.now()
                )
                if random.random() < 0.2:
                    Mandate.objects.filter(pk=row.pk).update(state="revoked", ended_by="t")
            held.setdefault(user.username, []).append(row.pk)
    return held


def cases() -> list[tuple[int, UUID, str, str]]:
    """Every case there is, as only the owner of the table sees it: id, person, kind, the unit it comes from. Asks the function the
    fixture `sight` has let the owner make."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, person_key, kind, source FROM every_case_for_tests() ORDER BY id")
        return cursor.fetchall()
