"""Joint entrances: one house where both administrations meet a citizen. No authority moves; the ledger is not touched.

The database holds that an entrance rests on an adopted model of that kind, that a citizen is attached once to an entrance and
only with a yes, and that a visit stays as it was written. See migrations/0002_rules.py.
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

MODELS = ("6", "7", "8A", "8B", "8C", "8D", "8E")
"""The models of the catalogue that are joint entrances."""
PLANNED, OPEN, CLOSED = "planned", "open", "closed"
STATES = (PLANNED, OPEN, CLOSED)
FIXED, ROTATING = "A", "B"
INVITED, ATTACHED, DECLINED, LEFT = "invited", "attached", "declined", "left"
RUNNING = (INVITED, ATTACHED)
STANDINGS = (*RUNNING, DECLINED, LEFT)
HOW = ("portal", "person", "mandate")
REASONS = ("wish", "group", "closed", "death", "moved-away")
"""Why somebody left: the own wish, no longer in the group, the entrance closed."""
SIDES = ("bif", "sof", "both")
KINDS = ("shelter", "housing", "other")


class Entrance(models.Model):
    """A joint entrance: where it is, for which adopted model, how it is staffed, and whether it is open.

    `staffing`: "A" a fixed team, "B" rotating days. `begun_at`: when those who were in the group from the start were invited.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    adoption = models.UUIDField()
    model = models.CharField(max_length=10, choices=[(model, model) for model in MODELS])
    name = models.CharField(max_length=120)
    place = models.CharField(max_length=120, blank=True, default="", help_text="house, floor, door")
    address = models.CharField(max_length=200)
    staffing = models.CharField(max_length=1, choices=[(FIXED, FIXED), (ROTATING, ROTATING)])
    state = models.CharField(max_length=10, choices=[(s, s) for s in STATES], default=PLANNED)
    made_by = models.CharField(max_length=80)
    made_unit = models.CharField(max_length=160)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    opened_at = models.DateTimeField(null=True)
    opened_by = models.CharField(max_length=80, blank=True, default="")
    begun_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(name="entrance_of_a_joint_model", condition=Q(model__in=MODELS)),
            models.CheckConstraint(name="entrance_state_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(
                name="entrance_staffing_known", condition=Q(staffing__in=[FIXED, ROTATING])
            ),
            models.CheckConstraint(name="entrance_named", condition=~Q(name="") & ~Q(address="")),
            models.UniqueConstraint(
                name="entrance_one_running", fields=["adoption"], condition=~Q(state=CLOSED)
            ),
            models.CheckConstraint(
                name="entrance_state_whole",
                condition=Q(state=PLANNED, opened_at__isnull=True, closed_at__isnull=True)
                | Q(state=OPEN, opened_at__isnull=False, closed_at__isnull=True)
                | (Q(state=CLOSED, closed_at__isnull=False) & ~Q(closed_by="")),
            ),
        ]


class Hours(models.Model):
    """When an entrance is open on a weekday (0 Monday to 6 Sunday); closed that day where both are empty."""

    entrance = models.ForeignKey(Entrance, on_delete=models.PROTECT, related_name="hours", db_index=False)
    weekday = models.SmallIntegerField()
    opens = models.TimeField(null=True)
    closes = models.TimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="hours_once_a_weekday", fields=["entrance", "weekday"]),
            models.CheckConstraint(name="hours_weekday", condition=Q(weekday__gte=0, weekday__lte=6)),
            models.CheckConstraint(
                name="hours_pair",
                condition=Q(opens__isnull=True, closes__isnull=True) | Q(closes__gt=F("opens")),
            ),
        ]


class Team(models.Model):
    """The people of one unit at an entrance. `focus` is a group of the catalogue where it is a sub-team, "" for everyone."""

    entrance = models.ForeignKey(Entrance, on_delete=models.PROTECT, related_name="teams")
    unit = models.CharField(max_length=160)
    focus = models.CharField(max_length=40, blank=True, default="")
    since = models.DateTimeField(db_default=Now(), editable=False)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="team_once", fields=["entrance", "unit", "focus"], condition=Q(until__isnull=True)
            ),
            models.CheckConstraint(
                name="team_of_either_side",
                condition=Q(unit__startswith="bif/")
                | Q(unit__startswith="sof/")
                | Q(unit__in=["bif", "sof"]),
            ),
        ]


class Member(models.Model):
    """An employee of a fixed team (staffing A), from one moment to another."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="members")
    username = models.CharField(max_length=80)
    since = models.DateTimeField(db_default=Now(), editable=False)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="member_once", fields=["team", "username"], condition=Q(until__isnull=True)
            ),
        ]


class RosterDay(models.Model):
    """An employee of a rotating team (staffing B) is at the entrance on this day."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="roster")
    username = models.CharField(max_length=80)
    day = models.DateField()
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="roster_once", fields=["team", "username", "day"], condition=Q(cancelled_at__isnull=True)
            ),
        ]
        indexes = [models.Index(fields=["day"], name="roster_of_day")]


class Outreach(models.Model):
    """The entrance comes out: to a shelter or housing, every week on a weekday or once on a day, between two hours."""

    entrance = models.ForeignKey(Entrance, on_delete=models.PROTECT, related_name="outreach")
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in KINDS])
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True, default="")
    weekday = models.SmallIntegerField(null=True)
    day = models.DateField(null=True)
    starts = models.TimeField()
    ends = models.TimeField()
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    since = models.DateTimeField(db_default=Now(), editable=False)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="outreach_kind_known", condition=Q(kind__in=KINDS)),
            models.CheckConstraint(name="outreach_named", condition=~Q(name="")),
            models.CheckConstraint(
                name="outreach_weekly_or_once",
                condition=Q(weekday__gte=0, weekday__lte=6, day__isnull=True)
                | Q(weekday__isnull=True, day__isnull=False),
            ),
            models.CheckConstraint(name="outreach_forward", condition=Q(ends__gt=F("starts"))),
        ]


