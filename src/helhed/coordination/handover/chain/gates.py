"""The gate every decision passes: from what is known to whether a citizen's responsibility may move, and what is lacking.

Pure: the same inputs give the same outcome, years later too. They are plain values and pinned in the step, and whoever
wants to know decides again.

    criteria    verdict of the plain engine on the day: "true", "false" or "unknown"
    assessed    the two halves: {"bif": {"EX1": …, "EX3": …}, "sof": {"need": …, "EX2": …}}, each true or false
    consent     {"id", "in_force", "covers"}: to the joint plan, now, with the receiving unit among the recipients
    adoption    {"id", "in_use", "moves"}: the model is in use on the day, and moves responsibility
    ground      key of the legal ground
    family      none, or {"others": {chain: state}}: the hand-overs of the other parents that bear on this one; the SOF half
                then says ("family") whether the whole family's case moves together
    step        "decided" or "effective": who moves together takes effect when all are accepted
    holder      whether the handing-over unit holds what is to move
    day, effective_on   ISO days
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

QUESTIONS = {"bif": ("EX1", "EX3"), "sof": ("need", "EX2")}
"""What each side is asked: on the way to another benefit, benefit about to stop; a continuous need, effort about to stop
(document 002, 3.2 and appendix 2)."""
NEED, NO_NEED, FAMILY = "need", "no-need", "family"
LACKS = (
    *("criteria", "bif", "sof", "exempted", "consent", "model", "ground", "holder", "day"),
    *("family-again", "family"),
)
RETURNED = "returned"
"""A hand-over of another parent that took effect and was undone: the parent has gone back."""
STOPPED = ("exempted", "declined", "lapsed", "cancelled", RETURNED)
READY = ("accepted", "effective")


@dataclass(frozen=True)
class Outcome:
    """Whether responsibility may move, and if not, which of LACKS are lacking, in their order."""

    move: bool
    lacking: tuple[str, ...]


def decide(inputs: Mapping[str, Any]) -> Outcome:
    """The decision on these inputs. What is not among them counts as lacking."""
    assessed = inputs.get("assessed") or {}
    consent, adoption = inputs.get("consent") or {}, inputs.get("adoption") or {}
    family, sof = inputs.get("family"), assessed.get("sof") or {}
    others = set((family or {}).get("others", {}).values()) if sof.get(FAMILY) is not False else set()
    there = {
        "criteria": inputs.get("criteria") == "true",
        "bif": answered("bif", assessed.get("bif")),
        "sof": answered("sof", sof, family is not None),
        "exempted": not any(exemptions(assessed.get(side) or {}) for side in QUESTIONS),
        "consent": consent.get("in_force") is True and consent.get("covers") is True,
        "model": adoption.get("in_use") is True and adoption.get("moves") is True,
        "ground": bool(inputs.get("ground")),
        "holder": inputs.get("holder") is True,
        "family-again": not others & set(STOPPED),
        "family": inputs.get("step") != "effective" or others - set(STOPPED) <= set(READY),
        "day": bool(inputs.get("day")) and (inputs.get("effective_on") or "") >= inputs["day"],
    }
    lacking = tuple(key for key in LACKS if not there[key])
    return Outcome(not lacking, lacking)


def questions(side: str, family: bool = False) -> tuple[str, ...]:
    """What a side is asked; of a family SOF also whether the whole family's case moves together."""
    return (*QUESTIONS[side], FAMILY) if side == "sof" and family else QUESTIONS[side]


def answered(side: str, answers: Mapping[str, bool] | None, family: bool = False) -> bool:
    """Whether a side has answered each of its questions with yes or no, and nothing else."""
    said = answers or {}
    whole = set(said) == set(questions(side, family))
    return whole and all(isinstance(answer, bool) for answer in said.values())


def exemptions(answers: Mapping[str, bool]) -> tuple[str, ...]:
    """The exemptions that answers of one side amount to."""
    found = [key for key, answer in answers.items() if key not in (NEED, FAMILY) and answer]
    return tuple(sorted([*found, NO_NEED] if answers.get(NEED) is False else found))
