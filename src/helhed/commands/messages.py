"""`helhed messages`: compile the translations, each beside its source."""

import argparse
import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from helhed.commands.refusal import RefusalError

LOCALE = Path(__file__).resolve().parents[1] / "locale"


def run(options: argparse.Namespace) -> None:
    """Write one .mo for each .po; whole or not at all."""
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        language = source.parent.parent.name
        try:
            with source.open("rb") as file:
                catalog = read_po(file, locale=language, abort_invalid=True)
        except (PoFileError, ValueError) as error:
            raise RefusalError(f"{source}: {error}") from None
        new = source.with_suffix(f".mo.{os.getpid()}")
        with new.open("wb") as file:
            write_mo(file, catalog)
        new.replace(source.with_suffix(".mo"))
        print(f"{language}: {sum(1 for message in catalog if message.id and message.string)} texts")