class Attachment(models.Model):
    """A citizen and an entrance: invited, attached with the citizen's yes on [since, until), declined, or left.

    Being attached opens no information: what the other administration sees is decided by consent to sharing alone.
    `leaves_on`: the citizen is out of the group, and is attached no longer from this day unless that changes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entrance = models.ForeignKey(Entrance, on_delete=models.PROTECT, related_name="attached")
    person_key = models.UUIDField()
    state = models.CharField(max_length=10, choices=[(s, s) for s in STANDINGS], default=INVITED)
    invited_at = models.DateTimeField(db_default=Now(), editable=False)
    answered_at = models.DateTimeField(null=True)
    answered_how = models.CharField(max_length=10, blank=True, default="")
    answered_by = models.CharField(max_length=80, blank=True, default="")
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=10, blank=True, default="")
    leaves_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="attachment_state_known", condition=Q(state__in=STANDINGS)),
            models.CheckConstraint(name="attachment_reason_known", condition=Q(reason__in=["", *REASONS])),
            models.UniqueConstraint(
                name="attachment_one_open",
                fields=["entrance", "person_key"],
                condition=Q(state__in=RUNNING),
            ),
            models.CheckConstraint(
                name="attachment_answered_whole",
                condition=Q(answered_at__isnull=True, answered_how="", answered_by="")
                | (Q(answered_at__isnull=False, answered_how__in=HOW) & ~Q(answered_by="")),
            ),
            models.CheckConstraint(
                name="attachment_whole",
                condition=Q(
                    state=INVITED, answered_at__isnull=True, since__isnull=True, until__isnull=True, reason=""
                )
                | Q(state=DECLINED, answered_at__isnull=False, since__isnull=True, until__isnull=True)
                | Q(state=ATTACHED, answered_at__isnull=False, since__isnull=False, until__isnull=True)
                | (Q(state=LEFT, until__isnull=False) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="attachment_forward",
                condition=(Q(since__isnull=True) | Q(since__gte=F("invited_at")))
                & (Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gt=F("since"))),
            ),
            models.CheckConstraint(
                name="attachment_leaves_while_attached",
                condition=Q(leaves_on__isnull=True) | Q(state__in=[ATTACHED, LEFT]),
            ),
        ]
        indexes = [
            models.Index(fields=["person_key"], name="attachment_of_person"),
            models.Index(fields=["leaves_on"], condition=Q(state=ATTACHED), name="attachment_leaving"),
        ]


class Appointment(models.Model):
    """When an attached citizen is expected, and by which side or both; at the house, or where the entrance comes out."""

    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="appointments")
    at = models.DateTimeField()
    sides = models.CharField(max_length=4, choices=[(side, side) for side in SIDES])
    outreach = models.ForeignKey(
        Outreach, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    noted_by = models.CharField(max_length=80)
    noted_unit = models.CharField(max_length=160)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="appointment_sides_known", condition=Q(sides__in=SIDES)),
            models.UniqueConstraint(
                name="appointment_once",
                fields=["attachment", "at"],
                condition=Q(cancelled_at__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["at"], condition=Q(cancelled_at__isnull=True), name="appointment_at")]


class Visit(models.Model):
    """An attached citizen came, and which sides served the citizen when. `avoided`: both did, so a second visit elsewhere was
    not needed. What is written stays: a side serves once, and a visit that is over is over."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="visits")
    day = models.DateField()
    came_at = models.DateTimeField(db_default=Now(), editable=False)
    came_by = models.CharField(max_length=80, help_text="who wrote down that the citizen came")
    outreach = models.ForeignKey(
        Outreach, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    bif_at = models.DateTimeField(null=True)
    bif_by = models.CharField(max_length=80, blank=True, default="")
    bif_unit = models.CharField(max_length=160, blank=True, default="")
    sof_at = models.DateTimeField(null=True)
    sof_by = models.CharField(max_length=80, blank=True, default="")
    sof_unit = models.CharField(max_length=160, blank=True, default="")
    over_at = models.DateTimeField(null=True)
    avoided = models.GeneratedField(
        expression=Q(bif_at__isnull=False, sof_at__isnull=False),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="visit_one_running", fields=["attachment"], condition=Q(over_at__isnull=True)
            ),
            models.CheckConstraint(
                name="visit_served_by_bif",
                condition=Q(bif_at__isnull=True, bif_by="", bif_unit="")
                | (
                    Q(bif_at__isnull=False)
                    & ~Q(bif_by="")
                    & (Q(bif_unit="bif") | Q(bif_unit__startswith="bif/"))
                ),
            ),
            models.CheckConstraint(
                name="visit_served_by_sof",
                condition=Q(sof_at__isnull=True, sof_by="", sof_unit="")
                | (
                    Q(sof_at__isnull=False)
                    & ~Q(sof_by="")
                    & (Q(sof_unit="sof") | Q(sof_unit__startswith="sof/"))
                ),
            ),
        ]
        indexes = [models.Index(fields=["day"], name="visit_of_day")]


class Heard(models.Model):
    """A counting whose changes have been turned into invitations and departures."""

    recount = models.BigIntegerField(unique=True)
    invited = models.IntegerField()
    leaving = models.IntegerField()
    at = models.DateTimeField(db_default=Now(), editable=False)
