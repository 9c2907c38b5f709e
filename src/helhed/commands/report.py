"""`helhed report`: a report as a file."""

import argparse

from helhed.audit.actions import SYSTEM
from helhed.commands.refusal import RefusalError
from helhed.insight.reports import mapping_pdf


def run(options: argparse.Namespace) -> None:
    """Write the mapping of a day as PDF."""
    if not options.output.parent.is_dir():
        raise RefusalError(f"The folder {options.output.parent} does not exist. Make it, or choose another.")
    mapping_pdf(on=options.on, by=SYSTEM, path=options.output, language=options.language)
    print(f"Written: {options.output} ({options.output.stat().st_size // 1024} kB)")
