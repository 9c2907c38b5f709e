"""Whoever owns the database, and even the key, cannot bend the log unseen – as long as a head lies outside.

Thirteen kinds of bending, twenty times each. Two of them leave no trace within the database itself; that is why a head
is left outside every minute.
"""

from collections.abc import Callable
from random import Random

import pytest
from django.db import connection, transaction

from audit.log_world import BO, with_every_right, write_and_seal
from helhed.audit.findings import sentence
from helhed.audit.keys import signing_key
from helhed.audit.models import Event, Head, Leaf
from helhed.audit.sealing import seal
from helhed.audit.verifying import Held, verify

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
TIMES = 20
SIZES = (15, 12, 20, 13)
COPIED = "actor, actor_role, actor_unit, action, person_key, object, purpose, ground, fields, outcome, salt, request_id"
INVISIBLE_INSIDE = {"cut the tail with its heads", "forge with the key"}


def findings(held: list[Held]) -> list[str]:
    """Every sentence a verification comes to."""
    portions = verify(held, signing_key("log").public_key(), portion=25)
    return [sentence(found) for portion in portions for found in portion.findings]


def a_line(random: Random) -> int:
    return random.choice(list(Event.objects.values_list("id", flat=True)))


def change(random: Random) -> None:
    column = random.choice(["actor", "object", "action", "purpose", "ground", "actor_unit", "request_id"])
    with_every_right(f"UPDATE audit_event SET {column} = 'other' WHERE id = %s", [a_line(random)])


def delete(random: Random) -> None:
    with_every_right("DELETE FROM audit_event WHERE id = %s", [a_line(random)])


def insert(random: Random) -> None:
    """A line that says it has stood there all the time."""
    with_every_right(
        f"INSERT INTO audit_event ({COPIED}, at, xid) SELECT 'nobody', actor_role, actor_unit, action, person_key,"
        " object, purpose, ground, fields, outcome, gen_random_uuid(), request_id, at, '3' FROM audit_event WHERE id = %s",
        [a_line(random)],
    )


def insert_and_seal(random: Random) -> None:
    """A line of last month, sealed today as if it had always been there."""
    with_every_right(
        "INSERT INTO audit_event (actor, actor_role, actor_unit, action, object, purpose, ground, fields, outcome, request_id, at)"
        " VALUES ('bente', 'caseworker', '', 'look', '', '', '', '{}', 'allowed', '', now() - interval '30 days')"
    )
    seal()


def duplicate(random: Random) -> None:
    with_every_right(
        f"INSERT INTO audit_event ({COPIED}, at, xid) SELECT {COPIED}, at, '3' FROM audit_event WHERE id = %s",
        [a_line(random)],
    )


def reorder(random: Random) -> None:
    one, other = random.sample(list(Leaf.objects.values_list("position", "event", "hash")), 2)
    with_every_right("DELETE FROM audit_leaf WHERE position IN (%s, %s)", [one[0], other[0]])
    for place, leaf in ((one[0], other), (other[0], one)):
        with_every_right("INSERT INTO audit_leaf VALUES (%s, %s, %s)", [place, leaf[1], leaf[2]])


def cut(random: Random) -> None:
    """Everything after one of the heads is taken away: lines, leaves, subtrees and heads."""
    size = random.choice(list(Head.objects.values_list("size", flat=True))[:-1])
    with_every_right(
        "DELETE FROM audit_event WHERE id IN (SELECT event FROM audit_leaf WHERE position >= %s)", [size]
    )
    with_every_right("DELETE FROM audit_leaf WHERE position >= %s", [size])
    with_every_right("DELETE FROM audit_tile WHERE (index + 1) << level > %s", [size])
    with_every_right("DELETE FROM audit_head WHERE size > %s", [size])


def redate(random: Random) -> None:
    with_every_right("UPDATE audit_event SET at = at - interval '1 hour' WHERE id = %s", [a_line(random)])


def swap_persons(random: Random) -> None:
    """What was seen of one citizen is said to have been seen of another, and the other way round."""
    one = random.choice(list(Event.objects.filter(person_key=BO)))
    other = random.choice(list(Event.objects.exclude(person_key=BO)))
    for line, person in ((one, other.person_key), (other, one.person_key)):
        with_every_right("UPDATE audit_event SET person_key = %s WHERE id = %s", [person, line.pk])


def change_fields(random: Random) -> None:
    with_every_right("UPDATE audit_event SET fields = '{identity}' WHERE id = %s", [a_line(random)])


def change_outcome(random: Random) -> None:
    with_every_right(
        "UPDATE audit_event SET outcome = CASE outcome WHEN 'denied' THEN 'allowed' ELSE 'denied' END WHERE id = %s",
        [a_line(random)],
    )


def replay(random: Random) -> None:
    """The newest head is replaced by an older one, which is well signed."""
    old = random.choice(list(Head.objects.order_by("size"))[:-1])
    with_every_right(
        "UPDATE audit_head SET root = %s, at = %s, previous = %s, signature = %s"
        " WHERE size = (SELECT max(size) FROM audit_head)",
        [old.root, old.at, old.previous, old.signature],
    )


def forge(random: Random) -> None:
    """A line is altered, and the whole tree made anew and signed with the true key."""
    change(random)
    with_every_right("DELETE FROM audit_leaf")
    with_every_right("DELETE FROM audit_tile")
    with_every_right("DELETE FROM audit_head")
    seal()


KINDS: dict[str, Callable[[Random], None]] = {
    "change a line": change,
    "delete a line": delete,
    "insert a line": insert,
    "insert a line and seal it": insert_and_seal,
    "duplicate a line": duplicate,
    "reorder the leaves": reorder,
    "cut the tail with its heads": cut,
    "re-date a line": redate,
    "swap persons": swap_persons,
    "change which information was seen": change_fields,
    "change the outcome": change_outcome,
    "replay an old head": replay,
    "forge with the key": forge,
}


@pytest.fixture
def held(owner) -> list[Held]:
    return [Held("the other administration", head) for head in write_and_seal(*SIZES)]


def test_an_untouched_log_is_whole(held):
    assert findings(held) == []


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_found(held, kind):
    for time in range(TIMES):
        with transaction.atomic():
            KINDS[kind](Random(time))
            assert findings(held), f"{kind}, time {time}"
            inside = findings([])
            assert bool(inside) is (kind not in INVISIBLE_INSIDE), f"{kind}, time {time}: {inside}"
            transaction.set_rollback(True)
    assert findings(held) == []


def test_a_subtree_that_proofs_are_made_from_is_held_good(owner):
    write_and_seal(600)
    with_every_right("UPDATE audit_tile SET hash = sha256('x') WHERE index = 1")
    assert any("mellemsummer" in found for found in findings([]))


def test_a_proof_cannot_be_had_from_a_tree_with_a_hole(owner):
    write_and_seal(40)
    with_every_right("DELETE FROM audit_leaf WHERE position = 7")
    assert any("hul ved plads 7" in found for found in findings([]))


def test_a_head_by_another_key_is_found(held, settings, tmp_path):
    settings.KEY_FOLDER = tmp_path / "stolen"
    write_and_seal(3)
    settings.KEY_FOLDER = tmp_path / "keys"
    assert any("ikke underskrevet" in found for found in findings(held))


def test_what_the_log_says_of_itself_is_not_sealed_by_looking(held):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_event")
        before = cursor.fetchone()[0]
    findings(held)
    assert Event.objects.count() == before
