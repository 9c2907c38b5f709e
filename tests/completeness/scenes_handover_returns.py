"""Scenes of returns, their causes, deadlines, and of the steward who answers for hand-overs."""

import contextlib
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from completeness.scenes import Stage, reaches
from completeness.scenes_handover_chain import ROOM, SHELTER
from completeness.scenes_register import two_are_one
from handover.carrying import carried
from handover.world import adopt
from helhed.audit.actions import SYSTEM
from helhed.coordination.handover.chain import causes, departing, escalating, merging, pingpong
from helhed.coordination.handover.chain.models import Chain
from helhed.coordination.handover.chain.replaying import replay_each
from helhed.coordination.handover.chain.returning import open_return, redirect, write_note
from helhed.coordination.handover.chain.still_acting import keep_acting
from helhed.coordination.handover.work import accounting
from helhed.register.actions import unmerge
from helhed.sharing.answers import NoAccess
from pages.world import _count, deliver

WORK = "coordination.handover.work"
OTHER = "bif/center-for-beskaeftigelse-og-afklaring"


def moved(stage: Stage) -> Chain:
    """Anna has come to a shelter, and her case has moved to SOF."""
    _count(deliver(stage.folder / "shelter", "sof-fagsystem", SHELTER, nights_ago=0))
    return carried(stage.world.anna, "effective")


def going_back(stage: Stage, cause: str = "request") -> UUID:
    return open_return(by=stage.user("soeren"), chain=moved(stage).pk, cause=cause, note="Efter samtale.")


def late(chain: UUID, days: int) -> None:
    """The deadline was so many days ago."""
    Chain.objects.filter(pk=chain).update(due_on=timezone.localdate() - timedelta(days=days))


@reaches(
    f"{ROOM}.returning:open_return", action="return-open", actor="soeren", person="anna", object="request"
)
def _(stage: Stage):
    going_back(stage)


@reaches(f"{ROOM}.returning:write_note", action="return-noted", actor="soeren", person="anna")
@reaches(f"{ROOM}.returning:redirect", action="return-redirected", actor="bente", person="anna", object=OTHER)
def _(stage: Stage):
    back = going_back(stage)
    write_note(by=stage.user("soeren"), chain=back, note="Plan aftalt 1. juni.")
    redirect(by=stage.user("bente"), chain=back, unit=OTHER, reason="Er i afklaring dér.")


@reaches(f"{ROOM}.causes:give_cause", action="return-cause", actor="system", person="anna", object="lapsed")
def _(stage: Stage):
    causes.give_cause(by=SYSTEM, chain=moved(stage).pk, cause="lapsed", opens_on=timezone.localdate())


@reaches(
    f"{ROOM}.departing:_forgotten", action="return-cause-gone", actor="system", person="anna", object="death"
)
def _(stage: Stage):
    causes.give_cause(by=SYSTEM, chain=moved(stage).pk, cause="death", opens_on=timezone.localdate())
    departing.hear_departures(by=SYSTEM)


@reaches(f"{ROOM}.causes:_hear", action="handover-heard", actor="system", object="0 proposed, 0 lapsed")
def _(stage: Stage):
    adopt("5A")
    causes.hear_changes(by=SYSTEM)


@reaches(f"{ROOM}.escalating:_tell", action="handover-overdue", actor="system", person="anna")
def _(stage: Stage):
    late(going_back(stage), 1)
    escalating.escalate(by=SYSTEM)


@reaches(f"{ROOM}.escalating:_carry_on", action="return-by-rule", actor="system", person="anna")
def _(stage: Stage):
    late(going_back(stage, "moved-away"), 7)
    escalating.escalate(by=SYSTEM)


@reaches(f"{ROOM}.replaying:replay_each", action="handover-replay", actor="system", object="0 hand-overs")
def _(stage: Stage):
    list(replay_each(by=SYSTEM))


@reaches(
    f"{ROOM}.pingpong:counts#1",
    action="count",
    actor="bente",
    outcome="denied",
    object="hand-overs back and forth",
)
@reaches(
    f"{ROOM}.pingpong:counts#2",
    action="count",
    actor="lene",
    outcome="allowed",
    object="hand-overs back and forth",
)
def _(stage: Stage):
    with contextlib.suppress(NoAccess):
        pingpong.counts(by=stage.user("bente"))
    pingpong.counts(by=stage.user("lene"))


@reaches(
    f"{WORK}.accounting:allow", action="handover-account", actor="bente", outcome="denied", ground="role"
)
def _(stage: Stage):
    with contextlib.suppress(NoAccess):
        accounting.listed(by=stage.user("bente"), language="da")


@reaches(f"{WORK}.accounting:_told", action="handover-account-facts", actor="dorte", person="anna")
def _(stage: Stage):
    accounting.account(by=stage.user("dorte"), chain=moved(stage).pk, language="da")


@reaches(f"{ROOM}.still_acting:keep_acting", action="handover-still-acting", actor="soeren", person="anna")
def _(stage: Stage):
    keep_acting(
        by=stage.user("soeren"),
        chain=going_back(stage, "moved-away"),
        ground="RSL-9-aftale",
        words="Aftalt med Hvidovre Kommune, og borgeren er enig.",
    )


def one_person(stage: Stage) -> None:
    two_are_one(stage)
    merging.follow_merges(by=SYSTEM)


def two_again(stage: Stage) -> None:
    row = two_are_one(stage)
    merging.follow_merges(by=SYSTEM)
    unmerge(by=SYSTEM, merge=row)
    merging.follow_merges(by=SYSTEM)


reaches(f"{ROOM}.merging:_note", action="handover-merged", actor="system", person="anna", object="merge")(
    one_person
)
reaches("sharing.ledger.merging:follow_merge", action="ledger-merged", actor="system", person="anna")(
    one_person
)
reaches("sharing.ledger.merging:part_merge", action="ledger-parted", actor="system", person="anna")(two_again)
