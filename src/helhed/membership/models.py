"""Who stood in which target group, when, by which version of the group, and since when we knew."""

from django.db import models
from django.db.models import F, Q


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
    """A person in a group version, [start, end). `certain` false means unknown: the sources did not say enough.

    That person and version exist, and that a person has one value a day in a version, is held by triggers that look at
    all rows of a statement together (migrations/0004_guards.py).
    """

    person = models.ForeignKey(
        "register.Person", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    version = models.ForeignKey(GroupVersion, on_delete=models.PROTECT, db_index=False, db_constraint=False)
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
            models.UniqueConstraint(
                name="spell_starts_once",
                fields=["person", "version", "start"],
                condition=Q(known_to__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["version", "start"], condition=Q(known_to__isnull=True), name="spell_version_start"
            ),
        ]


class Recount(models.Model):
    """One counting: what caused it, of whom, under which catalogue, with what outcome.

    `day` is the day standings were compared on. It never goes back; the latest is the last day seen, and a counting of
    cause "day" says that a new one began. Everyone's standing on the last day seen is the sum of the change rows.
    """

    EVERYONE, DELIVERY, GROUPS, PEOPLE, DAY = "everyone", "delivery", "groups", "people", "day"
    CAUSES = (EVERYONE, DELIVERY, GROUPS, PEOPLE, DAY)

    at = models.DateTimeField()
    day = models.DateField()
    cause = models.CharField(max_length=10, choices=[(c, c) for c in CAUSES])
    delivery = models.BigIntegerField(null=True, help_text="id of the delivery that caused it, if one did")
    merged = models.BigIntegerField(null=True, help_text="id of the merge of persons that caused it")
    unmerged = models.BigIntegerField(null=True, help_text="id of the merge whose undoing caused it")
    everyone = models.BooleanField()
    catalogue = models.CharField(max_length=64, help_text="digest of the catalogue")
    people = models.IntegerField()
    spells_new = models.IntegerField()
    spells_closed = models.IntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="recount_cause_known",
                condition=Q(cause__in=["everyone", "delivery", "groups", "people", "day"]),
            ),
            models.CheckConstraint(
                name="recount_delivery_named",
                condition=Q(cause="delivery", delivery__isnull=False)
                | (~Q(cause="delivery") & Q(delivery__isnull=True)),
            ),
            models.CheckConstraint(
                name="recount_people_named",
                condition=Q(cause="people", merged__isnull=True, unmerged__isnull=False)
                | Q(cause="people", merged__isnull=False, unmerged__isnull=True)
                | (~Q(cause="people") & Q(merged__isnull=True, unmerged__isnull=True)),
            ),
            models.UniqueConstraint(name="recount_day_turned_once", fields=["day"], condition=Q(cause="day")),
        ]
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


class Draft(models.Model):
    """A target group on the workbench: its words, its criterion as YAML, and how far it is on its way.

    draft → sent → adopted | rejected; withdrawn by whoever drew it. A rejected or withdrawn one is a draft again when it
    is saved. `owner` drew it, `sent_by` sent it, `decided_by` is a third or at least another. `edition` counts savings.
    """

    DRAFT, SENT, ADOPTED, REJECTED, WITHDRAWN = "draft", "sent", "adopted", "rejected", "withdrawn"
    STATES = (DRAFT, SENT, ADOPTED, REJECTED, WITHDRAWN)

    key = models.CharField(max_length=40)
    label_da = models.CharField(max_length=200)
    label_en = models.CharField(max_length=200)
    base_key = models.CharField(max_length=40, blank=True, default="", help_text="the group it starts from")
    criteria = models.TextField(help_text="one criterion, YAML")
    note = models.TextField(blank=True, default="", help_text="why, in the drawer's words")
    owner = models.CharField(max_length=80)
    shared = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=[(s, s) for s in STATES], default=DRAFT)
    sent_by = models.CharField(max_length=80, blank=True, default="")
    sent_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, default="", help_text="why it was rejected")
    valid_from = models.DateField(null=True, help_text="the day it is in force from, once adopted")
    changed_at = models.DateTimeField()
    edition = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="draft_state_known",
                condition=Q(state__in=["draft", "sent", "adopted", "rejected", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="draft_key_is_a_key", condition=Q(key__regex=r"^[A-Za-z0-9][A-Za-z0-9-]*$")
            ),
            models.CheckConstraint(
                name="draft_has_words", condition=~Q(label_da="") & ~Q(label_en="") & ~Q(owner="")
            ),
            models.CheckConstraint(
                name="draft_sent_by_somebody",
                condition=Q(state__in=["draft", "withdrawn"]) | (~Q(sent_by="") & Q(sent_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="draft_decided_by_another",
                condition=Q(state__in=["draft", "sent", "withdrawn"], decided_by="", decided_at__isnull=True)
                | (
                    Q(state__in=["adopted", "rejected"], decided_at__isnull=False)
                    & ~Q(decided_by="")
                    & ~Q(decided_by=F("owner"))
                    & ~Q(decided_by=F("sent_by"))
                ),
            ),
            models.CheckConstraint(
                name="draft_rejected_with_a_reason", condition=~Q(state="rejected") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="draft_adopted_from_a_day",
                condition=Q(state="adopted", valid_from__isnull=False)
                | (~Q(state="adopted") & Q(valid_from__isnull=True)),
            ),
        ]
        indexes = [models.Index(fields=["owner", "-changed_at"], name="draft_owner_changed")]

    def label(self, language: str) -> str:
        """Its name in `da` or `en`."""
        return self.label_en if language == "en" else self.label_da


class Adoption(models.Model):
    """A version of a target group that was drawn here and approved by another. Never edited, never removed.

    The version before it stays, and gives way on `valid_from`. `counted_at`: when the people in it were first counted.
    """

    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, related_name="adoption")
    key = models.CharField(max_length=40)
    label_da = models.CharField(max_length=200)
    label_en = models.CharField(max_length=200)
    valid_from = models.DateField()
    criteria = models.TextField()
    drafted_by = models.CharField(max_length=80)
    approved_by = models.CharField(max_length=80)
    at = models.DateTimeField()
    counted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="adoption_once_a_day", fields=["key", "valid_from"]),
            models.CheckConstraint(
                name="adoption_by_two", condition=~Q(approved_by=F("drafted_by")) & ~Q(approved_by="")
            ),
            models.CheckConstraint(
                name="adoption_counted_after",
                condition=Q(counted_at__isnull=True) | Q(counted_at__gte=F("at")),
            ),
        ]
