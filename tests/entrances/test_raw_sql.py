"""What the database refuses, tried as the application's own role by raw SQL."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from entrances.house import adopt, attached, invited, opened, staffed
from handover.world import GKL
from helhed.coordination.handover.adoption.lawful import models
from helhed.coordination.handover.entrances import actions
from helhed.coordination.handover.entrances.models import MODELS
from pages.world import user


def refused(statement: str, *values: object) -> bool:
    """Whether the database says no; undone either way."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            transaction.set_rollback(True)
    except DatabaseError:
        return True
    return False


def test_the_models_are_those_of_the_catalogue():
    joint = tuple(key for key, entry in models().items() if entry.transfer_type == "faelles-indgang")
    assert tuple(sorted(MODELS)) == tuple(sorted(joint))


NEW = """INSERT INTO entrances_entrance
(id, adoption, model, name, place, address, staffing, state, made_by, made_unit, opened_by, closed_by)
VALUES (%s, %s, %s, 'Hus', '', 'Vej 1', 'A', 'planned', 'birgit', 'bif', '', '')"""


def test_no_entrance_under_a_model_that_is_not_an_adopted_joint_entrance(world):
    transfer, draft = adopt("5B", ground="LOV-1750-2025"), adopt(mode="draft")
    assert refused(NEW, uuid4(), uuid4(), "8B"), "no adoption"
    assert refused(NEW, uuid4(), transfer, "5B"), "a transfer"
    assert refused(NEW, uuid4(), transfer, "8B"), "another model than was adopted"
    with transaction.atomic(), connection.cursor() as cursor:
        key = uuid4()
        cursor.execute(NEW, [key, draft, "8B"])
        cursor.execute(
            "INSERT INTO entrances_team (entrance_id, unit, focus) VALUES (%s, 'bif', ''), (%s, 'sof', '')",
            [key, key],
        )
        opening = (
            "UPDATE entrances_entrance SET state = 'open', opened_at = now(), opened_by = 'x' WHERE id = %s"
        )
        assert refused(opening, key), "a draft is not opened"
        transaction.set_rollback(True)


def test_an_entrance_does_not_open_one_sided_or_twice_or_go_back(world):
    row = staffed()
    opening = "UPDATE entrances_entrance SET state = 'open', opened_at = now(), opened_by = 'x' WHERE id = %s"
    assert not refused(opening, row.pk)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE entrances_team SET until = now() WHERE unit = %s", [GKL])
        assert refused(opening, row.pk)
        transaction.set_rollback(True)
    house = opened_again(row)
    assert refused("UPDATE entrances_entrance SET state = 'planned', opened_at = NULL WHERE id = %s", house)
    assert refused("UPDATE entrances_entrance SET model = '8A' WHERE id = %s", house)
    assert refused("UPDATE entrances_team SET until = now() WHERE unit = %s", GKL), "one side stays"
    assert refused("DELETE FROM entrances_entrance WHERE id = %s", house)


def opened_again(row):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE entrances_entrance SET state = 'open', opened_at = now(), opened_by = 'x' WHERE id = %s",
            [row.pk],
        )
    return row.pk


ASK = """INSERT INTO entrances_attachment (id, entrance_id, person_key, state, answered_how, answered_by, reason)
VALUES (%s, %s, %s, %s, '', '', '')"""


def test_one_open_attachment_a_citizen_and_entrance(house):
    invited(house)
    assert refused(ASK, uuid4(), house.entrance.pk, house.world.gry, "invited")
    assert not refused(ASK, uuid4(), house.entrance.pk, house.world.eva, "invited")


def test_nobody_is_attached_unasked_or_at_a_closed_door(house, world):
    assert refused(ASK, uuid4(), house.entrance.pk, house.world.eva, "attached")
    planned = staffed(adopted=adopt("8A", receiving="sof/driftscenter-1"))
    assert refused(ASK, uuid4(), planned.pk, house.world.eva, "invited")


SET = "UPDATE entrances_attachment SET "


def test_an_answer_is_given_once_and_stays(house):
    row = attached(house)
    assert refused(SET + "state = 'invited', since = NULL WHERE id = %s", row.pk)
    assert refused(SET + "state = 'declined', since = NULL WHERE id = %s", row.pk)
    assert refused(SET + "answered_by = 'x' WHERE id = %s", row.pk)
    assert refused(SET + "since = since - interval '1 day' WHERE id = %s", row.pk)
    assert refused(SET + "person_key = %s WHERE id = %s", uuid4(), row.pk)
    assert refused(SET + "state = 'left' WHERE id = %s", row.pk), "without a moment and a reason"
    assert refused("DELETE FROM entrances_attachment WHERE id = %s", row.pk)
    actions.leave(by=user("gry"), attachment=row.pk)
    assert refused(SET + "state = 'attached', until = NULL, reason = '' WHERE id = %s", row.pk)
    assert refused(SET + "reason = 'group' WHERE id = %s", row.pk)


