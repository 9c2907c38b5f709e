"""The program calls nobody but those its settings name, and only from the places listed in docs/security/README.md."""

import ast
import re

import pytest
from django.conf import settings

from helhed.audit.anchors import witnesses
from helhed.pages.login.provider import Adapter
from house.building import BASE, PACKAGE, sources, tree

CALLERS = {"httpx", "requests", "urllib.request", "http.client", "socket", "smtplib", "ftplib", "aiohttp"}
KNOWN = {
    "audit/anchors/witnesses.py": "the other administration's witness, HELHED_WITNESS_URL",
    "audit/anchors/timestamps.py": "the time-stamping authority, HELHED_TSA_URL",
    "pages/login/provider.py": "the identity provider of a door, HELHED_OIDC_…_ISSUER",
    "register/scanning.py": "the virus scanner, HELHED_CLAMD",
    "sharing/consent/national.py": "the national consent solution, HELHED_NATIONAL_CONSENT_URL",
    "commands/demo_site.py": "the demo's own address, to see that it is up",
}


def callers() -> set[str]:
    found = set()
    for file in sources():
        if not file.is_relative_to(PACKAGE):
            continue
        for node in ast.walk(tree(file)):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if CALLERS.intersection(names):
                found.add(str(file.relative_to(PACKAGE)))
    return found


def test_only_known_places_call_outside():
    assert callers() == set(KNOWN)


def test_the_list_of_calls_is_in_the_documents():
    text = (BASE / "docs" / "security" / "README.md").read_text()
    assert not [place for place in KNOWN if place not in text]


def test_no_call_follows_to_another_address():
    """httpx follows only when told to; allauth's session is told not to."""
    told = re.compile(r"follow_redirects\s*=\s*True|allow_redirects\s*=\s*True")
    assert not [place for place in KNOWN if told.search((PACKAGE / place).read_text())]
    assert Adapter(None).get_requests_session().max_redirects == 0


@pytest.mark.parametrize("word", ["request.GET", "request.POST", "request.body"])
def test_no_address_comes_from_a_request(word):
    anchors = [place for place in KNOWN if place.startswith("audit/")]
    assert not [place for place in anchors if word in (PACKAGE / place).read_text()]


def test_nobody_waits_for_ever():
    assert witnesses.WAIT.read <= 10 and witnesses.WAIT.connect <= 5
    assert settings.SOCIALACCOUNT_REQUESTS_TIMEOUT <= 10
