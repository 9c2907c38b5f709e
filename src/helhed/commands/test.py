"""`helhed test`: style, types, contracts, then the tests against a real PostgreSQL and a real browser."""

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

BASE = Path(__file__).resolve().parents[3]
TOOLS = Path(sys.executable).parent
AT_ONCE = str(min(os.cpu_count() or 1, 4))
SIDE_BY_SIDE = ("-n", AT_ONCE, "--dist", "loadscope", "--no-loadscope-reorder")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NO_BROWSER = (
    "The browser tests did not run: no Chromium was found. Install one (on Debian: apt-get install chromium), "
    "or name it in HELHED_CHROMIUM."
)


def run(options: argparse.Namespace) -> int:
    """Run every check to its end and tell in one closing line how it went. With arguments for pytest, only pytest; the tests
    of different folders run side by side, one process a core."""
    started = time.monotonic()
    checks: dict[str, list[str | Path]] = {
        "style": [TOOLS / "ruff", "check", ".", "helhed"],
        "format": [TOOLS / "ruff", "format", "--check", ".", "helhed"],
        "types": [TOOLS / "mypy"],
        "contracts": [TOOLS / "lint-imports"],
    }
    red = [] if options.rest else [name for name, command in checks.items() if _fails(name, command)]
    browser = _browser()
    if browser:
        os.environ["HELHED_CHROMIUM"] = browser
    pytest = [sys.executable, "-P", "-m", "pytest", *SIDE_BY_SIDE]
    if _fails("tests", [*pytest, "-m", _marks(options.all, browser), *options.rest]):
        red.append("tests")
    if not browser:
        print(NO_BROWSER)
        if os.environ.get("CI") == "true":
            red.append("browser tests")
    seconds = time.monotonic() - started
    print(f"\nhelhed test: {'RED: ' + ', '.join(red) if red else 'all green'} ({seconds:.0f} s)")
    return 1 if red else 0


def _marks(everything: bool, browser: str | None) -> str:
    """pytest's -m: what is left out."""
    left_out = ([] if everything else ["slow"]) + ([] if browser else ["browser"])
    return " and ".join(f"not {mark}" for mark in left_out)


def _fails(name: str, command: list[str | Path]) -> bool:
    print(f"── {name}", flush=True)
    environment = {key: value for key, value in os.environ.items() if key != "HELHED_DEMO"}
    return subprocess.run(command, cwd=BASE, env=environment, check=False).returncode != 0


def _browser() -> str | None:
    """The Chromium to test with; fetched from the distribution when it is missing and we may."""
    named = os.environ.get("HELHED_CHROMIUM")
    if named:
        return shutil.which(named)
    found = _find_browser()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        print("── fetching Chromium with apt-get", flush=True)
        quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL}
        for arguments in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", *arguments], check=False, **quiet)
        found = _find_browser()
    return found


def _find_browser() -> str | None:
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)
