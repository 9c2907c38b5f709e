"""Drafts and adopted versions: what the verbs refuse, what the store refuses whatever the program says, and what is counted."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from helhed.accounts.actions import Login, appoint
from helhed.accounts.models import User
from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event
from helhed.law import catalogue
from helhed.membership import drafting
from helhed.membership.actions import recount_definitions, recount_merged, turn_day
from helhed.membership.definitions import book
from helhed.membership.models import Adoption, Change, Draft, GroupVersion, Recount, Spell
from helhed.periods import day_of
from helhed.register.actions import merge, unmerge
from helhed.rules.errors import CriteriaError, RefusedError
from membership.nights import BENEFIT, VAGUE, count, person, standing, told

pytestmark = pytest.mark.django_db
WORDS = {
    "key": "UDEN-PLAN",
    "label_da": "Uden plan",
    "label_en": "Without a plan",
    "base_key": "",
    "criteria": "all: [{age: {from: 18}}, {benefit: [kontanthjaelp]}]",
    "note": "et forsøg",
}
TODAY = date(2025, 3, 1)


@pytest.fixture
def staff():
    """The analyst who draws, another, a leader, a caseworker and a citizen's neighbour from the committee."""
    for name, role, side in (
        ("anders", "analyst", ""),
        ("amira", "analyst", ""),
        ("lene", "leader", "sof"),
        ("bente", "caseworker", "bif"),
        ("ulla", "committee", ""),
    ):
        appoint(by=SYSTEM, login=Login(name, name.title(), role, side), password="kun-til-denne-test")
    return {user.username: user for user in User.objects.all()}


@pytest.fixture
def sent(staff):
    """A draft of Anders', sent to approval."""
    draft = drafting.save(by=staff["anders"], **WORDS)
    return drafting.send(by=staff["anders"], draft=draft)


