"""Staff who are not in the store."""

from helhed.accounts.models import User


def staff(username: str, role: str = "caseworker", unit: str = "sof/driftscenter-2") -> User:
    """An employee of SOF."""
    return User(
        username=username, name=username.title(), role=role, administration=unit.split("/")[0], unit=unit
    )
