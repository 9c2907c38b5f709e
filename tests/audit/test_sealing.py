"""Every committed line gets one leaf; the heads are signed and chained; the store's subtrees give the same tree."""

import pytest
from django.db import DatabaseError, connection, transaction

from audit.log_world import with_every_right, write, write_and_seal
from helhed.audit import trees
from helhed.audit.heads import NOTHING_BEFORE
from helhed.audit.keys import signing_key
from helhed.audit.lines import COLUMNS, Line
from helhed.audit.models import Event, Head, Leaf, Tile
from helhed.audit.sealing import seal
from helhed.audit.stored import nodes, signed, unsealed

pytestmark = pytest.mark.django_db


def leaves() -> list[bytes]:
    return [bytes(leaf) for leaf in Leaf.objects.order_by("position").values_list("hash", flat=True)]


def test_nothing_new_gives_no_head():
    assert seal() is None and not Head.objects.exists()


def test_every_line_is_sealed_once_in_order():
    write_and_seal(5, 300, 1)
    assert list(Leaf.objects.order_by("position").values_list("position", flat=True)) == list(range(306))
    assert set(Leaf.objects.values_list("event", flat=True)) == set(
        Event.objects.values_list("id", flat=True)
    )
    assert seal() is None and unsealed() == 0


def test_heads_are_signed_and_name_the_one_before():
    first, second = write_and_seal(3, 4)
    public = signing_key("log").public_key()
    assert first.previous == NOTHING_BEFORE and second.previous == first.hash()
    assert first.is_signed_by(public) and second.is_signed_by(public)
    assert [signed(head) for head in Head.objects.order_by("size")] == [first, second]
    assert not signed(
        Head(
            size=3,
            root=second.root,
            at=first.at,
            previous=first.previous,
            key=first.key,
            signature=first.signature,
        )
    ).is_signed_by(public)


def test_the_root_is_the_tree_over_the_leaves():
    *_, head = write_and_seal(200, 200, 150)
    edge = trees.Frontier()
    for leaf in leaves():
        edge.push(leaf)
    assert head.root == edge.root() and Tile.objects.count() == 2
    with connection.cursor() as cursor:
        assert trees.tree_hash(0, 550, nodes(cursor)) == head.root
        assert trees.tree_hash(256, 512, nodes(cursor)) == bytes(Tile.objects.get(index=1).hash)


def test_a_leaf_is_the_line_as_it_stands():
    write_and_seal(1)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM audit_event")
        line = Line.of(cursor.fetchone())
    assert line.hash() == leaves()[0]
    for place in range(len(line.open)):
        other = [*line.open]
        other[place] += "x"
        assert line._replace(open=tuple(other)).hash() != leaves()[0]
    for place in range(len(line.personal)):
        other = [*line.personal]
        other[place] += "x"
        assert line._replace(personal=tuple(other)).hash() != leaves()[0]


def test_a_value_moved_to_the_next_field_is_another_line():
    line = Line(("1", "2", "ab", "c"), ("x", "", "", "", "", "", ""), b"salt", None)
    assert line.hash() != line._replace(open=("1", "2", "a", "bc")).hash()
    assert line.hash() != line._replace(personal=("", "x", "", "", "", "", "")).hash()


@pytest.mark.django_db(databases=["default", "owner"])
def test_a_log_brought_to_another_server_is_sealed_on(owner):
    """There the numbers of transactions begin anew, below those that are sealed."""
    write_and_seal(4)
    head = Head.objects.get()
    write(2)
    with_every_right("UPDATE audit_head SET below = '9000000000000'")
    assert Head.objects.get().below > head.below
    assert seal().size == 6 and Head.objects.get(size=6).below <= head.below + 1000


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO audit_leaf (position, event, hash) SELECT 99, event, hash FROM audit_leaf LIMIT 1",
        "INSERT INTO audit_leaf (position, event, hash) SELECT position, 99, hash FROM audit_leaf LIMIT 1",
        "INSERT INTO audit_head SELECT * FROM audit_head",
    ],
)
def test_no_line_and_no_place_twice(statement):
    write_and_seal(2)
    with (
        pytest.raises(DatabaseError, match="duplicate key"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_two_keys_of_one_name_are_never_made(settings):
    first = signing_key("log")
    assert signing_key("log") is first
    file = settings.KEY_FOLDER / "log.pem"
    assert file.stat().st_mode & 0o777 == 0o600 and file.parent.stat().st_mode & 0o777 == 0o700
    with pytest.raises(ValueError, match="no key"):
        signing_key("loggen")
