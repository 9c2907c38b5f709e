"""What the sides are told of sanctions, and that a deadline which has passed shows and is told once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from handover.world import ONE
from helhed.audit.actions import SYSTEM
from helhed.coordination.handover.sanctions import actions, messages, rounds, staff
from helhed.coordination.handover.sanctions.models import Sanction, SanctionMessage
from helhed.coordination.handover.sanctions.turns import deadline, late
from pages.world import user
from sanctions.acted import complained, effected
from sanctions.split import brought, hand_over


def of(name: str) -> list[str]:
    return [told.what for told in messages.listed(by=user(name), language="da", first=50)]


@pytest.fixture
def later(monkeypatch):
    """`later(9)`: nine days have passed, for who asks whose turn it is."""

    real, first = timezone.localdate, timezone.localdate()

    def passed(days: int) -> None:
        then = first + timedelta(days=days)
        monkeypatch.setattr(timezone, "localdate", lambda value=None, *zone: real(value) if value else then)

    return passed


def test_each_side_is_told_what_the_other_did(world):
    complained(world.eva)
    assert of("yrsa") == ["upheld", "decided"]
    assert of("bente") == ["complained", "effected", "answered"]
    assert of("kim") == of("soeren") == of("lene") == []


def test_messages_follow_the_responsibility(world):
    effected(world.eva)
    hand_over(world.eva, ONE)
    assert of("bente") == [] and "effected" in of("soeren")


def test_a_draft_withdrawn_tells_nobody_and_a_decision_withdrawn_the_other_side(world):
    row = brought(world.eva, "draft")
    actions.withdraw(by=user("bente"), sanction=row.pk, why="Borgeren var til lægen.")
    assert not SanctionMessage.objects.exists()
    row = brought(world.eva, "decided")
    actions.withdraw(by=user("bente"), sanction=row.pk, why="Borgeren var til lægen.")
    assert of("yrsa") == ["withdrawn", "decided"]


def test_marked_as_read_by_who_it_is_for(world):
    complained(world.eva)
    mine = [told.id for told in messages.listed(by=user("bente"), language="da", first=50)]
    assert messages.mark_read(by=user("yrsa"), messages=mine) == 0
    assert messages.unread(by=user("bente")) == messages.total(by=user("bente")) == 3
    assert messages.mark_read(by=user("bodil"), messages=mine[:2]) == 2
    assert messages.mark_read(by=user("bodil"), messages=mine[:2]) == 0
    assert messages.unread(by=user("bente")) == 1


@pytest.mark.parametrize(
    ("state", "days", "who"),
    [("decided", 3, "yrsa"), ("received", 5, "yrsa"), ("calculated", 3, "yrsa"), ("heard", 19, "yrsa")],
)
def test_past_the_deadline_it_shows_and_is_told_once(world, later, state, days, who):
    row = brought(world.eva, state)
    later(days)
    assert rounds.one_round(by=SYSTEM) == 0 and staff.waiting(by=user(who))[1] == 0
    later(days + 1)
    assert staff.waiting(by=user(who)) == (1, 1)
    page = staff.listed(by=user(who), purpose="sagsbehandling", language="da", tab="overdue")
    assert [shown.id for shown in page.rows] == [row.pk] and page.rows[0].overdue
    assert rounds.one_round(by=SYSTEM) == 1 and rounds.one_round(by=SYSTEM) == 0
    assert of(who)[0] == "overdue" and "overdue" not in of("bente")


def test_a_hearing_nobody_answered_is_not_late_the_day_after(world):
    row = brought(world.eva, "heard")
    assert deadline(row) == row.hearing_due + timedelta(days=5)
    assert not late(row, row.hearing_due + timedelta(days=1))


def test_an_answer_and_a_complaint_that_lie_are_told_to_who_decides(world, later):
    complained(world.eva)
    later(29)
    assert rounds.one_round(by=SYSTEM) == 1
    assert of("bente")[0] == "overdue" and "overdue" not in of("yrsa")
    assert staff.waiting(by=user("bente")) == (1, 1) and staff.waiting(by=user("yrsa")) == (0, 0)
    hand_over(world.eva, ONE)
    assert staff.waiting(by=user("soeren")) == (1, 1) and staff.waiting(by=user("bente")) == (0, 0)


def test_the_shelves_part_what_waits_from_what_is_over(world):
    row = effected(world.eva)
    tabs = {tab: counted(tab) for tab in ("yours", "theirs", "ended")}
    assert tabs == {"yours": 0, "theirs": 0, "ended": 1}
    complained(world.finn)
    assert {tab: counted(tab) for tab in tabs} == {"yours": 1, "theirs": 0, "ended": 1}
    assert Sanction.objects.get(pk=row.pk).complaint == ""


def counted(tab: str) -> int:
    return staff.listed(by=user("bente"), purpose="sagsbehandling", language="da", tab=tab).total
