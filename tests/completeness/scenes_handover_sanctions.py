"""Scenes of tasks and sanctions."""

from uuid import UUID

from completeness.scenes import Stage, reaches
from completeness.scenes_sharing import refusal
from helhed.coordination.handover.sanctions import actions, staff
from helhed.coordination.handover.sanctions.wishes import Sum
from helhed.coordination.handover.tasks import actions as tasks
from helhed.coordination.handover.tasks import doors
from sanctions.split import BENEFIT, WHY, brought, this_month, wish
from tasks.test_tasks import wish as task_wish

VERBS = "coordination.handover.sanctions.actions"
LOOKING = {"purpose": "sagsbehandling", "language": "da"}


def come_to(stage: Stage, state: str) -> UUID:
    """A sanction of Anna's that has come so far."""
    return brought(stage.world.anna, state).pk


def answered(stage: Stage) -> UUID:
    row = come_to(stage, "heard")
    actions.answer(by=stage.user("anna"), sanction=row, words="Jeg var syg den dag.", own=True)
    return row


@reaches(f"{VERBS}:draft", action="sanction-drafted", actor="bente", person="anna")
def _(stage: Stage):
    come_to(stage, "draft")


@reaches(f"{VERBS}:revise", action="sanction-revised", actor="bente", person="anna")
def _(stage: Stage):
    actions.revise(by=stage.user("bente"), sanction=come_to(stage, "draft"), wish=wish())


@reaches(f"{VERBS}:decide", action="sanction-decided", actor="bente", person="anna")
def _(stage: Stage):
    come_to(stage, "decided")


@reaches(f"{VERBS}:withdraw", action="sanction-withdrawn", actor="bente", person="anna")
def _(stage: Stage):
    actions.withdraw(by=stage.user("bente"), sanction=come_to(stage, "decided"), why=WHY)


@reaches(f"{VERBS}:receive", action="sanction-received", actor="yrsa", person="anna")
def _(stage: Stage):
    come_to(stage, "received")


@reaches(f"{VERBS}:calculate", action="sanction-calculated", actor="yrsa", person="anna")
def _(stage: Stage):
    sum = Sum(this_month(), 100, BENEFIT)
    actions.calculate(by=stage.user("yrsa"), sanction=come_to(stage, "received"), sum=sum)


@reaches(f"{VERBS}:hear", action="sanction-heard", actor="yrsa", person="anna")
def _(stage: Stage):
    come_to(stage, "heard")


@reaches(f"{VERBS}:answer", action="sanction-answered", actor="anna", person="anna")
def _(stage: Stage):
    answered(stage)


@reaches(f"{VERBS}:uphold", action="sanction-upheld", actor="bente", person="anna")
def _(stage: Stage):
    actions.uphold(by=stage.user("bente"), sanction=answered(stage), why=WHY)


@reaches(f"{VERBS}:annul", action="sanction-annulled", actor="bente", person="anna")
def _(stage: Stage):
    actions.annul(by=stage.user("bente"), sanction=answered(stage), why=WHY)


@reaches(f"{VERBS}:effect", action="sanction-effected", actor="yrsa", person="anna")
def _(stage: Stage):
    row = answered(stage)
    actions.uphold(by=stage.user("bente"), sanction=row, why=WHY)
    actions.effect(by=stage.user("yrsa"), sanction=row)


@reaches(
    "coordination.handover.sanctions.letting:side_work#1",
    action="sanctions-seen",
    actor="birgit",
    person="anna",
    ground="role",
    outcome="denied",
)
def _(stage: Stage):
    refusal(staff.of_person, by=stage.user("birgit"), person=stage.world.anna, **LOOKING)


@reaches(
    "coordination.handover.sanctions.letting:side_work#2",
    action="sanctions-seen",
    actor="soeren",
    person="anna",
    ground="other-unit",
    outcome="denied",
)
def _(stage: Stage):
    refusal(staff.of_person, by=stage.user("soeren"), person=stage.world.anna, **LOOKING)


@reaches(
    "coordination.handover.sanctions.letting:Let.seen", action="sanctions-seen", actor="yrsa", person="anna"
)
def _(stage: Stage):
    stage.get("yrsa", "/borger/{}/sanktioner", person="anna")


@reaches("coordination.handover.sanctions.staff:listed", action="list", actor="birgit", object="sanctions")
def _(stage: Stage):
    refusal(staff.listed, by=stage.user("birgit"), **LOOKING)


@reaches(
    "coordination.handover.sanctions.own:sanctions", action="sanctions-seen", actor="anna", person="anna"
)
def _(stage: Stage):
    stage.get("anna", "/mig/sanktioner")


@reaches("coordination.handover.tasks.actions:write", action="task-written", actor="bente", person="anna")
def _(stage: Stage):
    tasks.write(by=stage.user("bente"), person=stage.world.anna, wish=task_wish())


@reaches("coordination.handover.tasks.actions:_end", action="task-done", actor="bente", person="anna")
def _(stage: Stage):
    task = tasks.write(by=stage.user("bente"), person=stage.world.anna, wish=task_wish())
    tasks.finish(by=stage.user("bente"), task=task)


@reaches("coordination.handover.tasks.doors:of_person", action="tasks-seen", actor="bente", person="anna")
def _(stage: Stage):
    stage.get("bente", "/borger/{}/opgaver", person="anna")


@reaches("coordination.handover.tasks.doors:_may", action="list", actor="birgit", object="tasks")
def _(stage: Stage):
    refusal(doors.listed, by=stage.user("birgit"), **LOOKING)
