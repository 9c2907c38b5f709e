"""Counting again: what a delivery changes, and nothing else."""

from datetime import UTC, datetime

from helhed.audit.actions import SYSTEM
from helhed.coordination.advis.actions import sign_off, write_notices
from helhed.coordination.advis.models import Held, Notice
from helhed.membership.actions import recount
from helhed.membership.models import Change, GroupVersion, Recount, Spell
from helhed.register.actions import receive
from helhed.register.models import Fact, Relation


def spells():
    return Spell.objects.filter(known_to__isnull=True).count()


def test_counting_everyone_again_changes_nothing(city):
    before = spells()
    row = recount(by=SYSTEM)
    assert (row.spells_new, row.spells_closed) == (0, 0) and spells() == before
    assert not Change.objects.filter(recount=row).exists()


def test_counting_only_the_touched_gave_what_counting_everyone_gives(city):
    """The deltas were counted family by family; a full count afterwards finds nothing to mend (the test above) – and they
    did change something."""
    parts = Recount.objects.filter(everyone=False)
    assert parts.count() >= 2 and all(row.people < 5000 for row in parts)
    assert sum(row.spells_new for row in parts) > 500


def test_every_file_twice_changes_no_fact(city):
    facts, relations = Fact.objects.count(), Relation.objects.count()
    parcel = city.written.deliveries[-1]
    delivery = receive(
        by=SYSTEM, source=parcel.source, folder=parcel.folder, received_at=datetime(2026, 11, 17, tzinfo=UTC)
    )
    files = list(delivery.files.all())
    assert delivery.status == "received" and sum(f.new + f.changed + f.closed for f in files) == 0
    assert (Fact.objects.count(), Relation.objects.count()) == (facts, relations)
    row = recount(by=SYSTEM, delivery=delivery)
    assert row.people == 0 and row.spells_new == row.spells_closed == 0


def test_the_first_count_moved_nobody_and_the_deltas_did(city):
    first = Recount.objects.order_by("pk").first()
    assert first.everyone and not Change.objects.filter(recount=first).exists()
    found = set(Change.objects.values_list("what", flat=True))
    assert {"in", "out", "corrected"} <= found


def test_versions_follow_the_text_of_the_catalogue(city):
    assert GroupVersion.objects.filter(key="5A", current=True).count() == 2


def test_a_notice_goes_only_where_consent_holds_and_once(city):
    assert Notice.objects.exists() and Held.objects.filter(notices__gt=0).exists()
    assert write_notices(by=SYSTEM) == 0


def test_a_unit_signs_off_its_own_notices_only(city):
    user, notice = city.user("bif"), Notice.objects.filter(done_at__isnull=True).first()
    user.unit = notice.unit
    done = sign_off(by=user, notice=notice.pk)
    assert done.done_by == "bif" and done.done_at
    other = Notice.objects.exclude(unit=user.unit).filter(done_at__isnull=True).first()
    try:
        sign_off(by=user, notice=other.pk)
    except Notice.DoesNotExist:
        return
    raise AssertionError("a unit signed off another unit's notice")
