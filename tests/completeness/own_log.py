"""A citizen's own log, read through the citizen's own page and door, as the citizen does."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from helhed.accounts.models import User
from helhed.law import catalogue
from helhed.sharing.log import role_label, who_looked

AT_MOST = timedelta(seconds=1)


@dataclass
class OwnLog:
    """The log of one person, as a citizen who is logged in would read it."""

    person: UUID

    def tells_of(self, reader: User, since: datetime) -> bool:
        """True when a line says that somebody with the reader's duty and unit (or "yourself") looked between a moment and
        now, no longer than a second after."""
        by = User(username="borgeren selv", role="citizen", person_key=self.person, is_active=True)
        if reader.person_key == self.person:
            by = reader
        who = {"Dig selv"} if by is reader else {role_label(reader.role), reader.name}
        unit = catalogue().called(reader.unit)
        return any(
            line.at >= since and line.who in who and line.unit_label in ("", unit)
            for line in who_looked(by=by, language="da")
        )


def moment() -> datetime:
    """The time on the clock of the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]
