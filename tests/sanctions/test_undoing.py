"""A sanction that took effect is undone by who decides now, paid back by the benefits service, and the citizen is told."""

from datetime import timedelta

import pytest

from handover.world import GKL, ONE
from helhed.coordination.handover.letters.models import Letter
from helhed.coordination.handover.sanctions import actions
from helhed.coordination.handover.sanctions.models import Sanction
from helhed.coordination.handover.sanctions.questions import running_of
from helhed.sharing.refusal import Refused
from pages.world import user
from sanctions.acted import FOUND, effected, today
from sanctions.split import ASSESSMENT, hand_over


def undo(row: Sanction, by: str = "bente", whole: bool = True) -> Sanction:
    actions.reverse(by=user(by), sanction=row.pk, why=FOUND, whole=whole)
    return Sanction.objects.get(pk=row.pk)


def repay(row: Sanction, amount: int = 50_000, by: str = "yrsa", day=None) -> Sanction:
    actions.repay(by=user(by), sanction=row.pk, amount_oere=amount, paid_on=day or today())
    return Sanction.objects.get(pk=row.pk)


def test_undone_and_paid_back(world):
    row = undo(effected(world.eva))
    assert (row.state, row.ended_at, row.due_on) == ("reversed", None, today() + timedelta(days=10))
    assert running_of(world.eva) == 1
    row = repay(row, day=today() + timedelta(days=2))
    assert (row.state, row.repaid_oere, row.repaid_on) == ("repaid", 50_000, today() + timedelta(days=2))
    assert row.ended_at is not None and row.effected_at < row.ended_at and row.due_on is None


def test_the_citizen_reads_why_and_how_much_and_when(world):
    row = repay(undo(effected(world.eva)))
    back = Letter.objects.get(about=row.pk, kind="sanction-reversed")
    assert back.unit == GKL and FOUND in str(back.texts["da"]) and "500,00 kr." in str(back.texts["da"])
    assert "DKK 500.00" in str(back.texts["en"]) and back.texts["da"]["appeal"] == ""
    paid = Letter.objects.get(about=row.pk, kind="sanction-repaid")
    assert paid.unit == "bif/ydelsesservice" and "500,00 kr. tilbage den" in paid.texts["da"]["lead"]
    assert ASSESSMENT not in str(back.texts) + str(paid.texts)


def test_a_part_is_undone_and_later_the_rest(world):
    row = undo(effected(world.eva), whole=False)
    letter = Letter.objects.get(about=row.pk, kind="sanction-reversed")
    assert "klage" in letter.texts["da"]["appeal"], "who got a part can complain about the rest"
    with pytest.raises(Refused, match="mindre end 500,00 kr."):
        repay(row, 50_000)
    row = repay(row, 20_000)
    row = undo(row)
    with pytest.raises(Refused, match="mangler 300,00 kr."):
        repay(row, 20_000)
    row = repay(row, 30_000)
    assert (row.state, row.repaid_oere) == ("repaid", 50_000)
    with pytest.raises(Refused, match="hele beløbet"):
        undo(row)


def test_a_part_that_waits_can_become_all_but_not_another_part(world):
    row = undo(effected(world.eva), whole=False)
    with pytest.raises(Refused, match="En del er allerede på vej"):
        undo(row, whole=False)
    assert repay(undo(row)).repaid_oere == 50_000


def test_whoever_has_the_casework_now_undoes_it(world):
    row = effected(world.eva)
    hand_over(world.eva, ONE)
    with pytest.raises(Refused, match="sagsbehandleransvaret"):
        undo(row)
    row = undo(row, by="signe")
    assert row.reversed_by == "signe"
    with pytest.raises(Refused, match="ydelsesansvaret"):
        repay(row, by="signe")
    assert repay(row).state == "repaid"


def test_who_undid_it_does_not_pay_it_back(world):
    both = user("bodil")
    both.unit = "bif"
    row = effected(world.eva)
    actions.reverse(by=both, sanction=row.pk, why=FOUND, whole=True)
    with pytest.raises(Refused, match="En anden"):
        actions.repay(by=both, sanction=row.pk, amount_oere=50_000, paid_on=today())


@pytest.mark.parametrize("days", [-2, 32])
def test_the_day_of_payment_is_near(world, days):
    row = undo(effected(world.eva))
    with pytest.raises(Refused, match="senest om en måned"):
        repay(row, day=today() + timedelta(days=days))


@pytest.mark.parametrize("whole", [True, False])
def test_nothing_is_undone_without_a_reason(world, whole):
    row = effected(world.eva)
    with pytest.raises(Refused, match="mindst 10 tegn"):
        actions.reverse(by=user("bente"), sanction=row.pk, why=" ", whole=whole)
