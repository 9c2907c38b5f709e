"""A proposal as it was written down: its terms, and whose turn it is."""

from helhed.accounts.models import User
from helhed.coordination.handover.adoption.models import AdoptedModel
from helhed.coordination.handover.adoption.terms import Terms
from helhed.sharing.policy import above


def terms_of(row: AdoptedModel) -> Terms:
    """The terms that were proposed."""
    said = {name: getattr(row, name) for name in Terms.__dataclass_fields__}
    return Terms(**said | {"settled": tuple(row.settled)})


def other_side(by: User, row: AdoptedModel) -> bool:
    """Whether a user belongs to the other administration than the one that proposed."""
    return bool(by.unit) and above(by.unit)[-1] != above(row.proposed_unit)[-1]
