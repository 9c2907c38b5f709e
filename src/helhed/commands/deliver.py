"""`helhed deliver`: take in files from the command line, as one delivery."""

import argparse

from helhed.audit.actions import SYSTEM
from helhed.commands.refusal import RefusalError
from helhed.commands.telling import Telling
from helhed.coordination.advis.actions import write_notices
from helhed.membership.actions import recount
from helhed.register.actions import receive
from helhed.register.models import Delivery
from helhed.sharing import newcomers


def run(options: argparse.Namespace) -> int:
    """Take the files in, count whom they touched, and say what became of every row."""
    newcomers.follow_setting()
    folder = options.files[0] if len(options.files) == 1 and options.files[0].is_dir() else None
    telling = Telling(2)
    with telling.step("Taking in") as report:
        delivery = receive(
            by=SYSTEM,
            source=options.source,
            folder=folder,
            paths=() if folder else options.files,
            confirmed=options.confirm,
            progress=lambda step, done, total: report(step, done / total if total else 0.0),
        )
    _print_counts(delivery)
    if delivery.status == "held":
        raise RefusalError(f"{delivery.message('en')} To go through with it, add --confirm.")
    if delivery.status != "received":
        raise RefusalError(f"Delivery {delivery.pk} is {delivery.status}. {delivery.message('en')}".strip())
    with telling.step("Counting") as report:
        recount(by=SYSTEM, delivery=delivery, progress=report)
        write_notices(by=SYSTEM)
    return 0


def _print_counts(delivery: Delivery) -> None:
    columns = ("read", "new", "changed", "unchanged", "deleted", "closed", "rejected")
    print(f"{'file':40}" + "".join(f"{column:>11}" for column in columns))
    for file in delivery.files.order_by("id"):
        print(f"{file.name:40}" + "".join(f"{getattr(file, column):>11,}" for column in columns))
