"""People, their numbers, relations and facts, and the deliveries they came with.

What is told of a person is a *version*: true in `[true_from, true_to)`, known in `[known_from, known_to)`,
from one row of one delivered file. A version is never edited; when the source says otherwise its knowledge is
closed and a new version written.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast, Collate, Lower
from django.db.models.functions import Now as Moment

STATUSES = ["waiting", "running", "received", "held", "refused", "failed"]
MODES = ["full", "delta", "correction"]
GIVES = ["people", "relation", "fact"]
NUMBER_KINDS = ["cpr", "erstatning", "other"]


class RandomKey(Func):
    """PostgreSQL's gen_random_uuid()."""

    function = "gen_random_uuid"
    output_field = models.UUIDField()


class DateRange(Func):
    """PostgreSQL's daterange(start, end), half-open; null is unbounded."""

    function = "daterange"
    output_field = DateRangeField()


def danish_order(column: str) -> Collate:
    """A name as it is sorted and searched in Danish on any server: æ, ø, å last, case left out."""
    return Collate(Func(Lower(column), Value("æøåäö"), Value("{|}{|"), function="translate"), "C")


class Source(models.Model):
    """A case system that delivers."""

    key = models.CharField(max_length=60, unique=True)
    label_da = models.CharField(max_length=200)
    label_en = models.CharField(max_length=200)
    administration = models.CharField(max_length=20)
    priority = models.SmallIntegerField(help_text="whose name of a person is shown: the lowest")

    def __str__(self) -> str:
        return self.key


class SourceTable(models.Model):
    """One kind of file a source delivers; keys of rows are unique within it."""

    id = models.SmallAutoField(primary_key=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    name = models.CharField(max_length=60)
    gives = models.CharField(max_length=10, choices=[(g, g) for g in GIVES])

    class Meta:
        constraints = [
            models.UniqueConstraint(name="source_table_once", fields=["source", "name"]),
            models.CheckConstraint(name="source_table_gives_known", condition=Q(gives__in=GIVES)),
        ]


class Delivery(models.Model):
    """The files of one source delivered together: taken in as one transaction, or not at all.

    waiting → running → received | held | refused | failed. Held waits for a person to confirm or refuse.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    status = models.CharField(max_length=10, choices=[(s, s) for s in STATUSES])
    by = models.CharField(max_length=80, help_text="username; 'system' for the program itself")
    created = models.DateTimeField(db_default=Moment(), editable=False)
    received_at = models.DateTimeField(null=True, help_text="the moment from which its facts are known")
    ended = models.DateTimeField(null=True)
    confirmed = models.BooleanField(default=False, help_text="a person has said that it may close many facts")
    touches_everyone = models.BooleanField(default=False, help_text="too many people touched for change rows")
    message_da = models.TextField(blank=True, default="")
    message_en = models.TextField(blank=True, default="")
    killed = models.PositiveSmallIntegerField(
        db_default=0, help_text="how many times the program died while it took the delivery in"
    )
    progress_step = models.CharField(max_length=120, blank=True, default="")
    progress_done = models.BigIntegerField(default=0)
    progress_total = models.BigIntegerField(default=0)
    progress_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="delivery_status_known", condition=Q(status__in=STATUSES)),
            models.CheckConstraint(
                name="delivery_says_why",
                condition=~Q(status__in=["held", "refused", "failed"])
                | ~(Q(message_da="") | Q(message_en="")),
            ),
            models.CheckConstraint(
                name="delivery_received_has_moment",
                condition=~Q(status="received") | Q(received_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="delivery_one_running", fields=["source"], condition=Q(status="running")
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="delivery_waiting", condition=Q(status="waiting")),
            models.Index(fields=["source", "-received_at"], name="delivery_source_received"),
        ]

    def message(self, language: str) -> str:
        """The one sentence about how it went, in `da` or `en`; empty when there is nothing to say."""
        return self.message_en if language == "en" else self.message_da


class DeliveryFile(models.Model):
    """One file of a delivery and what became of its rows. No row is dropped unseen: the counts add up."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="files")
    table = models.ForeignKey(SourceTable, on_delete=models.PROTECT, null=True)
    mode = models.CharField(max_length=10, choices=[(m, m) for m in MODES], blank=True, default="")
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    path = models.CharField(max_length=400, help_text="below settings.DELIVERY_FOLDER")
    header = models.TextField(blank=True, default="")
    note_da = models.TextField(blank=True, default="", help_text="what a reader should know")
    note_en = models.TextField(blank=True, default="")
    read = models.IntegerField(default=0)
    new = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    deleted = models.IntegerField(default=0, help_text="rows of a delta that closed a fact")
    rejected = models.IntegerField(default=0)
    closed = models.IntegerField(default=0, help_text="facts closed because a full file no longer has them")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="file_every_row_counted",
                condition=Q(read=F("new") + F("changed") + F("unchanged") + F("deleted") + F("rejected")),
            ),
            models.CheckConstraint(
                name="file_counts_not_negative",
                condition=Q(
                    new__gte=0,
                    changed__gte=0,
                    unchanged__gte=0,
                    deleted__gte=0,
                    rejected__gte=0,
                    closed__gte=0,
                ),
            ),
            models.CheckConstraint(name="file_mode_known", condition=Q(mode__in=["", *MODES])),
            models.CheckConstraint(name="file_only_full_closes", condition=Q(closed=0) | Q(mode="full")),
            models.CheckConstraint(name="file_only_delta_deletes", condition=Q(deleted=0) | ~Q(mode="full")),
            models.UniqueConstraint(name="file_name_once", fields=["delivery", "name"]),
        ]


