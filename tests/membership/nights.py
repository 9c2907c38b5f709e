"""A small town: deliveries of whole files, countings and midnights, on days the test says."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import connection

from helhed.audit.actions import SYSTEM
from helhed.membership.actions import recount
from helhed.membership.models import Change, Recount
from helhed.register.actions import receive
from helhed.register.models import Delivery, Person
from helhed.register.questions import find
from register.sent import ANNA, BIF, BO, DORTE, SOF, dashed, write

NUMBERS = (ANNA, BO, DORTE, "6506951234")
YOUNG = 3
BENEFIT, VAGUE, STUDENT = "Kontanthjælp, aktivitetsparat", "Kontanthjælp", "Uddannelseshjælp, aktivitetsparat"
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
STANDING = """
    SELECT s.person_id, v.key, CASE WHEN s.certain THEN 'in' ELSE 'unsure' END
      FROM membership_spell s JOIN membership_groupversion v ON v.id = s.version_id
     WHERE s.known_to IS NULL AND s.start <= %s AND (s."end" IS NULL OR s."end" > %s)
"""


def written(day: date | None) -> str:
    """A day as the case systems write it, where the last day counts; an open end in their own ways."""
    return "" if day is None else f"{day:%d-%m-%Y}"


class Nights:
    """What happens to the town. A benefit is (number of the person, text, first day, last day or None)."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.sent = folder, 0

    def benefits(self, day: date, rows: Sequence[tuple[int, str, date, date | None]]) -> Delivery:
        """BIF delivers all its benefits; received at noon, and a moment after the one before."""
        lines = [
            f"Y{n};{NUMBERS[who]};{text};{written(first)};{written(last)};"
            for n, (who, text, first, last) in enumerate(rows)
        ]
        people = [f"{number};P;Q;N" for number in NUMBERS]
        return self._deliver(BIF, {"BIF_PERSONER": people, "BIF_YDELSER": lines}, day)

    def cases(self, day: date, rows: Sequence[tuple[int, str, date]]) -> Delivery:
        """SOF delivers all its cases: (number of the person, unit, first day), without an end."""
        lines = [
            f"S{n};{dashed(NUMBERS[who])};Primær;{unit};{written(first)};31-12-9999"
            for n, (who, unit, first) in enumerate(rows)
        ]
        people = [f"{dashed(number)};Q, P;Nej" for number in NUMBERS]
        return self._deliver(SOF, {"SOF_BORGERE": people, "SOF_SAGER": lines}, day)

    def _deliver(self, source: str, files: dict[str, list[str]], day: date) -> Delivery:
        self.sent += 1
        at = datetime.combine(day, time(12), COPENHAGEN) + timedelta(seconds=self.sent)
        paths = write(self.folder / str(self.sent), files)
        delivery = receive(by=SYSTEM, source=source, paths=paths, received_at=at, confirmed=True)
        assert delivery.status == "received", delivery.message_en
        return delivery


def standing(day: date) -> dict[tuple[int, str], str]:
    """Who stands in which group on a day as known now: (person, key) → in or unsure."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING, [day, day])
        return {(person, key): what for person, key, what in cursor.fetchall()}


def last_day() -> date:
    """The last day seen."""
    return Recount.objects.order_by("-day").values_list("day", flat=True)[0]


def told(baseline: dict[tuple[int, str], str]) -> dict[tuple[int, str], str]:
    """What the change rows add up to, from the standing at the first count on. A row that says nothing new is an error."""
    known = defaultdict(lambda: "out", baseline)
    for row in Change.objects.exclude(what="corrected").order_by("recount_id", "pk"):
        place = (row.person_id, row.group_key)
        assert known[place] != row.what, f"{place} is told {row.what} twice, on {row.on}"
        known[place] = row.what
    return {place: what for place, what in known.items() if what != "out"}


def person(number: int) -> Person:
    """A person of the town."""
    return Person.objects.get(key=find(NUMBERS[number])[0].key)


def count(delivery: Delivery | None = None) -> Recount:
    """Count, as the worker does."""
    return recount(by=SYSTEM, delivery=delivery)
