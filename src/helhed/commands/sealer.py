"""Beside the worker's rounds: once a minute the log is sealed and its newest head left outside."""

import logging
import time
from threading import Thread

from django.db import DatabaseError, connection

from helhed.audit.anchoring import ALARM, anchor, place_states
from helhed.audit.sealing import seal

SECONDS_BETWEEN = 60
log = logging.getLogger(__name__)


def keep_log() -> None:
    """Seal what is committed, and leave the newest head wherever it is not yet."""
    seal()
    anchor()


class Sealer(Thread):
    """Keeps the log while the worker counts, however long that takes. Nothing that goes wrong ends it."""

    def __init__(self) -> None:
        super().__init__(name="sealer", daemon=True)
        self.late: set[str] = set()

    def run(self) -> None:
        """Round after round, from one minute to the next."""
        while True:
            started = time.monotonic()
            self.round()
            time.sleep(max(1.0, SECONDS_BETWEEN - (time.monotonic() - started)))

    def round(self) -> None:
        """One round; a server that is away, or a key that cannot be read, is told and tried again."""
        try:
            keep_log()
            self._tell()
        except (DatabaseError, OSError, ValueError, LookupError) as error:
            log.warning("the log could not be sealed or anchored: %s", str(error).strip())
            connection.close()

    def _tell(self) -> None:
        """Say so once when a place has had no head for an hour, and once when it has one again."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            now = cursor.fetchone()[0]
        late = {place.place.address for place in place_states() if place.is_behind(now, ALARM)}
        for address in late - self.late:
            log.error("no head of the log has been left at %s for more than an hour", address)
        for address in self.late - late:
            log.warning("a head of the log is left at %s again", address)
        self.late = late
