"""A function run in a process of its own: nothing before it has warmed, filled or fragmented anything.

The function is named `module:function`, takes plain keyword arguments and answers something JSON can hold.
"""

import contextlib
import json
import os
import pkgutil
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import django

from helhed.commands.refusal import RefusalError

_STATUS, _MEMORY = Path("/proc/self/status"), Path("/proc/meminfo")


def apart(name: str, *, tables: bool = False, **arguments: Any) -> Any:
    """The answer of the function in a fresh process. RefusalError with its last words if it failed.

    `tables`: its module knows the store's tables, so they must be known before it is found; the store is not used.
    """
    line = [sys.executable, "-P", "-m", __name__, name, json.dumps(arguments), "tables" if tables else ""]
    done = subprocess.run(line, capture_output=True, text=True, env=_environment(), check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no word of why"])[-1]
        raise RefusalError(f"{name} ended with {done.returncode}: {last}")
    return json.loads(done.stdout.splitlines()[-1])


def peak() -> int:
    """The most memory this process has had, in bytes."""
    with contextlib.suppress(OSError, StopIteration):
        kilobytes = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(kilobytes.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def available() -> int:
    """How much memory is free for a new process, in bytes; 0 where the system does not say."""
    return _memory("MemAvailable:")


def physical() -> int:
    """How much memory the machine has, in bytes; 0 where the system does not say."""
    return _memory("MemTotal:")


def _memory(name: str) -> int:
    with contextlib.suppress(OSError, StopIteration):
        lines = _MEMORY.read_text().splitlines()
        return int(next(line for line in lines if line.startswith(name)).split()[1]) * 1024
    return 0


def _environment() -> dict[str, str]:
    """The same modules are found whichever way this process found them."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def _main(name: str, arguments: str, tables: str) -> None:
    if tables:
        django.setup()
    print(json.dumps(pkgutil.resolve_name(name)(**json.loads(arguments))))


if __name__ == "__main__":
    _main(*sys.argv[1:])