def test_yes_without_an_answer_is_none(house):
    row = invited(house)
    assert refused(SET + "state = 'attached', since = now() WHERE id = %s", row.pk)
    later = timezone.now() + timedelta(days=1)
    said = "state = 'attached', since = %s, answered_at = %s, answered_how = 'portal', answered_by = 'x' "
    assert refused(f"{SET}{said}WHERE id = %s", later, later, row.pk)


COME = """INSERT INTO entrances_visit
(id, attachment_id, day, came_at, came_by, bif_by, bif_unit, sof_by, sof_unit)
VALUES (%s, %s, %s, now(), 'x', '', '', '', '')"""


def test_a_visit_is_of_somebody_attached_on_its_day(house):
    today = timezone.localdate()
    asked = invited(house)
    assert refused(COME, uuid4(), asked.pk, today)
    actions.answer(by=user("gry"), attachment=asked.pk, yes=True, how="portal")
    actions.arrive(by=user("kim"), attachment=asked.pk)
    assert refused(COME, uuid4(), asked.pk, today), "one at a time"


VISIT = "UPDATE entrances_visit SET "


def test_a_visit_stays_as_it_was_written(house):
    visit = actions.arrive(by=user("kim"), attachment=attached(house).pk)
    actions.serve(by=user("kim"), visit=visit.pk)
    assert refused(VISIT + "sof_at = clock_timestamp() WHERE id = %s", visit.pk)
    assert refused(VISIT + "sof_at = NULL, sof_by = '', sof_unit = '' WHERE id = %s", visit.pk)
    assert refused(VISIT + "day = day - 1 WHERE id = %s", visit.pk)
    by_other = "bif_at = clock_timestamp(), bif_by = 'kim', bif_unit = 'sof/driftscenter-2' WHERE id = %s"
    assert refused(VISIT + by_other, visit.pk), "a unit serves for its own side"
    assert refused(VISIT + "avoided = true WHERE id = %s", visit.pk)
    early = "bif_at = came_at - interval '1 hour', bif_by = 'b', bif_unit = 'bif' WHERE id = %s"
    assert refused(VISIT + early, visit.pk)
    actions.finish(by=user("kim"), visit=visit.pk)
    late = "bif_at = clock_timestamp(), bif_by = 'b', bif_unit = 'bif' WHERE id = %s"
    assert refused(VISIT + late, visit.pk), "over is over"
    assert refused(VISIT + "over_at = NULL WHERE id = %s", visit.pk)
    assert refused("DELETE FROM entrances_visit WHERE id = %s", visit.pk)


def test_a_citizen_with_a_visit_running_does_not_leave_past_it(house):
    row = attached(house)
    actions.arrive(by=user("kim"), attachment=row.pk)
    leaving = "state = 'left', until = clock_timestamp(), reason = 'wish' WHERE id = %s"
    assert refused(SET + leaving, row.pk)


def test_an_entrance_does_not_close_over_anybody(house):
    attached(house)
    closing = (
        "UPDATE entrances_entrance SET state = 'closed', closed_at = now(), closed_by = 'x' WHERE id = %s"
    )
    assert refused(closing, house.entrance.pk)


@pytest.mark.parametrize(("staffing", "table"), [("A", "rosterday"), ("B", "member")])
def test_a_fixed_team_has_no_days_and_a_rotating_one_no_members(world, staffing, table):
    house = opened(world, staffing=staffing)
    team = house.entrance.teams.first().pk
    statements = {
        "rosterday": "INSERT INTO entrances_rosterday (team_id, username, day) VALUES (%s, 'kim', current_date)",
        "member": "INSERT INTO entrances_member (team_id, username) VALUES (%s, 'kim')",
    }
    assert refused(statements[table], team)
    assert not refused(statements["member" if table == "rosterday" else "rosterday"], team)


def test_the_ledger_is_never_touched_from_here(house):
    """There is no way from an entrance to a holding: no code of the room writes one."""
    row = attached(house)
    assert row.entrance_id == house.entrance.pk
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_holding WHERE ref IN (%s, %s)", [row.pk, row.entrance_id])
        assert cursor.fetchone() == (0,)
