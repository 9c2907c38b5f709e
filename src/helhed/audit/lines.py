"""A line as it stands in the tree: which bytes are hashed, and what may be shown of it without the rest.

The entry is the open fields, each as four bytes of length and the UTF-8 text, followed by one digest for the personal
ones. Each personal value enters as a commitment under the line's own salt, so that one can be shown without another,
and so that erasing values and salt leaves an entry that can still be checked but says nothing of anybody.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from helhed.audit.trees import leaf_hash

FORM = "helhed-log-line/1"
OPEN = ("id", "transaction", "at", "role", "action", "purpose", "ground", "fields", "outcome")
PERSONAL = ("actor", "unit", "person", "object", "decision", "mandate", "request")
# The personal values as the table has them; each is '' when there is none.
COLUMNS = """
    id::text, xid::text, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), actor_role, action, purpose,
    ground, array_to_json(fields)::text, outcome,
    actor, actor_unit, coalesce(person_key::text, ''), object, coalesce(decision::text, ''),
    coalesce(mandate::text, ''), request_id,
    uuid_send(salt), remains"""
_NAMES = tuple(name.encode() for name in PERSONAL)
_FORM = len(FORM).to_bytes(4, "big") + FORM.encode()


class Line(NamedTuple):
    """A line read with COLUMNS: its open and personal values as text, and either its salt or what remains."""

    open: tuple[str, ...]
    personal: tuple[str, ...]
    salt: bytes | None
    remains: bytes | None

    @classmethod
    def of(cls, row: Sequence) -> "Line":
        """A row of COLUMNS."""
        return cls(tuple(row[:9]), tuple(row[9:16]), row[16], row[17])

    def digest(self) -> bytes:
        """What stands for the personal values."""
        if self.salt is None:
            return bytes(self.remains or b"")
        return personal_digest(self.commitments())

    def commitments(self) -> list[bytes]:
        """One commitment for each personal value. Only while the line has its salt."""
        return [
            sha256(sha256(self.salt + name).digest() + value.encode()).digest()
            for name, value in zip(_NAMES, self.personal, strict=True)
        ]

    def entry(self) -> bytes:
        """The bytes that are sealed."""
        return entry(self.open, self.digest())

    def hash(self) -> bytes:
        """The hash of the leaf."""
        return leaf_hash(self.entry())


def entry(values: Sequence[str], digest: bytes) -> bytes:
    """The bytes of a line from its open values and the digest of the personal ones."""
    parts = [_FORM]
    for value in values:
        text = value.encode()
        parts += (len(text).to_bytes(4, "big"), text)
    parts.append(digest)
    return b"".join(parts)


def personal_digest(commitments: Sequence[bytes]) -> bytes:
    """One digest for all commitments, in the order of PERSONAL."""
    return sha256(b"".join(commitments)).digest()


def own_salt(salt: bytes, name: str) -> bytes:
    """The salt of one personal value: whoever gets it learns nothing of the others."""
    return sha256(salt + name.encode()).digest()


def commitment(own: bytes, value: str) -> bytes:
    """The commitment to one value under its own salt."""
    return sha256(own + value.encode()).digest()
