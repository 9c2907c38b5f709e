"""Emergency access: what the database holds of it, and its verbs."""

import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from helhed.audit.models import Event
from helhed.sharing.clock import moment
from helhed.sharing.refusal import Refused
from helhed.sharing.safeguards import questions
from helhed.sharing.safeguards.actions import close_emergency, judge_emergency, open_emergency
from helhed.sharing.safeguards.models import Emergency
from helhed.sharing.safeguards.standing import emergency_of
from safeguards.people import staff

REASON = "Fundet bevidstløs; lægen skal kende behandlingen."
HOURS = timedelta(hours=3)


@pytest.fixture
def kim():
    return staff("kim")


@pytest.fixture
def person():
    return uuid.uuid4()


def row(person, opened_at, **more) -> Emergency:
    values = {"username": "kim", "unit": "sof/driftscenter-2", "reason": REASON, "until": opened_at + HOURS}
    return Emergency(id=uuid.uuid4(), person_key=person, opened_at=opened_at, **values | more)


@pytest.mark.django_db
def test_it_runs_for_three_hours_from_now(kim, person):
    opened = open_emergency(by=kim, person=person, reason=REASON)
    assert opened.until - opened.opened_at == HOURS
    assert emergency_of("kim", person) == opened
    assert emergency_of("lene", person) is None and emergency_of("kim", uuid.uuid4()) is None
    line = Event.objects.get(person_key=person)
    assert (line.action, line.purpose, line.actor) == ("emergency-open", "noedadgang", "kim")


@pytest.mark.django_db
def test_it_ends_by_itself(person):
    row(person, moment() - HOURS - timedelta(seconds=1)).save(force_insert=True)
    assert emergency_of("kim", person) is None


@pytest.mark.django_db
@pytest.mark.parametrize("reason", ["", "haster", "    x                                  "])
def test_a_short_reason_opens_nothing(kim, person, reason):
    with pytest.raises(Refused):
        open_emergency(by=kim, person=person, reason=reason)
    assert not Emergency.objects.exists() and not Event.objects.exists()


@pytest.mark.django_db
def test_opening_twice_does_not_begin_the_clock_again(kim, person):
    first = open_emergency(by=kim, person=person, reason=REASON)
    assert open_emergency(by=kim, person=person, reason=f"{REASON} Igen.") == first
    assert Emergency.objects.get().reason == REASON


@pytest.mark.django_db
def test_closed_early_it_runs_no_more_and_another_may_be_opened(kim, person):
    first = open_emergency(by=kim, person=person, reason=REASON)
    close_emergency(by=kim, emergency=first.pk)
    assert emergency_of("kim", person) is None
    again = open_emergency(by=kim, person=person, reason=REASON)
    assert again.pk != first.pk
    closed = Emergency.objects.get(pk=first.pk).closed_at
    assert close_emergency(by=kim, emergency=first.pk).closed_at == closed


@pytest.mark.django_db
def test_nobody_closes_anothers(kim, person):
    opened = open_emergency(by=kim, person=person, reason=REASON)
    with pytest.raises(Emergency.DoesNotExist):
        close_emergency(by=staff("bo"), emergency=opened.pk)


@pytest.mark.django_db
def test_the_second_look_is_taken_once_by_another(kim, person):
    opened = open_emergency(by=kim, person=person, reason=REASON)
    for by, verdict, words in (
        (kim, "justified", ""),
        (staff("lene", "leader"), "perhaps", "x"),
        (staff("lene", "leader"), "not-justified", "  "),
    ):
        with pytest.raises(Refused):
            judge_emergency(by=by, emergency=opened.pk, verdict=verdict, words=words)
    judged = judge_emergency(
        by=staff("lene", "leader"), emergency=opened.pk, verdict="not-justified", words="Ring."
    )
    assert (judged.verdict, judged.seen_by, judged.verdict_note) == ("not-justified", "lene", "Ring.")
    with pytest.raises(Refused):
        judge_emergency(by=staff("else", "leader"), emergency=opened.pk, verdict="justified", words="")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "spoiled",
    [
        {"until": moment},
        {"reason": "for kort"},
        {"verdict": "justified", "seen_by": "lene", "seen_at": moment},
        {"username": ""},
    ],
)
def test_the_database_takes_nothing_else(person, spoiled):
    values = {name: value() if callable(value) else value for name, value in spoiled.items()}
    with pytest.raises(DatabaseError):
        row(person, moment(), **values).save(force_insert=True)


@pytest.mark.django_db
def test_two_at_once_are_one_in_the_database(person):
    now = moment()
    row(person, now).save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        row(person, now + timedelta(hours=1)).save(force_insert=True)
    row(person, now + timedelta(hours=1), username="bo").save(force_insert=True)
    row(person, now + HOURS).save(force_insert=True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE safeguards_emergency SET reason = 'noget andet end det, der stod'",
        "UPDATE safeguards_emergency SET until = until + interval '1 hour'",
        "UPDATE safeguards_emergency SET username = 'en anden'",
        "UPDATE safeguards_emergency SET closed_at = NULL",
        "UPDATE safeguards_emergency SET verdict = '', seen_by = '', seen_at = NULL",
        "UPDATE safeguards_emergency SET closed_at = until + interval '1 minute'",
        "DELETE FROM safeguards_emergency",
        "TRUNCATE safeguards_emergency",
    ],
)
def test_what_was_opened_and_judged_stays(kim, person, statement):
    opened = open_emergency(by=kim, person=person, reason=REASON)
    close_emergency(by=kim, emergency=opened.pk)
    judge_emergency(by=staff("lene", "leader"), emergency=opened.pk, verdict="justified", words="")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_who_waits_too_long_and_who_opens_many(kim, person):
    for _ in range(4):
        opened = open_emergency(by=kim, person=uuid.uuid4(), reason=REASON)
    judge_emergency(by=staff("lene", "leader"), emergency=opened.pk, verdict="not-justified", words="Ring.")
    old = row(person, moment() - timedelta(days=10), username="bo")
    old.save(force_insert=True)
    assert questions.waiting_too_long(Emergency.objects.all()) == [old]
    (often,) = questions.often(3)
    assert (often.username, often.number, often.not_justified) == ("kim", 4, 1)
    assert questions.often(4) == []
