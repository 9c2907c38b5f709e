"""The pages have words for everything the rooms below may say, and for nothing else."""

from helhed.accounts.roles import PERMISSIONS, ROLES
from helhed.law import FAMILIES as LAW_FAMILIES
from helhed.pages import purposes
from helhed.pages.context import HOMES, PLACES
from helhed.pages.families import FAMILIES
from helhed.pages.login.cards import WORTH_SEEING
from helhed.pages.steward.fault_words import FAULTS
from helhed.pages.steward.log_words import FIELDS, PURPOSES
from helhed.pages.steward.permission_words import PERMISSION_WORDS
from helhed.pages.steward.shown import MODES as SHOWN_MODES
from helhed.pages.steward.shown import STATES
from helhed.register.models import MODES, STATUSES
from helhed.register.reasons import REASONS
from helhed.sharing import policy


def test_purposes_are_those_of_the_policy():
    assert set(purposes.WORDS) == set(policy.PURPOSES) and purposes.DEFAULT in policy.PURPOSES
    assert set(policy.PURPOSES) < set(PURPOSES)


def test_every_permission_has_words_and_every_place_asks_for_one():
    assert set(PERMISSION_WORDS) == set(PERMISSIONS)
    assert {place.permission for place in PLACES} <= set(PERMISSIONS)


def test_every_role_has_a_front_page_and_something_worth_seeing():
    assert set(HOMES) == set(WORTH_SEEING) == set(ROLES)


def test_every_state_and_fault_of_a_delivery_has_words():
    assert set(STATES) == set(STATUSES) and set(SHOWN_MODES) == set(MODES)
    assert set(FAULTS) == set(REASONS)


def test_every_kind_of_fact_has_a_word_in_the_log():
    assert set(policy.SIDES) | {"plan"} <= set(FIELDS)


def test_families_stand_in_the_order_of_the_law():
    assert tuple(dict.fromkeys(family.key[0] for family in FAMILIES)) == LAW_FAMILIES