class RejectedRow(models.Model):
    """One fault of a row that did not go in. A row with two faults stands twice."""

    file = models.ForeignKey(
        DeliveryFile, on_delete=models.PROTECT, related_name="rejected_rows", db_index=False
    )
    line = models.IntegerField(help_text="line of the file, the header being 1")
    column = models.CharField(max_length=120)
    reason = models.CharField(max_length=20)
    value = models.CharField(max_length=200)
    hint = models.CharField(max_length=200, help_text="nearest known name, or the line it repeats")
    raw = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="rejected_fault_once", fields=["file", "line", "column", "reason"])
        ]


class Person(models.Model):
    """A person, whatever numbers and names the sources use. Other systems and addresses hold the `key`."""

    key = models.UUIDField(db_default=RandomKey(), unique=True, editable=False)
    created = models.DateTimeField(db_default=Moment(), editable=False)


class Term(models.Model):
    """A code of a kind of fact, as the catalogue names it; held once, referred to by a small number."""

    id = models.SmallAutoField(primary_key=True)
    kind = models.CharField(max_length=40)
    code = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(name="term_once", fields=["kind", "code"])]


class Unit(models.Model):
    """A unit of an administration, as the catalogue names it."""

    id = models.SmallAutoField(primary_key=True)
    key = models.CharField(max_length=160, unique=True)


class Version(models.Model):
    """What every version has: when it was known, and the row it came from.

    The references to table and file carry no row-by-row foreign key; a trigger checks the rows of each
    statement together (migrations/0002_guards.py says why).
    """

    table = models.ForeignKey(SourceTable, on_delete=models.PROTECT, db_constraint=False, db_index=False)
    source_key = models.CharField(max_length=80, db_collation="C")
    file = models.ForeignKey(DeliveryFile, on_delete=models.PROTECT, db_constraint=False, db_index=False)
    line = models.IntegerField()
    known_from = models.DateTimeField()
    known_to = models.DateTimeField(null=True)

    class Meta:
        abstract = True


def _version_constraints(name: str) -> list[models.BaseConstraint]:
    """One open version per source row; knowledge goes forward; a version has a key."""
    return [
        models.UniqueConstraint(
            name=f"{name}_one_open", fields=["table", "source_key"], condition=Q(known_to__isnull=True)
        ),
        models.CheckConstraint(
            name=f"{name}_known_forward", condition=Q(known_to__isnull=True) | Q(known_to__gt=F("known_from"))
        ),
        models.CheckConstraint(name=f"{name}_has_key", condition=~Q(source_key="")),
    ]


