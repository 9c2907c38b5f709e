"""What the program tells the browser, and Django's own list of what a site in the open must have."""

import json
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from helhed.project.entrances import origins, providers, seconds

HTTPS = {
    "HELHED_HTTPS": "1",
    "HELHED_DEMO": "",
    "HELHED_DEBUG": "",
    "DJANGO_SETTINGS_MODULE": "helhed.project.settings",
    "HELHED_SECRET_KEY": "".join(chr(33 + n) for n in range(70)),
}
ASK = """
import json
from django.conf import settings
names = ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
         "LANGUAGE_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_DOMAIN",
         "SESSION_COOKIE_PATH", "LOCAL_LOGIN"]
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


def run(*line: str, **more: str) -> subprocess.CompletedProcess:
    clean = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    return subprocess.run(
        [sys.executable, *line], env=clean | HTTPS | more, capture_output=True, text=True, check=False
    )


def test_djangos_own_list_finds_nothing():
    done = run("-m", "django", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_with_tls_every_cookie_is_bound_to_this_host_and_to_tls():
    done = run("-c", ASK)
    told = json.loads(done.stdout)
    assert told["SESSION_COOKIE_NAME"].startswith("__Host-") and told["CSRF_COOKIE_NAME"].startswith(
        "__Host-"
    )
    assert told["SESSION_COOKIE_DOMAIN"] is None and told["SESSION_COOKIE_PATH"] == "/"
    assert all(told[f"{name}_COOKIE_SECURE"] for name in ("SESSION", "CSRF", "LANGUAGE"))
    assert told["SECURE_SSL_REDIRECT"] and told["SECURE_HSTS_SECONDS"] >= 31_536_000


def test_local_passwords_are_off_where_a_provider_is_and_on_where_none_is():
    provider = {"HELHED_OIDC_STAFF_ISSUER": "https://login.example.dk", "HELHED_OIDC_STAFF_CLIENT": "helhed"}
    assert json.loads(run("-c", ASK).stdout)["LOCAL_LOGIN"]
    assert not json.loads(run("-c", ASK, **provider).stdout)["LOCAL_LOGIN"]
    assert json.loads(run("-c", ASK, **provider, HELHED_LOCAL_LOGIN="1").stdout)["LOCAL_LOGIN"]


def test_cookies_are_out_of_reach_for_scripts_and_other_sites():
    for name in ("SESSION", "CSRF", "LANGUAGE"):
        assert (
            getattr(settings, f"{name}_COOKIE_HTTPONLY")
            and getattr(settings, f"{name}_COOKIE_SAMESITE") == "Lax"
        )


@pytest.mark.django_db
def test_the_headers_of_a_page():
    answer = Client().get("/log-ind")
    policy = dict(re.findall(r"([\w-]+) ([^;]+)", answer["Content-Security-Policy"]))
    assert policy["default-src"] == "'none'" and policy["frame-ancestors"] == "'none'"
    assert policy["report-uri"] == "/csp"
    assert not re.search(r"unsafe|\*|data:|http", answer["Content-Security-Policy"])
    assert answer["Cache-Control"] == "no-store" or "no-store" in answer["Cache-Control"]
    assert "camera=()" in answer["Permissions-Policy"] and "geolocation=()" in answer["Permissions-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff" and answer["X-Frame-Options"] == "DENY"
    assert answer["Cross-Origin-Opener-Policy"] == answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Referrer-Policy"] == "same-origin"


def test_a_broken_rule_is_one_line_without_what_was_searched_for(caplog):
    report = {
        "csp-report": {
            "document-uri": "http://x/borgere?q=Anna",
            "blocked-uri": "inline",
            "violated-directive": "s",
        }
    }
    answer = Client(enforce_csrf_checks=True).post(
        "/csp", json.dumps(report), content_type="application/csp-report"
    )
    assert answer.status_code == 204
    assert "http://x/borgere" in caplog.text and "Anna" not in caplog.text


@pytest.mark.parametrize(
    "body", ["", "[1]", "{", '{"csp-report": 1}', '{"csp-report": "' + "a" * 9000 + '"}']
)
def test_a_report_that_is_none_is_refused(body):
    assert Client().post("/csp", body, content_type="application/csp-report").status_code == 400


def test_a_provider_needs_both_its_names():
    for environ in (
        {"HELHED_OIDC_STAFF_ISSUER": "https://x"},
        {"HELHED_OIDC_STAFF_CLIENT": "helhed"},
        {"HELHED_OIDC_CITIZEN_ISSUER": "file:///x", "HELHED_OIDC_CITIZEN_CLIENT": "helhed"},
    ):
        with pytest.raises(ImproperlyConfigured, match="belong together"):
            providers(environ)
    known = providers(
        {"HELHED_OIDC_CITIZEN_ISSUER": "https://mitid.example/realm", "HELHED_OIDC_CITIZEN_CLIENT": "helhed"}
    )
    assert origins(known) == ["https://mitid.example"] and known["citizen"]["number_claim"] == "cpr"


@pytest.mark.parametrize("value", ["1", "0", "-5", "soon", ""])
def test_a_limit_too_short_to_be_warned_of_is_refused(value):
    with pytest.raises(ImproperlyConfigured, match="at least 2"):
        seconds({"HELHED_IDLE_STAFF": value}, "HELHED_IDLE_STAFF", 30)
    assert seconds({}, "HELHED_IDLE_STAFF", 30) == 1800
