"""What remains to be done for a citizen: it lies with a part of the responsibility, and so with whoever holds the part.

A task names no unit. That is why none is left behind, or half moved, when responsibility moves.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import MD5, Now

from helhed.sharing.ledger.models import PARTS

OPEN, DONE, CANCELLED = "open", "done", "cancelled"
STATES = (OPEN, DONE, CANCELLED)


class Task(models.Model):
    """One thing to do for a citizen, by a day. What was written stays; a task is ended once, done or cancelled with a reason.

    The units are those whose employee wrote it and ended it, as the ledger had them then; they decide nothing. `form`: the
    form it was sent with, which writes the same task once however often, and at whatever instant, it is sent.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_key = models.UUIDField()
    part = models.CharField(max_length=30, choices=[(part, part) for part in PARTS])
    title = models.CharField(max_length=120)
    note = models.TextField(blank=True, default="")
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=[(s, s) for s in STATES], default=OPEN)
    created_by = models.CharField(max_length=80)
    created_unit = models.CharField(max_length=160)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    ended_by = models.CharField(max_length=80, blank=True, default="")
    ended_unit = models.CharField(max_length=160, blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=400, blank=True, default="")
    form = models.UUIDField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="task_part_known", condition=Q(part__in=PARTS)),
            models.CheckConstraint(name="task_state_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(name="task_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="task_ended_whole",
                condition=Q(state=OPEN, ended_at__isnull=True, ended_by="", ended_unit="", ended_why="")
                | (~Q(state=OPEN) & Q(ended_at__isnull=False) & ~Q(ended_by="") & ~Q(ended_unit="")),
            ),
            models.CheckConstraint(
                name="task_cancelled_with_reason", condition=~Q(state=CANCELLED) | ~Q(ended_why="")
            ),
            models.UniqueConstraint(
                "created_by",
                "form",
                "person_key",
                "part",
                "due_on",
                "title",
                MD5("note"),
                name="task_form_once",
            ),
        ]
        indexes = [
            models.Index(fields=["person_key", "part"], condition=Q(state=OPEN), name="task_open_of_person"),
            models.Index(fields=["due_on"], condition=Q(state=OPEN), name="task_due"),
        ]
