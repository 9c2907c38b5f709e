"""Verbs of the register."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from helhed.audit.actions import Actor, note
from helhed.register.arrival import arrive, end, files_in, register, say_waiting, source_of
from helhed.register.confirming import must_be_newest
from helhed.register.connected import mapping_of
from helhed.register.cpr import read_number
from helhed.register.deliveries import rejected_csv
from helhed.register.models import Delivery, DeliveryFile, Identifier, Merge, Person
from helhed.register.named import people_in
from helhed.register.people import lock_people
from helhed.register.reasons import refused
from helhed.register.running import Progress, alone, carry_out
from helhed.rules.errors import Message


def receive(
    *,
    by: Actor,
    source: str,
    folder: Path | None = None,
    paths: Iterable[Path] = (),
    received_at: datetime | None = None,
    confirmed: bool = False,
    progress: Progress | None = None,
) -> Delivery:
    """Take in files of a source now: those of a folder that are its by name, or the given ones, as one delivery.

    The answer's status says how it ended and its message why: received, held (it would close too much; see `confirm`),
    refused (the files are not as they should be), failed, or waiting when another delivery of the source is under way.
    `received_at`: the moment from which the facts are known, after the source's latest; now if not given.
    `progress(file, done, of)` hears how far it is, in bytes of files. RefusedError for an unknown source or a folder without files.
    """
    mapping = mapping_of(source)
    chosen = list(paths) if folder is None else files_in(Path(folder), mapping)
    row = source_of(mapping)
    with alone(row.pk) as free:
        status = "running" if free else "waiting"
        delivery = arrive(
            mapping, row, chosen, by=by, status=status, received_at=received_at, confirmed=confirmed
        )
        if delivery.status == "running":
            carry_out(by=by, delivery=delivery, progress=progress)
        elif delivery.status == "waiting":
            say_waiting(delivery)
    return delivery


@transaction.atomic
def enqueue(*, by: Actor, source: str, files: Mapping[str, BinaryIO]) -> Delivery:
    """Lay files (by name) aside as a delivery that waits for a worker. Answers it as waiting or refused."""
    mapping = mapping_of(source)
    delivery = register(mapping, source_of(mapping), files, by=by, status="waiting")
    if delivery.status == "waiting":
        note(by=by, action="enqueue", object=f"delivery {delivery.pk} of {source}")
    return delivery


@transaction.atomic
def confirm(*, by: Actor, delivery: Delivery) -> Delivery:
    """A person lets a delivery that is held close many facts: it waits for the worker again, and is answered as it waits.

    RefusedError if it is not held, or a later one has been received. Whether its files are as they were delivered is seen
    when it is taken in.
    """
    row = _held(delivery)
    row.confirmed, row.status, row.received_at = True, "waiting", None
    row.message_da = row.message_en = ""
    row.save(update_fields=["confirmed", "status", "received_at", "message_da", "message_en"])
    note(by=by, action="confirm", object=f"delivery {row.pk} of {row.source.key}")
    return row


@transaction.atomic
def refuse(*, by: Actor, delivery: Delivery) -> Delivery:
    """Say no to a delivery that is held or waits. RefusedError if it does neither."""
    row = Delivery.objects.select_for_update().select_related("source").get(pk=delivery.pk)
    if row.status not in ("held", "waiting"):
        raise _not_held(row)
    end(
        row,
        "refused",
        Message(
            f"Afvist af {by.username}; intet er ændret.", f"Refused by {by.username}; nothing is changed."
        ),
    )
    note(by=by, action="refuse", object=f"delivery {row.pk} of {row.source.key}")
    return row


@transaction.atomic
def fetch_rejected(*, by: Actor, file: DeliveryFile) -> bytes:
    """The rejected rows of a file, to be corrected and delivered again under the same name; the look is logged, for
    each citizen who stands in them too."""
    what = f"delivery {file.delivery_id}, file {file.name}"[:200]
    said = {"object": what, "purpose": "tilsyn", "fields": ["rejected"]}
    note(by=by, action="fetch-rejected", **said)
    for person in people_in(file.rejected_rows.all()):
        note(by=by, action="rejected-rows", person_key=person, **said)
    return rejected_csv(file)


@transaction.atomic
def change_identifier(*, by: Actor, old: str, new: str, on: date) -> Person:
    """A person has got another number from a day on; the old one still means that person before it.

    RefusedError if a number is none, the old one is nobody's, or the new one is somebody's.
    """
    lock_people()
    before, after = read_number(old), read_number(new)
    if before is None or after is None:
        raise refused(
            "Et nummer er ti cifre, der begynder med en dato.",
            "A number is ten digits that begin with a date.",
        )
    known = Identifier.objects.select_for_update().filter(known_to=None)
    row = known.filter(value=before.value, valid_to=None).first()
    if row is None:
        raise refused(
            "Det gamle nummer er ikke i registeret. Ret det.",
            "The old number is not in the register. Correct it.",
        )
    if known.filter(value=after.value).exists():
        raise refused(
            "Det nye nummer tilhører allerede en person. Læg de to personer sammen i stedet.",
            "The new number already belongs to a person. Merge the two persons instead.",
        )
    if row.valid_from is not None and row.valid_from >= on:
        raise refused(
            f"Det gamle nummer gælder først fra {row.valid_from:%d-%m-%Y}. Vælg en senere dag.",
            f"The old number is only valid from {row.valid_from:%d-%m-%Y}. Choose a later day.",
        )
    now = timezone.now()
    Identifier.objects.filter(pk=row.pk).update(known_to=now)
    said = {"person_id": row.person_id, "known_from": now}
    Identifier.objects.create(kind=row.kind, value=row.value, valid_from=row.valid_from, valid_to=on, **said)
    Identifier.objects.create(kind=after.kind, value=after.value, valid_from=on, **said)
    note(by=by, action="change-identifier", person_key=row.person.key, fields=["identity"])
    return row.person


@transaction.atomic
def merge(*, by: Actor, kept: Person, gone: Person, reason: str) -> Merge:
    """Say that two persons are one: `gone` is read as `kept` from now on. Nothing is moved; see `unmerge`.

    RefusedError if either already stands for, or is read as, another, or they are the same, or no reason is given.
    """
    lock_people()
    if kept.pk == gone.pk or not reason.strip():
        raise refused(
            "Vælg to forskellige personer, og skriv hvorfor.", "Choose two different persons, and write why."
        )
    standing = Merge.objects.filter(known_to=None)
    if standing.filter(Q(gone__in=[kept, gone]) | Q(kept=gone)).exists():
        raise refused(
            "En af personerne er allerede lagt sammen med en anden. Skil dem ad først.",
            "One of the persons is already merged with another. Unmerge them first.",
        )
    row = Merge.objects.create(kept=kept, gone=gone, by=by.username, reason=reason, known_from=timezone.now())
    for person in (kept, gone):
        note(by=by, action="merge", person_key=person.key, object=f"merge {row.pk}", fields=["identity"])
    return row


@transaction.atomic
def unmerge(*, by: Actor, merge: Merge) -> Merge:
    """Undo a merge: the two persons are two again, each with what came under its own numbers."""
    lock_people()
    row = Merge.objects.select_for_update().get(pk=merge.pk)
    if row.known_to is not None:
        raise refused("Personerne er allerede skilt ad.", "The persons are already unmerged.")
    row.known_to = timezone.now()
    row.save(update_fields=["known_to"])
    for person in (row.kept, row.gone):
        note(by=by, action="unmerge", person_key=person.key, object=f"merge {row.pk}", fields=["identity"])
    return row


def _held(delivery: Delivery) -> Delivery:
    """The delivery, locked, if it waits for an answer and nothing newer has come."""
    row = Delivery.objects.select_for_update(of=("self",)).select_related("source").get(pk=delivery.pk)
    if row.status != "held":
        raise _not_held(row)
    must_be_newest(row)
    return row


def _not_held(row: Delivery) -> Exception:
    return refused(
        f"Leverance {row.pk} venter ikke på svar. Den er allerede afsluttet eller i gang.",
        f"Delivery {row.pk} does not wait for an answer. It has already ended or is under way.",
    )
