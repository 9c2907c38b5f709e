"""`helhed law`: the catalogue in the terminal."""

import argparse

from helhed.law import catalogue
from helhed.law.printing import as_json, as_text
from helhed.periods import day_of


def run(options: argparse.Namespace) -> None:
    """Print the list of sections, a section, or an entry of it; as it stood on a day when one is given."""
    on = day_of(options.on) if options.on else None
    asked = (catalogue(), on, options.section, options.key)
    print(as_json(*asked) if options.json else as_text(*asked, options.language))
