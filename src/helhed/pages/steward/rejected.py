"""The first rejected rows of a file on the screen. They are people's data: seeing them is a line in the log."""

from dataclasses import dataclass

from django.db import transaction

from helhed.audit.actions import Actor, note
from helhed.register.models import DeliveryFile
from helhed.register.named import people_in
from helhed.register.reasons import sentence

MOST = 100


@dataclass(frozen=True)
class Rejected:
    """One fault of a row: its line, column and value, and why it did not go in."""

    line: int
    column: str
    value: str
    why: str


@transaction.atomic
def see_rejected(*, by: Actor, file: DeliveryFile, language: str) -> list[Rejected]:
    """The first hundred faults of a file by line, and the lines in the log that say they were seen: one, and one for each citizen who stands
    in them."""
    rows = list(file.rejected_rows.order_by("line", "id")[:MOST])
    found = [
        Rejected(r.line, r.column, r.value, sentence(r.reason, "", r.value, r.hint, language)) for r in rows
    ]
    what = f"delivery {file.delivery_id}, file {file.name}"[:200]
    note(by=by, action="see-rejected", object=what, purpose="tilsyn", fields=["rejected"])
    for person in people_in(rows):
        note(
            by=by,
            action="rejected-rows",
            person_key=person,
            object=what,
            purpose="tilsyn",
            fields=["rejected"],
        )
    return found
