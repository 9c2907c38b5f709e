"""Who is asked on the own page gets word that a question waits there: once, and on paper where they seldom log in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from handover.carrying import carried
from handover.world import World, adopt
from helhed.accounts.models import User
from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event
from helhed.coordination.handover.chain import actions
from helhed.coordination.handover.chain.models import Chain
from helhed.coordination.handover.letters import doors
from helhed.coordination.handover.letters.models import Letter
from helhed.coordination.handover.work.bulk import ask
from helhed.sharing.consent import actions as consents
from pages.world import user


@pytest.fixture
def assessed(world: World) -> World:
    """Eva, who has a log-in, and Finn, who has none, can be asked."""
    adopt("5A")
    for person in (world.eva, world.finn):
        carried(person, "assessed")
    return world


def asked(world: World, how: str = "portal") -> dict[object, Letter]:
    """Both are asked; the letters of it by citizen."""
    chains = [Chain.objects.get(person_key=person).pk for person in (world.eva, world.finn)]
    assert ask(by=user("bente"), chains=chains, how=how, days=365, language="da").done == 2
    kinds = Letter.objects.filter(kind__in=["question-waits", "consent-question"])
    assert kinds.filter(about__in=chains).count() == 2, "one to each, and not both kinds"
    return {row.person_key: row for row in kinds}


def queued() -> set[object]:
    return {row.id for row in doors.queue(by=user("bente"), language="da").rows}


@pytest.mark.parametrize(("days", "channel"), [(None, "print"), (40, "print"), (3, "portal")])
def test_it_comes_on_paper_where_they_seldom_log_in(assessed: World, days: int | None, channel: str):
    at = timezone.now() - timedelta(days=days) if days else None
    User.objects.filter(username="eva").update(last_login=at)
    letters = asked(assessed)
    assert {row.kind for row in letters.values()} == {"question-waits"}
    assert letters[assessed.eva].channel == channel and letters[assessed.finn].channel == "print"
    assert (letters[assessed.eva].pk in queued()) == (channel == "print")
    text = letters[assessed.eva].texts["da"]
    assert "Der venter et spørgsmål" in text["title"] and "Svar senest" in text["parts"][1]["text"]


def test_it_is_written_once_however_often_one_asks(assessed: World):
    letters = asked(assessed)
    chains = [row.about for row in letters.values()]
    ask(by=user("bente"), chains=chains, how="portal", days=365, language="da")
    assert actions.hear_answers(by=SYSTEM) == 0
    assert Letter.objects.filter(kind="question-waits").count() == 2
    lines = Event.objects.filter(action="letter-written", object__startswith="question-waits")
    assert [line.object.rsplit(": ")[-1] for line in lines] == ["2 letters"]


def test_with_a_letter_there_is_the_letter_alone(assessed: World):
    assert {row.kind for row in asked(assessed, "letter").values()} == {"consent-question"}


def test_what_is_answered_is_not_printed_any_more(assessed: World):
    letter = asked(assessed)[assessed.finn]
    assert letter.pk in queued()
    asking = Chain.objects.get(person_key=assessed.finn)
    consents.refuse(by=SYSTEM, consent=asking.consent, language="da")
    assert letter.pk not in queued()


def test_the_letter_leads_to_the_question(assessed: World):
    letter = asked(assessed)[assessed.eva]
    assert doors.letter(by=user("eva"), letter=letter.pk, language="da").kind == "question-waits"
