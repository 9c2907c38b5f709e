"""`helhed synthetic`: the made-up city as files."""

import argparse

from helhed.commands.refusal import RefusalError
from helhed.commands.telling import Telling
from helhed.synthetic.city import write_city


def run(options: argparse.Namespace) -> None:
    """Write the files under a folder that is empty or not there yet."""
    if options.output.exists() and any(options.output.iterdir()):
        raise RefusalError(f"The folder {options.output} is not empty. Choose another.")
    options.output.mkdir(parents=True, exist_ok=True)
    with Telling(1).step(f"The city: {options.people:,} people") as report:
        try:
            city = write_city(options.output, options.people, options.seed, report)
        except ValueError as error:
            raise RefusalError(f"{error}.") from None
    for delivery in city.deliveries:
        print(f"{delivery.source}  {delivery.received_at:%Y-%m-%d %H:%M}  {delivery.folder}")
    print(f"{city.people:,} people, {city.rows:,} rows")
