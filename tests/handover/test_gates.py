"""The gate: a pure function of plain values that lets through only what is whole."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helhed.coordination.handover.chain.gates import (
    LACKS,
    READY,
    STOPPED,
    Outcome,
    decide,
    exemptions,
    questions,
)

WHOLE = {
    "step": "effective",
    "day": "2026-11-22",
    "effective_on": "2026-11-22",
    "criteria": "true",
    "assessed": {"bif": {"EX1": False, "EX3": False}, "sof": {"need": True, "EX2": False, "family": True}},
    "consent": {"id": "k", "in_force": True, "covers": True},
    "adoption": {"id": "m", "in_use": True, "moves": True},
    "ground": "LOV-1750-2025",
    "holder": True,
    "family": {"others": {"a": "accepted", "b": "effective"}},
}


def but(**changed):
    return WHOLE | changed


def test_what_is_whole_is_let_through():
    assert decide(WHOLE) == Outcome(True, ())


@pytest.mark.parametrize(
    ("inputs", "lacking"),
    [
        (but(criteria="false"), "criteria"),
        (but(criteria="unknown"), "criteria"),
        (but(assessed=WHOLE["assessed"] | {"bif": {"EX1": False}}), "bif"),
        (but(assessed=WHOLE["assessed"] | {"sof": {"need": True, "EX2": False}}), "sof"),
        (but(assessed=WHOLE["assessed"] | {"bif": {"EX1": True, "EX3": False}}), "exempted"),
        (but(assessed=WHOLE["assessed"] | {"sof": WHOLE["assessed"]["sof"] | {"need": False}}), "exempted"),
        (but(consent=WHOLE["consent"] | {"in_force": False}), "consent"),
        (but(consent=WHOLE["consent"] | {"covers": False}), "consent"),
        (but(adoption=WHOLE["adoption"] | {"in_use": False}), "model"),
        (but(adoption=WHOLE["adoption"] | {"moves": False}), "model"),
        (but(ground=""), "ground"),
        (but(holder=False), "holder"),
        (but(effective_on="2026-11-21"), "day"),
        (but(family={"others": {"a": "offered"}}), "family"),
        (but(family={"others": {"a": "cancelled"}}), "family-again"),
    ],
)
def test_each_thing_that_may_be_lacking_is_named(inputs, lacking):
    assert decide(inputs) == Outcome(False, (lacking,))


def test_together_is_asked_of_the_effect_and_not_of_the_decision():
    waiting = {"others": {"a": "assessed"}}
    assert decide(but(family=waiting)).lacking == ("family",)
    assert decide(but(family=waiting, step="decided")).move
    apart = WHOLE["assessed"] | {"sof": WHOLE["assessed"]["sof"] | {"family": False}}
    assert decide(but(family={"others": {"a": "assessed", "b": "declined"}}, assessed=apart)).move


@given(st.sets(st.sampled_from(sorted(WHOLE)), min_size=1))
def test_whatever_is_left_out_the_gate_only_closes(left_out):
    """Without the step nothing more is asked; without a family another question of SOF than was asked is too much."""
    outcome = decide({name: value for name, value in WHOLE.items() if name not in left_out})
    assert outcome.move == (left_out == {"step"})
    assert set(outcome.lacking) <= set(LACKS)


@given(st.lists(st.sampled_from((*STOPPED, *READY, "proposed", "asked", "offered", "refused")), max_size=4))
def test_a_family_is_ready_when_every_other_is(states):
    others = {str(number): state for number, state in enumerate(states)}
    assert decide(but(family={"others": others})).move == (set(states) <= set(READY))


def test_pinned_as_text_it_answers_the_same():
    for inputs in (WHOLE, but(criteria="false"), but(family={"others": {"a": "declined"}})):
        assert decide(json.loads(json.dumps(inputs))) == decide(inputs)


def test_exemptions_have_their_codes():
    assert exemptions({"EX1": True, "EX3": True}) == ("EX1", "EX3")
    assert exemptions({"need": False, "EX2": False, "family": True}) == ("no-need",)
    assert questions("sof", family=True) == ("need", "EX2", "family") and questions("bif", family=True) == (
        "EX1",
        "EX3",
    )
