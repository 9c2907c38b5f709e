"""The two doors: staff come in by one, citizens and those who act for them by the other. No login fits both."""

from helhed.accounts.models import User
from helhed.accounts.roles import ROLES, STAFF_ROLES

STAFF = "staff"
CITIZEN = "citizen"
DOORS = {STAFF: STAFF_ROLES, CITIZEN: frozenset(ROLES) - STAFF_ROLES}
"""Each door's roles."""


def door_of(user: User) -> str:
    """The one door a user fits."""
    return STAFF if user.role in STAFF_ROLES else CITIZEN
