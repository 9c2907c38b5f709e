"""`helhed audit witness`: the other administration's side. A program of its own with its own key, folder and machine.

GET  /                 what this is, and the witness' key
GET  /log/KEY          the last head seen of the log of this key
GET  /log/KEY/heads    every head seen
POST /log/KEY          {"head": …, "key": …, "consistency": […]}: the countersignature, or 409 with the reason
"""

import argparse
import json
import logging
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from helhed.audit.keys import jwk
from helhed.audit.witness import Refuses, Witness
from helhed.commands.parent import end_with_parent

BODY_AT_MOST = 64 * 1024
log = logging.getLogger(__name__)


def run(options: argparse.Namespace) -> None:
    """Answer until told to stop."""
    if options.with_parent:
        end_with_parent()
    with server(options.folder, options.host, options.port) as serving:
        print(
            f"The witness listens on http://{options.host}:{serving.server_port} and keeps {options.folder}.",
            flush=True,
        )
        serving.serve_forever()


def server(folder: Path, host: str, port: int) -> ThreadingHTTPServer:
    """A server that answers for the witness of this folder; port 0 takes a free one."""
    witness = Witness(folder)

    class Answering(Desk):
        """The desk of this witness."""

    Answering.witness = witness
    return ThreadingHTTPServer((host, port), Answering)


class Desk(BaseHTTPRequestHandler):
    """Reads what is asked, and answers in JSON."""

    witness: Witness
    timeout = 10
    server_version = "helhed-witness"
    sys_version = ""
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """What has been seen."""
        match self.path.strip("/").split("/"):
            case [""]:
                self._say(
                    200, {"what": "a witness of helhed's log", "key": jwk(self.witness.key.public_key())}
                )
            case ["log", name]:
                self._answer(lambda: self._last(name))
            case ["log", name, "heads"]:
                self._answer(
                    lambda: {"heads": self.witness.everything(name)} if self.witness.last(name) else None
                )
            case _:
                self._say(404, {"error": "There is nothing here."})

    def do_POST(self) -> None:
        """A head to countersign."""
        match self.path.strip("/").split("/"):
            case ["log", name]:
                self._answer(lambda: self.witness.take(name, self._body()))
            case _:
                self.close_connection = True
                self._say(404, {"error": "There is nothing here."})

    def _last(self, name: str) -> dict[str, Any] | None:
        seen = self.witness.last(name)
        return {"head": seen.head.to_json(), "statement": seen.statement} if seen else None

    def _body(self) -> dict[str, Any]:
        length = self.headers.get("content-length", "")
        if not length.isdigit() or int(length) > BODY_AT_MOST:
            self.close_connection = True
            raise ValueError("the head is too long, or its length is not said")
        words = json.loads(self.rfile.read(int(length)))
        if not isinstance(words, dict):
            raise ValueError("this is no head of a log")
        return words

    def _answer(self, ask: Any) -> None:
        try:
            words = ask()
        except Refuses as refusal:
            log.warning("refused: %s", refusal)
            self._say(409, {"error": str(refusal)})
        except ValueError as error:
            self._say(400, {"error": str(error)})
        except OSError as error:
            self._say(503, {"error": f"The witness cannot keep it: {error.strerror}."})
        else:
            self._say(200, words) if words is not None else self._say(
                404, {"error": "This log is not known."}
            )

    def _say(self, code: int, words: dict[str, Any]) -> None:
        body = json.dumps(words).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:
        """One line for each request, where the level asks for it."""
        log.info(format, *arguments)
