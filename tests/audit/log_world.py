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


def as_the_owner(statement: str, values: list | None = None) -> int:
    """What somebody with every right in the database can do: the triggers are put aside, the role is left."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values or [])
        count = cursor.rowcount
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("SET ROLE helhed_web")
    return count
