"""Each rule by itself, at its boundaries; and what a decision can always be relied on for."""

from dataclasses import asdict, replace
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helhed.accounts.roles import ROLES
from helhed.audit.canonical import canonical
from helhed.sharing import policy
from helhed.sharing.policy import BIF, INFORMATION, decide, read_slice, reveals
from policy import asked
from policy.asked import CHILD, HERE, NOW, SIBLING, SOF, TODAY, consent, emergency, mandate, question, viewer

ACROSS = [pair for pair in INFORMATION if pair[1] == "sof" or pair[0] == "group"]
ENDED = viewer(appointed_to=TODAY)


@pytest.mark.parametrize("unit", [CHILD, HERE, "bif"])
@pytest.mark.parametrize("case", [CHILD, HERE, "bif"])
def test_a_case_in_the_own_unit_above_or_below_lets_one_in(unit, case):
    assert decide(question(by=viewer(unit=unit), cases=[case])).allowed


@pytest.mark.parametrize(
    ("unit", "case"), [(CHILD, SIBLING), (SIBLING, CHILD), (HERE + "-2", HERE), ("", CHILD)]
)
def test_another_unit_of_the_administration_may_only_know_that_there_is_a_case(unit, case):
    decision = decide(question(consent(), by=viewer(unit=unit), cases=[case]))
    assert (decision.allowed, decision.exists, decision.why) == (False, True, "other-unit")
    assert [pair for pair in INFORMATION if decision.verdict(*pair).level != "none"] == [("identity", "both")]


def test_a_case_only_in_the_other_administration_tells_nothing_even_with_consent():
    decision = decide(question(consent(), cases=[SOF]))
    assert (decision.allowed, decision.exists, decision.why) == (False, False, "no-case")


def test_the_own_side_is_open_and_the_other_closed_without_consent():
    decision = decide(question())
    assert decision.full("benefit", BIF) and decision.grounds == {BIF: policy.OWN_CASE}
    assert not any(decision.full(*pair) for pair in ACROSS)


def test_a_consent_opens_its_categories_and_is_named():
    decision = decide(question(consent(covers=["service"])), policy.LOOK)
    assert [pair for pair in ACROSS if decision.full(*pair)] == [("service", "sof")]
    assert decision.verdict("service", "sof").refs == (asked.ONE,) and decision.consents == (asked.ONE,)
    assert decision.ground_line == "egen-sag+samtykke-deling"


@pytest.mark.parametrize(
    ("to", "opened"), [(["bif"], True), ([CHILD], True), ([SIBLING], False), ([CHILD + "/x"], False)]
)
def test_a_consent_is_given_to_units_and_those_below(to, opened):
    assert decide(question(consent(to=to))).full("service", "sof") is opened


def test_a_consent_from_one_unit_opens_what_comes_from_there():
    decision = decide(question(consent(sources=[SOF])))
    assert decision.verdict("service", "sof").sources == (SOF,)
    assert decision.full("service", "sof") and not decision.whole("service", "sof")
    both = decide(question(consent(sources=[SOF]), consent(asked.TWO)))
    assert both.whole("service", "sof") and both.verdict("service", "sof").refs == (asked.TWO,)


@pytest.mark.parametrize(
    ("start", "end", "opened"), [(NOW, NOW + 1, True), (NOW + 1, NOW + 2, False), (NOW - 1, NOW, False)]
)
def test_a_consent_holds_from_its_first_moment_to_before_its_last(start, end, opened):
    assert decide(question(consent(start=start, end=end))).full("service", "sof") is opened


@pytest.mark.parametrize("barred", [{"paused": True}, {"embargoed": True}])
def test_while_the_log_is_not_anchored_or_the_identity_not_reviewed_only_the_own_side_is_open(barred):
    decision = decide(question(consent(), **barred))
    assert decision.full("benefit", BIF) and not any(decision.full(*pair) for pair in ACROSS)
    assert decision.barred == ("paused" if "paused" in barred else "embargoed")
    urgent = decide(question(emergency(), purpose="noedadgang", **barred))
    assert urgent.full("benefit", BIF) and not any(urgent.full(*pair) for pair in ACROSS)


def test_clearance_leaves_that_it_exists():
    decision = decide(question(consent(), by=viewer(clearance=1)))
    assert decision.verdict("service", "sof").level == "exists" and decision.full("social_case", "sof")
    assert decide(question(by=viewer(clearance=0))).verdict("benefit", BIF).level == "exists"


def test_special_protection_hides_everything_from_those_without_the_right():
    decision = decide(question(consent(), vip=True))
    assert (decision.allowed, decision.exists) == (False, False)
    assert decide(question(consent(), by=viewer(vip=True), vip=True)).full("service", "sof")


def test_a_protected_address_is_hidden_and_revealed_only_with_the_right():
    hidden = question(protected=True)
    assert decide(hidden).verdict("contact", "both").level == "exists" and not reveals(hidden)
    able = viewer(protected_address=True)
    assert reveals(question(by=able, protected=True)) and not reveals(question(by=able, cases=[SIBLING]))
    assert not reveals(question(emergency(), by=able, purpose="noedadgang"))


@pytest.mark.parametrize("by", [ENDED, viewer(appointed_from=TODAY + 1), viewer(active=False)])
def test_outside_the_appointment_nothing_is_open(by):
    decision = decide(question(consent(), by=by))
    assert not decision.allowed and not decision.exists and decision.why == "appointment"


