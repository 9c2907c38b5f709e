"""The world of the hand-overs as it stood before the first of January 2025: its citizens with the units that gave way then."""

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test import override_settings

from handover.acts import YES, decided, fresh, proposed
from handover.world import World, adopt, build
from helhed.accounts.actions import Login, appoint
from helhed.audit.actions import SYSTEM
from helhed.coordination.handover.adoption.models import AdoptedModel
from helhed.coordination.handover.chain import actions, steps
from helhed.coordination.handover.chain.assessing import Answers
from helhed.coordination.handover.chain.models import Chain
from helhed.sharing.ledger import actions as ledger
from pages.world import PASSWORD, user

ADULTS = "sof/borgercenter-voksne"
HOMELESS = f"{ADULTS}/hjemloeseenheden"
SOCIAL_BENEFITS = "sof/enheden-for-sociale-ydelser"
CASEWORK, OFFERS, BENEFIT = "sagsbehandleransvar", "beskaeftigelsesindsats", "ydelsesansvar"


@dataclass(frozen=True)
class Before:
    """The world, the adopted model that received in the Homelessness Unit, and two open hand-overs to it."""

    world: World
    model: UUID
    offered: Chain
    proposed: Chain


def at(person: UUID, unit: str, *parts: str) -> None:
    """Put parts of a citizen with a unit."""
    to = dict.fromkeys(parts or (CASEWORK, OFFERS), unit)
    ledger.move(by=SYSTEM, person=person, to=to, ground="omorganisering", ref=uuid4())


def before(world: World) -> Before:
    """Eva lies with the Homelessness Unit; Gry, and Bo who has no social case, with the adults' centre above it, which is
    divided; Anna's benefit with the Unit for Social Benefits. Jon is offered to the Homelessness Unit, Finn proposed."""
    terms = adopt("5A")
    jon, finn = decided(world.jon), proposed(world.finn)
    at(world.eva, HOMELESS)
    at(world.gry, ADULTS)
    at(world.bo, ADULTS)
    at(world.anna, SOCIAL_BENEFITS, BENEFIT)
    for login in (
        Login("hanne", "Hanne Vig", "caseworker", "sof", HOMELESS, clearance=2, protected_address=True),
        Login("yann", "Yann Bro", "caseworker", "sof", SOCIAL_BENEFITS),
    ):
        appoint(by=SYSTEM, login=login, password=PASSWORD)
    ledger.take_on(by=SYSTEM, person=world.eva, part=CASEWORK, username="hanne")
    AdoptedModel.objects.filter(pk=terms.pk).update(receiving=HOMELESS)
    for chain in (jon, finn):
        name_receiver(chain, HOMELESS)
    ledger.close_offer(by=SYSTEM, ref=jon.pk)
    ledger.offer(by=SYSTEM, person=world.jon, unit=HOMELESS, ref=jon.pk)
    settled()
    return Before(world, terms.pk, fresh(jon), fresh(finn))


def assessed(chain: Chain) -> None:
    """Both administrations see no exemption."""
    for side, answers in YES.items():
        who = {"bif": "bente", "sof": "hanne"}[side]
        actions.assess(by=user(who), chain=chain.pk, side=side, answers=Answers(answers))


def settled() -> None:
    """What is looked at when a transaction ends, now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def name_receiver(chain: Chain, unit: str) -> None:
    """The hand-over names another unit as the one that receives."""
    before, chain.to_unit = chain.to_unit, unit
    steps.take(chain, "redirected", by=SYSTEM, unit=unit, pinned={"from": before, "to": unit})
    chain.save(update_fields=["to_unit", "steps"])
    chain.messages.filter(unit=before, done_at__isnull=True).update(unit=unit)


@pytest.fixture(scope="package")
def made(tmp_path_factory, django_db_setup, django_db_blocker):
    folder = tmp_path_factory.mktemp("reorganisation")
    with (
        django_db_blocker.unblock(),
        override_settings(DELIVERY_FOLDER=folder / "kept", DATA_FOLDER=folder),
        transaction.atomic(),
    ):
        yield before(build(folder))
        transaction.set_rollback(True)


@pytest.fixture
def then(made: Before):
    """How it was; undone afterwards."""
    with transaction.atomic():
        yield made
        transaction.set_rollback(True)
