"""The work list, the chain's page and the ledger's, as browsers get them: from proposal to return, from both sides."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from handover.world import EVA, World, adopt, consent
from helhed.audit.actions import SYSTEM
from helhed.coordination.handover.chain import actions
from helhed.coordination.handover.chain.models import Chain
from pages.world import user


@pytest.fixture
def proposed(world: World) -> World:
    """Eva, Finn and Jon are proposed under 5A."""
    adoption = adopt("5A")
    people = [world.eva, world.finn, world.jon]
    assert actions.propose(by=SYSTEM, adoption=adoption.pk, people=people) == 3
    return world


def browser(username: str) -> Client:
    client = Client(headers={"accept-language": "da"})
    client.force_login(user(username))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "da"
    return client


def read(username: str, path: str, **data) -> str:
    client = browser(username)
    answer = client.post(path, data) if data else client.get(path)
    assert answer.status_code == 200, (path, answer.status_code, answer.content.decode()[:3000])
    return answer.content.decode()


def chain_of(person) -> Chain:
    return Chain.objects.get(person_key=person, direction="over")


def test_both_sides_see_the_proposals(proposed):
    for who in ("bente", "soeren"):
        text = read(who, "/overdragelser")
        assert "Eva Holt" in text and "Finn Bech" in text and "Jon Lund" in text
        assert "Vurdér de valgte" in text


def test_the_chain_page(proposed):
    chain = chain_of(proposed.eva)
    text = read("bente", f"/overdragelser/{chain.pk}")
    assert "Begge sider skal svare" in text
    assert "Er ydelsen ved at stoppe?" in read("bente", f"/overdragelser/{chain.pk}/vurder")
