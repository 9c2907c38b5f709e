"""The short assessment: each administration answers its own questions from its own knowledge."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from helhed.coordination.handover.chain.gates import QUESTIONS, answered, exemptions
from helhed.sharing.refusal import Refused


@dataclass(frozen=True)
class Answers:
    """One side's half. `said`: yes or no to each of its questions (gates.QUESTIONS): BIF "EX1" and "EX3", SOF "need" and
    "EX2". `note`: the concrete reason; needed where an answer stops the hand-over."""

    said: Mapping[str, bool] = field(default_factory=dict)
    note: str = ""


def exemption(side: str, answers: Answers) -> str:
    """The code of what stops the hand-over, "" where nothing does. Refused where answers are missing, or the reason is."""
    if side not in QUESTIONS:
        raise Refused(_("Vurderingen hører til enten BIF eller SOF."))
    if not answered(side, answers.said):
        raise Refused(_("Svar ja eller nej på hvert spørgsmål i vurderingen."))
    found = exemptions(answers.said)
    if found and not answers.note.strip():
        raise Refused(_("Skriv den konkrete grund til, at borgeren ikke skal flyttes."))
    return found[0] if found else ""
