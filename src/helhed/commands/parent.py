"""Living no longer than the one who started us."""

import os
import signal
import sys
import threading


def end_with_parent() -> None:
    """End this process when its standard input closes: the parent is gone, however it went."""
    threading.Thread(target=_wait, daemon=True).start()


def _wait() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
