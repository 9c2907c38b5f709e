"""The worker: what waits is taken in and counted once, and what a stopped worker left is found again."""

import io

import pytest

from helhed.audit.actions import SYSTEM
from helhed.commands.main import parse
from helhed.commands.work import one_round, run
from helhed.membership.models import Recount
from helhed.register.actions import enqueue
from helhed.register.models import Delivery
from helhed.register.worker import work_once
from register.sent import BENEFITS, BIF, PEOPLE, text

pytestmark = pytest.mark.django_db
CHANGED = [*BENEFITS[:2], BENEFITS[2].replace("9000", "9500")]


def put(rows: list[str], stamp: str) -> Delivery:
    sent = {"BIF_PERSONER": PEOPLE, "BIF_YDELSER": rows}
    files = {
        f"{name}_FULD_{stamp}.csv": io.BytesIO(text(name, r).encode("cp1252")) for name, r in sent.items()
    }
    return enqueue(by=SYSTEM, source=BIF, files=files)


def test_a_round_takes_in_and_counts_once():
    delivery = put(BENEFITS, "1")
    assert one_round() is True
    delivery.refresh_from_db()
    assert delivery.status == "received"
    assert Recount.objects.get().everyone, "the first count is of everyone"
    assert one_round() is False
    assert Recount.objects.count() == 1


def test_what_was_received_but_not_counted_is_found_again():
    """The worker was stopped between the two."""
    put(BENEFITS, "1")
    one_round()
    put(CHANGED, "2")
    left = work_once()
    assert left.status == "received"
    assert one_round() is True
    assert Recount.objects.filter(delivery=left.pk).count() == 1


def test_once_means_until_nothing_is_left():
    first, second = put(BENEFITS, "1"), put(CHANGED, "2")
    run(parse(["work", "--once"]))
    assert set(Delivery.objects.values_list("status", flat=True)) == {"received"}
    assert {first.pk, second.pk} == set(Delivery.objects.values_list("pk", flat=True))


def test_a_refused_delivery_is_not_counted():
    put(["Y9;not a number;Kontanthjælp;01-01-2020;;"] * 3, "1")
    run(parse(["work", "--once"]))
    received = Delivery.objects.filter(status="received").exists()
    assert Recount.objects.exists() == received
