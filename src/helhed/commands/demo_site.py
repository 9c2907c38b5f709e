"""The demo's three programs – the web server, the worker and a witness of the log – and the box that says where to click."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress

from django.conf import settings
from rich.box import ROUNDED
from rich.console import Console
from rich.panel import Panel
from rich.table import Table

from helhed.accounts.models import User
from helhed.commands.refusal import RefusalError

HOST = "127.0.0.1"
PORT = 8000
PORTS_TRIED = 50
START_SECONDS = 60
STOP_SECONDS = 10
WORTH_SEEING = {
    "caseworker": "a shared citizen as one person, and what consent closes",
    "leader": "notices to the unit, and its figures",
    "analyst": "Kortlægning on 1 June 2022, beside the report's figures",
    "steward": "deliveries, rejected rows, and a log that can be held to be whole",
    "committee": "Kortlægning, and the report as PDF",
    "citizen": "the own page, and who has looked",
    "representative": "the citizens who have given a mandate, and what it lets you do",
}
IN_A_UNIT = {"bif/ydelsesservice": "what a sanction costs, the hearing, and what this side is not shown"}
"""Where a unit's work is another than its role's."""


class Site:
    """The web server, the worker and the witness, started together and stopped together."""

    def __init__(self, port: int) -> None:
        self.address = f"http://{HOST}:{port}/"
        self.processes = {}
        os.environ.setdefault("HELHED_ANCHOR_FILE", str(settings.DATA_FOLDER / "anchors" / "heads.jsonl"))
        if not settings.WITNESS_URL:
            # In the demo the other administration's witness is a program beside ours; in earnest it is on their machine.
            beside = _free_after(port)
            os.environ["HELHED_WITNESS_URL"] = f"http://{HOST}:{beside}"
            folder = str(settings.DATA_FOLDER / "witness")
            self.processes["witness"] = _start("audit", "witness", "--folder", folder, "--port", str(beside))
        self.processes["web server"] = _start("serve", "--port", str(port))
        self.processes["worker"] = _start("work")

    def wait_until_ready(self) -> None:
        """Return when the first page is answered; refuse when it never is."""
        deadline = time.monotonic() + START_SECONDS
        while not _answers(self.address):
            self.refuse_if_ended()
            if time.monotonic() > deadline:
                raise RefusalError(
                    f"The web server did not answer on {self.address} within {START_SECONDS} s."
                )
            time.sleep(0.1)

    def refuse_if_ended(self) -> None:
        """Refuse when one of the programs has ended by itself."""
        for name, process in self.processes.items():
            if process.poll() is not None:
                raise RefusalError(f"The {name} ended by itself; its last words stand above.")

    def stop(self) -> None:
        """Ask them to end, and wait; a program that does not listen is ended."""
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _start(*arguments: str) -> subprocess.Popen[bytes]:
    """A command of helhed's in a session of its own, so that Ctrl-C reaches only us; it ends when we do."""
    command = [sys.executable, "-P", "-m", "helhed", *arguments, "--with-parent"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True, env=os.environ)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # nosec B310 - the demo's own address
            return answer.status == 200
    except urllib.error.HTTPError as error:
        raise RefusalError(f"The first page answers {error.code} instead of being shown.") from None
    except OSError:
        return False


def free_port(wanted: int | None, console: Console) -> int:
    """The port to serve on: the wanted one, or refuse; else 8000 or the next free one, and say so."""
    if wanted is not None:
        if not _is_free(wanted):
            raise RefusalError(f"Port {wanted} is taken by another program. Choose another with --port.")
        return wanted
    for port in range(PORT, PORT + PORTS_TRIED):
        if _is_free(port):
            if port != PORT:
                console.print(f"Port {PORT} is taken by another program; the demo uses {port}.")
            return port
    raise RefusalError(f"The ports {PORT}–{PORT + PORTS_TRIED - 1} are all taken. Choose one with --port.")


def _free_after(port: int) -> int:
    """The next free port after the site's."""
    for beside in range(port + 1, port + 1 + PORTS_TRIED):
        if _is_free(beside):
            return beside
    raise RefusalError(f"The ports {port + 1}–{port + PORTS_TRIED} are all taken; the witness needs one.")


def _is_free(port: int) -> bool:
    with socket.socket() as probe, suppress(OSError, OverflowError):
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((HOST, port))
        return True
    return False


def closing_box(address: str, citizens: list[dict[str, str]]) -> Panel:
    """Where to click, as whom to log in, and whom to look up."""
    users = Table.grid(padding=(0, 2))
    for user in User.objects.filter(is_active=True).order_by("id"):
        side = f", {user.administration.upper()}" if user.administration else ""
        users.add_row(
            user.username,
            user.name,
            f"{user.duties.name_en}{side}",
            IN_A_UNIT.get(user.unit, WORTH_SEEING[user.role]),
        )
    stories = Table.grid(padding=(0, 2))
    for citizen in citizens:
        stories.add_row(citizen["number"], citizen["name"], citizen["story"])
    grid = Table.grid()
    grid.add_row(f"Open [bold]{address}[/bold] and click a card to log in as:\n")
    grid.add_row(users)
    grid.add_row("\nA caseworker finds these citizens by name or number:\n")
    grid.add_row(stories)
    grid.add_row(
        f"\nEveryone's password: {settings.DEMO_PASSWORD} · All persons are made up · Ctrl-C stops the demo"
    )
    return Panel(grid, title="helhed is ready", box=ROUNDED, padding=(1, 2))
