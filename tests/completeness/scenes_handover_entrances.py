"""Scenes of joint entrances: kept by leaders, visited by citizens, looked after by the program."""

from datetime import time

from django.utils import timezone

from completeness.scenes import Stage, reaches
from entrances.house import attached, invited, opened_for_8a, soon
from handover.world import GKL, ONE
from helhed.audit.actions import SYSTEM
from helhed.coordination.handover.entrances import actions, keeping, letting, own, reception
from helhed.coordination.handover.entrances.keeping import Place
from helhed.sharing.answers import NoAccess

ROOM = "coordination.handover.entrances"


@reaches(f"{ROOM}.actions:invite", action="entrance-invited", actor="system")
@reaches(f"{ROOM}.actions:lapse", action="entrance-lapsed", actor="system")
@reaches(f"{ROOM}.actions:stay", action="entrance-stayed", actor="system")
def _(stage: Stage):
    house = opened_for_8a()
    row = attached(house, stage.world.anna)
    who = {"entrance": house.entrance.pk, "people": [row.person_key]}
    actions.lapse(by=SYSTEM, on=timezone.localdate(), **who)
    actions.stay(by=SYSTEM, **who)


@reaches(f"{ROOM}.actions:answer", action="entrance-yes", actor="anna", person="anna")
@reaches(f"{ROOM}.actions:leave", action="entrance-left", actor="anna", person="anna")
def _(stage: Stage):
    row = invited(opened_for_8a(), stage.world.anna)
    said = {"by": stage.user("anna"), "language": "da"}
    own.answer(attachment=row.pk, yes=True, **said)
    own.leave(attachment=row.pk, **said)


@reaches(f"{ROOM}.actions:expect", action="entrance-expected", actor="bente", person="anna")
@reaches(f"{ROOM}.actions:cancel_expected", action="entrance-not-expected", actor="bente", person="anna")
def _(stage: Stage):
    row = attached(opened_for_8a(), stage.world.anna)
    made = actions.expect(by=stage.user("bente"), attachment=row.pk, at=soon(), sides="both")
    actions.cancel_expected(by=stage.user("bente"), appointment=made.pk)


@reaches(f"{ROOM}.actions:arrive", action="entrance-came", actor="bente", person="anna")
@reaches(f"{ROOM}.actions:serve", action="entrance-served", actor="bente", person="anna")
@reaches(f"{ROOM}.actions:finish", action="entrance-went", actor="bente", person="anna")
def _(stage: Stage):
    row = attached(opened_for_8a(), stage.world.anna)
    visit = actions.arrive(by=stage.user("bente"), attachment=row.pk)
    actions.serve(by=stage.user("bente"), visit=visit.pk)
    actions.finish(by=stage.user("bente"), visit=visit.pk)


@reaches(f"{ROOM}.actions:move_teams", action="entrance-teams-moved", actor="system")
def _(stage: Stage):
    opened_for_8a()
    actions.move_teams(by=SYSTEM, unit=ONE, to="sof/driftscenter-3")


@reaches(f"{ROOM}.keeping:plan", action="entrance-planned", actor="birgit")
@reaches(f"{ROOM}.keeping:set_hours", action="entrance-hours", actor="birgit")
@reaches(f"{ROOM}.keeping:add_team", action="entrance-team", actor="birgit")
@reaches(f"{ROOM}.keeping:open_doors", action="entrance-opened", actor="lene")
def _(stage: Stage):
    opened_for_8a()


@reaches(f"{ROOM}.keeping:describe", action="entrance-described", actor="lene")
@reaches(f"{ROOM}.keeping:close_doors", action="entrance-closed", actor="lene")
def _(stage: Stage):
    which = {"by": stage.user("lene"), "entrance": opened_for_8a().entrance.pk}
    keeping.describe(name="Huset", place="", address="Vej 2", **which)
    keeping.close_doors(**which)


@reaches(f"{ROOM}.keeping:add_person", action="entrance-person", actor="birgit")
@reaches(f"{ROOM}.keeping:remove_person", action="entrance-person-ended", actor="birgit")
@reaches(f"{ROOM}.keeping:end_team", action="entrance-team-ended", actor="birgit")
def _(stage: Stage):
    house, by = opened_for_8a(), stage.user("birgit")
    team = house.entrance.teams.get(unit=GKL)
    keeping.add_person(by=by, entrance=team.entrance_id, team=team.pk, username="bente")
    keeping.remove_person(by=by, entrance=team.entrance_id, team=team.pk, person=team.members.get().pk)
    keeping.add_team(by=by, entrance=house.entrance.pk, unit=GKL, focus="8A")
    keeping.end_team(by=by, entrance=team.entrance_id, team=team.pk)


@reaches(f"{ROOM}.keeping:add_outreach", action="entrance-outreach", actor="lene")
@reaches(f"{ROOM}.keeping:end_outreach", action="entrance-outreach-ended", actor="lene")
def _(stage: Stage):
    place = Place("shelter", "Herberget", "", time(9), time(12), weekday=2)
    which = {"by": stage.user("lene"), "entrance": opened_for_8a().entrance.pk}
    made = keeping.add_outreach(place=place, **which)
    keeping.end_outreach(by=which["by"], entrance=made.entrance_id, outreach=made.pk)


@reaches(f"{ROOM}.reception:walk_in", action="find", actor="bente", object="1 hits")
def _(stage: Stage):
    said = {"text": "Anna", "language": "da"}
    reception.walk_in(by=stage.user("bente"), entrance=opened_for_8a().entrance.pk, **said)


@reaches("sharing.prying:turned_away", action="refused", actor="kim", object="entrance")
def _(stage: Stage):
    try:
        letting.let_in(stage.user("kim"), opened_for_8a().entrance.pk, "receive")
    except NoAccess:
        return


@reaches(f"{ROOM}.own:entrances", action="entrance-seen", actor="anna", person="anna")
def _(stage: Stage):
    own.entrances(by=stage.user("anna"), language="da")
