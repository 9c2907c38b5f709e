"""The steps of a chain as a line: what is done, what is now, what waits, and where it stopped."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.coordination.handover.chain.gates import STOPPED
from helhed.coordination.handover.chain.models import Step
from helhed.coordination.handover.work import words
from helhed.coordination.handover.work.answers import StepView
from helhed.coordination.handover.work.reach import Place, Reach
from helhed.coordination.handover.work.selecting import Lying

LINES = {
    "over": ("proposed", "assessed", "asked", "consented", "decided", "accepted", "effective"),
    "back": ("proposed", "noted", "accepted", "effective"),
}
NOW = {
    "over": {
        "proposed": "assessed",
        "assessed": "asked",
        "asked": "consented",
        "consented": "decided",
        "decided": "decided",
        "offered": "accepted",
        "refused": "accepted",
        "accepted": "effective",
    },
    "back": {"proposed": "noted", "decided": "noted", "offered": "accepted", "accepted": "effective"},
}
"""The step that is waited for, by where a chain stands."""
OWN_WORDS = ("assessed-bif", "assessed-sof", "assessed", "exempted")
"""Steps whose reason and words rest on what one side knows: before the two sides may share, only that side reads them."""


def names_of(steps: Sequence[Step]) -> Mapping[str, str]:
    """Who took the steps, by name."""
    usernames = {step.by for step in steps}
    return dict(User.objects.filter(username__in=usernames).values_list("username", "name"))


def line(lying: Lying, steps: Sequence[Step], language: str) -> tuple[StepView, ...]:
    """The line from the newest time the chain began; `steps` in their order."""
    place = lying.place
    began = max((index for index, step in enumerate(steps) if step.kind == "proposed"), default=0)
    taken = {step.kind: step for step in steps[began:]}
    now = NOW[place.direction].get(place.state, "")
    kinds, names = LINES[place.direction], names_of(steps)
    reached = kinds.index(now) if now else len(kinds)
    stop = next((step for step in reversed(steps) if step.kind in STOPPED), None)
    if place.state in STOPPED:
        reached = next((n for n, kind in enumerate(kinds) if kind not in taken), len(kinds) - 1)
    views = []
    for number, kind in enumerate(kinds):
        state = _state(number, reached, place.state)
        if state == "now":
            views.append(_waited_for(kind, lying, taken, language))
        elif state == "waits":
            views.append(StepView(kind, words.step_later(kind, place.direction), state))
        else:
            step = stop if state == "stopped" else taken.get(kind)
            views.append(_on_line(kind, state, step, place, names, language))
    return tuple(views)


def _state(number: int, reached: int, standing: str) -> str:
    if number < reached:
        return "done"
    if number == reached:
        return "stopped" if standing in STOPPED else "now"
    return "waits"


def _waited_for(kind: str, lying: Lying, taken: Mapping[str, Step], language: str) -> StepView:
    place, halves = lying.place, ()
    if kind == "assessed":
        found = [(side, taken.get(f"assessed-{side}")) for side in ("bif", "sof")]
        halves = tuple((side, half.at if half else None) for side, half in found)
    label = words.step_now(kind, place.direction, place.state)
    return StepView(
        kind,
        label,
        "now",
        halves=halves,
        turn=turn(place, language),
        since=lying.since,
        due_on=lying.effective_on if kind == "effective" else lying.due_on,
    )


def turn(place: Place, language: str) -> str:
    """Who is to take the next step; "" where nobody has to."""
    units = {
        "giving": words.short_unit(place.from_unit, language),
        "taking": words.short_unit(place.to_unit, language),
    }
    if place.direction == "back":
        return {"proposed": units["giving"], "decided": units["giving"], "offered": units["taking"]}.get(
            place.state, ""
        )
    if place.state == "proposed":
        lacking = [units["giving"]] if "bif" not in place.halves else []
        lacking += [units["taking"]] if "sof" not in place.halves else []
        return _(" og ").join(lacking)
    if place.state == "refused" and place.refusal == "kapacitet":
        return _("en leder i en af de to enheder")
    return {
        "assessed": _("%(giving)s eller %(taking)s") % units,
        "asked": _("borgeren"),
        "consented": units["giving"],
        "decided": units["giving"],
        "offered": units["taking"],
        "refused": units["giving"],
    }.get(place.state, "")


def _on_line(
    kind: str, state: str, step: Step | None, place: Place, names: Mapping[str, str], language: str
) -> StepView:
    label = words.step_label(kind if state != "stopped" or step is None else step.kind, place.direction)
    if step is None:
        return StepView(kind, label, state)
    return StepView(
        kind,
        label,
        state,
        at=step.at,
        by=_who(step, names),
        unit_label=words.short_unit(step.unit, language),
        on_behalf=step.on_behalf,
    )


def history(steps: Sequence[Step], place: Place, reach: Reach, language: str) -> tuple[StepView, ...]:
    """Every step, the newest first. What rests on the other side's knowledge is told without its reason and words."""
    names = names_of(steps)
    return tuple(_told(step, place, reach, names, language) for step in reversed(steps))


def _told(step: Step, place: Place, reach: Reach, names: Mapping[str, str], language: str) -> StepView:
    hidden = step.kind in OWN_WORDS and step.unit.split("/")[0] != reach.side
    return StepView(
        step.kind,
        words.step_label(step.kind, place.direction),
        "done",
        at=step.at,
        by=_who(step, names),
        unit_label=words.short_unit(step.unit, language),
        note="" if hidden else step.note,
        reason_label="" if hidden or not step.reason else words.reason_label(step.reason, language),
        on_behalf=step.on_behalf,
    )


def _who(step: Step, names: Mapping[str, str]) -> str:
    if step.by == words.SYSTEM and step.kind in ("consented", "declined"):
        return _("Borgeren")
    return _("helhed, af sig selv") if step.by == words.SYSTEM else names.get(step.by, step.by)
