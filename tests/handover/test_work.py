"""Whose turn it is, and what a chain still lacks, as pure values; the sight of the two sides on one list."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from handover.carrying import carried
from handover.world import GKL, ONE, TWO, World, adopt
from helhed.coordination.handover.chain.models import OPEN, Chain, Step
from helhed.coordination.handover.work import lists, selecting, words
from helhed.coordination.handover.work.answers import ACTS, TABS
from helhed.coordination.handover.work.bulk import MOST, ask, assess
from helhed.coordination.handover.work.line import LINES, line
from helhed.coordination.handover.work.missing import missing
from helhed.coordination.handover.work.reach import Place, Reach, acts
from helhed.coordination.handover.work.selecting import Lying, Wish
from helhed.pages.handovers.shelves import WAITS
from helhed.sharing.answers import NoAccess
from helhed.sharing.refusal import Refused
from pages.world import user

BIF = Reach((GKL, "bif"), "bif", works=True, leads=False)
SOF = Reach((ONE, "sof"), "sof", works=True, leads=False)
LEADER = Reach((ONE, "sof"), "sof", works=False, leads=True)
NOW = timezone.now()
STRANGER = Reach((TWO,), "sof", works=True, leads=False)


def over(state: str, **more) -> Place:
    return Place("over", state, GKL, ONE, **more)


def back(state: str, **more) -> Place:
    return Place("back", state, ONE, GKL, **more)


@pytest.mark.parametrize(
    ("place", "of_bif", "of_sof"),
    [
        (over("proposed"), {"assess", "cancel"}, {"assess", "cancel"}),
        (over("proposed", halves=frozenset({"bif"})), {"cancel"}, {"assess", "cancel"}),
        (over("assessed"), {"ask", "cancel"}, {"ask", "cancel"}),
        (over("consented"), {"decide", "cancel"}, {"cancel"}),
        (over("offered"), {"cancel"}, {"accept", "refuse", "cancel"}),
        (over("refused", refusal="maalgruppe"), {"answer", "cancel"}, {"cancel"}),
        (over("refused", refusal="kapacitet"), {"cancel"}, {"cancel"}),
        (over("effective"), set(), {"take", "return"}),
        (over("effective", returning=True), set(), set()),
        (over("declined"), set(), set()),
        (over("assessed", family=True), {"ask", "cancel"}, {"ask", "family", "cancel"}),
        (back("proposed", cause="consent"), set(), {"note"}),
        (back("offered", cause="consent"), {"accept", "redirect"}, set()),
        (back("offered", cause="request"), {"accept", "redirect", "cancel"}, {"cancel"}),
        (back("proposed", cause="moved-away"), {"stays"}, {"note", "stays"}),
        (back("offered", cause="moved-away"), {"accept", "redirect", "stays"}, {"stays"}),
        (back("accepted", cause="moved-away"), set(), set()),
    ],
)
def test_whose_turn_it_is(place, of_bif, of_sof):
    assert (acts(place, BIF), acts(place, SOF)) == (of_bif, of_sof)
    assert acts(place, STRANGER) == frozenset()


def test_a_leader_acts_where_something_lies():
    assert acts(over("offered"), LEADER) == {"accept"}
    assert acts(over("refused", refusal="kapacitet"), LEADER) == {"offer", "cancel"}
    assert acts(over("refused", refusal="oplysninger"), LEADER) == frozenset()
    assert acts(back("offered", late=True), LEADER) == {"accept"}
    assert acts(back("offered"), LEADER) == frozenset()


@pytest.mark.parametrize("state", OPEN)
@pytest.mark.parametrize("direction", ["over", "back"])
def test_what_is_missing_is_said_wherever_a_chain_stands(direction, state):
    if direction == "back" and state not in ("proposed", "decided", "offered", "accepted"):
        return
    place = over(state, refusal="kapacitet") if direction == "over" else back(state)
    assert missing(place, None, "da")
    assert acts(place, BIF) <= set(ACTS)


def test_each_shelf_has_its_number_and_its_rows(world: World):
    adopt("5A")
    carried(world.eva, "offered")
    carried(world.finn, "asked")
    for who in ("bente", "soeren"):
        numbers = lists.flow(by=user(who))
        assert (numbers["accept"], numbers["consent"], numbers["proposals"]) == (1, 1, 0)
        for shelf in TABS:
            page = lists.listed(by=user(who), language="da", wish=Wish(shelf))
            assert page.total == numbers[shelf] == len(page.rows), shelf
    [row] = lists.listed(by=user("soeren"), language="da", wish=Wish("accept", ours=True)).rows
    assert (row.name, row.ours, "accept" in row.acts) == ("Eva Holt", True, True)
    assert not lists.listed(by=user("bente"), language="da", wish=Wish("accept", ours=True)).rows
    assert lists.flow(by=user("kim"))["accept"] == 0
    assert lists.flow(by=user("anders")) == {}


def test_the_old_unit_no_longer_lists_whom_it_handed_over(world: World):
    carried(world.eva, "effective")
    assert lists.flow(by=user("bente"))["running"] == 0
    [row] = lists.listed(by=user("soeren"), language="da", wish=Wish("running")).rows
    assert row.name == "Eva Holt"


def test_an_act_on_what_is_not_ones_own_is_turned_away_and_the_rest_done(world: World):
    adopt("5A")
    eva, finn = carried(world.eva, "assessed"), carried(world.finn, "proposed")
    said = {"EX1": False, "EX3": False}
    done = assess(by=user("bente"), chains=[eva.pk, finn.pk], said=said, note="", language="da")
    assert done.done == 1 and [chain for chain, _why in done.refused] == [eva.pk]
    done = assess(by=user("kim"), chains=[finn.pk], said={"need": True, "EX2": False}, note="", language="da")
    assert done.done == 0 and "ikke din enheds" in done.refused[0][1]


def test_a_bulk_act_wants_some_and_not_too_many(world: World):
    for chains in ([], [world.eva] * (MOST + 1)):
        with pytest.raises(Refused):
            ask(by=user("bente"), chains=chains, how="portal", days=365, language="da")


def test_who_has_no_such_role_gets_no_list(world: World):
    with pytest.raises(NoAccess):
        lists.listed(by=user("anders"), language="da", wish=Wish("proposals"))


def words_of(place: Place, *kinds: str) -> list[tuple[str, str, str]]:
    """The line of a chain at a place whose steps were these: each with how it is called, where it stands, and whose turn."""
    steps = [
        Step(kind=kind, number=number, at=timezone.now(), by="bente", unit=GKL)
        for number, kind in enumerate(kinds, 1)
    ]
    lying = Lying(uuid4(), uuid4(), "5A", place, NOW, NOW, date(2026, 12, 1), False, None, False, "")
    return [(step.label, step.state, step.turn) for step in line(lying, steps, "da")]


def test_a_step_that_waits_is_not_called_done(world: World):
    shown = words_of(over("offered"), "proposed", "assessed", "asked", "consented", "decided", "offered")
    assert shown[4] == ("Afgjort", "done", "")
    assert shown[5] == ("Skal modtages", "now", "Driftscenter\N{NO-BREAK SPACE}1")
    assert shown[6] == ("Ansvaret flytter", "waits", "")
    assert words_of(over("asked"), "proposed", "assessed", "asked")[3] == (
        "Borgeren skal svare",
        "now",
        "borgeren",
    )
    half = words_of(over("proposed", halves=frozenset({"bif"})), "proposed", "assessed-bif")
    assert half[1] == ("Skal vurderes", "now", "Driftscenter\N{NO-BREAK SPACE}1")
    assert (
        words_of(over("refused", refusal="kapacitet"), "proposed")[5][2] == "en leder i en af de to enheder"
    )


@pytest.mark.parametrize("state", OPEN)
@pytest.mark.parametrize("direction", ["over", "back"])
def test_wherever_it_stands_one_step_waits_and_its_words_are_its_own(world: World, direction, state):
    if direction == "back" and state not in ("proposed", "decided", "offered", "accepted"):
        return
    place = over(state, refusal="oplysninger") if direction == "over" else back(state)
    shown = words_of(place, "proposed")
    assert [state for _label, state, _turn in shown].count("now") == 1
    done = {words.step_label(kind, direction) for kind in LINES[direction]}
    assert not done & {label for label, state, _turn in shown if state != "done"} - {"Overleveringsnotat"}
    [turn] = [turn for _label, state, turn in shown if state == "now"]
    assert bool(turn) == (state != "accepted")


def late(*chains: Chain) -> None:
    Chain.objects.filter(pk__in=[each.pk for each in chains]).update(due_on=date(2026, 1, 1))


def test_what_is_past_its_deadline_is_picked_by_what_it_waits_for(world: World):
    adopt("5A")
    eva, finn, jon = (
        carried(world.eva, "offered"),
        carried(world.finn, "assessed"),
        carried(world.jon, "proposed"),
    )
    late(eva, finn, jon)
    page = lists.listed(by=user("soeren"), language="da", wish=Wish("overdue"))
    assert {key: number for key, number in page.waits.items() if number} == {
        "accept": 1,
        "ask": 1,
        "assess": 1,
    }
    [row] = lists.listed(by=user("soeren"), language="da", wish=Wish("overdue", waits="ask")).rows
    assert row.chain == finn.pk
    assert lists.ours(by=user("soeren"))["overdue"] == 3 and lists.ours(by=user("bente"))["overdue"] == 2
    assert lists.ours(by=user("lene"))["overdue"] == 1 and lists.ours(by=user("anders")) == {}


def test_every_thing_a_chain_can_wait_for_is_among_the_picks(world: World):
    assert set(selecting.WAITS) == {code for code, _label in WAITS.values()}
    with connection.cursor() as cursor:
        every = " OR ".join(f"({where})" for where in selecting.WAITS.values())
        asked = "SELECT bool_and(({0})) FROM (VALUES {1}) AS c (direction, state)"
        over_states = [f"('over', '{state}')" for state in OPEN]
        back_states = [f"('back', '{state}')" for state in ("proposed", "decided", "offered", "accepted")]
        cursor.execute(asked.format(every, ", ".join([*over_states, *back_states])))
        assert cursor.fetchone() == (True,)
