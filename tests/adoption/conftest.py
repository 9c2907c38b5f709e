"""Two leaders of each administration; nobody else is needed to adopt a model."""

import pytest

from helhed.accounts.actions import Login, appoint
from helhed.accounts.models import User
from helhed.audit.actions import SYSTEM

GKL, ONE = "bif/jobcenter-koebenhavn/gammel-koege-landevej", "sof/driftscenter-1"
LOGINS = [
    Login("birgit", "Birgit Lund", "leader", "bif", GKL),
    Login("bjarne", "Bjarne Holt", "leader", "bif", "bif/ungeenhed"),
    Login("lene", "Lene Brandt", "leader", "sof", ONE),
    Login("bente", "Bente Holm", "caseworker", "bif", GKL),
]


@pytest.fixture
def staff(db) -> dict[str, User]:
    """The logins by name."""
    return {login.username: appoint(by=SYSTEM, login=login, password=None) for login in LOGINS}
