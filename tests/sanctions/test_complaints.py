"""A complaint about a sanction: who takes which step, by when, what the citizen is told, and what it does to the money."""

from datetime import timedelta

import pytest

from handover.world import GKL, ONE
from helhed.audit.models import Event
from helhed.coordination.handover.letters.models import Letter
from helhed.coordination.handover.sanctions import actions, complaints
from helhed.coordination.handover.sanctions.models import ComplaintStep, Sanction
from helhed.sharing.refusal import Refused
from pages.world import user
from sanctions.acted import COMPLAINT, FOUND, complained, effected, only, today
from sanctions.split import WHY, brought, hand_over


def letter(row: Sanction, kind: str) -> str:
    return str(Letter.objects.filter(about=row.pk, kind=kind).latest("written_at").texts["da"])


def board(row: Sanction, answer: str, **more: object) -> None:
    said = {"answer": answer, "on_day": today(), **more}
    complaints.hear_board(by=user("bente"), sanction=row.pk, **said)


def test_a_complaint_is_answered_within_four_weeks(world):
    row = complained(world.eva)
    complaint = only(row)
    assert (complaint.state, complaint.in_time, complaint.decided_on) == ("received", True, today())
    assert complaint.due_on == row.complaint_due == today() + timedelta(days=28)
    told = letter(row, "complaint-received")
    assert "Vi har fået din klage" in told and "Klagen kom sent" not in told


def test_agreed_with_the_money_comes_back(world):
    row = complained(world.eva)
    complaints.agree(by=user("bente"), sanction=row.pk, why=FOUND)
    row.refresh_from_db()
    assert (row.state, row.complaint, row.reversed_whole) == ("reversed", "", True)
    assert only(row).state == "agreed" and FOUND in letter(row, "sanction-reversed")
    assert row.taken.get(kind="reversed").ref == ComplaintStep.objects.get(kind="agreed").pk


def test_kept_and_sent_on_with_the_reason(world):
    row = complained(world.eva, "kept")
    assert only(row).due_on == today() + timedelta(days=3)
    assert not Letter.objects.filter(about=row.pk, kind="complaint-sent").exists()
    complaints.send(by=user("bente"), sanction=row.pk, on_day=today())
    assert WHY in letter(row, "complaint-sent")
    row.refresh_from_db()
    assert (row.state, row.complaint, row.complaint_due) == ("effected", "sent", None)


def test_agreed_with_in_part_the_rest_goes_on(world):
    row = complained(world.eva)
    complaints.agree_in_part(by=user("bente"), sanction=row.pk, why=FOUND)
    row.refresh_from_db()
    assert (row.state, row.complaint, row.reversed_whole) == ("reversed", "kept", False)
    assert "sender vi klagen videre" in letter(row, "sanction-reversed")
    actions.repay(by=user("yrsa"), sanction=row.pk, amount_oere=10_000, paid_on=today())
    complaints.send(by=user("bente"), sanction=row.pk, on_day=today())
    board(row, "changed", why="Borgeren havde en rimelig grund.", whole=True)
    row.refresh_from_db()
    assert (row.state, row.complaint, row.reversed_whole) == ("reversed", "", True)
    assert "400,00 kr." in letter(row, "sanction-reversed")


@pytest.mark.parametrize(
    ("answer", "words"),
    [("confirmed", "er enig med os"), ("dismissed", "tager ikke klagen op")],
)
def test_the_board_leaves_it_as_it_is(world, answer, words):
    row = complained(world.eva, "sent")
    board(row, answer)
    row.refresh_from_db()
    assert (row.state, row.complaint, only(row).state) == ("effected", "", answer)
    assert words in letter(row, "complaint-ended")


def test_the_board_changes_it(world):
    row = complained(world.eva, "sent")
    with pytest.raises(Refused, match="mindst 10 tegn"):
        board(row, "changed")
    board(row, "changed", why="Der var en rimelig grund.", whole=False)
    row.refresh_from_db()
    assert (row.state, row.reversed_whole, only(row).state) == ("reversed", False, "changed")


def test_sent_back_it_is_decided_again_and_can_be_complained_of_again(world):
    row = complained(world.eva, "returned")
    assert only(row).due_on == today() + timedelta(days=28)
    assert "se på sagen igen" in letter(row, "complaint-ended")
    complaints.keep(by=user("bente"), sanction=row.pk, why=WHY)
    row.refresh_from_db()
    assert (only(row).state, row.complaint) == ("rekept", "")
    assert "fire uger" in letter(row, "complaint-ended"), "a new decision says how to complain"
    complaints.complain(by=user("eva"), sanction=row.pk, words="", received_on=today(), own=True)
    assert row.complaints.count() == 2


