"""Letters to citizens: what was written, once for each step and kind, and how far it has come."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

QUESTION = "question-waits"
KINDS = (
    "consent-question",
    QUESTION,
    "decision",
    "moved",
    "not-moved",
    "delayed",
    "returning",
    "returned",
    "sanction-hearing",
    "sanction-effected",
    "sanction-cancelled",
    "sanction-reversed",
    "sanction-repaid",
    "complaint-received",
    "complaint-sent",
    "complaint-ended",
    "acted-for",
    "entrance-invited",
    "entrance-welcome",
    "entrance-ended",
    "reorganised",
)
PORTAL, PRINT = "portal", "print"


class Letter(models.Model):
    """A letter as it was written; its words are never changed, and a step has one of a kind to a citizen.

    `texts` is {"da": …, "en": …}, each {"title", "lead", "parts": [{"head", "text"}], "appeal"}; `language` is the one it is
    sent in. `hash` is SHA-256 over the texts. `about` names the hand-over, sanction, entrance or reorganisation, `step` the
    act it follows from. `unit` is the sender. `channel`: read on the citizen's own page, or printed and sent.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_key = models.UUIDField()
    kind = models.CharField(max_length=20, choices=[(kind, kind) for kind in KINDS])
    about = models.UUIDField(null=True)
    step = models.UUIDField()
    unit = models.CharField(max_length=160)
    language = models.CharField(max_length=2, choices=[("da", "da"), ("en", "en")], default="da")
    texts = models.JSONField()
    hash = models.CharField(max_length=64)
    channel = models.CharField(max_length=6, choices=[(PORTAL, PORTAL), (PRINT, PRINT)])
    written_by = models.CharField(max_length=80)
    written_at = models.DateTimeField(db_default=Now(), editable=False)
    printed_at = models.DateTimeField(null=True, help_text="when it was marked as printed and sent")
    printed_by = models.CharField(max_length=80, blank=True, default="")
    read_at = models.DateTimeField(null=True, help_text="when it was first opened on the citizen's own page")
    read_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="letter_once", fields=["step", "kind", "person_key"]),
            models.CheckConstraint(name="letter_kind_known", condition=Q(kind__in=KINDS)),
            models.CheckConstraint(name="letter_channel_known", condition=Q(channel__in=[PORTAL, PRINT])),
            models.CheckConstraint(name="letter_language_known", condition=Q(language__in=["da", "en"])),
            models.CheckConstraint(
                name="letter_printed_pair",
                condition=Q(printed_at__isnull=True, printed_by="")
                | (Q(printed_at__isnull=False) & ~Q(printed_by="")),
            ),
            models.CheckConstraint(
                name="letter_read_pair",
                condition=Q(read_at__isnull=True, read_by="") | (Q(read_at__isnull=False) & ~Q(read_by="")),
            ),
        ]
        indexes = [
            models.Index(fields=["person_key", "-written_at"], name="letter_of_person"),
            models.Index(
                fields=["written_at"],
                condition=Q(printed_at__isnull=True, read_at__isnull=True),
                name="letter_waiting",
            ),
        ]

    @property
    def state(self) -> str:
        """How far it has come: "written", "printed" or "read"."""
        return "read" if self.read_at else "printed" if self.printed_at else "written"


class Contact(models.Model):
    """How a unit is reached from a moment on; the newest of a unit holds, and what was said before is never changed.

    `phone` is eight digits in pairs ("12 34 56 78"). `hours` is when it is answered, in words; "" in English: as in Danish.
    """

    unit = models.CharField(max_length=160)
    phone = models.CharField(max_length=11)
    hours_da = models.CharField(max_length=80, blank=True)
    hours_en = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=120, blank=True)
    said_by = models.CharField(max_length=80)
    said_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contact_phone_danish", condition=Q(phone__regex=r"^[0-9]{2}( [0-9]{2}){3}$")
            )
        ]
        indexes = [models.Index(fields=["unit", "-id"], name="contact_of_unit")]
