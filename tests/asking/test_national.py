"""Questions and answers by way of Digitalt Samtykke's twin, and everything that goes wrong between two services."""

import threading

import httpx
import pytest

from asking.test_doors import WISH
from helhed.audit.actions import SYSTEM
from helhed.commands.twin import TOKEN, Twin, make
from helhed.sharing.asking import own, staff
from helhed.sharing.consent import errands, national
from helhed.sharing.consent.models import Consent, Errand
from helhed.sharing.consent.national import Authority, National, Trouble
from pages.world import user


@pytest.fixture
def twin():
    """The twin on a port of its own."""
    known = Twin()
    server = make("127.0.0.1", 0, known)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    known.port = server.server_port
    yield known
    known.fault = ""
    known.released.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def there(twin, monkeypatch):
    """The client, with little patience."""
    monkeypatch.setattr(national, "SECONDS", 0.2)
    authority = Authority(f"http://127.0.0.1:{twin.port}", "64942212", "helhed", "hemmeligt")
    with National(authority, sleep=lambda seconds: None) as opened:
        yield opened


@pytest.fixture
def question(world):
    """A question to Anna from SOF."""
    return staff.ask(by=user("soeren"), person=world.anna, purpose="sagsbehandling", kind="deling", **WISH)


def carry(there) -> int:
    """One round, as if the pause were over."""
    Errand.objects.update(asked_at=None)
    return errands.carry(by=SYSTEM, national=there)


def state(question) -> str:
    return Consent.objects.get(pk=question).state


def errand(question) -> Errand:
    return Errand.objects.get(pk=question)


def test_a_question_goes_out_once_with_its_words(question, twin, there):
    carry(there)
    carry(there)
    (asked,) = twin.questions.values()
    row = Consent.objects.get(pk=question)
    assert (asked.text, asked.template, asked.number) == (row.notice_text, "deling", "6101801111")
    assert errand(question).reference == asked.reference
    assert [template.key for template in there.templates()] == [
        "deling",
        "indhentning",
        "helhedsorienteret-plan",
    ]


def test_yes_and_then_taken_back(question, twin, there):
    carry(there)
    twin.answer("DS-1", "accepteret", "en")
    assert carry(there) == 1
    row = Consent.objects.get(pk=question)
    assert (row.state, row.method, row.language, len(row.evidence_hash)) == ("given", "portal", "en", 64)
    view = own.consent(by=user("anna"), consent=question, language="da")
    assert view.method_label == "I Digitalt Samtykke"
    twin.answer("DS-1", "tilbagetrukket")
    assert carry(there) == 1
    assert state(question) == "withdrawn"
    carry(there)
    assert errand(question).done and twin.told == []


def test_no(question, twin, there):
    carry(there)
    twin.answer("DS-1", "afvist")
    assert carry(there) == 1
    assert state(question) == "refused"


def test_an_answer_is_taken_once(question, twin, there):
    carry(there)
    twin.answer("DS-1", "accepteret")
    twin.fault = "duplicate"
    assert carry(there) == 1
    assert carry(there) == 0
    assert state(question) == "given"


def test_answers_out_of_order_wait_for_the_one_before(question, twin, there):
    carry(there)
    twin.answer("DS-1", "accepteret")
    twin.answer("DS-1", "tilbagetrukket")
    twin.fault = "disorder"
    assert carry(there) == 0
    assert state(question) == "requested", "a withdrawal of nothing waits"
    twin.fault = ""
    assert carry(there) == 2
    assert state(question) == "withdrawn"


@pytest.mark.parametrize(
    ("fault", "word"),
    [("refused", "credentials"), ("timeout", "in time"), ("garbage", "cannot be read")],
)
def test_trouble_is_told_in_a_sentence_and_tried_again(question, twin, there, fault, word):
    twin.fault = fault
    assert carry(there) == 0
    assert word in errand(question).trouble and errand(question).reference == ""
    assert state(question) == "requested"
    twin.fault = ""
    twin.released.set()
    carry(there)
    assert (errand(question).trouble, errand(question).reference) == ("", "DS-1")


@pytest.mark.parametrize("fault", ["busy", "expired"])
def test_what_passes_is_not_noticed(question, twin, there, fault):
    """Busy for a moment, or a token that is no longer taken: asked again at once."""
    twin.fault = fault
    carry(there)
    assert errand(question).reference == "DS-1"


def test_a_service_that_is_away(question):
    with National(Authority("http://127.0.0.1:9", "1", "x", "y"), sleep=lambda seconds: None) as nowhere:
        carry(nowhere)
    assert "cannot be reached" in errand(question).trouble


def test_an_answer_lost_on_the_way_asks_nobody_twice(question, twin, there):
    """The question arrived, its answer did not: the same key gives the same reference."""
    first = there.ask(key=str(question), template="deling", number="6101801111", text="x")
    carry(there)
    assert errand(question).reference == first
    assert len(twin.questions) == 1


def test_what_is_answered_here_first_counts(question, twin, there):
    """No here, then yes there: no. And yes here, then no there: no."""
    carry(there)
    own.refuse(by=user("anna"), consent=question, language="da")
    twin.answer("DS-1", "accepteret")
    carry(there)
    assert state(question) == "refused" and errand(question).done


def test_no_there_after_yes_here_ends_it(question, twin, there):
    carry(there)
    own.give(by=user("anna"), consent=question, language="da")
    twin.answer("DS-1", "afvist")
    assert carry(there) == 1
    assert state(question) == "withdrawn"


def test_taken_back_here_is_told_there(question, twin, there):
    carry(there)
    twin.answer("DS-1", "accepteret")
    carry(there)
    own.withdraw(by=user("anna"), consent=question, language="da")
    carry(there)
    assert twin.told == ["DS-1"] and errand(question).done


@pytest.mark.parametrize(
    "rows",
    [
        [{"svar": "accepteret", "sprog": "da"}],
        [{"loebenummer": 1, "svar": "måske", "sprog": "da"}],
        [{"loebenummer": "x", "svar": "afvist", "sprog": "da"}],
        [{"loebenummer": 1, "svar": "afvist", "sprog": "tlh"}],
        [1],
        {"fejl": 1},
        None,
        "x",
    ],
)
def test_answers_that_are_none_change_nothing(rows):
    def serve(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("samtykker"):
            return httpx.Response(200, json=rows)
        return httpx.Response(200, json={"access_token": "a", "token": TOKEN})

    with (
        National(Authority("http://twin", "1", "x", "y"), httpx.MockTransport(serve)) as there,
        pytest.raises(Trouble, match="cannot be read"),
    ):
        there.replies("DS-1")


def test_without_an_address_nothing_is_carried(question, settings):
    settings.NATIONAL_CONSENT_URL = ""
    assert errands.carry(by=SYSTEM) == 0
    assert not Errand.objects.exists()


def test_the_list_for_people(question, twin, there):
    carry(there)
    address = f"http://127.0.0.1:{twin.port}"
    assert "Må vi dele oplysninger om dig?" in httpx.get(address, trust_env=False).text
    httpx.post(f"{address}/svar", data={"id": "DS-1", "svar": "accepteret"}, trust_env=False)
    assert carry(there) == 1
