"""The steward's door to persons who were known as two: what followed from the one to the other, and what was parted again."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import override

from helhed.accounts.models import User
from helhed.coordination.handover.chain.models import Merged
from helhed.coordination.handover.work.accounting import PAGE, allow
from helhed.sharing.ledger.models import Holding


@dataclass(frozen=True)
class MergedRow:
    """One time that two persons who had a ledger became one. `holding`: whose responsibility stands, in words. `followed`: what
    came under the key of who is left, (words, how many). `chains`: the hand-overs among it. `parted_at`: they are two again."""

    followed_at: datetime
    parted_at: datetime | None
    holding: str
    followed: tuple[tuple[str, int], ...]
    chains: tuple[UUID, ...]


def merges(*, by: User, language: str, page: int = 1) -> tuple[tuple[MergedRow, ...], int]:
    """Those that concerned a ledger, the newest first, fifty a page, and how many there are. Nobody is named: who said so, of
    whom and why stands in the log. NoAccess for others than the steward."""
    allow(by)
    had = Holding.objects.filter(person_key=OuterRef("gone"))
    rows = Merged.objects.filter(Exists(had)).order_by("-followed_at", "pk")
    first = (max(page, 1) - 1) * PAGE
    with override(language):
        return tuple(_row(row) for row in rows[first : first + PAGE]), rows.count()


def _row(row: Merged) -> MergedRow:
    kinds = {
        "chains": _("overdragelser"),
        "tasks": _("opgaver"),
        "sanctions": _("sanktioner"),
        "letters": _("breve"),
        "attachments": _("tilknytninger til en fælles indgang"),
    }
    followed = tuple((label, len(row.rows.get(kind, ()))) for kind, label in kinds.items())
    carried, own = _("Den andens ansvar fulgte med"), _("Eget ansvar blev, hvor det var")
    return MergedRow(
        followed_at=row.followed_at,
        parted_at=row.parted_at,
        holding=carried if row.carried else own,
        followed=tuple((label, number) for label, number in followed if number),
        chains=tuple(UUID(key) for key in row.rows.get("chains", ())),
    )
