"""What the population register says of a citizen stands as one plain line, for staff and for the citizen; letters to the dead
are neither written nor sent."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from helhed.accounts.models import User
from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event
from helhed.coordination.handover.letters import actions, doors
from helhed.coordination.handover.letters.actions import Draft
from helhed.coordination.handover.letters.models import Letter
from pages.world import ANNA, BO, World, _count, deliver, user

GKL, ONE = "bif/jobcenter-koebenhavn/gammel-koege-landevej", "sof/driftscenter-1"
WORDS = {"from_unit": GKL, "to_unit": ONE, "day": "2026-12-01"}


@pytest.fixture
def told(tmp_path):
    """told(number, status): BIF's system says so, from yesterday; told(…, mark="S") takes it back."""

    def call(number: str, status: str, mark: str = "O") -> str:
        first = timezone.localdate() - timedelta(days=1)
        lines = [
            "AENDRING;STATUS_ID;CPRNR;STATUS;FRA_DATO;TIL_DATO",
            f"{mark};C1;{number};{status};{first:%d-%m-%Y};",
        ]
        files = {"BIF_CPRSTATUS_AENDRING": lines}
        _count(deliver(tmp_path / f"{status}-{mark}".replace(" ", ""), "bif-fagsystem", files, nights_ago=0))
        return f"{first.day}. "

    return call


def look(client, person) -> str:
    answer = client.post(f"/borger/{person}", {"formaal": "sagsbehandling"}, follow=True)
    return answer.content.decode()


def written(person, unit: str = GKL):
    return actions.write(by=SYSTEM, person=person, kind="moved", words=WORDS, unit=unit, step=uuid4())


def test_a_line_for_the_caseworker_while_it_is_said(pages, world: World, told):
    assert "Folkeregistret siger" not in look(pages("bente"), world.anna)
    told(ANNA, "Død")
    shown = look(pages("bente"), world.anna)
    assert "Folkeregistret siger: Død – gælder fra " in shown
    assert "Oplyst af Beskæftigelses- og Integrationsforvaltningens fagsystem." in shown
    assert "Folkeregistret siger: Død" in look(pages("soeren"), world.anna), (
        "who may know the name knows that"
    )
    told(ANNA, "Død", mark="S")
    assert "Folkeregistret siger" not in look(pages("bente"), world.anna)


def test_nothing_of_it_where_the_citizen_may_not_be_met(pages, world: World, told):
    told(BO, "Død")
    assert "Folkeregistret" not in look(pages("soeren"), world.bo)


def test_the_citizen_is_told_and_what_to_do_where_it_is_wrong(pages, world: World, told):
    told(ANNA, "Fraflyttet kommunen")
    shown = pages("anna").get("/mig").content.decode()
    assert "I folkeregistret står der om dig: bor i en anden kommune – gælder fra " in shown
    assert "Passer det ikke" in shown


def test_it_is_there_in_english(pages, world: World, told):
    told(ANNA, "90")
    client = pages("bente")
    client.cookies["django_language"] = "en"
    client.post("/sprog", {"language": "en"})
    assert "The population register says: Died – as of " in look(client, world.anna)


def test_no_letter_is_written_to_the_dead_and_the_log_says_so(pages, world: World, told):
    told(ANNA, "90")
    assert written(world.anna) is None
    drafts = [Draft(person, WORDS, uuid4()) for person in (world.anna, world.bo)]
    (letter,) = actions.write_many(by=SYSTEM, kind="moved", unit=GKL, letters=drafts)
    assert Letter.objects.get(pk=letter).person_key == world.bo
    assert not Letter.objects.filter(person_key=world.anna).exists()
    assert Event.objects.filter(action="letter-withheld", person_key=world.anna).count() == 2
    told(ANNA, "90", mark="S")
    assert written(world.anna)


def test_what_was_written_before_is_not_sent_any_more(pages, world: World, told):
    User.objects.filter(person_key=world.anna).update(is_active=False)
    letter = written(world.anna)
    assert [row.id for row in doors.queue(by=user("bente"), language="da").rows] == [letter]
    told(ANNA, "90")
    queue = doors.queue(by=user("bente"), language="da")
    assert (queue.rows, queue.total, queue.elsewhere) == ((), 0, 0)
    with pytest.raises(LookupError):
        doors.sheets(by=user("bente"), letters=[letter])
    assert doors.sent(by=user("bente"), letters=[letter]) == 0
    told(ANNA, "90", mark="S")
    assert [row.id for row in doors.queue(by=user("bente"), language="da").rows] == [letter]
