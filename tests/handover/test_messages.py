"""A unit's messages one by one: what each says, whose it is to read, and that it is read once, by somebody of the unit."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.utils import DatabaseError

from handover.carrying import carried
from handover.test_handover_pages import browser, done, one, read
from handover.world import GKL, ONE, World, adopt
from helhed.audit.models import Event
from helhed.coordination.handover.chain.models import BACK, MESSAGES, Chain, Message
from helhed.coordination.handover.work import messages, telling_words
from helhed.pages.handovers.told import KINDS
from helhed.sharing.answers import NoAccess
from pages.world import user


@pytest.fixture
def moved(world: World) -> World:
    """Eva was moved to driftscenter 1, Finn was sent back to BIF for want of information, Jon waits to be accepted."""
    adopt("5A")
    carried(world.eva, "effective")
    finn = carried(world.finn, "offered")
    one("soeren", finn, "send-retur", grund="oplysninger", ord="Vi mangler at vide, om der er en praktik.")
    carried(world.jon, "offered")
    return world


def told(username: str, **asked) -> list[messages.Told]:
    return list(messages.listed(by=user(username), language="da", **asked).rows)


def test_every_kind_of_message_has_its_sentence_and_its_place_among_the_filters():
    assert set(telling_words.OVER_SAID) == set(telling_words.BACK_SAID) == set(MESSAGES)
    assert {code for code, _label in KINDS.values()} == {*MESSAGES, messages.SANCTION}


def test_what_each_side_was_told(moved: World):
    of_bif = {each.sentence for each in told("bente")}
    assert f"Ansvaret er flyttet fra {called(GKL)} til Driftscenter\N{NO-BREAK SPACE}1." in of_bif
    assert "Driftscenter\N{NO-BREAK SPACE}1 har sendt sagen retur. Oplysninger mangler." in of_bif
    [waiting] = told("soeren", what="offered")
    assert (waiting.name, waiting.unread, waiting.ours) == ("Jon Lund", True, True)
    assert "har sendt sagen til Driftscenter" in waiting.sentence


def called(unit: str) -> str:
    [each] = {row.sentence for row in told("soeren", what="offered", unread=False) if row.name == "Jon Lund"}
    return each.partition(" har sendt")[0]


def test_who_no_longer_may_see_the_citizen_is_told_without_the_name(moved: World):
    [lost] = told("bente", what="effective")
    assert lost.name == "" and lost.unread
    [taken] = told("soeren", what="effective")
    assert taken.name == "Eva Holt"
    page = read("bente", "/beskeder")
    assert "Eva Holt" not in page and "Ikke åben for din enhed" in page and "Finn Bech" in page


def test_what_was_acted_on_is_not_unread_and_stays_in_the_list(moved: World):
    jon = Chain.objects.get(person_key=moved.jon)
    one("soeren", jon, "tag-imod")
    assert not told("soeren", what="offered")
    acted = [each for each in told("soeren", what="offered", unread=False) if each.name == "Jon Lund"]
    assert [each.read_by for each in acted] == ["Søren Kjær"]


def test_somebody_marks_them_as_read_for_the_unit(moved: World):
    [waiting] = told("soeren", what="offered")
    before = messages.unread_of(by=user("signe"))
    said = done("soeren", "/beskeder/laest", "/beskeder", besked=[waiting.key], liste="hvad=sendt")
    assert said == ["1 besked er markeret som læst."]
    assert messages.unread_of(by=user("signe")) == before - 1
    row = Message.objects.get(pk=waiting.key)
    assert (row.read_by, row.done_by) == ("soeren", "")
    assert messages.read(by=user("signe"), messages=[waiting.key]) == 0, "once only"
    assert Event.objects.filter(action="messages-read", actor="soeren", object="1 messages").exists()


def test_all_that_were_shown_are_read_and_what_came_later_is_not(moved: World):
    shown = messages.listed(by=user("bente"), language="da")
    until = max(each.at for each in shown.rows)
    Message.objects.create(
        chain=Chain.objects.get(person_key=moved.jon),
        step=Chain.objects.get(person_key=moved.jon).taken.latest("number"),
        unit=GKL,
        what="accepted",
    )
    assert messages.read_all(by=user("bente"), until=until) == shown.unread
    assert [each.what for each in told("bente")] == ["accepted"]


def test_of_one_kind_only(moved: World):
    assert "Finn Bech" in read("bente", "/beskeder?hvad=retur")
    assert "Finn Bech" not in read("bente", "/beskeder?hvad=flyttet")
    done("bente", "/beskeder/laest", "/beskeder?hvad=retur", alle="1", hvad="retur", liste="hvad=retur")
    assert {each.what for each in told("bente")} == {"effective"}


def test_what_is_for_a_leader_is_read_by_a_leader(moved: World):
    jon = Chain.objects.get(person_key=moved.jon)
    one("soeren", jon, "send-retur", grund="kapacitet", ord="Vi har ingen ledige sagsbehandlere nu.")
    [row] = told("lene", what="refused")
    assert row.to_leader and row.name == "" and "Ingen plads nu" in row.sentence
    assert messages.read(by=user("bente"), messages=[row.key]) == 0
    assert "Til en leder" in read("bente", "/beskeder?alle=1&hvad=retur")
    assert "1 ulæst besked om overdragelser" in read("lene", "/leder")
    assert messages.read(by=user("lene"), messages=[row.key]) == 1
    assert "1 er sendt retur, fordi der ikke er plads" in read("lene", "/leder"), "read is not done"


def test_others_messages_are_not_theirs(moved: World):
    [waiting] = told("soeren", what="offered")
    assert not told("kim", unread=False) and not told("yrsa", unread=False)
    assert messages.read(by=user("kim"), messages=[waiting.key]) == 0
    assert Event.objects.filter(actor="kim", action="refused", object=f"message {waiting.key}").exists()
    with pytest.raises(NoAccess):
        messages.listed(by=user("anders"), language="da")
    assert messages.unread_of(by=user("anders")) == 0
    answer = browser("soeren").post("/beskeder/laest", {"besked": ["nonsens", "-1", "9" * 30]})
    assert answer.status_code == 302


def test_the_front_page_leads_there_and_an_empty_page_says_so(moved: World):
    number = messages.unread_of(by=user("soeren"))
    page = read("soeren", "/sagsbehandler")
    assert f'href="/beskeder"><strong>{number}</strong>' in page
    done("soeren", "/beskeder/laest", "/beskeder", alle="1")
    assert "Alt er læst." in read("soeren", "/beskeder")
    assert 'href="/beskeder"><strong>' not in read("soeren", "/sagsbehandler")
    assert browser("soeren").get("/beskeder?alle=1&side=40").url == "/beskeder?alle=1"


def test_the_way_back_and_a_deadline_in_words(moved: World):
    eva = Chain.objects.get(person_key=moved.eva, direction="over")
    one("soeren", eva, "tilbage", grund="request", ord="Eva vil hellere have sagen i jobcenteret.")
    [opened] = told("bente", what="returning")
    assert opened.sentence == "Vejen tilbage er åbnet. Borgeren har bedt om det."
    one("soeren", Chain.objects.get(direction=BACK), "notat", ord="Alt er aftalt til på mandag.")
    [sent] = told("bente", what="offered")
    assert sent.sentence.startswith("Driftscenter\N{NO-BREAK SPACE}1 har skrevet overleveringsnotat")


@pytest.mark.parametrize(
    "altered",
    [
        "read_at = now(), read_by = 'andre'",
        "read_at = NULL, read_by = ''",
        "what = 'ended'",
        "at = now()",
    ],
)
def test_the_database_lets_nobody_read_it_twice_or_change_it(moved: World, altered):
    [waiting] = told("soeren", what="offered")
    messages.read(by=user("soeren"), messages=[waiting.key])
    with (
        pytest.raises((DatabaseError, ProgrammingError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE handover_message SET {altered} WHERE id = %s", [int(waiting.key)])


def test_the_page_for_soeren_names_the_unit_once(moved: World):
    assert all(each.unit_label == "" for each in told("soeren", unread=False)), ONE
