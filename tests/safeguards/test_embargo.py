"""New people: held back from the moment the embargo is on, whichever source brings them, until somebody has looked."""

from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event
from helhed.register.actions import receive
from helhed.register.questions import find
from helhed.sharing.newcomers import follow_setting
from helhed.sharing.refusal import Refused
from helhed.sharing.safeguards import questions
from helhed.sharing.safeguards.actions import follow_embargo, review_identity
from helhed.sharing.safeguards.models import Embargo, EmbargoTime
from helhed.sharing.safeguards.standing import embargoed
from safeguards.people import staff

pytestmark = pytest.mark.django_db
ANNA, BO, CARL = "6101801111", "6202812222", "6303153333"


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.DELIVERY_FOLDER = tmp_path / "kept"
    settings.DATA_FOLDER = tmp_path


@pytest.fixture
def people(tmp_path):
    """people(number, …): BIF's file of people with these, delivered."""

    def call(*numbers: str) -> None:
        path = Path(tmp_path, "BIF_PERSONER_FULD_20261101.csv")
        rows = ["CPRNR;FORNAVN;EFTERNAVN;ADRESSEBESKYTTELSE", *(f"{n};Navn;Navnesen;N" for n in numbers)]
        path.write_bytes("".join(f"{row}\r\n" for row in rows).encode("cp1252"))
        assert receive(by=SYSTEM, source="bif-fagsystem", paths=[path]).status == "received"

    return call


def key(number: str):
    return find(number)[0].key


def test_only_those_first_seen_while_it_is_on(people):
    people(ANNA)
    assert follow_embargo(by=SYSTEM, on=True) and not follow_embargo(by=SYSTEM, on=True)
    people(ANNA, BO)
    assert not embargoed(key(ANNA)) and embargoed(key(BO))
    assert follow_embargo(by=SYSTEM, on=False)
    people(ANNA, BO, CARL)
    assert not embargoed(key(CARL)) and embargoed(key(BO))
    assert [e.action for e in Event.objects.filter(action__startswith="embargo").order_by("pk")] == [
        "embargo-on",
        "embargo-off",
    ]


def test_the_setting_is_followed(people, settings):
    settings.EMBARGO = True
    assert follow_setting() and EmbargoTime.objects.get().ended_at is None
    settings.EMBARGO = False
    assert follow_setting() and EmbargoTime.objects.get().ended_at is not None


def test_released_with_a_note_and_only_once(people):
    follow_embargo(by=SYSTEM, on=True)
    people(BO)
    dorte, bo = staff("dorte", "steward", ""), key(BO)
    for decision, words in (("released", " "), ("perhaps", "pas set"), ("", "pas set")):
        with pytest.raises(Refused):
            review_identity(by=dorte, person=bo, decision=decision, words=words)
    review_identity(by=dorte, person=bo, decision="kept", words="afventer pas")
    assert embargoed(bo) and questions.last_reviews([bo])[bo].note == "afventer pas"
    review_identity(by=dorte, person=bo, decision="released", words="pas set")
    assert not embargoed(bo) and questions.embargoed() == []
    with pytest.raises(Refused):
        review_identity(by=dorte, person=bo, decision="kept", words="alligevel ikke")
    assert set(Event.objects.filter(person_key=bo).values_list("action", flat=True)) == {
        "identity-kept",
        "identity-released",
    }


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE safeguards_embargo SET lifted_at = NULL, lifted_by = '', lifted_note = ''",
        "UPDATE safeguards_embargo SET lifted_by = 'en anden'",
        "UPDATE safeguards_embargo SET since = now()",
        "UPDATE safeguards_identityreview SET note = 'noget andet'",
        "DELETE FROM safeguards_embargo",
        "DELETE FROM safeguards_identityreview",
    ],
)
def test_what_was_looked_at_stays(people, statement):
    follow_embargo(by=SYSTEM, on=True)
    people(BO)
    review_identity(by=staff("dorte", "steward", ""), person=key(BO), decision="released", words="pas set")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Embargo.objects.get().lifted_by == "dorte"
