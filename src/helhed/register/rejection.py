"""Keeping rows aside that cannot go in, each with its faults."""

import pyarrow as pa

from helhed.register import wire
from helhed.register.files import DeliveredFile
from helhed.register.findings import Fault
from helhed.register.models import DeliveryFile

_COLUMNS = ("line", "column", "reason", "value", "hint", "raw")


def reject(row: DeliveryFile, faults: list[Fault]) -> int:
    """Write faults of a file; answers how many rows they are in."""
    if not faults:
        return 0
    columns = {name: [getattr(fault, name) for fault in faults] for name in _COLUMNS}
    wire.put("register_rejectedrow", pa.table({"file_id": [row.pk] * len(faults), **columns}))
    return len(set(columns["line"]))


def reject_lines(
    row: DeliveryFile, file: DeliveredFile, reason: str, lines: list[int], values: list[str], hints: list[str]
) -> None:
    """Reject rows that were good until they were seen together, by their key; their text is read again."""
    text = file.lines(lines)
    faults = [
        Fault(line, file.table.key[0], reason, value, hint, text[line])
        for line, value, hint in zip(lines, values, hints, strict=True)
    ]
    row.rejected += reject(row, faults)
