"""What a part of the responsibility carries, to whom it lies with and to nobody else; the preview of what is offered."""

from dataclasses import replace

import pytest

from helhed.sharing import policy
from helhed.sharing.policy import BIF, BOTH, INFORMATION, Duty, decide, read_slice
from helhed.sharing.policy.carried import carried
from policy.asked import CHILD, HERE, SIBLING, SOF, consent, question, viewer

PAYMENT, CASEWORK, EFFORT = "ydelsesansvar", "sagsbehandleransvar", "beskaeftigelsesindsats"
PAYS = "bif/ydelsesservice"
CENTRE = viewer(unit=SOF, administration="sof")
HANDOVER = ("handover", BOTH)


def held(unit, *parts, cases=(SIBLING,), by=None, beside="", **more):
    """A citizen of whom a unit holds some parts."""
    duties = tuple(Duty(part, unit, beside, f"row {part}") for part in parts)
    return replace(question(by=by or viewer(unit=unit), cases=cases, **more), duties=duties)


def opened(asked, pairs=INFORMATION):
    decision = decide(asked)
    return {pair for pair in pairs if decision.full(*pair)}


@pytest.mark.parametrize("part", [PAYMENT, CASEWORK, EFFORT])
@pytest.mark.parametrize("unit", [PAYS, HERE, CHILD])
def test_who_holds_a_part_reads_what_it_carries_and_nothing_more(part, unit):
    assert opened(held(unit, part, by=viewer(unit=unit))) == set(carried()[part].always)
    assert {v.ground for v in decide(held(unit, part)).categories.values() if v.level == "full"} == {"ansvar"}


@pytest.mark.parametrize(
    ("holder", "asks", "met"),
    [
        (HERE, CHILD, True),
        (CHILD, HERE, True),
        (CHILD, "bif", True),
        (CHILD, SIBLING, False),
        (PAYS, HERE, False),
    ],
)
def test_the_line_of_the_unit_reads_it_as_it_reads_cases(holder, asks, met):
    assert decide(held(holder, CASEWORK, by=viewer(unit=asks), cases=[])).allowed is met


def test_a_unit_across_that_holds_it_reads_what_is_bifs_and_the_groups():
    asked = held(SOF, CASEWORK, EFFORT, by=CENTRE, cases=[SOF])
    decision = decide(asked)
    assert set(carried()[CASEWORK].always) <= opened(asked) and decision.full("group")
    assert decision.verdict("benefit", BIF).ground == "ansvar" and decision.whole("employment_case", BIF)
    assert decision.verdict("social_case", "sof").ground == "egen-sag"


def test_whoever_does_not_hold_it_any_more_may_know_that_it_is_elsewhere():
    asked = held(SOF, CASEWORK, EFFORT, by=viewer(unit=CHILD), cases=[SOF])
    with_payment = replace(asked, duties=(*asked.duties, Duty(PAYMENT, PAYS, "", "p")))
    decision = decide(with_payment)
    assert (decision.allowed, decision.why) == (False, "other-unit")
    assert not opened(with_payment)


def test_the_administration_beside_knows_that_there_is_one():
    asked = held("sof", "forvaltningsansvar", by=viewer(unit=CHILD), cases=[SOF], beside="bif")
    assert decide(asked).why == "other-unit" and decide(replace(asked, duties=())).why == "no-case"


def test_administrative_functions_open_nothing_of_a_citizen():
    assert not opened(held(CHILD, "forvaltningsansvar", cases=[]))


def test_groups_do_not_come_with_a_part_where_the_law_puts_it_nor_with_a_consent_to_something_else():
    asked = held(CHILD, CASEWORK, cases=[CHILD])
    assert not decide(asked).full("group")
    with_consent = replace(asked, bases=(consent(covers=["service"]),))
    assert decide(with_consent).full("service", "sof") and not decide(with_consent).full("group")


@pytest.mark.parametrize("barred", [{"paused": True}, {"embargoed": True}])
def test_across_nothing_is_put_together_while_that_is_barred(barred):
    decision = decide(held(SOF, CASEWORK, by=CENTRE, cases=[SOF], **barred))
    assert decision.full("social_case", "sof") and not decision.full("benefit", BIF)


@pytest.mark.parametrize(
    "changed",
    [
        {"by": viewer(unit=CHILD, active=False)},
        {"purpose": "andet"},
        {"vip": True},
        {"by": viewer("analyst")},
    ],
)
def test_the_limits_bind_who_holds_a_part_too(changed):
    asked = {"by": viewer(unit=CHILD), "cases": [], **changed}
    assert not opened(held(CHILD, CASEWORK, **asked))


def test_clearance_and_a_protected_address_leave_that_there_is_something():
    low = decide(held(CHILD, CASEWORK, cases=[], by=viewer(unit=CHILD, clearance=1)))
    assert low.verdict("note", BIF).level == "exists" and low.full("benefit", BIF)
    hidden = decide(held(CHILD, CASEWORK, cases=[], protected=True))
    assert hidden.verdict("contact", BOTH).level == "exists" and hidden.allowed


def offered(**more):
    return replace(question(cases=[CHILD], by=more.pop("by", CENTRE), **more), offered=(SOF,))


def test_who_is_offered_a_citizen_learns_who_and_how_far_and_nothing_more():
    assert opened(offered()) == {("identity", BOTH), HANDOVER}
    assert decide(offered()).verdict(*HANDOVER).ground == "overdragelse"
    below = viewer(unit=f"{SOF}/voksne", administration="sof")
    assert opened(offered(by=below)) == {("identity", BOTH), HANDOVER}
    assert not opened(offered(by=viewer(unit="sof/driftscenter-2", administration="sof")))
    assert not opened(offered(embargoed=True)) and not opened(offered(vip=True))


def test_both_sides_learn_of_a_proposal_each_by_its_own_case():
    for by in (viewer(unit=CHILD), CENTRE):
        assert decide(question(by=by)).verdict(*HANDOVER).ground == "forslag"
    assert not decide(question(embargoed=True)).full(*HANDOVER)
    assert not decide(question(by=viewer(unit=SIBLING))).full(*HANDOVER)


def test_a_leader_learns_of_whom_the_unit_holds_or_is_offered_who_it_is():
    leader = viewer("leader", unit=CHILD)
    assert opened(held(CHILD, CASEWORK, by=leader, cases=[])) == {("identity", BOTH), HANDOVER}
    assert opened(offered(by=viewer("leader", unit=SOF, administration="sof"))) == {
        ("identity", BOTH),
        HANDOVER,
    }
    assert not opened(held(CHILD, PAYMENT, by=leader, cases=[CHILD])) and not opened(question(by=leader))


def test_who_answers_for_hand_overs_sees_them():
    steward = question(by=viewer("steward"), purpose="tilsyn")
    assert opened(steward) == {("identity", BOTH), HANDOVER}


def test_a_slice_is_read_as_it_was_written_with_parts_and_without():
    asked = replace(held(SOF, CASEWORK, by=CENTRE), offered=(SOF,))
    assert read_slice(asked.told()) == asked
    before = {name: value for name, value in asked.told().items() if name not in ("duties", "offered")}
    assert read_slice(before).duties == () and decide(read_slice(before)).categories


def test_what_is_carried_is_information_there_is_and_parts_there_are():
    assert set(carried()) <= {PAYMENT, CASEWORK, EFFORT}
    assert policy.HELD in policy.rules().grounds.values()
