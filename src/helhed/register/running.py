"""Carrying a delivery out: alone for its source, in one transaction, with progress others can see, and an end that is said."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from types import TracebackType

from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from pyarrow import ArrowException

from helhed.audit.actions import Actor, note
from helhed.register.arrival import end
from helhed.register.confirming import must_stand
from helhed.register.connected import mapping_of
from helhed.register.intake import COUNTED, Intake, Outcome
from helhed.register.models import Delivery, DeliveryFile
from helhed.register.reasons import number
from helhed.rules.errors import CriteriaError, Message, RefusedError

Progress = Callable[[str, int, int], None]
LOCK_CLASS = 0x68656C
SECONDS_BETWEEN = 0.5
log = logging.getLogger(__name__)


class HeldError(Exception):
    """An intake that waits for a person: everything it wrote is to be undone."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


@contextmanager
def alone(source: int) -> Iterator[bool]:
    """Whether nobody else is taking in a delivery of this source. The server forgets the lock when a program dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK_CLASS, source])
        (got,) = cursor.fetchone()
    try:
        yield got
    finally:
        if got and connection.connection and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK_CLASS, source])


class Ledger:
    """How far a delivery is, written on a connection of its own so that others see it while the intake's transaction is open.

    Inside somebody else's transaction nobody could see it, and only `progress` is told.
    """

    def __init__(self, delivery: Delivery, progress: Progress | None) -> None:
        self.delivery, self.progress = delivery.pk, progress
        self.own = None if connection.in_atomic_block else connection.copy()
        self.last = 0.0

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.own is not None:
            self.own.close()

    def tell(self, step: str, done: int, total: int) -> None:
        """Say how many bytes of all are read; the store hears of it twice a second."""
        if self.progress:
            self.progress(step, done, total)
        if self.own is None or (monotonic() - self.last < SECONDS_BETWEEN and done < total):
            return
        self.last = monotonic()
        with self.own.cursor() as cursor:
            cursor.execute(
                "UPDATE register_delivery SET progress_step = %s, progress_done = %s, progress_total = %s, "
                "progress_at = now() WHERE id = %s",
                [step[:120], done, total, self.delivery],
            )


def carry_out(*, by: Actor, delivery: Delivery, progress: Progress | None = None) -> Delivery:
    """Take in a delivery that is marked as running; the caller holds its source alone. Answers it as it ended."""
    files = list(delivery.files.select_related("table").order_by("id"))
    try:
        with Ledger(delivery, progress) as ledger:
            _take_in(by, delivery, files, ledger)
    except HeldError as held:
        _end(by, delivery, "held", held.outcome.held, files)
    except (RefusedError, CriteriaError) as error:
        _end(by, delivery, "refused", error.message)
    except (DatabaseError, OSError, ArrowException, MemoryError):
        log.exception("delivery %s failed", delivery.pk)
        _end(by, delivery, "failed", _failed())
    except Exception:
        _end(by, delivery, "failed", _failed())
        raise
    finally:
        if delivery.status == "running":  # interrupted: the next worker takes it
            Delivery.objects.filter(pk=delivery.pk, status="running").update(status="waiting")
    return delivery


@transaction.atomic
def _take_in(by: Actor, delivery: Delivery, files: list[DeliveryFile], ledger: Ledger) -> None:
    must_stand(delivery)
    moment = delivery.received_at or timezone.now()
    outcome = Intake(delivery, mapping_of(delivery.source.key), moment, ledger.tell).run(files)
    if outcome.held:
        raise HeldError(outcome)
    delivery.received_at = moment
    delivery.touches_everyone = outcome.touches_everyone
    delivery.save(update_fields=["received_at", "touches_everyone"])
    _end(by, delivery, "received", _received(files))


@transaction.atomic
def _end(
    by: Actor,
    delivery: Delivery,
    status: str,
    message: Message | None,
    files: list[DeliveryFile] | None = None,
) -> None:
    """Write how it ended, the counts of `files`, and the line in the log."""
    for file in files or ():
        file.save(update_fields=COUNTED)
    end(delivery, status, message)
    note(by=by, action="receive", object=f"delivery {delivery.pk} of {delivery.source.key}: {status}")


def give_up(*, by: Actor, delivery: Delivery) -> None:
    """End a delivery during which the program died again and again."""
    _end(by, delivery, "failed", _given_up(delivery.killed))


def _given_up(times: int) -> Message:
    return Message(
        f"Programmet gik ned {times} gange, mens filerne blev læst ind. Intet er ændret. Del filerne i mindre leverancer, "
        "eller giv maskinen mere hukommelse, og levér igen.",
        f"The program died {times} times while it took in the files. Nothing was changed. Split the files into smaller "
        "deliveries, or give the machine more memory, and deliver again.",
    )


def _received(files: list[DeliveryFile]) -> Message:
    counts = {
        name: sum(getattr(file, name) for file in files) for name in ("read", "new", "changed", "rejected")
    }
    closed = sum(file.closed + file.deleted for file in files)
    da, en = (
        {**{k: number(v, lang) for k, v in counts.items()}, "closed": number(closed, lang)}
        for lang in ("da", "en")
    )
    return Message(
        f"{da['read']} rækker læst: {da['new']} nye, {da['changed']} ændrede, {da['closed']} lukkede, {da['rejected']} afviste.",
        f"{en['read']} rows read: {en['new']} new, {en['changed']} changed, {en['closed']} closed, {en['rejected']} rejected.",
    )


def _failed() -> Message:
    return Message(
        "Leverancen blev afbrudt af en fejl i systemet, og intet er ændret. Fejlen står i loggen; levér filerne igen.",
        "The delivery was broken off by an error in the system, and nothing is changed. The error is in the log; "
        "deliver the files again.",
    )
