"""Sanctions of two persons who are one: they follow who is left, and part again; by statements nobody moves one."""

from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from handover.test_merged import TODAY, merged, now, parted
from handover.world import GKL
from helhed.coordination.handover.letters.models import Letter
from helhed.coordination.handover.sanctions import actions, complaints, own, staff
from helhed.coordination.handover.sanctions.models import Sanction
from helhed.sharing.ledger import standing as ledger
from pages.world import user
from sanctions.acted import COMPLAINT, effected
from sanctions.split import WHY, brought

LOOKED = {"purpose": "sagsbehandling", "language": "da"}


def whose(*rows: Sanction) -> set[UUID]:
    return set(Sanction.objects.filter(pk__in=[row.pk for row in rows]).values_list("person_key", flat=True))


def complained_by(person: str, row: Sanction) -> None:
    complaints.complain(by=user(person), sanction=row.pk, words=COMPLAINT, received_on=TODAY(), own=True)


@pytest.fixture
def two(world):
    """Eva has a sanction with a complaint about it and one that waits for her answer; she is read as Liv."""
    undone, asked = effected(world.eva), brought(world.eva, "heard")
    complained_by("eva", undone)
    return undone, asked, merged(world.liv, world.eva)


def test_they_follow_with_their_complaints_and_letters(world, two):
    undone, asked, _row = two
    now()
    assert whose(undone, asked) == {world.liv}
    assert set(Letter.objects.filter(about=undone.pk).values_list("person_key", flat=True)) == {world.liv}
    shown = staff.of_person(by=user("bente"), person=world.liv, **LOOKED)
    assert {row.id for row in shown.rows} == {undone.pk, asked.pk}


def test_who_holds_the_part_of_who_is_left_goes_on_with_them(world, two):
    undone, asked, _row = two
    held = ledger.holders(world.liv)["sagsbehandleransvar"].unit
    assert held == GKL
    complaints.agree(by=user("bente"), sanction=undone.pk, why=WHY)
    undone.refresh_from_db()
    actions.repay(by=user("yrsa"), sanction=undone.pk, amount_oere=undone.amount_oere, paid_on=TODAY())
    actions.answer(by=user("yrsa"), sanction=asked.pk, words="Ringede og sagde det.", own=False)
    actions.annul(by=user("bente"), sanction=asked.pk, why=WHY)
    now()
    told = Letter.objects.filter(about=undone.pk, kind="sanction-repaid")
    assert set(told.values_list("person_key", flat=True)) == {world.liv}


def test_parted_again_each_has_their_own(world, two):
    undone, asked, row = two
    hers = brought(world.liv, "decided")
    parted(row)
    now()
    assert whose(undone, asked) == {world.eva} and whose(hers) == {world.liv}
    assert {view.id for view in own.sanctions(by=user("eva"), language="da")} == {undone.pk, asked.pk}


def test_by_a_statement_nobody_moves_one(world, two):
    """Not as the program, not with the mark of a merge set by hand, and not by calling the merge's own function again."""
    undone, _asked, row = two
    tries = [
        ("UPDATE sanctions_sanction SET person_key = %s WHERE id = %s", [world.finn, undone.pk]),
        (
            "SELECT set_config('handover.followed', %s, true);"
            " UPDATE sanctions_sanction SET person_key = %s WHERE id = %s",
            [f"{world.liv} {world.finn}", world.finn, undone.pk],
        ),
        ("SELECT handover_follow(id) FROM handover_merged WHERE merge = %s", [row.pk]),
        ("SELECT handover_part(id) FROM handover_merged WHERE merge = %s", [row.pk]),
    ]
    for statement, values in tries:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
    assert whose(undone) == {world.liv}
