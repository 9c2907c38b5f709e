"""A small log for tests: lines of every sort, sealed under several heads, in a transaction that is rolled back."""

from uuid import UUID, uuid4

from django.db import connection

from helhed.audit.actions import note
from helhed.audit.sealing import seal


class Staff:
    """Somebody who looks."""

    role = "caseworker"
    unit = "bif/jobcenter-koebenhavn"

    def __init__(self, username: str) -> None:
        self.username = username


ANNA, BO = UUID(int=1), UUID(int=2)
PEOPLE = (ANNA, BO)


def write(number: int, *, person: UUID | None = None) -> None:
    """So many lines by two caseworkers about two citizens."""
    for each in range(number):
        note(
            by=Staff(("bente", "kim")[each % 2]),
            action=("look", "find-hit", "why")[each % 3],
            person_key=person or PEOPLE[each % 2],
            object=f"page {each}",
            purpose="sagsbehandling",
            ground="egen-sag",
            fields=["benefit", "identity"],
            outcome="denied" if each % 7 == 6 else "allowed",
            decision=uuid4(),
        )


def write_and_seal(*sizes: int) -> list:
    """Heads over so many lines each."""
    heads = []
    for size in sizes:
        write(size)
        heads.append(seal())
    return heads


def with_every_right(statement: str, values: list | None = None) -> None:
    """What the owner of the tables can do who first puts the triggers aside; needs the fixture `owner`."""
    tables = ("audit_event", "audit_leaf", "audit_tile", "audit_head", "audit_anchor")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement, values or [])
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
