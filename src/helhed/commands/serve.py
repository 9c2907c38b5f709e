"""`helhed serve`: the web server."""

import argparse
import gc
import logging
from threading import Thread

import uvicorn
from django.db import DatabaseError, connection

from helhed.commands.parent import end_with_parent
from helhed.sharing.trials import get_ready

APPLICATION = "helhed.project.asgi:application"
log = logging.getLogger(__name__)


def run(options: argparse.Namespace) -> None:
    """Serve until told to stop; open streams get two seconds to end."""
    if options.with_parent:
        end_with_parent()
    Thread(target=_get_ready, daemon=True).start()
    uvicorn.run(
        APPLICATION,
        host=options.host,
        port=options.port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=2,
        server_header=False,
    )


def settle() -> None:
    """Look once more for what nobody uses, and never again among what is there now: it stays for as long as the program
    serves, and a page should not wait while all of it is gone through."""
    gc.collect()
    gc.freeze()


def _get_ready() -> None:
    """Beside the serving: the workshop's first number should not wait for everyone's facts to be read."""
    try:
        get_ready()
    except DatabaseError as error:
        log.warning("the workshop is not ready yet: %s", str(error).strip())
    finally:
        connection.close()
    settle()