def run(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


# ---- the verbs


def test_a_draft_is_saved_shared_sent_and_approved_by_another(staff):
    draft = drafting.save(by=staff["anders"], **WORDS)
    assert drafting.draft(staff["amira"], draft.pk) is None
    drafting.share(by=staff["anders"], draft=draft, shared=True)
    assert drafting.drafts_for(staff["amira"]) == [draft] == drafting.drafts_for(staff["bente"])
    assert drafting.drafts_for(staff["ulla"]) == []
    drafting.send(by=staff["anders"], draft=draft)
    adoption = drafting.approve(by=staff["lene"], draft=draft, valid_from=TODAY)
    assert (adoption.drafted_by, adoption.approved_by) == ("anders", "lene")
    assert book().target_groups["UDEN-PLAN"].family == "vaerksted"
    assert "UDEN-PLAN" not in catalogue().target_groups
    said = Event.objects.filter(action__startswith="draft-").order_by("pk").values_list("action", "actor")
    assert list(said) == [
        ("draft-save", "anders"),
        ("draft-share", "anders"),
        ("draft-send", "anders"),
        ("draft-approve", "lene"),
    ]


@pytest.mark.parametrize("name", ["anders", "amira"])
def test_who_drew_or_sent_it_does_not_approve_it(staff, name):
    draft = drafting.save(by=staff["anders"], **WORDS)
    drafting.share(by=staff["anders"], draft=draft, shared=True)
    draft = drafting.send(by=staff["amira"], draft=draft)
    with pytest.raises(RefusedError, match="cannot decide"):
        drafting.approve(by=staff[name], draft=draft, valid_from=TODAY)
    assert not drafting.may_decide(by=staff[name], draft=draft)
    assert drafting.may_decide(by=staff["lene"], draft=draft)


@pytest.mark.parametrize("name", ["bente", "ulla"])
def test_who_may_not_draw_saves_nothing(staff, name):
    with pytest.raises(RefusedError, match="role"):
        drafting.save(by=staff[name], **WORDS)
    assert not Draft.objects.exists()


def test_a_leader_approves_but_does_not_draw(staff, sent):
    with pytest.raises(RefusedError, match="role"):
        drafting.save(by=staff["lene"], **WORDS)
    with pytest.raises(RefusedError, match="role"):
        drafting.approve(by=staff["bente"], draft=sent, valid_from=TODAY)
    assert drafting.approve(by=staff["lene"], draft=sent, valid_from=TODAY).pk


def test_only_the_one_who_drew_it_changes_it(staff):
    draft = drafting.save(by=staff["anders"], **WORDS)
    for act in (
        lambda: drafting.save(by=staff["amira"], draft=draft, **WORDS),
        lambda: drafting.share(by=staff["amira"], draft=draft, shared=True),
        lambda: drafting.withdraw(by=staff["amira"], draft=draft),
    ):
        with pytest.raises(RefusedError, match="the one who drew"):
            act()
    with pytest.raises(RefusedError, match="not shared"):
        drafting.send(by=staff["amira"], draft=draft)


def test_two_windows_do_not_save_over_each_other(staff):
    draft = drafting.save(by=staff["anders"], **WORDS)
    again = drafting.save(by=staff["anders"], draft=draft, edition=1, **{**WORDS, "note": "mere"})
    assert again.edition == 2
    with pytest.raises(drafting.StaleError):
        drafting.save(by=staff["anders"], draft=draft, edition=1, **WORDS)


def test_what_is_rejected_can_be_saved_and_sent_again(staff, sent):
    with pytest.raises(RefusedError, match="Write why"):
        drafting.reject(by=staff["lene"], draft=sent, reason="  ")
    rejected = drafting.reject(by=staff["lene"], draft=sent, reason="for bred")
    assert (rejected.state, rejected.reason) == ("rejected", "for bred")
    again = drafting.save(by=staff["anders"], draft=rejected, **WORDS)
    assert (again.state, again.decided_by) == ("draft", "")
    assert drafting.send(by=staff["anders"], draft=again).state == "sent"


def test_a_sent_draft_is_not_changed_but_can_be_withdrawn(staff, sent):
    with pytest.raises(RefusedError, match="cannot be changed"):
        drafting.save(by=staff["anders"], draft=sent, **WORDS)
    assert drafting.withdraw(by=staff["anders"], draft=sent).state == "withdrawn"
    with pytest.raises(RefusedError, match="does not wait"):
        drafting.approve(by=staff["lene"], draft=sent, valid_from=TODAY)


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"criteria": "benefit: [kontanthjaelpp]"}, CriteriaError),
        ({"criteria": "all: []"}, CriteriaError),
        ({"criteria": "group: UDEN-PLAN"}, CriteriaError),
        ({"key": "5A", "criteria": "any: [{group: 5A}, {age: {from: 18}}]"}, RefusedError),
        ({"key": "æ"}, RefusedError),
        ({"key": ""}, RefusedError),
        ({"label_da": " "}, RefusedError),
        ({"label_en": "x" * 201}, RefusedError),
        ({"base_key": "5Å"}, RefusedError),
    ],
)
def test_what_cannot_be_is_not_saved(staff, changed, error):
    with pytest.raises(error):
        drafting.save(by=staff["anders"], **{**WORDS, **changed})
    assert not Draft.objects.exists()


def test_a_version_comes_after_all_others_of_its_group(staff):
    words = {**WORDS, "key": "5A", "base_key": "5A"}
    draft = drafting.send(by=staff["anders"], draft=drafting.save(by=staff["anders"], **words))
    with pytest.raises(RefusedError, match="already has a version from 01-07-2025"):
        drafting.approve(by=staff["lene"], draft=draft, valid_from=date(2025, 7, 1))
    drafting.approve(by=staff["lene"], draft=draft, valid_from=date(2027, 1, 1))
    versions = book().groups()["5A"].versions
    assert versions[:2] == catalogue().groups()["5A"].versions and len(versions) == 3
    assert versions[2].valid_from == day_of(date(2027, 1, 1))
    assert book().target_groups["5A"].family == "model" and book().hash != catalogue().hash


def test_an_adopted_group_can_be_referred_to(staff, sent):
    drafting.approve(by=staff["lene"], draft=sent, valid_from=TODAY)
    words = {**WORDS, "key": "VIDERE", "criteria": "group: UDEN-PLAN"}
    draft = drafting.send(by=staff["anders"], draft=drafting.save(by=staff["anders"], **words))
    drafting.approve(by=staff["lene"], draft=draft, valid_from=TODAY)
    assert {"UDEN-PLAN", "VIDERE"} <= book().groups().keys()
    assert [group.key for group in book().groups_of(["vaerksted"])] == ["UDEN-PLAN", "VIDERE"]


