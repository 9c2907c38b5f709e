"""Who stood in which target group, when, by which version of the group, and since when we knew."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q


class DateRange(Func):
    """PostgreSQL's daterange(start, end), half-open, open end for null."""

    function = "daterange"
    output_field = DateRangeField()


class GroupVersion(models.Model):
    """One dated version of a target group, as its text was when it was counted. A changed text is a new row."""

    key = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    digest = models.CharField(max_length=64, help_text="of the criteria and all they lean on")
    first_counted = models.DateTimeField(auto_now_add=True)
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="group_version_once",
                fields=["key", "valid_from", "valid_to", "digest"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="group_version_forward",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
            ),
        ]


class Spell(models.Model):
    """A person in a group version, [start, end). `certain` false means unknown: the sources did not say enough."""

    person = models.ForeignKey("register.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    version = models.ForeignKey(GroupVersion, on_delete=models.PROTECT, db_index=False)
    certain = models.BooleanField()
    start = models.DateField()
    end = models.DateField(null=True)
    known_from = models.DateTimeField()
    known_to = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="spell_forward", condition=Q(end__isnull=True) | Q(end__gt=F("start"))
            ),
            models.CheckConstraint(
                name="spell_known_forward",
                condition=Q(known_to__isnull=True) | Q(known_to__gt=F("known_from")),
            ),
            ExclusionConstraint(
                name="spell_one_value_a_day",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("version", RangeOperators.EQUAL),
                    (DateRange("start", "end"), RangeOperators.OVERLAPS),
                ],
                condition=Q(known_to__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["version", "start"], condition=Q(known_to__isnull=True), name="spell_version_start"
            ),
            models.Index(fields=["person"], name="spell_person"),
        ]


class Recount(models.Model):
    """One counting: of everyone or of those a delivery touched, under which catalogue, with what outcome."""

    at = models.DateTimeField()
    delivery = models.BigIntegerField(
        null=True, help_text="id of the delivery that caused it; null for a full count"
    )
    everyone = models.BooleanField()
    catalogue = models.CharField(max_length=64, help_text="digest of the catalogue")
    people = models.IntegerField()
    spells_new = models.IntegerField()
    spells_closed = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["-at"], name="recount_at")]


class Change(models.Model):
    """A person's standing in a group changed with a recount: seen on the day of the recount, or only in the past."""

    IN, OUT, UNSURE, CORRECTED = "in", "out", "unsure", "corrected"

    recount = models.ForeignKey(Recount, on_delete=models.PROTECT, db_index=False)
    person = models.ForeignKey("register.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    group_key = models.CharField(max_length=40)
    what = models.CharField(max_length=10, choices=[(w, w) for w in (IN, OUT, UNSURE, CORRECTED)])
    on = models.DateField(help_text="the day the new standing begins, or the first day corrected")
    found_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="change_once", fields=["recount", "person", "group_key"]),
            models.CheckConstraint(
                name="change_what_known", condition=Q(what__in=["in", "out", "unsure", "corrected"])
            ),
        ]
        indexes = [models.Index(fields=["group_key", "-found_at"], name="change_group_found")]
