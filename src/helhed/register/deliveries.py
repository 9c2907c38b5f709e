"""What the pages may ask about deliveries. Rejected rows are people's data: their text is handed out by a logged verb only."""

import csv
import io
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Min, Prefetch, QuerySet

from helhed.register.connected import mapping_of
from helhed.register.files import REASON_COLUMN
from helhed.register.models import Delivery, DeliveryFile
from helhed.register.reasons import sentence, summary


@dataclass(frozen=True)
class Fault:
    """Why rows of a file were rejected: the column, the reason in a sentence, how many, and the first line."""

    column: str
    reason: str
    text: str
    rows: int
    first_line: int


def latest(limit: int = 50) -> QuerySet[Delivery]:
    """The newest deliveries with their source and files."""
    files = Prefetch("files", DeliveryFile.objects.select_related("table").order_by("id"))
    return Delivery.objects.select_related("source").prefetch_related(files).order_by("-id")[:limit]


def one(number: int) -> Delivery | None:
    """A delivery with its source and files, or None."""
    files = Prefetch("files", DeliveryFile.objects.select_related("table").order_by("id"))
    return Delivery.objects.select_related("source").prefetch_related(files).filter(pk=number).first()


def faults_of(file: DeliveryFile, language: str) -> list[Fault]:
    """The faults of a file's rejected rows, the most frequent first; values of rows are not shown."""
    counted = file.rejected_rows.values("column", "reason").annotate(rows=Count("id"), first=Min("line"))
    return [
        Fault(
            c["column"],
            c["reason"],
            summary(c["reason"], c["column"], language),
            c["rows"],
            c["first"],
        )
        for c in counted.order_by("-rows", "column", "reason")
    ]


def rejected_csv(file: DeliveryFile) -> bytes:
    """The rejected rows in the source's own form, with one more column that says why.

    Delivered again under the name of `rejected_name`, corrected, they go in and nothing is closed.
    """
    mapping = mapping_of(file.delivery.source.key)
    rows = file.rejected_rows.order_by("line", "id")
    out = io.StringIO(newline="")
    out.write(f"{file.header}{mapping.delimiter}{REASON_COLUMN}\r\n")
    for _, faults in groupby(rows.iterator(), key=lambda row: row.line):
        listed = list(faults)
        why = " ".join(sentence(f.reason, f.column, f.value, f.hint, "da") for f in listed)
        out.write(f"{listed[0].raw}{mapping.delimiter}{_quoted(why)}\r\n")
    return out.getvalue().encode(mapping.encoding, errors="replace")


def rejected_name(file: DeliveryFile) -> str:
    """The file name under which corrected rows are delivered again."""
    return f"{file.table.name}_AFVIST_{file.pk}.csv" if file.table else ""


def _quoted(text: str) -> str:
    line = io.StringIO(newline="")
    csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="").writerow([text])
    return line.getvalue()