def test_taken_back_by_the_citizen_or_on_the_citizens_word(world):
    row = complained(world.eva, "sent")
    with pytest.raises(Refused, match="mindst 10 tegn"):
        complaints.take_back(by=user("yrsa"), sanction=row.pk, own=False)
    complaints.take_back(by=user("yrsa"), sanction=row.pk, own=False, why="Ringede og sagde det.")
    assert only(row).state == "taken-back" and "taget klagen tilbage" in letter(row, "complaint-ended")
    complaints.complain(by=user("eva"), sanction=row.pk, words="", received_on=today(), own=True)
    complaints.take_back(by=user("eva"), sanction=row.pk, own=True)
    assert set(row.complaints.values_list("state", flat=True)) == {"taken-back"}


def test_while_a_complaint_is_open_nothing_is_undone_past_it(world):
    row = complained(world.eva)
    with pytest.raises(Refused, match="Svar på klagen"):
        actions.reverse(by=user("bente"), sanction=row.pk, why=FOUND, whole=True)


@pytest.mark.parametrize("state", ["draft", "heard"])
def test_there_is_nothing_to_complain_of_before_the_money_is_deducted(world, state):
    row = brought(world.eva, state)
    with pytest.raises(Refused, match="ikke trukket noget"):
        complaints.complain(by=user("eva"), sanction=row.pk, words="", received_on=today(), own=True)


def test_one_at_a_time_and_none_where_all_is_undone(world):
    row = complained(world.eva)
    again = {"sanction": row.pk, "words": "", "received_on": today(), "own": True}
    with pytest.raises(Refused, match="allerede en klage"):
        complaints.complain(by=user("eva"), **again)
    complaints.agree(by=user("bente"), sanction=row.pk, why=FOUND)
    with pytest.raises(Refused, match="hele beløbet"):
        complaints.complain(by=user("eva"), **again)


def test_a_day_before_the_decision_or_after_today_is_none(world):
    row = effected(world.eva)
    for days in (-1, 1):
        with pytest.raises(Refused, match="før afgørelsen eller efter i dag"):
            day = today() + timedelta(days=days)
            complaints.complain(by=user("yrsa"), sanction=row.pk, words="", received_on=day, own=False)


def test_after_the_hand_over_the_new_unit_looks_again(world):
    row = complained(world.eva)
    hand_over(world.eva, ONE)
    with pytest.raises(Refused, match="sagsbehandleransvaret"):
        complaints.agree(by=user("bente"), sanction=row.pk, why=FOUND)
    complaints.agree(by=user("signe"), sanction=row.pk, why=FOUND)
    assert Letter.objects.get(about=row.pk, kind="sanction-reversed").unit == ONE
    row.refresh_from_db()
    assert row.deciding_unit == GKL


@pytest.mark.parametrize("verb", [complaints.keep, complaints.agree, complaints.agree_in_part])
@pytest.mark.parametrize("name", ["yrsa", "soeren"])
def test_only_who_decides_answers(world, verb, name):
    row = complained(world.eva)
    with pytest.raises(Refused, match="sagsbehandleransvaret"):
        verb(by=user(name), sanction=row.pk, why=FOUND)


def test_a_step_out_of_order_is_refused(world):
    row = complained(world.eva)
    with pytest.raises(Refused, match="et andet sted"):
        complaints.send(by=user("bente"), sanction=row.pk, on_day=today())
    with pytest.raises(Refused, match="et andet sted"):
        board(row, "confirmed")
    complaints.keep(by=user("bente"), sanction=row.pk, why=WHY)
    with pytest.raises(Refused, match="før det sidste skridt"):
        complaints.send(by=user("bente"), sanction=row.pk, on_day=today() + timedelta(days=1))
    with pytest.raises(Refused, match="et andet sted"):
        complaints.agree_in_part(by=user("bente"), sanction=row.pk, why=FOUND)


def test_each_step_leaves_its_line(world):
    row = complained(world.eva, "returned")
    complaints.agree(by=user("bente"), sanction=row.pk, why=FOUND)
    found = Event.objects.filter(object=f"sanction {row.pk}", action__startswith="complaint")
    assert sorted(found.values_list("action", flat=True)) == sorted(
        ["complaint-received", "complaint-kept", "complaint-sent", "complaint-answered", "complaint-agreed"]
    )
    assert COMPLAINT not in str(list(found.values()))
