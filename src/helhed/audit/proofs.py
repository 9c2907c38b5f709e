"""Proofs anybody can hold against the heads: that a line is in the log, and that a later log begins with an earlier one."""

from typing import Any

from django.db import connection

from helhed.audit import trees
from helhed.audit.heads import SignedHead
from helhed.audit.lines import COLUMNS, FORM, OPEN, PERSONAL, Line, own_salt
from helhed.audit.models import Anchor, Head, Leaf
from helhed.audit.stored import nodes, signed

TO_THE_CITIZEN = frozenset({"unit", "person", "decision", "mandate", "request"})
"""What a citizen's proof shows of the personal values; who looked, and the words about it, stay behind a commitment."""
HOW = (
    "The entry is: the form, then each value of 'line' in the order given, each as four bytes of length (big-endian) and"
    " its UTF-8 text; then SHA-256 of the commitments of 'personal' in the order given. A commitment is SHA-256(salt || value),"
    " with the salt shown here as hex. The leaf is SHA-256(0x00 || entry); 'path' leads from it to the root of the head"
    " (RFC 6962, 2.1.1). The head is signed with Ed25519 over its own JSON without 'signature', names sorted, no spaces;"
    " the keys are at /.well-known/helhed-keys.json."
)


class NotSealed(Exception):
    """The line is not in the tree yet; it will be within a minute or two."""


def of_event(event: int, *, show: frozenset[str] = TO_THE_CITIZEN) -> dict[str, Any]:
    """The proof that a line is in the log, as JSON.

    It leads to the newest head that somebody outside holds, or to the newest when none does. `show` names the personal
    values that stand openly. NotSealed when the line has no leaf yet; LookupError when there is no such line.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM audit_event WHERE id = %s", [event])
        row = cursor.fetchone()
        if row is None:
            raise LookupError(f"there is no line {event}")
        leaf = Leaf.objects.filter(event=event).first()
        if leaf is None:
            raise NotSealed
        head = _best(leaf.position)
        path = trees.inclusion(leaf.position, head.size, nodes(cursor))
    line = Line.of(row)
    return {
        "form": FORM,
        "line": [[name, value] for name, value in zip(OPEN, line.open, strict=True)],
        **_personal(line, show),
        "leaf": bytes(leaf.hash).hex(),
        "position": leaf.position,
        "path": [step.hex() for step in path],
        "head": head.to_json(),
        "anchors": _anchors(head.size),
        "how": HOW,
    }


def _personal(line: Line, show: frozenset[str]) -> dict[str, Any]:
    if line.salt is None:
        return {"personal": [], "digest": line.digest().hex()}
    named = zip(PERSONAL, line.personal, line.commitments(), strict=True)
    return {
        "personal": [
            {"name": name, "value": value, "salt": own_salt(line.salt, name).hex()}
            if name in show
            else {"name": name, "commitment": committed.hex()}
            for name, value, committed in named
        ]
    }


def _best(position: int) -> SignedHead:
    """The newest head with this leaf that the witness holds, else the newest."""
    held = Anchor.objects.filter(kind="witness", held=True, size__gt=position).order_by("-size").first()
    heads = Head.objects.filter(size__gt=position)
    if held is not None:
        heads = heads.filter(size=held.size)
    head = heads.order_by("-size").first()
    if head is None:
        raise NotSealed
    return signed(head)


def _anchors(size: int) -> list[dict[str, str]]:
    return [
        {"kind": anchor.kind, "at": anchor.at.isoformat(), "answer": _text(bytes(anchor.answer))}
        for anchor in Anchor.objects.filter(size=size, held=True).order_by("id")
    ]


def _text(answer: bytes) -> str:
    """A countersignature is text already; a time stamp is written as hex."""
    try:
        return answer.decode()
    except UnicodeDecodeError:
        return answer.hex()


def of_heads(first: int, second: int) -> dict[str, Any]:
    """The proof that the log of the later head begins with that of the earlier (RFC 6962, 2.1.2). LookupError where one
    of the two heads is not there."""
    heads = {head.size: signed(head) for head in Head.objects.filter(size__in=[first, second])}
    if first not in heads or second not in heads or first > second:
        raise LookupError(f"there are no heads of {first} and {second} lines in this order")
    with connection.cursor() as cursor:
        path = trees.consistency(first, second, nodes(cursor))
    return {
        "first": heads[first].to_json(),
        "second": heads[second].to_json(),
        "path": [step.hex() for step in path],
    }