class PersonDetail(Version):
    """What one source calls a person."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_constraint=False, db_index=False)
    given_name = models.CharField(max_length=120)
    family_name = models.CharField(max_length=120)
    birth_date = models.DateField(null=True)
    protected = models.BooleanField(help_text="the address is protected")
    address = models.CharField(max_length=200, db_default="", default="")
    phone = models.CharField(max_length=30, db_default="", default="")

    class Meta:
        constraints = _version_constraints("detail")
        indexes = [
            models.Index(fields=["person"], name="detail_person"),
            models.Index(danish_order("family_name"), name="detail_family"),
            models.Index(danish_order("given_name"), name="detail_given"),
        ]


class Identifier(models.Model):
    """A number a person is known by, on which days, and since when we know. One person at a time."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_constraint=False)
    kind = models.CharField(max_length=10, choices=[(k, k) for k in NUMBER_KINDS])
    value = models.CharField(max_length=40)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    known_from = models.DateTimeField()
    known_to = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="identifier_kind_known", condition=Q(kind__in=NUMBER_KINDS)),
            models.CheckConstraint(
                name="identifier_ten_digits", condition=Q(kind="other") | Q(value__regex=r"^[0-9]{10}$")
            ),
            models.CheckConstraint(
                name="identifier_forward",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gt=F("valid_from")),
            ),
            models.CheckConstraint(
                name="identifier_known_forward",
                condition=Q(known_to__isnull=True) | Q(known_to__gt=F("known_from")),
            ),
            ExclusionConstraint(  # on the number, not its text: a fourth of the time
                name="identifier_one_person_a_time",
                expressions=[
                    (Cast("value", models.BigIntegerField()), RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                condition=Q(known_to__isnull=True) & ~Q(kind="other"),
            ),
            ExclusionConstraint(
                name="identifier_other_one_person",
                expressions=[
                    ("value", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                condition=Q(known_to__isnull=True, kind="other"),
            ),
        ]


class Merge(models.Model):
    """Two persons are one: `gone` is read as `kept` while this is known. Nothing moves; it can be undone."""

    gone = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by = models.CharField(max_length=80)
    reason = models.CharField(max_length=400)
    known_from = models.DateTimeField()
    known_to = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="merge_once", fields=["gone"], condition=Q(known_to__isnull=True)),
            models.CheckConstraint(name="merge_two_persons", condition=~Q(gone=F("kept"))),
            models.CheckConstraint(
                name="merge_known_forward",
                condition=Q(known_to__isnull=True) | Q(known_to__gt=F("known_from")),
            ),
        ]


class Relation(Version):
    """A parent and a child, true on the days [true_from, true_to)."""

    parent = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    true_from = models.DateField()
    true_to = models.DateField(null=True)

    class Meta:
        constraints = [
            *_version_constraints("relation"),
            models.CheckConstraint(
                name="relation_forward", condition=Q(true_to__isnull=True) | Q(true_to__gt=F("true_from"))
            ),
            models.CheckConstraint(name="relation_two_persons", condition=~Q(parent=F("child"))),
        ]


class Fact(Version):
    """A spell: a person had a code (of a kind, perhaps at a unit) on the days [true_from, true_to)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_constraint=False, db_index=False)
    term = models.ForeignKey(Term, on_delete=models.PROTECT, db_constraint=False, db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, db_constraint=False, db_index=False, null=True)
    true_from = models.DateField()
    true_to = models.DateField(null=True)
    amount_oere = models.BigIntegerField(null=True, help_text="a month, in øre")

    class Meta:
        constraints = [
            *_version_constraints("fact"),
            models.CheckConstraint(
                name="fact_forward", condition=Q(true_to__isnull=True) | Q(true_to__gt=F("true_from"))
            ),
            models.CheckConstraint(
                name="fact_amount_not_negative", condition=Q(amount_oere__isnull=True) | Q(amount_oere__gte=0)
            ),
        ]
        indexes = [models.Index(fields=["person"], name="fact_person")]


class Change(models.Model):
    """A delivery touched a person: which kinds of facts, and how many became new, changed or closed."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False)
    kinds = ArrayField(models.CharField(max_length=40))
    new = models.IntegerField()
    changed = models.IntegerField()
    closed = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="change_person_once", fields=["delivery", "person"]),
            models.CheckConstraint(
                name="change_is_a_change",
                condition=Q(new__gte=0, changed__gte=0, closed__gte=0) & ~Q(new=0, changed=0, closed=0),
            ),
        ]
        indexes = [models.Index(fields=["person"], name="change_person")]
