"""From invitation through a visit to leaving: what the verbs do, and what they refuse."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from django.utils import timezone

from entrances.house import adopt, attached, invited, opened, planned, soon, staffed
from handover.world import GKL, TWO, benefit_resumes, benefit_stops
from helhed.accounts.actions import Login, appoint
from helhed.audit.actions import SYSTEM
from helhed.coordination.handover.adoption import actions as adoption
from helhed.coordination.handover.entrances import actions, keeping, letting, picturing, rounds
from helhed.coordination.handover.entrances.keeping import Place
from helhed.coordination.handover.entrances.letting import KEEP
from helhed.coordination.handover.entrances.models import Appointment, Attachment, Entrance, Visit
from helhed.coordination.handover.letters.models import Letter
from helhed.sharing.answers import NoAccess
from helhed.sharing.ledger.models import Holding
from helhed.sharing.refusal import Refused
from pages.world import PASSWORD, user


def letters(house) -> list[str]:
    rows = Letter.objects.filter(about=house.entrance.pk, person_key=house.world.gry)
    return list(rows.order_by("written_at", "kind").values_list("kind", flat=True))


def test_everyone_in_the_group_is_invited_once_when_it_opens(house):
    assert rounds.one_round(by=SYSTEM) > 0
    assert list(Attachment.objects.values_list("person_key", "state")) == [(house.world.gry, "invited")]
    assert letters(house) == ["entrance-invited"]
    assert rounds.one_round(by=SYSTEM) == 0
    assert Attachment.objects.count() == 1


def test_yes_a_visit_served_by_both_and_no_more(house):
    before = list(Holding.objects.values_list("pk", "until"))
    row = attached(house)
    visit = actions.arrive(by=user("bente"), attachment=row.pk)
    actions.serve(by=user("bente"), visit=visit.pk)
    assert not Visit.objects.get(pk=visit.pk).avoided
    actions.serve(by=user("kim"), visit=visit.pk)
    actions.finish(by=user("kim"), visit=visit.pk)
    done = Visit.objects.get(pk=visit.pk)
    assert done.avoided and (done.bif_unit, done.sof_unit) == (GKL, TWO)
    actions.leave(by=user("gry"), attachment=row.pk)
    assert letters(house) == ["entrance-invited", "entrance-welcome", "entrance-ended"]
    assert list(Holding.objects.values_list("pk", "until")) == before, "no authority moved"


def test_who_said_no_or_left_is_not_asked_again_before_half_a_year(house):
    row = invited(house)
    actions.answer(by=user("gry"), attachment=row.pk, yes=False, how="portal")
    assert actions.invite(by=SYSTEM, entrance=house.entrance.pk, people=[house.world.gry]) == 0
    long_ago = timezone.now() - timedelta(days=183)
    aside = {"state": "invited", "invited_at": long_ago - timedelta(days=9)}
    old = Attachment.objects.create(entrance=house.entrance, person_key=house.world.eva, **aside)
    said = {"state": "declined", "answered_at": long_ago, "answered_how": "portal", "answered_by": "eva"}
    Attachment.objects.filter(pk=old.pk).update(**said)
    assert actions.invite(by=SYSTEM, entrance=house.entrance.pk, people=[house.world.eva]) == 1


def test_an_answer_is_given_once(house):
    row = attached(house)
    with pytest.raises(Refused):
        actions.answer(by=user("gry"), attachment=row.pk, yes=False, how="portal")


def test_leaving_ends_the_visit_and_the_times_to_come(house):
    row = attached(house)
    actions.expect(by=user("kim"), attachment=row.pk, at=soon(), sides="both")
    visit = actions.arrive(by=user("kim"), attachment=row.pk)
    actions.leave(by=user("gry"), attachment=row.pk)
    assert Visit.objects.get(pk=visit.pk).over_at
    assert not Appointment.objects.filter(cancelled_at__isnull=True).exists()
    with pytest.raises(Refused):
        actions.arrive(by=user("kim"), attachment=row.pk)


def test_out_of_the_group_is_out_after_the_grace_and_back_in_time_stays(house):
    rounds.one_round(by=SYSTEM)
    actions.answer(by=SYSTEM, attachment=invited_row(house).pk, yes=True, how="portal")
    benefit_stops(house.world, "6705883333")
    rounds.one_round(by=SYSTEM)
    due = invited_row(house).leaves_on
    assert due == timezone.localdate() + timedelta(days=56)
    benefit_resumes(house.world, "6705883333")
    rounds.one_round(by=SYSTEM)
    assert invited_row(house).leaves_on is None
    Attachment.objects.update(leaves_on=timezone.localdate())
    rounds.one_round(by=SYSTEM)
    assert (invited_row(house).state, invited_row(house).reason) == ("left", "group")
    assert letters(house)[-1] == "entrance-ended"


def invited_row(house) -> Attachment:
    return Attachment.objects.get(person_key=house.world.gry)


def test_an_invitation_ends_with_the_group(house):
    rounds.one_round(by=SYSTEM)
    benefit_stops(house.world, "6705883333")
    rounds.one_round(by=SYSTEM)
    assert (invited_row(house).state, invited_row(house).reason) == ("left", "group")
    assert letters(house) == ["entrance-invited"]


def test_an_entrance_closes_with_its_model_and_everyone_leaves(house):
    row = attached(house)
    adoption.end(
        by=user("lene"),
        adoption=house.entrance.adoption,
        on=timezone.localdate(),
        reason="Forsøget er slut.",
    )
    rounds.one_round(by=SYSTEM)
    row.refresh_from_db()
    assert (row.state, row.reason) == ("left", "closed")
    assert Entrance.objects.get().state == "closed"


@pytest.mark.parametrize("sides", ["bif", "sof", "both"])
def test_a_time_is_noted_within_the_hours(house, sides):
    row = attached(house)
    actions.expect(by=user("kim"), attachment=row.pk, at=soon(), sides=sides)
    with pytest.raises(Refused):
        actions.expect(by=user("kim"), attachment=row.pk, at=soon(), sides=sides)
    keeping.set_hours(by=user("lene"), entrance=house.entrance.pk, hours={})
    with pytest.raises(Refused):
        actions.expect(by=user("kim"), attachment=row.pk, at=soon() + timedelta(hours=1), sides=sides)


def test_it_comes_out_to_a_shelter_on_its_weekday(house):
    row, at = attached(house), soon()
    place = Place("shelter", "Herberget", "Prøvevej 9", time(9), time(12), weekday=at.weekday())
    outreach = keeping.add_outreach(by=user("lene"), entrance=house.entrance.pk, place=place)
    made = actions.expect(by=user("kim"), attachment=row.pk, at=at, sides="sof", outreach=outreach.pk)
    assert made.outreach_id == outreach.pk
    with pytest.raises(Refused):
        actions.expect(
            by=user("kim"),
            attachment=row.pk,
            at=at + timedelta(days=1),
            sides="sof",
            outreach=outreach.pk,
        )
    actions.cancel_expected(by=user("kim"), appointment=made.pk)
    keeping.end_outreach(by=user("lene"), entrance=outreach.entrance_id, outreach=outreach.pk)
    with pytest.raises(Refused):
        actions.expect(
            by=user("kim"),
            attachment=row.pk,
            at=at + timedelta(days=7),
            sides="sof",
            outreach=outreach.pk,
        )


def test_it_opens_only_with_people_of_both_and_hours(world):
    row = planned()
    with pytest.raises(Refused):
        keeping.open_doors(by=user("lene"), entrance=row.pk)
    keeping.add_team(by=user("birgit"), entrance=row.pk, unit=GKL)
    with pytest.raises(Refused):
        keeping.open_doors(by=user("lene"), entrance=row.pk)
    keeping.add_team(by=user("lene"), entrance=row.pk, unit=TWO)
    assert keeping.open_doors(by=user("lene"), entrance=row.pk).state == "open"


def test_each_administration_places_its_own_people(world):
    row = staffed()
    theirs = row.teams.get(unit=GKL)
    with pytest.raises(Refused):
        keeping.add_team(by=user("lene"), entrance=row.pk, unit=GKL)
    with pytest.raises(Refused):
        keeping.add_person(by=user("lene"), entrance=theirs.entrance_id, team=theirs.pk, username="bente")
    with pytest.raises(Refused):
        keeping.add_person(by=user("birgit"), entrance=theirs.entrance_id, team=theirs.pk, username="kim")
    keeping.add_person(by=user("birgit"), entrance=theirs.entrance_id, team=theirs.pk, username="bente")
    assert theirs.members.get().username == "bente"


def test_a_rotating_entrance_has_days(world):
    house = opened(world, staffing="B")
    team = house.entrance.teams.get(unit=TWO)
    today = timezone.localdate()
    with pytest.raises(Refused):
        keeping.add_person(
            by=user("lene"),
            entrance=team.entrance_id,
            team=team.pk,
            username="kim",
            day=today - timedelta(days=1),
        )
    keeping.add_person(by=user("lene"), entrance=team.entrance_id, team=team.pk, username="kim", day=today)
    with pytest.raises(Refused):
        keeping.add_person(
            by=user("lene"), entrance=team.entrance_id, team=team.pk, username="kim", day=today
        )
    keeping.remove_person(
        by=user("lene"), entrance=team.entrance_id, team=team.pk, person=team.roster.get().pk
    )
    assert team.roster.get().cancelled_at


def test_no_entrance_without_an_adopted_one(world):
    said = {"name": "Hus", "place": "", "address": "Vej 1"}
    with pytest.raises(Refused):
        keeping.plan(by=user("birgit"), adoption_id=adopt(mode="draft"), **said)
    transfer = adopt("5B", ground="LOV-1750-2025")
    with pytest.raises(Refused):
        keeping.plan(by=user("birgit"), adoption_id=transfer, **said)


def test_one_entrance_for_an_adoption(world):
    adopted = adopt()
    planned(adopted=adopted)
    with pytest.raises(Refused):
        planned(adopted=adopted)


def test_teams_follow_their_unit(house):
    assert actions.move_teams(by=SYSTEM, unit=TWO, to="sof/driftscenter-3") == 1
    assert not house.entrance.teams.filter(unit=TWO, until__isnull=True).exists()
    assert house.entrance.teams.filter(unit="sof/driftscenter-3").count() == 1


def test_a_house_is_kept_by_those_it_concerns(house):
    """The leaders who put the model in use, and those of the units that receive or have a team there; no other leader."""
    for name, administration, unit in (
        ("lars", "bif", "bif/ungeenhed"),
        ("lis", "sof", "sof/driftscenter-3"),
    ):
        appoint(by=SYSTEM, login=Login(name, name.title(), "leader", administration, unit), password=PASSWORD)
        assert KEEP not in letting.may(user(name), house.entrance)
        with pytest.raises(NoAccess):
            letting.let_in(user(name), house.entrance.pk, KEEP)
    assert all(KEEP in letting.may(user(name), house.entrance) for name in ("birgit", "lene"))


def test_a_visit_lasts_no_longer_than_its_day(house, monkeypatch):
    """Somebody forgot to write that the citizen went: the next day the citizen can come again."""
    row = attached(house)
    visit = actions.arrive(by=user("bente"), attachment=row.pk)
    assert rounds.end_of_day(by=SYSTEM) == 0, "a visit of today runs"
    tomorrow = timezone.localdate() + timedelta(days=1)
    with monkeypatch.context() as patched:
        patched.setattr(rounds.timezone, "localdate", lambda: tomorrow)
        assert rounds.end_of_day(by=SYSTEM) == 1
    visit.refresh_from_db()
    assert visit.over_at is not None
    actions.arrive(by=user("bente"), attachment=row.pk)


def test_a_place_with_appointments_is_not_taken_off(house):
    at = soon()
    place = Place("shelter", "Herberget", "", time(9), time(12), at.weekday())
    made = keeping.add_outreach(by=user("lene"), entrance=house.entrance.pk, place=place)
    row = attached(house)
    said = {"by": user("lene"), "entrance": house.entrance.pk, "outreach": made.pk}
    time_there = actions.expect(by=user("bente"), attachment=row.pk, at=at, sides="both", outreach=made.pk)
    with pytest.raises(Refused, match="aftaler på stedet"):
        keeping.end_outreach(**said)
    actions.cancel_expected(by=user("bente"), appointment=time_there.pk)
    keeping.end_outreach(**said)


def test_a_team_goes_out(house):
    team = house.entrance.teams.first()
    place = Place("shelter", "Herberget", "", time(9), time(12), 0, team=team.pk)
    made = keeping.add_outreach(by=user("lene"), entrance=house.entrance.pk, place=place)
    assert picturing.place_view(made).team_label
    with pytest.raises(Refused, match="et af indgangens hold"):
        keeping.add_outreach(by=user("lene"), entrance=house.entrance.pk, place=replace(place, team=0x7FFF))
