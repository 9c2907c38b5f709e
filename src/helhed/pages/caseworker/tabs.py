"""The sides of a citizen's page: only those that open to the one who reads."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from helhed.coordination.handover.sanctions import staff as sanctions
from helhed.pages import purposes
from helhed.sharing import naming

TABS: tuple[tuple[str, str, Promise], ...] = (
    ("citizen", "citizen", _("Overblik")),
    ("why", "why", _("Hvorfor / hvorfor ikke")),
    ("responsibility", "responsibility", _("Ansvar")),
    ("tasks", "citizen-tasks", _("Opgaver")),
    ("sanctions", "citizen-sanctions", _("Sanktioner")),
    ("letters", "citizen-letters", _("Breve")),
    ("consents", "citizen-consents", _("Samtykker")),
    ("mandates", "citizen-mandates", _("Fuldmagter")),
    ("looked", "citizen-looked", _("Hvem har set")),
)
"""Each with the name its pages give it, its address name and its title."""
NEEDS = {
    "tasks": "handover.work",
    "sanctions": "sanction.work",
    "letters": "handover.work",
    "consents": "consent.record",
    "mandates": "consent.record",
    "looked": "consent.record",
}
"""The permission a side asks for beside that of the citizen's page."""
OF_HANDOVERS = ("responsibility", "letters", "looked")
"""What tells of hand-overs, and so is for those who may know of them."""


@dataclass(frozen=True)
class Tab:
    """A side of the citizen's page."""

    key: str
    address: str
    title: Promise


def tabs_of(request: HttpRequest, person: UUID) -> list[Tab]:
    """The sides that open to the reader, for the purpose that was said. Nothing is shown by asking."""
    by, purpose = request.user, purposes.given(request.session, person) or purposes.DEFAULT
    closed = {key for key, permission in NEEDS.items() if not by.may(permission)}
    if not naming.opens(person, by=by, purpose=purpose, about="handover"):
        closed.update(OF_HANDOVERS)
    if "sanctions" not in closed and not sanctions.concerns(by=by, person=person):
        closed.add("sanctions")
    return [Tab(key, address, title) for key, address, title in TABS if key not in closed]
