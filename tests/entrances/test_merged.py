"""Two persons who are one are attached to an entrance once; parted again, each attachment is whose it was."""

from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction

from entrances.house import House, attached, invited, soon
from handover.test_merged import merged, now, parted
from helhed.coordination.handover.chain.models import Merged
from helhed.coordination.handover.entrances import actions
from helhed.coordination.handover.entrances.models import Appointment, Attachment, Visit
from pages.world import user


def of(house: House, person: UUID) -> list[tuple[UUID, str]]:
    rows = Attachment.objects.filter(entrance=house.entrance, person_key=person)
    return list(rows.order_by("invited_at").values_list("pk", "state"))


def test_an_attachment_follows_with_what_is_agreed_and_goes_back(house):
    gry, liv = house.world.gry, house.world.liv
    row = attached(house)
    actions.expect(by=user("kim"), attachment=row.pk, at=soon(), sides="both")
    merge = merged(liv, gry)
    now()
    assert of(house, liv) == [(row.pk, "attached")] and of(house, gry) == []
    assert Merged.objects.get(merge=merge.pk).rows["attachments"] == [str(row.pk)]
    assert Appointment.objects.filter(attachment=row.pk, cancelled_at__isnull=True).count() == 1
    actions.arrive(by=user("kim"), attachment=row.pk)
    parted(merge)
    now()
    assert of(house, gry) == [(row.pk, "attached")] and of(house, liv) == []


@pytest.mark.parametrize("begin", [invited, attached])
def test_where_both_are_attached_the_one_who_is_left_stays(house, begin):
    gry, liv = house.world.gry, house.world.liv
    kept, gone = attached(house, liv), begin(house, gry)
    if begin is attached:
        actions.arrive(by=user("kim"), attachment=gone.pk)
    merge = merged(liv, gry)
    now()
    assert set(of(house, liv)) == {(kept.pk, "attached"), (gone.pk, "left")}
    assert not Visit.objects.filter(attachment=gone.pk, over_at__isnull=True).exists(), "nobody waits twice"
    parted(merge)
    now()
    assert of(house, liv) == [(kept.pk, "attached")] and of(house, gry) == [(gone.pk, "left")]


def test_nobody_else_changes_whose_an_attachment_is(house):
    row = attached(house)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE entrances_attachment SET person_key = %s WHERE id = %s", [house.world.liv, row.pk]
        )
