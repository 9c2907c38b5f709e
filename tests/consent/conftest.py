"""A citizen who is nobody, staff who are not in the store, and a question to ask."""

import uuid

import pytest

from helhed.accounts.models import User
from helhed.sharing.consent import actions
from helhed.sharing.consent.deciding import Question
from helhed.sharing.consent.notices import Choices

CHOICES = Choices(("benefit", "offer"), ("bif",), ("sof/driftscenter-1",), "S-17", 90)


@pytest.fixture(autouse=True)
def folders(settings, tmp_path_factory):
    """Keys and scans of the test alone."""
    settings.KEY_FOLDER = tmp_path_factory.mktemp("keys")
    settings.DATA_FOLDER = tmp_path_factory.mktemp("data")


def citizen() -> User:
    """A citizen as a user, with a person of their own."""
    return User(username="borger", name="Bo Berg", role="citizen", person_key=uuid.uuid4())


def worker(username: str = "soeren", unit: str = "sof/driftscenter-1") -> User:
    """A caseworker of SOF."""
    return User(username=username, name=username.title(), role="caseworker", administration="sof", unit=unit)


def asked(by: User, notice: str = "deling", choices: Choices = CHOICES) -> uuid.UUID:
    """A question put to a citizen."""
    question = Question(notice, choices, asked_unit="sof/driftscenter-1")
    return actions.ask(by=worker(), person=by.person_key, question=question, language="da")
