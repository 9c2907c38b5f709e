"""A model is used when both administrations have said so, from a day, on what the law of that day lets it be."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone, translation

from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event
from helhed.coordination.handover.adoption import actions
from helhed.coordination.handover.adoption.models import AdoptedModel
from helhed.coordination.handover.adoption.proposed import terms_of
from helhed.coordination.handover.adoption.standing import adopted, in_use, in_use_all, law_of, over
from helhed.coordination.handover.adoption.terms import Terms, longest_trial, receivers
from helhed.sharing.answers import NoAccess
from helhed.sharing.refusal import Refused

WHY = "Rapporten anbefaler modellen."
CONFIRMED = {
    "mode": "in_force",
    "valid_to": None,
    "confirmed_by_lawyer": "Jurist J. Holm, notat 7",
    "confirmed_on": date(2026, 3, 2),
}


def today() -> date:
    return timezone.localdate()


def trial(**more: object) -> Terms:
    first = today()
    said = {
        "model": "5A",
        "mode": "trial",
        "valid_from": first,
        "valid_to": longest_trial(first),
        "receiving": "sof/driftscenter-1",
        "ground": "LOV-1750-2025",
        "reason": WHY,
    }
    return Terms(**said | more)


def adopt(staff, terms: Terms) -> UUID:
    adoption = actions.propose(by=staff["birgit"], terms=terms)
    actions.approve(by=staff["lene"], adoption=adoption)
    return adoption


def test_a_trial_is_in_use_when_both_administrations_have_said_so(staff):
    adoption = actions.propose(by=staff["birgit"], terms=trial(grace_days=30))
    assert in_use("5A", today()) is None
    actions.approve(by=staff["lene"], adoption=adoption)
    found = in_use("5A", today())
    assert found == adopted(adoption)
    assert (found.mode, found.receiving, found.grace_days) == ("trial", "sof/driftscenter-1", 30)
    assert (found.transfer_type, found.label("en")) == (
        "ressortflyt",
        "Young people and adults over 18 with homelessness",
    )
    assert in_use("5A", today() - timedelta(days=1)) is None
    assert in_use("5A", found.valid_to - timedelta(days=1)) == found
    assert in_use("5A", found.valid_to) is None
    assert over(found.valid_to) == (found,) and over(today()) == ()
    lines = Event.objects.filter(action__startswith="model-").order_by("pk")
    assert list(lines.values_list("action", "actor")) == [
        ("model-propose", "birgit"),
        ("model-approve", "lene"),
    ]


def test_neither_the_proposer_nor_a_colleague_of_the_same_administration_approves(staff):
    adoption = actions.propose(by=staff["birgit"], terms=trial())
    for name in ("birgit", "bjarne", "bente"):
        with pytest.raises(NoAccess):
            actions.approve(by=staff[name], adoption=adoption)
    with pytest.raises(NoAccess):
        actions.propose(by=staff["bente"], terms=trial())
    assert AdoptedModel.objects.get().state == "proposed"


def test_a_rejected_proposal_says_why_and_is_decided_once(staff):
    adoption = actions.propose(by=staff["birgit"], terms=trial())
    with pytest.raises(Refused):
        actions.reject(by=staff["lene"], adoption=adoption, reason="nej")
    actions.reject(by=staff["lene"], adoption=adoption, reason="Vi mangler lokaler.")
    with pytest.raises(Refused):
        actions.approve(by=staff["lene"], adoption=adoption)
    row = AdoptedModel.objects.get()
    assert (row.state, row.decided_reason) == ("rejected", "Vi mangler lokaler.")


@pytest.mark.parametrize(
    "more",
    [
        {"model": "9Z"},
        {"valid_from": date(2026, 1, 1)},
        {"valid_to": None},
        {"valid_to": date(2099, 1, 1)},
        {"receiving": "sof/driftscenter-2"},
        {"receiving": "bif/ungeenhed"},
        {"ground": "LOUB-6-4"},
        {"ground": "LAB-40-3"},
        {"grace_days": 183},
        {"accept_days": 0},
        {"reason": "kort"},
        CONFIRMED,
        CONFIRMED | {"settled": ("LC11",), "confirmed_by_lawyer": ""},
        CONFIRMED | {"settled": ("LC11",), "confirmed_on": None},
        CONFIRMED | {"settled": ("LC11",), "confirmed_on": date(2099, 1, 1)},
    ],
)
def test_what_cannot_be_adopted_is_refused_in_one_sentence(staff, more):
    with pytest.raises(Refused) as refused:
        actions.propose(by=staff["birgit"], terms=trial(**more))
    assert str(refused.value).endswith(".")
    assert not AdoptedModel.objects.exists()


def test_in_force_takes_a_lawyer_who_has_settled_what_is_unsettled(staff):
    adoption = adopt(staff, trial(**CONFIRMED, settled=("LC11",)))
    assert in_use("5A", date(2040, 1, 1)).mode == "in_force"
    assert AdoptedModel.objects.get(pk=adoption).settled == ["LC11"]


def test_an_entrance_moves_no_authority_and_needs_no_organisation_ground(staff):
    law = law_of("8B", today())
    assert law.may_be_in_force and law.doubts == () and law.ends is None
    adopt(
        staff,
        trial(**CONFIRMED | {"model": "8B", "receiving": "sof/driftscenter-2", "ground": law.grounds[0]}),
    )
    assert in_use("8B", today()).transfer_type == "faelles-indgang"


def test_a_draft_concerns_nobody(staff):
    adopt(staff, trial(mode="draft", valid_to=None, ground=""))
    assert in_use_all(today()) == () and over(date(2099, 1, 1)) == ()
    adopt(staff, trial())
    assert in_use("5A", today()).mode == "trial"


def test_one_adoption_of_a_model_on_any_day(staff):
    first = adopt(staff, trial(valid_to=today() + timedelta(days=100)))
    again = actions.propose(by=staff["lene"], terms=trial(valid_from=today() + timedelta(days=99)))
    with pytest.raises(Refused):
        actions.approve(by=staff["birgit"], adoption=again)
    with pytest.raises(IntegrityError), transaction.atomic():
        AdoptedModel.objects.filter(pk=again).update(
            state="approved", decided_by="birgit", decided_unit=staff["birgit"].unit
        )
    actions.end(by=staff["lene"], adoption=first, on=today(), reason="Vi begynder forfra.")
    actions.approve(by=staff["birgit"], adoption=again)


def test_a_model_is_stopped_from_a_day(staff):
    adoption = adopt(staff, trial())
    later = today() + timedelta(days=30)
    for on in (today() - timedelta(days=1), longest_trial(today())):
        with pytest.raises(Refused):
            actions.end(by=staff["lene"], adoption=adoption, on=on, reason="Forsøget er slut.")
    actions.end(by=staff["lene"], adoption=adoption, on=later, reason="Forsøget er slut.")
    assert in_use("5A", later - timedelta(days=1)) is not None
    assert in_use("5A", later) is None and [each.id for each in over(later)] == [adoption]
    actions.end(by=staff["birgit"], adoption=adoption, on=today(), reason="Det haster alligevel.")
    assert in_use("5A", today()) is None and [each.id for each in over(today())] == [adoption]
    with pytest.raises(Refused):
        actions.end(by=staff["birgit"], adoption=adoption, on=today(), reason="En gang til, tak.")


def test_it_begins_once(staff):
    adoption = adopt(staff, trial())
    assert actions.begun(by=SYSTEM, adoption=adoption)
    assert not actions.begun(by=SYSTEM, adoption=adoption)


@pytest.mark.parametrize(
    "change",
    [
        {"mode": "in_force"},
        {"receiving": "sof/driftscenter-2", "model": "5B"},
        {"grace_days": 1},
        {"valid_to": date(2099, 1, 1)},
        {"state": "proposed", "decided_by": ""},
        {"state": "ended"},
    ],
)
def test_the_database_changes_nothing_of_what_was_adopted(staff, change):
    adoption = adopt(staff, trial())
    with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
        AdoptedModel.objects.filter(pk=adoption).update(**change)


def test_the_database_takes_no_ready_adoption_and_no_third_year(staff):
    said = {
        "model": "5A",
        "valid_from": today(),
        "receiving": "sof/driftscenter-1",
        "ground": "LOV-1750-2025",
    }
    by = {"proposed_by": "birgit", "proposed_unit": staff["birgit"].unit}
    for more in (
        {"mode": "trial", "valid_to": today() + timedelta(days=9), "state": "approved", "decided_by": "lene"},
        {"mode": "trial", "valid_to": longest_trial(today()) + timedelta(days=1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            AdoptedModel.objects.create(**said, **by, **more)
    row = AdoptedModel.objects.create(**said, **by, mode="trial", valid_to=longest_trial(today()))
    with pytest.raises(IntegrityError), transaction.atomic():
        AdoptedModel.objects.filter(pk=row.pk).update(
            state="approved", decided_by="bjarne", decided_unit="bif/ungeenhed"
        )


def test_a_proposal_is_taken_back_by_who_made_it_and_for_good(staff):
    row = actions.propose(by=staff["birgit"], terms=trial())
    for who in ("lene", ""):
        with pytest.raises(IntegrityError), transaction.atomic():
            AdoptedModel.objects.filter(pk=row).update(state="withdrawn", decided_by=who)
    with pytest.raises(NoAccess):
        actions.withdraw(by=staff["lene"], adoption=row)
    actions.withdraw(by=staff["birgit"], adoption=row)
    with pytest.raises(Refused):
        actions.withdraw(by=staff["birgit"], adoption=row)
    for state in ("proposed", "approved"):
        with pytest.raises(IntegrityError), transaction.atomic():
            AdoptedModel.objects.filter(pk=row).update(state=state, decided_by="lene", decided_unit="sof")
    assert actions.propose(by=staff["birgit"], terms=trial()) != row, "and can be proposed again"


def test_what_the_law_of_each_day_lets_a_transfer_be():
    then, now = law_of("5A", date(2022, 6, 1)), law_of("5A", date(2026, 11, 22))
    assert (then.grounds, then.ends, then.doubts) == (("LOUB-6-4",), date(2026, 2, 1), ())
    assert (now.grounds, now.ends, now.doubts) == (("LOV-1750-2025",), None, ("LC11",))
    with translation.override("en"):
        said = " ".join(law_of("5A", date(2026, 11, 22)).why)
    assert "lawyer" in said and "LC11" in said


def test_no_adoption_outlives_its_ground(staff, monkeypatch):
    adoption = adopt(staff, trial())
    before, ended = adopted(adoption), timezone.localdate() + timedelta(days=40)
    monkeypatch.setattr("helhed.coordination.handover.adoption.standing.holds", lambda ground, on: on < ended)
    assert in_use("5A", ended - timedelta(days=1)) == before
    assert in_use("5A", ended) is None and over(ended) == (before,)


def test_the_units_that_can_receive_are_those_the_group_is_drawn_from():
    assert receivers("5A", date(2022, 6, 1)) == ("sof/borgercenter-voksne/hjemloeseenheden",)
    assert receivers("5A", today()) == ("sof/driftscenter-1",)
    assert receivers("4A", today()) == ("sof/driftscenter-4/boern", "sof/driftscenter-5", "sof")


def test_the_longest_trial_is_two_years_also_from_a_leap_day():
    assert longest_trial(date(2026, 11, 22)) == date(2028, 11, 22)
    assert longest_trial(date(2028, 2, 29)) == date(2030, 2, 28)


def test_terms_are_read_back_as_they_were_proposed(staff):
    terms = trial(form="pair", staffing="B", return_days=40)
    adoption = actions.propose(by=staff["birgit"], terms=terms)
    row = AdoptedModel.objects.get(pk=adoption)
    assert replace(terms_of(row)) == terms
