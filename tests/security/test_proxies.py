"""Whose word counts for where a request comes from: the proxies that are named, and nobody else."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from uvicorn.config import Config

from helhed.commands import serve


def seen(from_address: str, monkeypatch, trusted: str | None = None) -> tuple[str, str]:
    """The address and scheme the application sees, for a request that says it was forwarded."""
    if trusted is None:
        monkeypatch.delenv("FORWARDED_ALLOW_IPS", raising=False)
    else:
        monkeypatch.setenv("FORWARDED_ALLOW_IPS", trusted)
    found = []

    async def application(scope, receive, send):
        found.append((scope["client"][0], scope["scheme"]))

    given: dict[str, object] = {}
    monkeypatch.setattr(serve.uvicorn, "run", lambda app, **options: given.update(options))
    monkeypatch.setattr(serve, "Thread", lambda **_: type("Quiet", (), {"start": lambda self: None})())
    serve.run(type("Options", (), {"with_parent": False, "host": "127.0.0.1", "port": 1})())
    config = Config(application, **given)
    config.load()
    headers = [(b"x-forwarded-for", b"198.51.100.7"), (b"x-forwarded-proto", b"https")]
    scope = {"type": "http", "client": (from_address, 1), "scheme": "http", "headers": headers}
    with ThreadPoolExecutor(1) as apart:  # the browser of other tests keeps a loop in this thread
        apart.submit(asyncio.run, config.loaded_app(scope, None, None)).result()
    return found[0]


@pytest.mark.parametrize(
    ("from_address", "trusted", "expected"),
    [
        ("127.0.0.1", None, ("198.51.100.7", "https")),
        ("203.0.113.5", None, ("203.0.113.5", "http")),
        ("203.0.113.5", "203.0.113.5", ("198.51.100.7", "https")),
        ("203.0.113.6", "203.0.113.5", ("203.0.113.6", "http")),
    ],
)
def test_a_forwarded_address_counts_from_a_named_proxy_only(monkeypatch, from_address, trusted, expected):
    assert seen(from_address, monkeypatch, trusted) == expected
