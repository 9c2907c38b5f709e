"""A real demo and a real browser. The demo has a data folder and a port of its own, on the server under test."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from psycopg import connect, sql
from psycopg.conninfo import make_conninfo

PEOPLE = 3000
READY_SECONDS = 300
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]


@dataclass
class Demo:
    """A running `helhed demo`: its address, the shared password, what it has said, and how to start it again."""

    address: str
    password: str
    said: str
    process: subprocess.Popen
    environment: dict[str, str]


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_demo(environment: dict[str, str], *arguments: str) -> Demo:
    """Start a demo and wait until it says that it is ready."""
    command = [sys.executable, "-P", "-m", "helhed", "demo", *arguments]
    log = Path(environment["HELHED_DATA"], "said.txt")
    with log.open("w") as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.STDOUT)
    deadline = time.monotonic() + READY_SECONDS
    while "is ready" not in (said := log.read_text()):
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            pytest.fail(f"the demo did not become ready:\n{said}")
        time.sleep(0.2)
    time.sleep(0.3)
    said = log.read_text()
    address = re.search(r"is ready.*?(http://\S+)", said, re.DOTALL).group(1)
    password = re.search(r"password: (\S+)", said).group(1)
    return Demo(address, password, said, process, environment)


def stop_demo(demo: Demo) -> None:
    """Ctrl-C, and wait for a good end."""
    demo.process.send_signal(signal.SIGINT)
    assert demo.process.wait(60) == 0


@pytest.fixture(scope="session")
def demo_environment() -> Iterator[dict[str, str]]:
    """Where the demo lives: on the server of DATABASE_URL in a database of its own, else embedded in a new folder."""
    folder = Path(tempfile.mkdtemp(prefix="helhed-demo-", dir="/tmp"))
    folder.chmod(0o711)
    environment = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    environment["HELHED_DATA"] = str(folder)
    given = os.environ.get("DATABASE_URL")
    name = os.environ.get("HELHED_TEST_DATABASE", "helhed_test") + "_demo"
    if given:
        environment["DATABASE_URL"] = make_conninfo(given, dbname=name)
        drop(given, name)
    yield environment
    if given:
        drop(given, name)
    shutil.rmtree(folder)


def drop(address: str, name: str) -> None:
    with connect(address, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def demo(demo_environment) -> Iterator[Demo]:
    """The demo with a small city, made as anybody makes it."""
    demo = start_demo(demo_environment, "--people", str(PEOPLE), "--port", str(free_port()))
    yield demo
    stop_demo(demo)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium from the distribution; without one the tests are skipped, and on CI they fail."""
    named = os.environ.get("HELHED_CHROMIUM")
    found = [path for name in ([named] if named else BROWSERS) if (path := shutil.which(name))]
    if not found:
        missing = "no Chromium: install one, or name it in HELHED_CHROMIUM"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found[0], args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(demo, browser) -> Iterator[Page]:
    """A page with nobody logged in; an error in the browser's console fails the test."""
    context = browser.new_context(
        base_url=demo.address, locale="da-DK", viewport={"width": 1440, "height": 900}
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert not errors


@pytest.fixture
def enter(page) -> Callable[[str], Page]:
    """Log in as a user of the demo by one click on the card; answers the page."""

    def click(username: str) -> Page:
        page.goto("log-ind")
        page.locator(f"[data-user={username}]").click()
        return page

    return click


@pytest.fixture
def sitting(demo, browser: Browser) -> Iterator[Callable[..., Page]]:
    """`sitting("bente")`: somebody logged in at a machine of their own, or on a phone."""
    contexts = []

    def sit(username: str, size: dict[str, int] | None = None) -> Page:
        context = browser.new_context(
            base_url=demo.address, locale="da-DK", viewport=size or {"width": 1440, "height": 900}
        )
        contexts.append(context)
        page = context.new_page()
        page.goto("log-ind")
        page.locator(f"[data-user={username}]").click()
        page.wait_for_load_state()
        return page

    yield sit
    for context in contexts:
        context.close()
