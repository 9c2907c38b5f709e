"""Writers, rollbacks and sealers at the same time: every committed line is sealed, and none twice."""

import random
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connection, transaction

from audit.log_world import write
from helhed.audit.keys import signing_key
from helhed.audit.models import Event, Leaf
from helhed.audit.sealing import seal
from helhed.audit.verifying import verify
from helhed.commands.own_database import database_of_its_own

WRITERS, ROLLED_BACK = 8, 0.15


@pytest.fixture(scope="module")
def real_commits(django_db_setup, django_db_blocker, tmp_path_factory):
    """A database where lines are committed, removed with everything in it."""
    usual = settings.KEY_FOLDER
    with django_db_blocker.unblock(), database_of_its_own():
        settings.KEY_FOLDER = tmp_path_factory.mktemp("keys")
        yield
        settings.KEY_FOLDER = usual
        connection.close()


@pytest.fixture(autouse=True)
def same_key(own_keys, real_commits, settings, tmp_path_factory):
    """One key for the whole log of this module."""
    settings.KEY_FOLDER = tmp_path_factory.getbasetemp() / "race"


class Undone(Exception):
    """A transaction that does not come to anything."""


def writer(number: int, transactions: int) -> None:
    draw = random.Random(number)
    try:
        for _ in range(transactions):
            try:
                with transaction.atomic():
                    write(draw.randrange(1, 4))
                    time.sleep(draw.random() / 300)
                    if draw.random() < ROLLED_BACK:
                        raise Undone
            except Undone:
                continue
    finally:
        connection.close()


def sealer(running: list) -> int:
    heads = 0
    try:
        while not all(each.done() for each in running):
            heads += seal() is not None
        return heads
    finally:
        connection.close()


def race(transactions: int) -> int:
    """Let eight writers and two sealers go; answers how many heads there were."""
    with ThreadPoolExecutor(WRITERS + 2) as pool:
        writing = [pool.submit(writer, number, transactions) for number in range(WRITERS)]
        sealing = [pool.submit(sealer, writing) for _ in range(2)]
        for each in writing:
            each.result()
        heads = sum(each.result() for each in sealing)
    seal()
    return heads


def held_good(least: int = 2) -> None:
    events = list(Event.objects.values_list("id", flat=True))
    sealed = list(Leaf.objects.values_list("event", flat=True))
    assert sorted(sealed) == sorted(events) and len(events) >= least
    assert not [f for p in verify([], signing_key("log").public_key()) for f in p.findings]


def test_every_committed_line_is_sealed_once():
    assert race(25) > 3
    held_good(WRITERS)


@pytest.mark.slow
def test_every_committed_line_is_sealed_once_in_a_long_race():
    assert race(2_000) > 50
    held_good()


def test_a_line_that_appears_late_is_found_where_the_last_id_would_miss_it():
    """The lower id is committed after the higher one has been sealed: why `id > the last` is not enough."""
    seal()
    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            write(1)
            early = Event.objects.latest("pk").pk
            assert other.submit(_write_and_close).result() > early
            assert other.submit(_seal_and_close).result() is not None
            assert not Leaf.objects.filter(event=early).exists()
        last = Leaf.objects.latest("position").event
        assert early < last, "asked for lines after the last sealed id, nobody would ever see it"
    assert seal() is not None and Leaf.objects.filter(event=early).exists()
    held_good()


def _write_and_close() -> int:
    write(1)
    found = Event.objects.latest("pk").pk
    connection.close()
    return found


def _seal_and_close():
    try:
        return seal()
    finally:
        connection.close()
