"""A complaint as the citizen reads it, in plain words."""

from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from helhed.coordination.handover.sanctions.answers import OwnComplaint
from helhed.coordination.handover.sanctions.models import DECIDES, Complaint, ComplaintStep, Sanction
from helhed.coordination.handover.sanctions.words import FOR_YOU, OWN_STEPS
from helhed.sharing.hatch import label_of_unit
from helhed.sharing.ledger.standing import holders
from helhed.sharing.mandates.standing import names_of

TOLD = ("kept", "partly", "agreed", "changed")
"""The steps whose reason is written to the citizen."""


def own_complaint(row: Sanction, complaint: Complaint, may_answer: bool, language: str) -> OwnComplaint:
    """One complaint. `may_answer`: the reader is the citizen, or may answer for the citizen."""
    steps = list(ComplaintStep.objects.filter(complaint=complaint).order_by("number"))
    headline, what_now = _now(row, complaint, language)
    return OwnComplaint(
        state=complaint.state,
        headline=headline,
        what_now=what_now,
        received_on=complaint.received_on,
        in_time=bool(complaint.in_time),
        words=steps[0].note,
        happened=tuple(_line(step) for step in steps),
        may_take_back=may_answer and complaint.ended_at is None,
    )


def _line(step: ComplaintStep) -> tuple[date, str, str]:
    said = str(OWN_STEPS[step.kind])
    if step.mandate:
        said = str(FOR_YOU[step.kind]) % {"name": names_of([step.mandate]).get(step.mandate, "")}
    note = step.note if step.kind in TOLD else ""
    return step.on_day or timezone.localdate(step.at), said, note


def _now(row: Sanction, complaint: Complaint, language: str) -> tuple[str, str]:
    """How far the complaint is, and what happens now."""
    if complaint.ended_at is not None:
        return ENDED[complaint.state]()
    unit = label_of_unit(holders(row.person_key)[DECIDES].unit, language)
    if complaint.state == "sent":
        return _("Din klage ligger hos Ankestyrelsen"), _("De skriver selv til dig. Det kan tage lang tid.")
    if complaint.state == "kept":
        return _("Vi giver dig ikke ret i det hele"), _(
            "Vi sender din klage til Ankestyrelsen. Du får et brev, når det er sket."
        )
    said = {"unit": unit, "day": date_format(complaint.due_on, "DATE_FORMAT") if complaint.due_on else ""}
    if complaint.state == "returned":
        return _("Ankestyrelsen vil have, at vi ser på sagen igen"), _(
            "%(unit)s gør det senest %(day)s. Så får du et brev."
        ) % said
    return _("Vi har fået din klage"), _(
        "%(unit)s ser på sagen igen senest %(day)s. Så får du et brev."
    ) % said


ENDED = {
    "agreed": lambda: (_("Du fik ret i din klage"), _("Beslutningen er ændret.")),
    "changed": lambda: (_("Du fik ret hos Ankestyrelsen"), _("Beslutningen er ændret.")),
    "confirmed": lambda: (_("Ankestyrelsen er enig med os"), _("Beslutningen bliver ikke ændret.")),
    "dismissed": lambda: (_("Ankestyrelsen tager ikke klagen op"), _("Beslutningen bliver ikke ændret.")),
    "rekept": lambda: (_("Vi holder fast efter at have set på sagen igen"), _("Du kan klage igen.")),
    "taken-back": lambda: (_("Du har taget klagen tilbage"), _("Beslutningen bliver ikke ændret.")),
}
