"""The short assessment: each administration answers its own questions from its own knowledge."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from helhed.coordination.handover.chain.gates import QUESTIONS, answered, exemptions
from helhed.sharing.refusal import Refused


@dataclass(frozen=True)
class Answers:
    """One side's half. `said`: yes or no to each of its questions (gates.questions): BIF "EX1" and "EX3", SOF "need",
    "EX2" and of a family "family". `note`: the concrete reason; needed where an answer stops the hand-over."""

    said: Mapping[str, bool] = field(default_factory=dict)
    note: str = ""


def check(side: str, answers: Answers, family: bool) -> None:
    """Refused unless each question of the side is answered, and a reason is given where an answer stops the hand-over."""
    if side not in QUESTIONS:
        raise Refused(_("Vurderingen hører til enten BIF eller SOF."))
    if not answered(side, answers.said, family):
        raise Refused(_("Svar ja eller nej på hvert spørgsmål i vurderingen."))
    if exemption(answers) and not answers.note.strip():
        raise Refused(_("Skriv den konkrete grund til, at borgeren ikke skal flyttes."))


def exemption(answers: Answers) -> str:
    """The code of what stops the hand-over, "" where nothing does."""
    return next(iter(exemptions(answers.said)), "")
