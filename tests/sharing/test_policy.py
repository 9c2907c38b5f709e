"""The rules of what may be shown, tried one by one and then with made-up worlds."""

from dataclasses import dataclass
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from helhed.sharing import policy

TODAY = date(2026, 11, 1)


@dataclass(frozen=True)
class Fact:
    """A fact as far as the policy looks."""

    kind: str
    code: str = ""
    true_from: date = date(2026, 1, 1)
    true_to: date | None = None


@dataclass(frozen=True)
class Viewer:
    """A viewer as far as the policy looks."""

    role: str = "caseworker"
    administration: str = "bif"

    def may(self, permission):
        return self.role == "caseworker"


BIF_CASE, SOF_CASE = Fact("employment_case", "LAB-6-3"), Fact("social_case", "primaer")
CONSENT = Fact("consent", "deling")


def decide(viewer, *facts, children=(), purpose="sagsbehandling"):
    return policy.decide(viewer, facts, children, purpose, TODAY)


def test_the_own_side_is_open_with_a_case_and_the_other_closed_without_consent():
    decision = decide(Viewer(), BIF_CASE, SOF_CASE)
    assert decision.opens("bif") and not decision.opens("sof")


def test_consent_to_sharing_opens_the_other_side():
    assert decide(Viewer(), BIF_CASE, CONSENT).ground("sof") == policy.CONSENT


def test_consent_to_the_joint_plan_is_another_thing():
    plan = Fact("consent", "helhedsorienteret-plan")
    assert not decide(Viewer(), BIF_CASE, plan).opens("sof")


def test_a_lapsed_consent_opens_nothing():
    lapsed = Fact("consent", "deling", true_to=TODAY)
    assert not decide(Viewer(), BIF_CASE, lapsed).opens("sof")


def test_no_case_in_the_own_administration_means_no_look_even_with_consent():
    assert not decide(Viewer(), SOF_CASE, CONSENT).allowed


def test_a_childs_case_makes_the_parent_a_citizen_of_sof():
    sof = Viewer(administration="sof")
    assert decide(sof, children=[Fact("child_case", "BL-32")]).opens("sof")
    assert not decide(sof, children=[SOF_CASE]).allowed


def test_an_unknown_purpose_opens_nothing():
    assert decide(Viewer(), BIF_CASE, purpose="nysgerrighed").why == "purpose"


def test_the_citizen_sees_both_sides():
    assert policy.own_matter().opens("bif") and policy.own_matter().opens("sof")


kinds = st.sampled_from([*policy.SIDES, "plan"])
codes = st.sampled_from(["deling", "helhedsorienteret-plan", "handleplan", "min-plan", "primaer", "x"])
days = st.dates(date(2026, 6, 1), date(2027, 3, 1))
facts = st.lists(st.builds(Fact, kinds, codes, days, st.none() | days), max_size=8)
viewers = st.builds(
    Viewer, st.sampled_from(["caseworker", "leader", "analyst"]), st.sampled_from(["bif", "sof", ""])
)


@settings(deadline=None)
@given(viewers, facts, st.sampled_from([*policy.PURPOSES, "andet"]))
def test_the_other_side_is_never_open_without_a_running_consent(viewer, held, purpose):
    decision = policy.decide(viewer, held, [], purpose, TODAY)
    consented = any(f.kind == "consent" and f.code == "deling" and policy.holds(f, TODAY) for f in held)
    for side in ("bif", "sof"):
        if decision.opens(side) and side != viewer.administration:
            assert consented
    if decision.allowed:
        assert viewer.role == "caseworker" and purpose in policy.PURPOSES and viewer.administration
