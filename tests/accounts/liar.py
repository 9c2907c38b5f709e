"""A provider that lies in whatever way it is told: the same exchange, with a token of the test's making."""

import base64
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from accounts.exchange import SUBSTANTIAL

CLIENT = "helhed-staff"
Claims = dict[str, Any]


@dataclass
class Liar:
    """What it answers next: `claims` bends the token's claims, `sign` makes the token of them."""

    issuer: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "alg": "RS256"}))
    claims: Callable[[Claims], Claims] = dict
    sign: Callable[[Claims], str] | None = None
    userinfo: Claims = field(default_factory=dict)

    def token(self, nonce: str) -> str:
        now = int(time.time())
        right = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "uuid-bente",
            "name": "Bente Holm",
            "loa": SUBSTANTIAL,
            "nonce": nonce,
            "iat": now,
            "exp": now + 300,
        }
        return (self.sign or self.signed)(self.claims(right))

    def signed(self, claims: Claims) -> str:
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)

    def by_another_key(self, claims: Claims) -> str:
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, RSAKey.generate_key(2048))

    def by_an_unknown_key(self, claims: Claims) -> str:
        return jwt.encode({"alg": "RS256", "kid": "two"}, claims, RSAKey.generate_key(2048))

    def by_nobody(self, claims: Claims) -> str:
        return f"{_unsigned('none', claims)}."

    def by_the_public_key_as_secret(self, claims: Claims) -> str:
        return _by_secret(claims, self.key.as_pem(private=False))

    def by_the_clients_secret(self, claims: Claims) -> str:
        return _by_secret(claims, b"s" * 40)

    def altered_after_signing(self, claims: Claims) -> str:
        head, _, signature = self.signed(claims).split(".")
        return ".".join([head, _base64(json.dumps(claims | {"sub": "uuid-else"}).encode()), signature])


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _unsigned(algorithm: str, claims: Claims) -> str:
    return ".".join(_base64(json.dumps(part).encode()) for part in ({"alg": algorithm, "kid": "one"}, claims))


def _by_secret(claims: Claims, secret: bytes) -> str:
    text = _unsigned("HS256", claims)
    return f"{text}.{_base64(hmac.digest(secret, text.encode(), 'sha256'))}"


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        liar = self.server.liar
        at = liar.issuer
        self._say(
            {
                "/.well-known/openid-configuration": {
                    "issuer": at,
                    "authorization_endpoint": f"{at}/auth",
                    "token_endpoint": f"{at}/token",
                    "userinfo_endpoint": f"{at}/me",
                    "jwks_uri": f"{at}/jwks",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                },
                "/jwks": {"keys": [liar.key.as_dict(private=False)]},
                "/me": {"sub": "uuid-bente"} | liar.userinfo,
            }[urlsplit(self.path).path]
        )

    def do_POST(self) -> None:
        asked = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
        token = self.server.liar.token(asked["code"][0])
        self._say({"access_token": "a", "token_type": "Bearer", "id_token": token})

    def _say(self, what: dict[str, Any]) -> None:
        body = json.dumps(what).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *what: Any) -> None:
        """Quiet."""


def served() -> tuple[Liar, HTTPServer]:
    """A liar at its own port, until the server is shut down. The code it is asked with becomes the nonce."""
    server = HTTPServer(("127.0.0.1", 0), _Answers)
    server.liar = Liar(f"http://127.0.0.1:{server.server_port}")
    Thread(target=server.serve_forever, daemon=True).start()
    return server.liar, server
