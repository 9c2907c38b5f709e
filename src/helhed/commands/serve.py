"""`helhed serve`: the web server."""

import argparse

import uvicorn

from helhed.commands.parent import end_with_parent

APPLICATION = "helhed.project.asgi:application"


def run(options: argparse.Namespace) -> None:
    """Serve until told to stop; open streams get two seconds to end."""
    if options.with_parent:
        end_with_parent()
    uvicorn.run(
        APPLICATION,
        host=options.host,
        port=options.port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=2,
        server_header=False,
    )
