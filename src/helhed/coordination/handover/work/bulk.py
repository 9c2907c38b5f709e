"""What is done to many chains at once: assess the own half, ask the citizen, decide, accept."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from helhed.accounts.models import User
from helhed.coordination.handover.chain import actions as chain
from helhed.coordination.handover.chain.assessing import Answers
from helhed.coordination.handover.chain.deciding import NotYet
from helhed.coordination.handover.chain.models import Step
from helhed.coordination.handover.letters import actions as letters
from helhed.coordination.handover.letters.actions import Draft
from helhed.coordination.handover.letters.models import QUESTION
from helhed.coordination.handover.work.answers import Done
from helhed.coordination.handover.work.doing import MOST_WORDS, Turned, each, enough
from helhed.coordination.handover.work.selecting import Lying
from helhed.sharing.answers import NoAccess
from helhed.sharing.asking import handing
from helhed.sharing.asking.handing import Handing
from helhed.sharing.refusal import Refused

PORTAL, LETTER = "portal", "letter"
HOW = (PORTAL, LETTER)
WRITTEN = {PORTAL: QUESTION, LETTER: "consent-question"}
"""What the citizen gets in writing, by how the question is put."""
MOST = 100
"""How many chains one act takes."""
FAMILY, SOF = "family", "sof"


def assess(*, by: User, chains: Sequence[UUID], said: Mapping[str, bool], note: str, language: str) -> Done:
    """The own side's half of the assessment, the same answers for each: of BIF whether the citizen is on the way to another
    benefit (EX1) or off the benefit (EX3), of SOF whether the need goes on ("need") or the effort ends (EX2), and of a family
    whether its whole case moves ("family"). `note`: the concrete reason, where an answer stops the hand-over."""
    side, words = by.administration, note.strip()[:MOST_WORDS]
    alone = Answers({question: answer for question, answer in said.items() if question != FAMILY}, words)

    def act(rows: list[Lying]) -> Turned:
        families = [row.id for row in rows if row.place.family and side == SOF]
        others = [row.id for row in rows if row.id not in families]
        turned = dict(chain.assess_each(by=by, chains=others, side=side, answers=alone)) if others else {}
        if families:
            turned |= chain.assess_each(by=by, chains=families, side=side, answers=Answers(said, words))
        return turned

    return each(_some(chains), "assess", act, by=by, language=language)


def ask(*, by: User, chains: Sequence[UUID], how: str, days: int, language: str) -> Done:
    """Ask the citizens for consent to the joint plan and the hand-over, for so many days. How: on their own page ("portal"),
    or by a letter with the question beside it ("letter"). Who is asked on the page gets word that a question waits there."""
    if how not in HOW:
        raise Refused(_("Vælg, hvordan borgeren skal spørges."))

    def act(rows: list[Lying]) -> Turned:
        handings = [Handing(row.person_key, row.place.from_unit, row.place.to_unit) for row in rows]
        asked = handing.ask(handings, by=by, days=days, language="da")
        consents = {row.id: asked[row.person_key] for row in rows}
        turned = chain.bind_each(by=by, consents=consents, how=how)
        _write(consents.keys() - turned.keys(), WRITTEN[how], by)
        return turned

    return each(_some(chains), "ask", act, by=by, language=language)


def _write(chains: Iterable[UUID], kind: str, by: User) -> None:
    """The letter with the question, or that it waits, to each; it follows from the step that says they were asked."""
    steps = Step.objects.filter(chain__in=list(chains), chain__state="asked", kind="asked")
    steps = steps.select_related("chain")
    newest = {step.chain_id: step for step in steps.order_by("number")}
    drafts = [
        Draft(
            step.chain.person_key,
            {"from_unit": step.chain.from_unit, "to_unit": step.chain.to_unit, "due": step.chain.due_on},
            step.pk,
            step.chain_id,
        )
        for step in newest.values()
    ]
    letters.write_many(by=by, kind=kind, unit=by.unit, letters=drafts)


def decide(*, by: User, chains: Sequence[UUID], effective_on: date, note: str, language: str) -> Done:
    """Decide that responsibility moves on a day, and offer each citizen to the receiving unit."""

    def act(rows: list[Lying]) -> Turned:
        return chain.decide_each(by=by, chains=[row.id for row in rows], effective_on=effective_on, note=note)

    return each(_some(chains), "decide", act, by=by, language=language)


def accept(*, by: User, chains: Sequence[UUID], language: str) -> Done:
    """Take over; for a leader, on behalf of the unit. One alone whose day has come moves at once, many with the program's
    next round; so does one who waits for the rest of the family."""
    on_behalf, today = not by.may("handover.work"), timezone.localdate()

    def act(rows: list[Lying]) -> Turned:
        turned = chain.accept_each(by=by, chains=[row.id for row in rows], on_behalf=on_behalf)
        due = [row.id for row in rows if row.effective_on is None or row.effective_on <= today]
        if not turned and len(rows) == 1 and due:
            with suppress(NotYet):
                chain.effect(by=by, chain=due[0])
        return turned

    return each(_some(chains), "accept", act, by=by, language=language)


def offer(*, by: User, chains: Sequence[UUID], note: str, language: str) -> Done:
    """A leader sends what was sent back for want of room again, with the same words for each."""
    with override(language):
        said = enough(note)

    def act(rows: list[Lying]) -> Turned:
        turned: dict[UUID, Exception] = {}
        for row in rows:
            try:
                chain.answer(by=by, chain=row.id, note=said)
            except (Refused, NoAccess) as why:
                turned[row.id] = why
        return turned

    return each(_some(chains), "offer", act, by=by, language=language)


def _some(chains: Sequence[UUID]) -> Sequence[UUID]:
    if not chains:
        raise Refused(_("Vælg mindst én borger."))
    if len(chains) > MOST:
        raise Refused(_("Vælg højst %(most)s borgere ad gangen.") % {"most": MOST})
    return chains
