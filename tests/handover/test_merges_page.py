"""The steward sees when two persons with a ledger became one, what followed, and that they were parted; and nobody's name."""

import html

import pytest
from django.conf import settings
from django.test import Client

from handover import acts
from handover.test_merged import a_task, merged, parted
from helhed.coordination.handover.work import merged as door
from helhed.sharing.answers import NoAccess
from pages.world import user

PAGE = "/tilsyn/sammenlagte"


def read(username: str) -> str:
    client = Client(headers={"accept-language": "da"})
    client.force_login(user(username))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "da"
    return html.unescape(client.get(PAGE).content.decode())


def test_what_followed_is_shown_and_nobody_is_named(world):
    assert "Ingen borger med et ansvar" in read("dorte")
    chain = acts.effective(world.eva)
    a_task(world.eva, "soeren")
    row = merged(world.liv, world.eva)
    said = read("dorte")
    assert "Den andens ansvar fulgte med" in said and "1 opgaver" not in said
    assert "opgaver: 1" in said and "overdragelser: 1" in said
    assert f"/tilsyn/overdragelser/{chain.pk}" in said and "Eva Holt" not in said
    [shown], total = door.merges(by=user("dorte"), language="da")
    assert (total, shown.parted_at, shown.chains) == (1, None, (chain.pk,))
    parted(row)
    [shown], _total = door.merges(by=user("dorte"), language="da")
    assert shown.parted_at is not None


def test_the_own_holding_stands_where_both_had_one(world):
    acts.effective(world.eva)
    merged(world.finn, world.eva)
    assert "Eget ansvar blev, hvor det var" in read("dorte")


def test_persons_without_a_ledger_are_not_shown(world):
    merged(world.eva, world.liv)
    assert door.merges(by=user("dorte"), language="da") == ((), 0)


@pytest.mark.parametrize("who", ["bente", "lene", "anders"])
def test_for_the_steward_alone(world, who):
    with pytest.raises(NoAccess):
        door.merges(by=user(who), language="da")