def test_an_emergency_opens_both_sides_to_the_one_who_opened_it_and_only_for_that_purpose():
    urgent = {"purpose": "noedadgang", "cases": [SIBLING]}
    assert decide(question(emergency(), **urgent)).full("service", "sof")
    assert decide(question(emergency("another"), **urgent)).why == "no-emergency"
    assert decide(question(emergency(end=NOW), **urgent)).why == "no-emergency"
    assert not decide(question(emergency(), cases=[SIBLING])).allowed


def test_a_mandate_shows_what_the_citizen_sees_but_a_protected_address():
    by, purpose = viewer("representative"), "repraesentation"
    assert decide(question(mandate(), by=by, purpose=purpose)).full("note", "sof")
    assert not decide(question(mandate(scope=["log"]), by=by, purpose=purpose)).full("note", "sof")
    assert decide(question(mandate(holder="x"), by=by, purpose=purpose)).why == "no-mandate"
    hidden = decide(question(mandate(), by=by, purpose=purpose, protected=True))
    assert hidden.allowed and not hidden.full("contact")


def test_the_citizen_sees_everything_of_the_own_and_nothing_of_others():
    own = viewer("citizen", person=asked.ANNA)
    assert all(decide(question(by=own, purpose="egen-indsigt")).full(*pair) for pair in INFORMATION)
    other = viewer("citizen", person=str(UUID(int=9)))
    assert not decide(question(by=other, purpose="egen-indsigt")).allowed


@pytest.mark.parametrize(
    ("role", "cases", "met"),
    [
        ("steward", [], True),
        ("leader", [CHILD], True),
        ("leader", [SIBLING], False),
        ("analyst", [CHILD], False),
    ],
)
def test_oversight_is_told_who_it_is_and_nothing_more(role, cases, met):
    decision = decide(question(by=viewer(role), cases=cases, purpose="tilsyn"))
    assert decision.allowed is met
    assert sum(decision.full(*pair) for pair in policy.LOOK) == met
    assert decision.full("handover") is (role == "steward")


bases = st.lists(
    st.one_of(
        st.builds(
            consent,
            st.sampled_from([asked.ONE, asked.TWO]),
            st.lists(st.sampled_from(policy.CATEGORIES), min_size=1),
            st.lists(st.sampled_from(["bif", "sof", SOF, CHILD]), min_size=1),
            st.lists(st.sampled_from(["bif", "sof", SOF, CHILD, SIBLING]), min_size=1),
        )
    ),
    max_size=1,
)
questions = st.builds(
    lambda held, role, unit, cases, purpose, clearance, flags: question(
        *held,
        by=viewer(role, unit=unit, administration=unit.split("/")[0], clearance=clearance, vip=flags[0]),
        cases=cases,
        purpose=purpose,
        paused=flags[1],
        vip=flags[2],
        protected=flags[3],
        embargoed=flags[4],
    ),
    bases,
    st.sampled_from(sorted(ROLES)),
    st.sampled_from(["bif", HERE, CHILD, SIBLING, "sof", SOF]),
    st.lists(st.sampled_from(["bif", HERE, CHILD, SIBLING, "sof", SOF]), max_size=3),
    st.sampled_from([*policy.ALL_PURPOSES, "andet"]),
    st.integers(0, 3),
    st.tuples(*[st.booleans()] * 5),
)


@settings(deadline=None, max_examples=150)
@given(questions)
def test_what_can_always_be_relied_on(asked_for):
    """Nothing is open that the viewer's role, purpose, unit and consents do not carry; and asked again it is the same."""
    decision = decide(asked_for)
    by, about = asked_for.viewer, asked_for.citizen
    again = decide(read_slice(asked_for.told()))
    assert (
        again.categories == decision.categories
        and again.slice == decision.slice
        and again.why == decision.why
    )
    assert decision.allowed != bool(decision.why)
    for (category, side), verdict in decision.categories.items():
        if verdict.level == "none":
            continue
        assert verdict.ground and (
            verdict.refs or verdict.ground not in ("samtykke-deling", "fuldmagt", "noedadgang")
        )
        if verdict.level == "full" and "citizen.look" in by.permissions:
            assert policy.sensitivity(category) <= by.clearance and (by.vip or not about.vip)
            if side == policy.other(by.administration) or category == "group":
                assert not asked_for.paused and not about.embargoed
                assert any(category in one.covers for one in asked_for.bases)
            if asked_for.purpose in policy.PURPOSES:
                assert any(policy.same_line(unit, by.unit) for unit in about.cases)


@settings(deadline=None, max_examples=60)
@given(st.lists(questions, max_size=8))
def test_many_are_decided_as_each_alone(asked_for):
    """Citizens of their own, and some asked about twice with other cases, which Cedar cannot be told at once."""
    many = [
        replace(each, citizen=replace(each.citizen, key=str(UUID(int=number // 2 if number < 4 else number))))
        for number, each in enumerate(asked_for)
    ]
    for found, each in zip(policy.decide_each(many), many, strict=True):
        alone = decide(each)
        assert (found.categories, found.why, found.barred) == (alone.categories, alone.why, alone.barred)
        assert (found.slice, found.policy) == (alone.slice, alone.policy) and found.id != alone.id


def test_one_that_cannot_be_read_denies_itself_alone():
    """A viewer whose clearance is no number: the schema refuses, and the others of the same list are still decided."""
    ours = [question(), replace(question(), citizen=replace(question().citizen, key=str(UUID(int=7))))]
    spoilt = replace(question(), citizen=replace(question().citizen, key=str(UUID(int=8)), vip="no"))
    found = policy.decide_each([ours[0], spoilt, ours[1]])
    assert [decision.allowed for decision in found] == [True, False, True]


def test_a_slice_is_written_down_whole():
    asked_for = question(consent(), mandate())
    assert canonical(asked_for.told()) == canonical(asdict(asked_for))
