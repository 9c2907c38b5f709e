"""Living no longer than the one who started us."""

import os
import signal
import sys
import threading


def end_with_parent() -> None:
    """End this process when its standard input closes: the parent is gone, however it went."""
    threading.Thread(target=_wait, daemon=True).start()


def _wait() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        continue
    os.kill(os.getpid(), signal.SIGTERM)