# ---- the store, by raw SQL as the role the program runs as

ADOPT = """INSERT INTO membership_adoption
                  (draft_id, key, label_da, label_en, valid_from, criteria, drafted_by, approved_by, at)
           SELECT id, key, label_da, label_en, valid_from, criteria, {drafted}, {approved}, now()
             FROM membership_draft WHERE id = %s"""


def test_the_store_lets_nobody_decide_on_their_own_draft(sent):
    with pytest.raises(IntegrityError, match="draft_decided_by_another"):
        run(
            "UPDATE membership_draft SET state = 'adopted', decided_by = 'anders', decided_at = now(), "
            "valid_from = '2027-01-01' WHERE id = %s",
            sent.pk,
        )


def test_the_store_lets_nobody_adopt_what_another_did_not_approve(sent):
    for approved in ("'anders'", "'lene'"):
        with pytest.raises(IntegrityError):
            run(ADOPT.format(drafted="owner", approved=approved), sent.pk)
    run(
        "UPDATE membership_draft SET state = 'adopted', decided_by = 'lene', decided_at = now(), "
        "valid_from = '2027-01-01' WHERE id = %s",
        sent.pk,
    )
    with pytest.raises(IntegrityError, match="otherwise than the draft"):
        run(ADOPT.format(drafted="'somebody'", approved="decided_by"), sent.pk)
    with pytest.raises(IntegrityError, match="otherwise than the draft"):
        run(ADOPT.format(drafted="owner", approved="'somebody'"), sent.pk)
    run(ADOPT.format(drafted="owner", approved="decided_by"), sent.pk)


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("UPDATE membership_draft SET criteria = 'age: {from: 18}'", IntegrityError),
        ("UPDATE membership_draft SET key = 'ANDET'", IntegrityError),
        ("UPDATE membership_draft SET sent_by = 'lene'", IntegrityError),
        ("UPDATE membership_draft SET owner = 'lene'", ProgrammingError),
        ("DELETE FROM membership_draft", ProgrammingError),
    ],
)
def test_the_store_keeps_a_sent_draft_as_it_was_sent(sent, statement, error):
    with pytest.raises(error):
        run(statement)


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("UPDATE membership_adoption SET criteria = 'age: {from: 18}'", ProgrammingError),
        ("UPDATE membership_adoption SET valid_from = '2030-01-01'", ProgrammingError),
        ("DELETE FROM membership_adoption", ProgrammingError),
        ("UPDATE membership_draft SET state = 'draft', valid_from = null", IntegrityError),
        ("UPDATE membership_draft SET note = 'something else'", IntegrityError),
    ],
)
def test_the_store_keeps_an_adopted_version(staff, sent, statement, error):
    drafting.approve(by=staff["lene"], draft=sent, valid_from=TODAY)
    with pytest.raises(error):
        run(statement)


def test_the_store_has_one_version_of_a_group_a_day(staff, sent):
    drafting.approve(by=staff["lene"], draft=sent, valid_from=TODAY)
    other = drafting.send(by=staff["anders"], draft=drafting.save(by=staff["anders"], **WORDS))
    run(
        "UPDATE membership_draft SET state = 'adopted', decided_by = 'lene', decided_at = now(), "
        "valid_from = %s WHERE id = %s",
        TODAY,
        other.pk,
    )
    with pytest.raises(IntegrityError, match="adoption_once_a_day"):
        run(ADOPT.format(drafted="owner", approved="decided_by"), other.pk)


# ---- counting what was adopted


def adopt(staff, key, criteria, day):
    words = {**WORDS, "key": key, "criteria": criteria}
    draft = drafting.send(by=staff["anders"], draft=drafting.save(by=staff["anders"], **words))
    return drafting.approve(by=staff["lene"], draft=draft, valid_from=day)


