"""The national solution Digitalt Samtykke, as a client sees it: a token, the templates, a question, its answers.

Shaped after what is public of it: a token with client credentials for the authority (its CVR number), exchanged for the
service's own; templates; a declaration put to a citizen; the answers to it, numbered from one. Each trouble is one sentence.
"""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from helhed.audit.canonical import canonical

SECONDS = 5.0
TRIES = 3
PAUSE = 0.2
AGAIN = {429, 500, 502, 503, 504}
ANSWERS = ("accepteret", "afvist", "tilbagetrukket")


class Trouble(Exception):
    """The national solution did not do what was asked; the text says what happened, in one sentence."""


@dataclass(frozen=True)
class Authority:
    """Who we are there: address of the service, CVR number, and the credentials of our system."""

    url: str
    cvr: str
    client: str
    secret: str


@dataclass(frozen=True)
class Template:
    """A template the authority may ask with."""

    key: str
    version: int


@dataclass(frozen=True)
class Reply:
    """One answer: its number among those to one question, what was said, in which language, and the hash of its text."""

    number: int
    said: str
    language: str
    hash: str


class National:
    """A connection to the service. Everything asked can be asked again: questions carry a key that makes them one."""

    def __init__(
        self,
        authority: Authority,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._authority, self._sleep, self._bearer = authority, sleep, ""
        self._http = httpx.Client(
            base_url=authority.url, timeout=SECONDS, transport=transport, trust_env=False
        )

    def __enter__(self) -> "National":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def templates(self) -> list[Template]:
        """The templates the authority may ask with."""
        rows = self._asked("GET", "skabeloner")
        try:
            return [Template(str(row["noegle"]), int(row["version"])) for row in rows]
        except (TypeError, KeyError, ValueError):
            raise self._garbage() from None

    def ask(self, *, key: str, template: str, number: str, text: str) -> str:
        """Put a question to a citizen (by CPR number). Answers their reference; the same key again gives the same one."""
        body = {"skabelon": template, "cpr": number, "tekst": text}
        answer = self._asked("POST", "samtykkeerklaeringer", body, {"Idempotency-Key": key})
        try:
            reference = answer["id"]
        except (TypeError, KeyError):
            raise self._garbage() from None
        if not isinstance(reference, str) or not 0 < len(reference) <= 80:
            raise self._garbage()
        return reference

    def replies(self, reference: str) -> list[Reply]:
        """The answers to one question, in the order they were given, each once."""
        rows = self._asked("GET", f"samtykkeerklaeringer/{reference}/samtykker")
        try:
            read = {int(row["loebenummer"]): _reply(row) for row in rows}
        except (TypeError, KeyError, ValueError):
            raise self._garbage() from None
        return [read[number] for number in sorted(read)]

    def tell_withdrawn(self, *, key: str, reference: str) -> None:
        """Tell that the citizen took the consent back with us."""
        self._asked("POST", f"samtykkeerklaeringer/{reference}/tilbagetraek", {}, {"Idempotency-Key": key})

    def _asked(
        self,
        method: str,
        what: str,
        body: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Any:
        """One question to the service; a token that is no longer taken is fetched anew, once."""
        path = f"/v1/api/myndighed/{self._authority.cvr}/{what}"
        for attempt in (1, 2):
            self._bearer = self._bearer or self._new_token()
            given = {**(headers or {}), "Authorization": f"Bearer {self._bearer}"}
            answer = self._sent(
                lambda given=given: self._http.request(method, path, json=body, headers=given)
            )
            if answer.status_code == 401 and attempt == 1:
                self._bearer = ""
                continue
            break
        return self._read(answer)

    def _new_token(self) -> str:
        mine = self._authority
        form = {
            "grant_type": "client_credentials",
            "client_id": mine.client,
            "client_secret": mine.secret,
            "scope": f"entity_id:{mine.client},anvenderkontekst:{mine.cvr}",
        }
        issued = self._read(
            self._sent(lambda: self._http.post("/runtime/api/rest/oauth/v1/issue", data=form))
        )
        first = _word(issued, "access_token")
        bearer = {"Authorization": f"Bearer {first}"}
        given = self._read(self._sent(lambda: self._http.post("/v1/api/authorize/jwt", headers=bearer)))
        token = _word(given, "token")
        if not first or not token:
            raise self._garbage()
        return token

    def _sent(self, send: Callable[[], httpx.Response], left: int = TRIES - 1) -> httpx.Response:
        """Send, and again after a pause where the service was away, slow or busy."""
        try:
            answer = send()
            if answer.status_code not in AGAIN or not left:
                return answer
        except httpx.TimeoutException:
            if not left:
                raise Trouble(
                    "Digitalt Samtykke did not answer in time; it is asked again at the next round."
                ) from None
        except httpx.HTTPError as error:
            if not left:
                raise Trouble(
                    f"Digitalt Samtykke cannot be reached ({type(error).__name__}); it is asked again later."
                ) from None
        self._sleep(PAUSE * 2 ** (TRIES - 1 - left))
        return self._sent(send, left - 1)

    def _read(self, answer: httpx.Response) -> Any:
        if answer.status_code in (401, 403):
            raise Trouble(
                "Digitalt Samtykke refuses our credentials; check HELHED_NATIONAL_CONSENT_CLIENT and _SECRET."
            )
        if not answer.is_success:
            raise Trouble(f"Digitalt Samtykke answered with status {answer.status_code}.")
        try:
            return answer.json()
        except ValueError:
            raise self._garbage() from None

    def _garbage(self) -> Trouble:
        return Trouble("Digitalt Samtykke answered something that cannot be read; nothing was changed here.")


def _reply(row: dict[str, Any]) -> Reply:
    said, language = row["svar"], row["sprog"]
    if said not in ANSWERS or language not in ("da", "en"):
        raise ValueError(said)
    return Reply(int(row["loebenummer"]), said, language, hashlib.sha256(canonical(row).encode()).hexdigest())


def _word(answer: Any, name: str) -> str:
    word = answer.get(name) if isinstance(answer, dict) else None
    return word if isinstance(word, str) else ""
