"""`helhed law`: the catalogue in the terminal."""

import argparse

from helhed.commands.refusal import RefusalError
from helhed.law.printing import as_json, as_text


def run(options: argparse.Namespace) -> None:
    """Print a section, an entry of it, or the list of sections; as it stood on a day when one is given."""
    write = as_json if options.json else as_text
    try:
        print(write(options.section, options.key, on=options.on))
    except LookupError as error:
        raise RefusalError(str(error.args[0]) if error.args else str(error)) from None
