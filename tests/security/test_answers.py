"""What every answer carries, what a form asks for, and what is not served at all."""

import re

import pytest
from django.conf import settings
from django.test import Client

from helhed.audit.models import Event
from house.building import PACKAGE
from pages.test_who_may import ROWS
from pages.world import PASSWORD, World

PAGES = {
    "": "/log-ind",
    "bente": "/sagsbehandler",
    "anders": "/kortlaegning",
    "dorte": "/log",
    "anna": "/mig",
}
OTHER_KINDS = {"anders": "/kortlaegning/rapport.pdf", "ulla": "/leverancer", "lene": "/findes/ikke"}
SCRIPTS = PACKAGE / "pages" / "static" / "helhed" / "js"


@pytest.mark.parametrize(
    ("username", "path"), [*PAGES.items(), *OTHER_KINDS.items(), ("anders", "/api/v1/law")]
)
def test_every_answer_carries_its_headers(pages, username, path):
    answer = pages(username).get(path)
    policy = answer["Content-Security-Policy"]
    assert {"default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"} <= {
        rule.strip() for rule in policy.split(";")
    }
    assert "unsafe" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in answer
    kind = answer["Content-Type"]
    assert kind == "application/pdf" or "charset=utf-8" in kind


def test_cookies_are_closed(pages):
    client = pages()
    client.post("/log-ind/medarbejder", {"username": "anders", "password": PASSWORD})
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    assert session["httponly"] and session["samesite"] == "Lax"
    assert session.value not in client.get("/analyse").content.decode()


def test_log_in_makes_a_new_session(pages):
    keys = []
    for _ in range(2):
        client = pages()
        client.get("/log-ind/medarbejder")
        client.cookies[settings.SESSION_COOKIE_NAME] = "given-by-somebody-else"
        client.post("/log-ind/medarbejder", {"username": "anders", "password": PASSWORD})
        keys.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    assert len(set(keys)) == 2 and all(len(key) >= 32 for key in keys)
    assert "given-by-somebody-else" not in keys


def test_a_form_without_its_token_is_refused(world: World):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/log-ind/medarbejder", {"username": "anders", "password": PASSWORD})
    assert answer.status_code == 403
    assert not Event.objects.filter(action="log-in", actor="anders", outcome="allowed").exists()


READING = sorted(name for name, row in ROWS.items() if row.post and "{" not in row.path)


@pytest.mark.parametrize("name", READING)
def test_reading_changes_nothing(pages, name):
    assert pages("anders").get(ROWS[name].path).status_code in (302, 403, 404, 405)


def test_markup_in_what_people_type_is_shown_as_text(pages):
    typed = "<script>alert(1)</script>'\"&"
    page = pages("bente").post("/borgere", {"tekst": typed, "formaal": "sagsbehandling"}).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page
    page = pages("dorte").get("/log", {"hvem": typed}).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page


@pytest.mark.parametrize("typed", ["%%", "__", "%kær", "Å_ær", "\\\\", "[A-Z]+", "(Åkær", "Åkær%' OR '1'='1"])
def test_signs_of_patterns_are_searched_as_text(pages, typed):
    answer = pages("bente").post("/borgere", {"tekst": typed, "formaal": "sagsbehandling"})
    assert answer.status_code == 200 and "Anna" not in answer.content.decode()


def test_every_page_has_log_out(pages):
    for username, path in PAGES.items():
        if username:
            assert 'action="/log-af"' in pages(username).get(path).content.decode(), path


def test_the_password_field_hides_and_may_be_pasted_into(pages):
    page = pages().get("/log-ind/medarbejder").content.decode()
    field = re.search(r"<input[^>]*name=\"password\"[^>]*>", page).group()
    assert 'type="password"' in field and 'autocomplete="current-password"' in field
    assert "maxlength" not in field and "onpaste" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/static/",
        "/static/helhed/",
        "/static/../settings.py",
        "/pyproject.toml",
        "/data/",
        "/.env",
    ],
)
def test_nothing_of_the_house_is_served(pages, path):
    assert pages("anders").get(path).status_code == 404


@pytest.mark.parametrize("method", ["TRACE", "PUT", "PATCH", "DELETE", "CONNECT", "NONSENSE"])
def test_methods_no_page_has_are_not_answered(pages, method):
    answer = pages("anders").generic(method, "/lov")
    assert answer.status_code == 405 and not answer.content
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("script", sorted(SCRIPTS.glob("*.js")), ids=lambda path: path.name)
def test_scripts_write_text_and_not_markup(script):
    text = script.read_text()
    assert not re.findall(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|__proto__", text
    )


def test_the_browser_keeps_no_data():
    kept = [
        line.strip()
        for script in SCRIPTS.glob("*.js")
        for line in script.read_text().splitlines()
        if re.search(r"(?:local|session)Storage\.setItem|indexedDB|document\.cookie\s*=", line)
    ]
    assert len(kept) == 1 and '"on" : "off"' in kept[0], "only whether shortcuts are on"
