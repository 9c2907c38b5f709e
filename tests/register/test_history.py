"""After any row of deliveries the register says what the last one said, and still knows what the earlier ones did."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helhed.audit.actions import SYSTEM
from helhed.register import questions
from helhed.register.actions import receive
from helhed.register.models import DeliveryFile, Fact
from register.sent import ANNA, BIF, BO, CARL, PEOPLE, write

pytestmark = pytest.mark.django_db

CODES = ["Sygedagpenge", "Ledighedsydelse", "Førtidspension"]
row = st.tuples(st.sampled_from([ANNA, BO]), st.sampled_from(CODES), st.sampled_from(["", "31-12-2022"]))
keys = st.sampled_from(["Y1", "Y2", "Y3", "Y4"])
full = st.tuples(st.just("full"), st.dictionaries(keys, row, max_size=4))
delta = st.tuples(st.just("delta"), st.dictionaries(keys, st.one_of(row, st.none()), max_size=4))


def line(key: str, said) -> str:
    person, code, end = said
    return f"{key};{person};{code};01-01-2020;{end};"


def files(mode: str, rows) -> dict[str, list[str]]:
    if mode == "full":
        return {"BIF_YDELSER": [line(key, said) for key, said in rows.items()]}
    marked = [f"O;{line(key, said)}" if said else f"S;{key};;;;;" for key, said in rows.items()]
    return {"BIF_YDELSER_AENDRING": marked}


def applied(known: dict, mode: str, rows: dict) -> dict:
    """What is known after a delivery, by the plainest means."""
    if mode == "full":
        return dict(rows)
    return {key: said for key, said in (known | rows).items() if said}


def told(as_of=None) -> dict:
    """What the register says is known, in the same form."""
    found = {}
    names = {"sygedagpenge": CODES[0], "ledighedsydelse": CODES[1], "foertidspension": CODES[2]}
    for number in (ANNA, BO):
        (person,) = questions.find(number)
        for fact in questions.facts_of(person.id, as_of):
            found[fact.source_key] = (number, names[fact.code], "31-12-2022" if fact.true_to else "")
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(full, delta), min_size=1, max_size=5))
def test_the_register_says_what_was_delivered(tmp_path, deliveries):
    with transaction.atomic():
        _deliver_and_compare(tmp_path, deliveries)
        transaction.set_rollback(True)


def _deliver_and_compare(folder, deliveries) -> None:
    first = timezone.now() - timedelta(days=100)
    people = {"BIF_PERSONER": [*PEOPLE[:2], f"{CARL};Carl;Ny;N"]}
    receive(by=SYSTEM, source=BIF, paths=write(folder, people), received_at=first)
    known, history = {}, {}
    for day, (mode, rows) in enumerate(deliveries, start=1):
        moment = first + timedelta(days=day)
        paths = write(folder, files(mode, rows))
        receive(by=SYSTEM, source=BIF, paths=paths, received_at=moment, confirmed=True)
        known = applied(known, mode, rows)
        history[moment] = known
        assert told() == known
    for moment, then in history.items():
        assert told(moment) == then == told(moment + timedelta(hours=1))
    assert Fact.objects.filter(known_to=None).count() == len(known)
    for file in DeliveryFile.objects.all():
        assert file.read == file.new + file.changed + file.unchanged + file.deleted + file.rejected
