"""From a sanction's rows to what a reader's side sees of it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from django.utils import timezone

from helhed.accounts.models import User
from helhed.coordination.handover.sanctions.answers import Row, Stage, StepView, View
from helhed.coordination.handover.sanctions.complained import acts_of_complaint, complaints_of, writer
from helhed.coordination.handover.sanctions.four_weeks import FourWeeks, four_weeks
from helhed.coordination.handover.sanctions.letting import Let
from helhed.coordination.handover.sanctions.models import (
    CARRIES_OUT,
    DECIDES,
    ENDED,
    OF_CARRYING_OUT,
    OF_DECIDING,
    Sanction,
    SanctionStep,
)
from helhed.coordination.handover.sanctions.money import benefit_of, first_of, later
from helhed.coordination.handover.sanctions.stepping import BEFORE
from helhed.coordination.handover.sanctions.turns import (
    complaint_waits_for,
    deadline,
    late,
    late_itself,
    waits_for,
)
from helhed.coordination.handover.sanctions.wishes import MONTHS_AFTER
from helhed.coordination.handover.sanctions.words import COMPLAINTS, STATES, STEPS, missing, waited_for
from helhed.law import catalogue
from helhed.sharing.hatch import label_of_unit
from helhed.sharing.lanes import comes_from
from helhed.sharing.ledger.standing import Held, holders
from helhed.sharing.policy import BIF

LINE = ("draft", "decided", "received", "calculated", "heard", "effected")
UNDOING = ("reversed", "repaid")
STEP_OF_ACT = {
    "revise": "revised",
    "decide": "decided",
    "withdraw": "withdrawn",
    "receive": "received",
    "calculate": "calculated",
    "hear": "heard",
    "write-answer": "answered",
    "uphold": "upheld",
    "annul": "annulled",
    "effect": "effected",
    "reverse": "reversed",
    "repay": "repaid",
}


def row_view(row: Sanction, name: str, language: str, sides: Collection[str]) -> Row:
    """A sanction on the list of a reader who has these sides of it."""
    today = timezone.localdate()
    turn = waits_for(row, today)
    turns = [each for each in dict.fromkeys((turn, complaint_waits_for(row))) if each] or [""]
    dues = [day for day in (deadline(row) if turn else None, row.complaint_due) if day]
    return Row(
        id=row.pk,
        person_key=row.person_key,
        name=name,
        state=row.state,
        state_label=str(STATES[row.state]),
        waits_for=turns[0],
        waits_label=waited_for(turns, sides),
        complaint_label=str(COMPLAINTS[row.complaint]) if row.complaint else "",
        due_on=row.hearing_due if turn == "citizen" else min(dues, default=None),
        overdue=late(row, today),
        from_day=row.from_day,
        to_day=row.to_day,
        ground_label=ground_label(row.ground, language),
        amount_oere=row.amount_oere,
    )


def view(row: Sanction, let: Let, by: User, language: str) -> View:
    """One sanction, cut to the sides that are the viewer's."""
    today, held = timezone.localdate(), holders(row.person_key)
    taken = list(SanctionStep.objects.filter(sanction=row).order_by("number"))
    ground = catalogue().legal_grounds.get(row.ground)
    carries = "carries_out" in let.sides
    time = four_weeks(row) if row.effected_at else FourWeeks()
    return View(
        id=row.pk,
        person_key=row.person_key,
        name=let.met.row.name,
        sides=let.sides,
        state=row.state,
        state_label=str(STATES[row.state]),
        waits_for=waits_for(row, today),
        missing=missing(row, today, let.sides),
        ground=row.ground,
        ground_label=ground_label(row.ground, language),
        ground_checked=ground is not None and ground.is_checked,
        from_day=row.from_day,
        to_day=row.to_day,
        reason=row.reason,
        assessment=row.assessment if "decides" in let.sides else "",
        deciding_unit_label=label_of_unit(row.deciding_unit, language),
        month=row.month,
        amount_oere=row.amount_oere,
        benefit_oere=known_benefit(let, row.month) if carries and row.month else None,
        due_on=deadline(row),
        overdue=late_itself(row, today),
        hearing_due=row.hearing_due,
        months=_months(row, let) if carries and row.state in BEFORE["calculated"] else (),
        stages=_stages(row, taken, held, language),
        steps=_steps(taken, let, by, language),
        acts=_acts(row, let, by, today) | acts_of_complaint(row, let.sides),
        effected_on=timezone.localdate(row.effected_at) if row.effected_at else None,
        whole=row.reversed_whole,
        repaid_oere=row.repaid_oere,
        left_oere=(row.amount_oere or 0) - row.repaid_oere,
        repaid_on=row.repaid_on,
        complaints=complaints_of(row, let, by, language),
        told_on=time.told_on,
        last_day=time.last_day,
    )


