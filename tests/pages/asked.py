"""Questions that wait for an answer, put to a citizen of the small world by a caseworker."""

from uuid import UUID

from helhed.sharing.consent import actions
from helhed.sharing.consent.deciding import Question
from helhed.sharing.consent.notices import Choices
from pages.world import user

SHARE = Choices(("benefit", "offer"), ("bif",), ("sof/driftscenter-1",), "S-17", 90)
PLAN = Choices(("benefit", "plan"), ("bif", "sof"), ("sof/driftscenter-1",), "", 365)


def asked(person: UUID, notice: str = "deling", choices: Choices = SHARE) -> UUID:
    """A question from Søren."""
    question = Question(notice, choices, asked_unit="sof/driftscenter-1")
    return actions.ask(by=user("soeren"), person=person, question=question, language="da")
