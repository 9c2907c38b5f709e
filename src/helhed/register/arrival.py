"""A delivery's first step: whose files they are, laid aside, with a row for the delivery and one for each file."""

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone

from helhed.audit.actions import Actor, note
from helhed.register.mapping import SourceMapping, TableMapping
from helhed.register.models import Delivery, DeliveryFile, Source, SourceTable
from helhed.register.numbering import keep
from helhed.register.reasons import refused
from helhed.register.scanning import Verdict, scan
from helhed.register.storing import Stored, store
from helhed.rules.errors import Message, RefusedError


def source_of(mapping: SourceMapping) -> Source:
    """The source's row and those of its tables, brought in line with its mapping."""
    said = {
        "label_da": mapping.label["da"],
        "label_en": mapping.label["en"],
        "administration": mapping.administration,
        "priority": mapping.priority,
    }
    source, _ = Source.objects.update_or_create(key=mapping.source, defaults=said)
    tables = (SourceTable(source=source, name=table.name, gives=table.gives) for table in mapping.tables)
    keep(tables, "source_id", "name")
    return source


def files_in(folder: Path, mapping: SourceMapping) -> list[Path]:
    """The files of a folder that are the source's by name, in order of name. RefusedError if there are none."""
    found = (
        sorted(path for path in folder.iterdir() if path.is_file() and mapping.table_of(path.name))
        if folder.is_dir()
        else []
    )
    if not found:
        patterns = ", ".join(pattern for table in mapping.tables for pattern in table.patterns.values())
        raise refused(
            f"Mappen {folder} har ingen filer fra {mapping.source}. De hedder: {patterns}.",
            f"The folder {folder} has no files of {mapping.source}. They are called: {patterns}.",
        )
    return found


def arrive(
    mapping: SourceMapping,
    source: Source,
    paths: Iterable[Path],
    *,
    by: Actor,
    status: str,
    received_at: datetime | None,
    confirmed: bool,
) -> Delivery:
    """Lay files of the disk aside and write the delivery's rows."""
    with ExitStack() as stack:
        files: dict[str, BinaryIO] = {}
        try:
            for path in paths:
                if path.name in files:
                    raise refused(
                        f"{path.name} er valgt to gange. Levér den ene.",
                        f"{path.name} is chosen twice. Deliver one of them.",
                    )
                files[path.name] = stack.enter_context(path.open("rb"))
        except OSError as error:
            raise refused(
                f"{error.filename} kan ikke læses ({error.strerror}). Se efter navn og adgang, og levér igen.",
                f"{error.filename} cannot be read ({error.strerror}). Check its name and access, and deliver again.",
            ) from None
        return register(
            mapping, source, files, by=by, status=status, received_at=received_at, confirmed=confirmed
        )


@transaction.atomic
def register(
    mapping: SourceMapping,
    source: Source,
    files: Mapping[str, BinaryIO],
    *,
    by: Actor,
    status: str,
    received_at: datetime | None = None,
    confirmed: bool = False,
) -> Delivery:
    """Lay files aside and write the delivery's rows, as refused if they are not a delivery of the source."""
    try:
        tables = _tables_of(mapping, files)
        _check_moment(source, received_at)
        _scan(files)
        problem = None
    except RefusedError as error:
        tables, problem = {}, error.message
    delivery = Delivery.objects.create(
        source=source, status=status, by=by.username, received_at=received_at, confirmed=confirmed
    )
    if problem is not None:
        end(delivery, "refused", problem)
        note(by=by, action="deliver", object=f"delivery {delivery.pk} of {source.key}: refused")
        return delivery
    numbers = dict(SourceTable.objects.filter(source=source).values_list("name", "id"))
    DeliveryFile.objects.bulk_create(
        _file_row(delivery, kept, numbers[tables[kept.name][0].name], tables[kept.name][1])
        for kept in store(files)
    )
    return delivery


def _file_row(delivery: Delivery, kept: Stored, table: int, mode: str) -> DeliveryFile:
    said = {"name": kept.name, "path": kept.path, "sha256": kept.sha256, "size": kept.size}
    return DeliveryFile(delivery=delivery, table_id=table, mode=mode, **said)


def say_waiting(delivery: Delivery) -> None:
    """Write why a delivery waits though it was to be taken in at once."""
    delivery.message_da = "En anden leverance fra kilden er i gang. Denne venter, til den er færdig."
    delivery.message_en = "Another delivery of the source is under way. This one waits until it has ended."
    delivery.save(update_fields=["message_da", "message_en"])


def end(delivery: Delivery, status: str, message: Message | None = None) -> None:
    """Write how a delivery ended, with the sentence to show."""
    delivery.status = status
    delivery.ended = timezone.now()
    delivery.message_da = message.da if message else ""
    delivery.message_en = message.en if message else ""
    delivery.save(update_fields=["status", "ended", "message_da", "message_en"])


def _tables_of(mapping: SourceMapping, names: Iterable[str]) -> dict[str, tuple[TableMapping, str]]:
    """Each file's table and mode. RefusedError for a name that is none of the source's, or two files of a table."""
    found: dict[str, tuple[TableMapping, str]] = {}
    by_table: dict[str, str] = {}
    for name in names:
        place = mapping.table_of(name)
        if place is None:
            patterns = ", ".join(pattern for table in mapping.tables for pattern in table.patterns.values())
            raise refused(
                f"{name} er ikke en af filerne fra {mapping.source}. De hedder: {patterns}. Omdøb filen, og levér igen.",
                f"{name} is not one of the files of {mapping.source}. They are called: {patterns}. Rename it and deliver again.",
            )
        other = by_table.setdefault(place[0].name, name)
        if other != name:
            raise refused(
                f"{other} og {name} er samme slags fil. Levér dem hver for sig, den ældste først.",
                f"{other} and {name} are the same kind of file. Deliver them one at a time, the oldest first.",
            )
        found[name] = place
    if not found:
        raise refused(
            "Der er ingen filer i leverancen. Vælg mindst én.",
            "There are no files in the delivery. Choose at least one.",
        )
    return found


def _scan(files: Mapping[str, BinaryIO]) -> None:
    """Show the files to the virus scanner. RefusedError when it finds something in one, or does not answer."""
    for name, file in files.items():
        verdict = scan(file)
        if verdict is Verdict.FOUND:
            raise refused(
                f"{name} blev standset af virusscanneren. Sig det til it-sikkerhed, og levér filen, når den er renset.",
                f"{name} was stopped by the virus scanner. Tell IT security, and deliver the file when it is clean.",
            )
        if verdict is Verdict.UNKNOWN:
            raise refused(
                f"Virusscanneren svarer ikke på {name}, så intet er taget ind. Levér igen om lidt, eller sig det til driften.",
                f"The virus scanner does not answer about {name}, so nothing was taken in. Deliver again soon, or tell operations.",
            )


def _check_moment(source: Source, moment: datetime | None) -> None:
    """Knowledge goes forward: a delivery cannot have been received before the last one, nor in the future."""
    if moment is None:
        return
    last = Delivery.objects.filter(source=source, status="received").order_by("-received_at").first()
    if moment > timezone.now() or (last and last.received_at and moment <= last.received_at):
        raise refused(
            f"Modtagelsen {moment:%d-%m-%Y %H:%M} ligger ikke efter den seneste leverance og før nu. Ret tidspunktet.",
            f"The receipt {moment:%d-%m-%Y %H:%M} is not after the latest delivery and before now. Correct the time.",
        )
