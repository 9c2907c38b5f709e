"""Samples: drawn by a seed that draws them again, the watched for certain, judged and filed once."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from helhed.audit.actions import note
from helhed.audit.models import Event
from helhed.sharing import sampling
from helhed.sharing.refusal import Refused
from helhed.sharing.safeguards import drawing, questions
from helhed.sharing.safeguards.actions import draw_sample, file_sample, judge_look, unwatch, watch
from helhed.sharing.safeguards.models import Sample, SampledLook
from safeguards.people import staff

UNIT = "sof/driftscenter-1"
MONTH = date(2026, 10, 1)
DORTE, LENE = staff("dorte", "steward", ""), staff("lene", "leader", UNIT)


def look(
    username="soeren", person=None, *, day=10, action="look", outcome="allowed", unit=UNIT, month=MONTH
) -> int:
    """A line of the log as it was written on a day of the month."""
    at = timezone.make_aware(datetime(month.year, month.month, day, 12))
    line = Event(
        at=at, actor=username, actor_role="caseworker", actor_unit=unit, action=action, outcome=outcome,
        person_key=person or uuid.uuid4(), purpose="sagsbehandling", fields=["identity"] if outcome == "allowed" else [],
    )  # fmt: skip
    line.save(force_insert=True)
    return line.pk


def events(sample: Sample) -> set[int]:
    return {row.event for row in questions.looks_of(sample)}


@given(
    st.sets(st.integers(1, 10**9), max_size=60), st.integers(0, 20), st.text("0123456789abcdef", min_size=1)
)
def test_the_same_seed_draws_the_same(lines, size, seed):
    drawn = drawing.chosen(sorted(lines), size, seed)
    assert drawn == drawing.chosen(sorted(lines, reverse=True), size, seed)
    assert len(drawn) == min(size, len(lines)) and set(drawn) <= lines


def test_every_look_is_drawn_about_as_often_as_another():
    drawn = [line for seed in range(2000) for line in drawing.chosen(list(range(20)), 5, str(seed))]
    counts = [drawn.count(line) for line in range(20)]
    assert (
        sum(counts) == 10_000 and min(counts) > 400 and max(counts) < 600
    )  # 500 expected, 5 deviations wide


@pytest.mark.django_db
def test_a_month_of_a_unit_is_drawn_once_from_its_looks():
    inside = {look(day=day) for day in range(1, 29)} | {look(day=31)}
    look(unit="sof/driftscenter-2")
    look(month=date(2026, 9, 1), day=30)
    look(month=date(2026, 11, 1), day=1)
    for passing in ("find-hit", "list"):
        look(action=passing)
    look(outcome="denied")
    sample = draw_sample(by=DORTE, unit=UNIT, month=MONTH, size=10)
    assert sample is not None and len(events(sample)) == 10 and events(sample) <= inside
    assert sample.population == len(inside) and questions.drawn_again(sample)
    assert draw_sample(by=DORTE, unit=UNIT, month=MONTH, size=10) is None


@pytest.mark.django_db
def test_nothing_to_draw_from_is_no_sample():
    assert draw_sample(by=DORTE, unit=UNIT, month=MONTH, size=10) is None and not Sample.objects.exists()


@pytest.mark.django_db
def test_a_look_taken_out_of_the_log_or_put_in_is_noticed():
    for day in range(1, 20):
        look(day=day)
    sample = draw_sample(by=DORTE, unit=UNIT, month=MONTH, size=3)
    look(day=5)
    assert not questions.drawn_again(sample)


@pytest.mark.django_db
def test_the_watched_are_in_it_for_certain_as_long_as_they_were_watched():
    famous, other = uuid.uuid4(), uuid.uuid4()
    this_month = timezone.localdate().replace(day=1)
    soon = timezone.localdate() + timedelta(days=90)
    note(
        by=staff("soeren", unit=UNIT), action="look", person_key=famous, fields=["identity"]
    )  # before the watch
    one = watch(by=DORTE, person=famous, username="", reason="Omtalt i pressen og derfor fulgt.", until=soon)
    watch(by=DORTE, person=None, username="kim", reason="Mange nødadgange uden sag i enheden.", until=soon)
    now = timezone.now() + timedelta(seconds=1)
    lines = [
        Event(at=now, actor=actor, actor_role="caseworker", actor_unit=UNIT, action=action, outcome=outcome,
              person_key=person, fields=["identity"] if outcome == "allowed" else [])
        for actor, person, action, outcome in (
            ("soeren", famous, "look", "allowed"),
            ("soeren", famous, "list", "allowed"),
            ("soeren", famous, "look", "denied"),
            ("kim", other, "look", "allowed"),
            ("soeren", other, "look", "allowed"),
        )
    ]  # fmt: skip
    Event.objects.bulk_create(lines)
    window = (this_month, now + timedelta(seconds=1))
    drawn = drawing.draw(UNIT, window, 0, "seed")
    assert set(drawn.watched) == {line.pk for line in lines[:4]} and drawn.chosen == ()
    unwatch(by=DORTE, watch=one.pk)
    assert set(drawing.draw(UNIT, window, 0, "seed").watched) == {lines[3].pk}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("need", "case_ref", "words"),
    [("", "S-1", ""), ("yes", "", ""), ("no", "S-1", ""), ("cannot-tell", "", " ")],
)
def test_an_answer_says_what_it_rests_on(need, case_ref, words):
    look()
    sample = draw_sample(by=DORTE, unit=UNIT, month=MONTH, size=1)
    (row,) = questions.looks_of(sample)
    with pytest.raises(Refused):
        judge_look(by=LENE, look=row.pk, need=need, case_ref=case_ref, words=words)


@pytest.mark.django_db
def test_filed_when_all_is_judged_and_then_it_stays():
    look(), look()
    sample = draw_sample(by=DORTE, unit=UNIT, month=MONTH, size=2)
    first, second = questions.looks_of(sample)
    judge_look(by=LENE, look=first.pk, need="yes", case_ref="S-1", words="")
    with pytest.raises(Refused):
        file_sample(by=LENE, sample=sample.pk)
    judge_look(by=LENE, look=second.pk, need="no", case_ref="", words="Borgeren er nabo.")
    judge_look(by=LENE, look=first.pk, need="cannot-tell", case_ref="", words="Medarbejderen er rejst.")
    filed = file_sample(by=LENE, sample=sample.pk)
    assert questions.judged([filed])[filed.pk] == questions.Judged(2, 2, 0, 1, 1, 0)
    with pytest.raises(Refused):
        judge_look(by=LENE, look=first.pk, need="yes", case_ref="S-1", words="")
    assert SampledLook.objects.get(pk=first.pk).need == "cannot-tell"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE safeguards_sample SET filed_at = now(), filed_by = 'x'",
        "UPDATE safeguards_sample SET seed = 'min egen'",
        "UPDATE safeguards_sampledlook SET event = event + 1",
        "DELETE FROM safeguards_sampledlook",
        "DELETE FROM safeguards_sample",
        "DELETE FROM safeguards_watch",
        "UPDATE safeguards_watch SET reason = 'noget andet'",
    ],
)
def test_what_was_drawn_stays(statement):
    look()
    draw_sample(by=DORTE, unit=UNIT, month=MONTH, size=1)
    soon = timezone.localdate() + timedelta(days=1)
    watch(by=DORTE, person=uuid.uuid4(), username="", reason="Omtalt i pressen og derfor fulgt.", until=soon)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "reason"), [(0, "Omtalt i pressen og derfor fulgt."), (5, "kort")])
def test_a_watch_has_a_reason_and_an_end(days, reason):
    until = timezone.localdate() + timedelta(days=days)
    with pytest.raises(Refused):
        watch(by=DORTE, person=uuid.uuid4(), username="", reason=reason, until=until)


@pytest.mark.parametrize(
    ("today", "month"), [(date(2026, 1, 15), date(2025, 12, 1)), (date(2026, 11, 1), date(2026, 10, 1))]
)
def test_last_month(today, month):
    assert sampling.last_month(today) == month


@pytest.mark.django_db
def test_the_worker_draws_last_month_for_every_unit():
    month = sampling.last_month(timezone.localdate())
    look(month=month), look(unit="bif/ungeenhed", month=month)
    assert sampling.draw_due() == 2 and sampling.draw_due() == 0
    assert set(Sample.objects.values_list("drawn_by", "extra")) == {("system", False)}
