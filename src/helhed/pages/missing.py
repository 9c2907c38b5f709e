"""An address with the number of something: what is not there, and what is not the reader's, are answered alike. Both leave a
line in the log, which the steward finds."""

from collections.abc import Mapping

from django.db.models import Model
from django.http import Http404, HttpRequest

from helhed.accounts.models import Visit as LogIn
from helhed.audit.covering import was_denied
from helhed.audit.models import Event
from helhed.coordination.advis.models import Notice
from helhed.coordination.handover.adoption.models import AdoptedModel
from helhed.coordination.handover.chain.models import Chain
from helhed.coordination.handover.entrances.models import (
    Appointment,
    Attachment,
    Entrance,
    Outreach,
    Team,
    Visit,
)
from helhed.coordination.handover.letters.models import Letter
from helhed.coordination.handover.sanctions.models import Sanction
from helhed.coordination.handover.tasks.models import Task
from helhed.membership.models import Draft
from helhed.register.models import Delivery, DeliveryFile, Person
from helhed.sharing.access.models import Shield
from helhed.sharing.consent.models import Consent, Receipt
from helhed.sharing.mandates.models import Mandate
from helhed.sharing.prying import turned_away
from helhed.sharing.safeguards.models import Emergency, Sample, SampledLook, Watch

KINDS: dict[str, tuple[type[Model], ...]] = {
    "adoption": (AdoptedModel,),
    "appointment": (Appointment,),
    "attachment": (Attachment,),
    "chain": (Chain,),
    "consent": (Consent,),
    "delivery": (Delivery,),
    "draft": (Draft,),
    "emergency": (Emergency,),
    "entrance": (Entrance,),
    "file": (DeliveryFile,),
    "item": (Consent, Mandate),
    "letter": (Letter,),
    "line": (Event,),
    "log-in": (LogIn,),
    "look": (SampledLook,),
    "mandate": (Mandate,),
    "notice": (Notice,),
    "outreach": (Outreach,),
    "person": (Person,),
    "receipt": (Receipt,),
    "sample": (Sample,),
    "sanction": (Sanction,),
    "shield": (Shield,),
    "task": (Task,),
    "team": (Team,),
    "visit": (Visit,),
    "watch": (Watch,),
}
"""What has a number in an address or a form, and where it is kept."""
CALLED = {"given": "mandate", "event": "line", "other": "draft"}
"""What an address calls it, where that is another word."""
NUMBERED = {
    "delivery": "delivery",
    "delivery-state": "delivery",
    "delivery-confirm": "delivery",
    "delivery-refuse": "delivery",
    "delivery-rejected": "file",
    "sample": "sample",
    "sample-judge": "sample",
    "sample-file": "sample",
    "shield-end": "shield",
    "workshop-draft": "draft",
    "workshop-send": "draft",
    "workshop-share": "draft",
    "workshop-withdraw": "draft",
    "workshop-decide": "draft",
    "workshop-try": "draft",
    "workshop-compare": "draft",
    "workshop-compare-group": "draft",
}
"""What the number is in addresses that only call it that."""


class Missing(Http404):
    """What an address or a form names by this number is not there for the reader. `kind`, where the address does not say it."""

    def __init__(self, number: object, kind: str = "") -> None:
        super().__init__(str(number))
        self.number, self.kind = number, kind


def not_found(request: HttpRequest, missing: Missing) -> None:
    """The line of somebody who was told that there is no such thing."""
    kind = missing.kind or kind_of(request, missing.number)
    if kind:
        _line(request, kind, missing.number)


def not_let_in(request: HttpRequest) -> None:
    """The line of somebody who was told that it is closed, where the room that said so has written none."""
    named = asked_for(request)
    if named and not was_denied():
        _line(request, *named[-1])


def asked_for(request: HttpRequest) -> list[tuple[str, object]]:
    """What the address of a page names by number: its kind and the number, in the order of the address."""
    match = request.resolver_match
    if match is None:
        return []
    return kinds_in(match.view_name, match.kwargs)


def kinds_in(name: str, named: Mapping[str, object]) -> list[tuple[str, object]]:
    """The same of an address with this name and these parts."""
    found = [
        (NUMBERED.get(name, "") if part == "number" else CALLED.get(part, part), named[part])
        for part in named
    ]
    return [(kind, number) for kind, number in found if kind in KINDS]


def kind_of(request: HttpRequest, number: object) -> str:
    """What kind of thing the address names by this number; "" where it names none."""
    return next((kind for kind, each in asked_for(request) if str(each) == str(number)), "")


def _line(request: HttpRequest, kind: str, number: object) -> None:
    field = "key" if kind == "person" else "pk"
    found = [model.objects.filter(**{field: number}).exists() for model in KINDS[kind]]
    turned_away(by=request.user, kind=kind, asked=[number], there=[number] if any(found) else [])
