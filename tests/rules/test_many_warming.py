"""Whoever waits for the compiler is told so, once; whoever does not wait is told nothing."""

import os
import subprocess
import sys

from helhed.rules import many

PROGRAM = "from helhed.rules import many; print(many.warm(lambda message: print(message.da)))"


def said(cache):
    """What a new process says, with this folder for compiled code."""
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(cache), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, encoding="utf-8", env=environment, check=True
    )
    return done.stdout.splitlines()


def test_the_first_use_says_what_it_is_doing_and_the_next_says_nothing(tmp_path):
    assert said(tmp_path) == [many.GETTING_READY.da, "True"]
    assert said(tmp_path) == ["False"]
