"""A model that begins proposes hundreds at once: for who reads the messages that is one, which leads to the list, and nothing of it
is lost or counted twice."""

from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from handover import acts
from handover.test_handover_pages import done, read
from handover.world import GKL, ONE, World, crowd
from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event
from helhed.coordination.handover.chain import actions
from helhed.coordination.handover.chain.escalating import escalate
from helhed.coordination.handover.chain.models import Chain, Message
from helhed.coordination.handover.work import gathered, messages, telling_words
from helhed.coordination.handover.work.gathered import MANY
from pages.world import user

TODAY = timezone.localdate


@pytest.fixture
def begun(world: World, tmp_path) -> list[Chain]:
    """5A begins with eight new citizens proposed, after Eva and Finn were worked with; Jon is not proposed yet."""
    acts.effective(world.eva)
    acts.decided(world.finn)
    terms = Chain.objects.get(person_key=world.finn).adoption
    Message.objects.filter(what="proposed").update(read_at=timezone.now(), read_by="bente")
    people = crowd(tmp_path, 8)
    assert actions.propose(by=SYSTEM, adoption=terms, people=people) == 8
    return list(Chain.objects.filter(person_key__in=people).order_by("pk"))


def told(username: str, **asked) -> messages.Messages:
    return messages.listed(by=user(username), language="da", **asked)


def many(username: str, **asked) -> messages.Told:
    [found] = [each for each in told(username, **asked).rows if each.shelf]
    return found


def test_what_is_gathered_has_its_sentence():
    assert set(gathered.LYING_ON) == set(telling_words.MANY_SAID)


def test_eight_proposals_are_one_message_among_the_others(begun):
    row = many("soeren")
    assert (row.number, row.waiting, row.shelf, row.model, row.name) == (8, 8, "proposals", "5A", "")
    assert row.sentence == "8 nye forslag under 5A. Begge sider skal vurdere."
    page = told("soeren")
    assert page.kinds["proposed"] == 1
    assert page.unread == page.total == len(page.rows) == messages.unread_of(by=user("soeren"))
    waiting = Message.objects.filter(unit=ONE, to_leader=False, done_at=None, read_at=None)
    assert sum(each.number for each in page.rows) == waiting.count(), "each message is in one row"


def test_nobody_is_named_and_the_row_leads_to_the_list(begun):
    before = Event.objects.filter(action="messages-listed", actor="bente").count()
    page = unescape(read("bente", "/beskeder?hvad=forslag"))
    assert '<a href="/overdragelser?hylde=forslag&model=5A" data-door>8 borgere</a>' in page
    assert Event.objects.filter(action="messages-listed", actor="bente").count() == before
    assert "8" in read("bente", "/overdragelser?hylde=forslag&model=5A")


def test_it_gets_smaller_as_they_are_read_or_acted_on_and_at_last_falls_apart(begun):
    ids = Message.objects.filter(unit=GKL, chain__in=begun).order_by("pk").values_list("pk", flat=True)
    for number in range(8, MANY, -1):
        assert many("bente").number == number
        assert messages.read(by=user("bente"), messages=[str(ids[number - 1])]) == 1
    assert many("bente").number == MANY
    messages.read(by=user("bente"), messages=[str(ids[0])])
    rows = told("bente", what="proposed").rows
    assert [row.shelf for row in rows] == [""] * (MANY - 1) and all(row.name for row in rows)
    whole = many("bente", unread=False, what="proposed")
    assert (whole.number, whole.waiting, whole.unread) == (10, MANY - 1, True), (
        "Eva and Finn too, read before"
    )
    assert f"{MANY - 1} ulæste" in read("bente", "/beskeder?alle=1&hvad=forslag")


def test_it_is_read_as_one_and_each_of_them_is(begun):
    row, before = many("soeren"), messages.unread_of(by=user("soeren"))
    said = done("soeren", "/beskeder/laest", "/beskeder", besked=[row.key], til=timezone.now().isoformat())
    assert said == ["1 besked er markeret som læst."]
    assert messages.unread_of(by=user("soeren")) == before - 1
    mine = Message.objects.filter(unit=ONE, chain__in=begun)
    assert set(mine.values_list("read_by", "done_by")) == {("soeren", "")}
    others = Message.objects.filter(unit=GKL, chain__in=begun)
    assert set(others.values_list("read_at", flat=True)) == {None}, "the other side has its own"
    assert messages.read(by=user("soeren"), messages=[row.key]) == 0, "once only"
    assert "Læst" in read("soeren", "/beskeder?alle=1&hvad=forslag")


def test_what_came_after_the_page_was_shown_is_not_read(begun):
    row, shown = many("bente"), timezone.now() - timedelta(days=1)
    assert messages.read(by=user("bente"), messages=[row.key], until=shown) == 0
    assert messages.read_all(by=user("bente"), until=shown) == 0
    unread = messages.unread_of(by=user("bente"))
    assert messages.read_all(by=user("bente"), until=timezone.now()) == unread > 1
    assert messages.unread_of(by=user("bente")) == 0


@pytest.mark.parametrize(
    "key", ["proposed:5A::", "proposed:5A:i-dag:{unit}", "moved:5A:{day}:{unit}", "::", "a:b"]
)
def test_a_key_that_is_none_marks_nothing(begun, key):
    assert messages.read(by=user("bente"), messages=[key.format(day=TODAY(), unit=GKL)]) == 0


def test_another_units_many_are_not_theirs(begun):
    assert messages.read(by=user("kim"), messages=[many("soeren").key]) == 0
    assert not Message.objects.filter(chain__in=begun, read_at__isnull=False)


def test_those_of_another_day_are_not_among_them(begun, owner):
    acts.alter(
        "handover_message",
        f"UPDATE handover_message SET at = at - interval '2 days' WHERE chain_id = '{begun[0].pk}'",
    )
    assert many("soeren").number == 7
    assert [row.chain for row in told("soeren", what="proposed").rows if not row.shelf] == [begun[0].pk]


def test_deadlines_of_many_are_one_message_to_the_leader(begun):
    Chain.objects.filter(pk__in=[chain.pk for chain in begun]).update(due_on=TODAY() - timedelta(days=1))
    assert escalate(by=SYSTEM) == 8
    row = many("lene")
    assert (row.what, row.number, row.to_leader, row.ours) == ("overdue", 8, True, True)
    page = unescape(read("lene", "/beskeder"))
    assert "Fristen er gået for 8 borgere under 5A." in page
    assert "/overdragelser?hylde=over-fristen&model=5A" in page
    assert messages.read(by=user("lene"), messages=[row.key]) == 1
