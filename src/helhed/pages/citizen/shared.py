"""Hvad deles om mig: what the other administration may see right now, on which ground, until when."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from helhed.pages.citizen.door import Reader, own_or_for, page
from helhed.pages.citizen.picture import ways_shared
from helhed.sharing.asking import own
from helhed.sharing.asking.answers import SharedRow


@require_GET
@own_or_for("see")
def shared(request: HttpRequest, reader: Reader) -> HttpResponse:
    """What is shared, one block for each ground that opens it, and the button that stops it."""
    sharing = own.shared(**reader.asking)
    may_stop = reader.acting is None or "consent" in {choice.key for choice in reader.acting.scope}
    return page(request, "shared", reader, blocks=_blocks(sharing.rows), may_stop=may_stop)


def _blocks(rows: tuple[SharedRow, ...]) -> list[dict[str, Any]]:
    """Rows that rest on the same consent (or the same other ground) are told together."""
    alike = groupby(sorted(rows, key=_ground), key=_ground)
    blocks = [list(together) for _ground_of, together in alike]
    return [
        {
            "consent": first.consent,
            "ground": first.ground_label,
            "until": first.until,
            "ways": ways_shared(block),
        }
        for block in blocks
        for first in block[:1]
    ]


def _ground(row: SharedRow) -> tuple[str, str, UUID | str]:
    return ("" if row.consent else "other", row.ground_label, str(row.consent or ""))
