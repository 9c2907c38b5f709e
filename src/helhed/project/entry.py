"""From the typed line to the running command: read it, lay what it needs, run it, say no in one sentence."""

import argparse
import contextlib
import os
import pkgutil
import signal
import sys
from collections.abc import Iterator
from types import FrameType

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from helhed.commands.main import Need, parse
from helhed.commands.refusal import RefusalError
from helhed.project import upkeep
from helhed.project.environment import name_settings, store
from helhed.project.startup import refuse_wrong_role
from helhed.rules.errors import CriteriaError, RefusedError

# What the roof does itself: the commands below it do not know how the store is kept.
OWN = {"database": upkeep.run}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; answers the process's exit code."""
    # A shell that starts us in the background has told us not to hear Ctrl-C; whoever sends it anyway means it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)
    try:
        options = parse(sys.argv[1:] if arguments is None else arguments)
        with _ground(options):
            # Looked up only now: the command's module uses tables, and tables need the settings.
            run = OWN.get(options.command) or pkgutil.resolve_name(options.run)
            return run(options) or 0
    except (RefusalError, RefusedError, CriteriaError) as refusal:
        return _say(str(refusal), 1)
    except KeyboardInterrupt:
        return _say("stopped", 130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except (OSError, DatabaseError, ImproperlyConfigured) as error:
        return _say(f"{type(error).__name__}: {str(error).strip()}", 1)


@contextlib.contextmanager
def _ground(options: argparse.Namespace) -> Iterator[None]:
    """Lay what the command needs, for as long as it runs."""
    if options.needs is Need.NOTHING:
        yield
        return
    os.environ.update(options.environment)
    name_settings()
    with store(for_tests=options.needs is Need.SERVER):
        django.setup()
        if options.needs is Need.PROGRAM:
            refuse_wrong_role(connection, demo=settings.DEMO)
        yield


def _end(number: int, frame: FrameType | None) -> None:
    """Leave by the front door, so that everything started here is stopped."""
    raise SystemExit(128 + number)


def _say(text: str, code: int) -> int:
    print(f"helhed: {text}", file=sys.stderr)
    return code
