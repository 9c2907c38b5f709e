"""How a user is found for a request: brought up to today's appointment, and nobody without one."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest
from django.utils import timezone

from helhed.accounts.doors import DOORS
from helhed.accounts.in_force import bring_up_to_date
from helhed.accounts.models import User


class Appointed(BaseBackend):
    """Who is logged in, on the day of the request. An appointment that ends takes the session with it the same day."""

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.filter(pk=user_id).first()
        if user is None:
            return None
        user = bring_up_to_date(user)
        return user if user.appointed(timezone.localdate()) else None


class LocalPassword(Appointed):
    """Name and password at one door: of the demo, and of installations without an identity provider."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        door: str = "",
        **other: Any,
    ) -> User | None:
        """The user, or None; takes as long for a name nobody has as for a wrong password."""
        if username is None or password is None:
            return None
        user = User.objects.filter(username=username).first()
        right = (user or User(username=username, password="")).check_password(password)  # nosec B106 - nobody's
        if user is None or not right or (door and user.role not in DOORS[door]):
            return None
        return self.get_user(user.pk)