def known_benefit(let: Let, month: date) -> int | None:
    """What the citizen's benefit comes to in a month, as far as the viewer's sight of benefits reaches; øre."""
    sources = let.met.decision.verdict("benefit", BIF).sources
    return benefit_of((fact for fact in let.met.facts if comes_from(fact.unit, sources)), month)


def ground_label(key: str, language: str) -> str:
    """A ground's words; the key itself where the catalogue no longer knows it."""
    return catalogue().label("legal_grounds", key, language) if key in catalogue().legal_grounds else key


def _months(row: Sanction, let: Let) -> tuple[tuple[date, int | None], ...]:
    """The months a deduction can be made in, and what is known of the benefit in each."""
    first, last = first_of(row.from_day), later(first_of(row.to_day), MONTHS_AFTER)
    months = []
    while first <= last:
        months.append((first, known_benefit(let, first)))
        first = later(first, 1)
    return tuple(months)


def _acts(row: Sanction, let: Let, by: User, today: date) -> frozenset[str]:
    """What this viewer can do now."""
    found = {act for act, step in STEP_OF_ACT.items() if row.state in BEFORE[step]}
    turn = waits_for(row, today)
    if turn != "decides" or row.state != "heard":
        found.discard("uphold")
    if row.state == "heard" and turn != "carries_out":
        found.discard("effect")
    if "decides" not in let.sides:
        found -= {act for act, step in STEP_OF_ACT.items() if step in OF_DECIDING}
    if row.reversed_whole or row.complaint:
        found.discard("reverse")
    if "carries_out" not in let.sides or by.username in (row.decided_by, row.reversed_by):
        found -= {act for act, step in STEP_OF_ACT.items() if step in OF_CARRYING_OUT}
    return frozenset(found)


def _stages(
    row: Sanction, taken: Iterable[SanctionStep], held: Mapping[str, Held], language: str
) -> tuple[Stage, ...]:
    """The line of states from draft to effect, and on to what was paid back where it was undone; where it stopped earlier, the
    end stands after the last one reached."""
    came = {STATE_OF.get(step.kind, ""): step for step in taken}
    undone = row.reversed_whole is not None
    if row.state == "reversed":
        came.pop("repaid", None)
    stages = []
    for state in LINE + UNDOING if undone else LINE:
        step = came.get(state)
        if step is None and row.state in ("annulled", "withdrawn"):
            continue
        if step is None:
            part = DECIDES if state in ("draft", "decided", "reversed") else CARRIES_OUT
            unit = held[part].unit if part in held else ""
            stages.append(Stage(str(STATES[state]), label_of_unit(unit, language), "waits"))
            continue
        now = row.state == state and row.state not in ENDED
        unit_label = label_of_unit(step.unit, language)
        stages.append(Stage(str(STATES[state]), unit_label, "now" if now else "done", step.at))
    if row.state in ("annulled", "withdrawn"):
        last = came[row.state]
        unit_label = label_of_unit(last.unit, language)
        stages.append(Stage(str(STATES[row.state]), unit_label, "stopped", last.at))
    return tuple(stages)


STATE_OF = {"drafted": "draft"} | {state: state for state in STATES if state != "draft"}


def _steps(taken: Iterable[SanctionStep], let: Let, by: User, language: str) -> tuple[StepView, ...]:
    """Every step, the newest first. What the deciding side wrote, and the citizen's answer to it, are for that side; an answer
    the other unit wrote down itself it may read again."""
    shown = []
    for step in taken:
        open_to = "decides" in let.sides or step.kind in OF_CARRYING_OUT
        open_to = open_to or (step.kind == "answered" and let.wrote(step.unit, by))
        shown.append(
            StepView(
                step.kind,
                str(STEPS[step.kind]),
                step.at,
                writer(step.unit, step.mandate, language),
                step.note if open_to else "",
                bool(step.note) and not open_to,
                step.paid_on,
                step.amount_oere,
            )
        )
    return tuple(reversed(shown))


def of_citizen(person: UUID, language: str) -> str:
    """The unit that carries out a citizen's sanctions now, by name."""
    held = holders(person).get(CARRIES_OUT)
    return label_of_unit(held.unit, language) if held else ""
