"""`helhed demo`: from an empty folder to a site one can click in. Ctrl-C stops what it started, and nothing else."""

import argparse
import signal
import sys
import time
import webbrowser

from rich.console import Console

from helhed.commands.demo_city import STEPS, make_city
from helhed.commands.demo_site import Site, closing_box, free_port
from helhed.commands.starting_over import start_over
from helhed.commands.telling import Telling

PLAIN_WIDTH = 110
"""How wide the box is where nobody sits at a terminal."""


def run(options: argparse.Namespace) -> int:
    """Make what is missing, then serve until Ctrl-C."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else PLAIN_WIDTH)
    port = free_port(options.port, console)
    if options.fresh:
        start_over()
    telling = Telling(STEPS + 1, console)
    citizens = make_city(telling, options.people)
    site = None
    try:
        with telling.step("Web server and worker"):
            site = Site(port)
            site.wait_until_ready()
        console.print(closing_box(site.address, citizens))
        if options.browser:
            webbrowser.open(site.address)
        while True:
            time.sleep(1)
            site.refuse_if_ended()
    except KeyboardInterrupt:
        return 0
    finally:
        # From here on Ctrl-C is heard already: what was started is stopped in peace.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if site is not None:
            console.print("Stopping …")
            site.stop()
