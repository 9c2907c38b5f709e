"""Deliveries that wait: taken in oldest first, one at a time for each source, and again when a run has died."""

import io

import pytest
from django.db import connections

from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event
from helhed.register import deliveries, running
from helhed.register.actions import enqueue, refuse
from helhed.register.models import Delivery, Fact
from helhed.register.worker import rescue, work_once
from register.sent import BENEFITS, BIF, PEOPLE, SOF, text

pytestmark = pytest.mark.django_db


def put(rows=BENEFITS) -> Delivery:
    files = {
        "BIF_PERSONER_FULD_1.csv": io.BytesIO(text("BIF_PERSONER", PEOPLE).encode("cp1252")),
        "BIF_YDELSER_FULD_1.csv": io.BytesIO(text("BIF_YDELSER", rows).encode("cp1252")),
    }
    return enqueue(by=SYSTEM, source=BIF, files=files)


@pytest.fixture
def busy(bif):
    """Another session takes in a delivery of the same source."""
    other = connections["default"].copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [running.LOCK_CLASS, bif.source_id])
        yield
    other.close()


def test_a_waiting_delivery_is_taken_in_once_by_the_worker(delivery_folder):
    waiting = put()
    assert waiting.status == "waiting" and not Fact.objects.exists()
    done = work_once()
    assert (done.pk, done.status) == (waiting.pk, "received") and Fact.objects.count() == 3
    assert work_once() is None
    assert list(Event.objects.order_by("id").values_list("action", flat=True)) == ["enqueue", "receive"]


def test_the_files_lie_where_only_the_program_reads_them(delivery_folder):
    put()
    for path in delivery_folder.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0


def test_the_oldest_is_first_and_a_refused_one_is_never_taken_in():
    first, second, third = put(), put(BENEFITS[:2]), put()
    refuse(by=SYSTEM, delivery=second)
    assert [work_once().pk, work_once().pk, work_once()] == [first.pk, third.pk, None]


def test_two_deliveries_of_a_source_do_not_run_at_once(busy, deliver):
    waiting = deliver(BIF, {"BIF_YDELSER": BENEFITS})
    assert waiting.status == "waiting" and work_once() is None
    assert "Denne venter" in waiting.message_da and "This one waits" in waiting.message_en
    assert deliver(SOF, {"SOF_BORGERE": []}).status == "received"


def test_a_delivery_that_was_killed_waits_again(bif):
    dead = put()
    Delivery.objects.filter(pk=dead.pk).update(status="running")
    assert work_once().pk == dead.pk
    assert Delivery.objects.get(pk=dead.pk).status == "received"


def test_a_delivery_that_kills_the_program_each_time_is_given_up(bif):
    deadly, next_one = put(), put(BENEFITS[:2])
    for _ in range(2):
        Delivery.objects.filter(pk=deadly.pk).update(status="running")
        assert rescue() == 1
    Delivery.objects.filter(pk=deadly.pk).update(status="running")
    assert work_once().pk == next_one.pk
    given_up = Delivery.objects.get(pk=deadly.pk)
    assert given_up.status == "failed" and "gik ned 3 gange" in given_up.message_da
    assert Event.objects.filter(action="receive", object__contains=f"delivery {deadly.pk} of").count() == 1


def test_a_delivery_that_runs_is_left_to_run(busy, bif):
    alive = put()
    Delivery.objects.filter(pk=alive.pk).update(status="running")
    assert rescue() == 0 and Delivery.objects.get(pk=alive.pk).status == "running"


def test_an_error_of_the_system_is_said_and_changes_nothing(bif, monkeypatch):
    put(BENEFITS[:2] + ["Y9;x;;;;"])

    def broken(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(running.Intake, "run", broken)
    failed = work_once()
    assert failed.status == "failed" and "levér filerne igen" in failed.message_da
    assert Fact.objects.filter(known_to=None).count() == 3


def test_an_interrupted_run_waits_again(bif, monkeypatch):
    waiting = put()

    def interrupted(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(running.Intake, "run", interrupted)
    with pytest.raises(KeyboardInterrupt):
        work_once()
    assert Delivery.objects.get(pk=waiting.pk).status == "waiting"


def test_progress_is_told(deliver):
    told = []
    deliver(BIF, {"BIF_PERSONER": PEOPLE, "BIF_YDELSER": BENEFITS}, progress=lambda *step: told.append(step))
    names = ["BIF_PERSONER_FULD_20220601.csv", "BIF_YDELSER_FULD_20220601.csv"]
    assert list(dict.fromkeys(name for name, _, _ in told)) == names
    done = [done for _, done, _ in told]
    assert done == sorted(done) and done[0] > 0 and done[-1] == told[-1][2]


def test_the_deliveries_on_a_page(bif):
    (listed,) = deliveries.latest()
    assert listed.pk == bif.pk and [file.new for file in listed.files.all()] == [3, 3]
    assert deliveries.one(bif.pk).message("da").startswith("6 rækker læst: 6 nye")
    assert deliveries.one(bif.pk).message("en").startswith("6 rows read: 6 new")
    assert deliveries.one(0) is None
