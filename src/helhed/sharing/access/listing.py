"""Lists of citizens: the database shows only those this viewer may meet for this purpose."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from helhed.accounts.models import User
from helhed.sharing.access.seeing import seeing


def visible(people: Iterable[UUID], *, by: User, purpose: str) -> set[UUID]:
    """Those of some citizens who have a case this viewer may see."""
    with seeing(by, purpose), connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT person_key FROM access_case WHERE person_key = ANY(%s::uuid[])", [list(people)]
        )
        return {key for (key,) in cursor.fetchall()}