def test_an_adopted_group_is_counted_for_everyone_and_nothing_else_is(staff, nights):
    count(nights.benefits(TODAY, [(0, BENEFIT, TODAY, None), (1, VAGUE, TODAY, None)]))
    baseline = standing(TODAY)
    adoption = adopt(staff, "NY", "benefit: [kontanthjaelp/aktivitetsparat]", date(2025, 1, 1))
    before = set(Spell.objects.values_list("pk", flat=True))
    row = recount_definitions(by=SYSTEM)
    assert (row.cause, row.everyone, row.spells_closed) == ("groups", False, 0)
    new = Spell.objects.exclude(pk__in=before).select_related("version")
    assert {spell.version.key for spell in new} == {"NY"}
    assert {spell.person_id: spell.certain for spell in new} == {person(0).pk: True, person(1).pk: False}
    adoption.refresh_from_db()
    assert adoption.counted_at == row.at
    assert told(baseline) == standing(row.day)
    assert recount_definitions(by=SYSTEM) is None


def test_a_version_to_come_changes_nothing_before_its_day(staff, nights):
    """KORT-2 as it stands holds the one; the version from next year holds the other."""
    count(nights.benefits(TODAY, [(0, BENEFIT, TODAY, None), (1, "KTH jobparat", TODAY, None)]))
    turn_day(by=SYSTEM, today=timezone.localdate())
    baseline, today = standing(timezone.localdate()), timezone.localdate()
    day = date(today.year + 1, 1, 1)
    old = {pk for (pk,) in GroupVersion.objects.filter(key="KORT-2", current=True).values_list("pk")}
    adopt(staff, "KORT-2", "benefit: [kontanthjaelp/aktivitetsparat]", day)
    row = recount_definitions(by=SYSTEM)
    assert standing(today) == baseline
    told_of = Change.objects.filter(recount=row).values_list("group_key", "person_id", "what", "on")
    assert set(told_of) == {
        ("KORT-2", person(0).pk, "corrected", day),
        ("KORT-2", person(1).pk, "corrected", day),
    }
    assert GroupVersion.objects.filter(pk__in=old, current=True).count() == 1, "the version of the past stays"
    turn_day(by=SYSTEM, today=day)
    turned = Change.objects.filter(recount__day=day, recount__cause="day", group_key="KORT-2")
    assert set(turned.values_list("person_id", "what")) == {(person(0).pk, "in"), (person(1).pk, "out")}


def test_a_delivery_that_comes_first_counts_the_adopted_version_too(staff, nights):
    count(nights.benefits(TODAY, [(0, BENEFIT, TODAY, None), (1, BENEFIT, TODAY, None)]))
    baseline = standing(TODAY)
    adopt(staff, "NY", "benefit: [kontanthjaelp]", date(2025, 1, 1))
    row = count(nights.benefits(TODAY, [(0, BENEFIT, TODAY, None), (1, BENEFIT, TODAY, TODAY)]))
    causes = list(Recount.objects.order_by("pk").values_list("cause", flat=True))
    assert causes == ["delivery", "groups", "delivery"]
    assert Spell.objects.filter(version__key="NY", known_to=None).count() == 2
    assert told(baseline) == standing(row.day)
    assert not Adoption.objects.filter(counted_at=None).exists()


def test_persons_merged_and_parted_again_are_counted(nights):
    """Anna has the benefit, Bo the case: as one person they are shared, as two nobody is."""
    count(nights.benefits(TODAY, [(0, BENEFIT, TODAY, None)]))
    count(nights.cases(TODAY, [(1, "Driftscenter 1", TODAY)]))
    row = merge(by=SYSTEM, kept=person(0), gone=person(1), reason="samme person")
    [counted] = recount_merged(by=SYSTEM)
    assert (counted.cause, counted.merged) == ("people", row.pk) and counted.spells_new > 0
    assert recount_merged(by=SYSTEM) == []
    together = standing(counted.day)
    assert count().spells_new == 0
    unmerge(by=SYSTEM, merge=row)
    [counted] = recount_merged(by=SYSTEM)
    assert counted.unmerged == row.pk and standing(counted.day) != together
    assert (count().spells_new, recount_merged(by=SYSTEM)) == (0, [])


def test_a_changed_day_of_the_catalogue_is_seen_by_its_versions(nights):
    """Counting twice finds the versions as they are, so that nothing is counted for nothing."""
    count(nights.benefits(TODAY, [(0, BENEFIT, TODAY, None)]))
    assert recount_definitions(by=SYSTEM) is None
    later = count(nights.benefits(TODAY + timedelta(days=1), [(0, BENEFIT, TODAY, None)]))
    assert Recount.objects.filter(cause="groups").count() == 0 and later.spells_new == 0
