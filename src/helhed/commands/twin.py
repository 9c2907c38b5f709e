"""`helhed twin consent`: Digitalt Samtykke as a small server of its own, to try against by hand and in the tests.

The paths are those the client uses; the page at `/` lists the questions and answers them as the citizen would. Everything is
forgotten when it ends.
"""

import argparse
import html
import json
import threading
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from typing import Any
from urllib.parse import parse_qs

FIRST, TOKEN = token_urlsafe(), token_urlsafe()
"""What is handed out first, and what lets in."""
SAID = ("accepteret", "afvist", "tilbagetrukket")
TEMPLATES = [{"noegle": key, "version": 1} for key in ("deling", "indhentning", "helhedsorienteret-plan")]
MOST = 1024 * 1024


@dataclass
class Question:
    """A question put to a citizen, and what was answered, in order."""

    reference: str
    template: str
    number: str
    text: str
    answers: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Twin:
    """What the service knows. `fault` makes it misbehave: "refused", "timeout", "garbage", "duplicate", "disorder",
    "busy" (once), "expired" (the token, once)."""

    questions: dict[str, Question] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    fault: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)
    released: threading.Event = field(default_factory=threading.Event)

    def ask(self, key: str, body: dict[str, str]) -> str:
        """A new question, or the one this key has asked before."""
        with self.lock:
            if key not in self.keys:
                reference = f"DS-{len(self.questions) + 1}"
                self.keys[key] = reference
                self.questions[reference] = Question(reference, body["skabelon"], body["cpr"], body["tekst"])
            return self.keys[key]

    def answer(self, reference: str, said: str, language: str = "da") -> None:
        """The citizen answers."""
        with self.lock:
            answers = self.questions[reference].answers
            answers.append({"loebenummer": len(answers) + 1, "svar": said, "sprog": language})

    def answers(self, reference: str) -> list[dict[str, Any]]:
        """The answers to a question, as a service in trouble may tell them."""
        found = list(self.questions[reference].answers)
        if self.fault == "duplicate":
            return found + found
        if self.fault == "disorder":
            return found[::-1][: max(1, len(found) - 1)]
        return found


def run(options: argparse.Namespace) -> None:
    """Serve until told to stop."""
    server = make(options.host, options.port, Twin())
    print(
        f"Digitalt Samtykke's twin: http://{options.host}:{server.server_port}/ – Ctrl-C stops it", flush=True
    )
    try:
        server.serve_forever()
    finally:
        server.server_close()


def make(host: str, port: int, twin: Twin) -> ThreadingHTTPServer:
    """A server for a twin; port 0 takes a free one."""
    return ThreadingHTTPServer((host, port), type("Bound", (Desk,), {"twin": twin}))


class Desk(BaseHTTPRequestHandler):
    """Reads a request and answers it from the twin."""

    twin: Twin

    def do_GET(self) -> None:
        """The list for people, the templates, and the answers to a question."""
        parts = self.path.strip("/").split("/")
        if self.path == "/":
            self._say(HTTPStatus.OK, _page(self.twin), "text/html; charset=utf-8")
        elif not self._let_in():
            return
        elif parts[-1] == "skabeloner":
            self._json(TEMPLATES)
        elif parts[-1] == "samtykker" and parts[-2] in self.twin.questions:
            self._json(self.twin.answers(parts[-2]))
        else:
            self._json({"fejl": "findes ikke"}, HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        """Tokens, questions, withdrawals told, and the citizen's answer from the list."""
        body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), MOST))
        parts = self.path.strip("/").split("/")
        if self.path == "/svar":
            self._answered(parse_qs(body.decode()))
        elif self.path.endswith("/oauth/v1/issue"):
            self._json({"access_token": FIRST})
        elif self.path == "/v1/api/authorize/jwt":
            self._json({"token": TOKEN})
        elif not self._let_in():
            return
        elif parts[-1] == "samtykkeerklaeringer":
            self._json({"id": self.twin.ask(self.headers["Idempotency-Key"], json.loads(body))})
        elif parts[-1] == "tilbagetraek" and parts[-2] in self.twin.questions:
            self.twin.told.append(parts[-2])
            self._json({})
        else:
            self._json({"fejl": "findes ikke"}, HTTPStatus.NOT_FOUND)

    def _let_in(self) -> bool:
        """Whether the caller has the token and the service is well; else the trouble has been answered."""
        fault = self.twin.fault
        if fault in ("busy", "expired"):
            self.twin.fault = ""
        troubles = {
            "refused": (HTTPStatus.FORBIDDEN, "{}"),
            "expired": (HTTPStatus.UNAUTHORIZED, "{}"),
            "busy": (HTTPStatus.SERVICE_UNAVAILABLE, "{}"),
            "garbage": (HTTPStatus.OK, "<html>fejl</html>"),
        }
        if fault == "timeout":
            self.twin.released.wait()
            return False
        if fault in troubles:
            self._say(*troubles[fault])
            return False
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            self._json({"fejl": "ingen adgang"}, HTTPStatus.UNAUTHORIZED)
            return False
        return True

    def _answered(self, form: dict[str, list[str]]) -> None:
        reference, said = form.get("id", [""])[0], form.get("svar", [""])[0]
        if reference in self.twin.questions and said in SAID:
            self.twin.answer(reference, said)
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Location", "/")
        self.end_headers()

    def _json(self, value: Any, status: HTTPStatus = HTTPStatus.OK) -> None:
        self._say(status, json.dumps(value))

    def _say(self, status: HTTPStatus, text: str, kind: str = "application/json") -> None:
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the list shows what came."""


def _page(twin: Twin) -> str:
    rows = "".join(_row(question) for question in twin.questions.values())
    return (
        "<!doctype html><html lang=da><meta charset=utf-8><title>Digitalt Samtykke (tvilling)</title>"
        f"<h1>Digitalt Samtykke (tvilling)</h1>{rows or '<p>Ingen har spurgt om noget endnu.</p>'}"
    )


def _row(question: Question) -> str:
    said = ", ".join(answer["svar"] for answer in question.answers) or "intet svar"
    buttons = "".join(f"<button name=svar value={word}>{word}</button> " for word in SAID)
    return (
        f"<h2>{html.escape(question.reference)}: {html.escape(question.template)}</h2>"
        f"<pre style='white-space:pre-wrap'>{html.escape(question.text)}</pre><p>{html.escape(said)}</p>"
        f"<form method=post action=/svar><input type=hidden name=id value='{html.escape(question.reference)}'>"
        f"{buttons}</form>"
    )
