"""A provider, or somebody in its place, that answers with a token helhed must not take."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest

from accounts.liar import CLIENT, Liar, served
from helhed.accounts.actions import Login, appoint
from helhed.accounts.models import User
from helhed.audit.actions import SYSTEM


@pytest.fixture
def liar(settings, pages):
    liar, server = served()
    settings.OIDC = {
        "staff": {
            "door": "staff",
            "issuer": liar.issuer,
            "client": CLIENT,
            "secret": "s" * 40,
            "level_claim": "loa",
            "number_claim": "cpr",
            "privileges_claim": "privileges",
        }
    }
    login = Login("bente", "Bente Holm", "caseworker", "bif", "bif/ungeenhed", subject="staff:uuid-bente")
    appoint(by=SYSTEM, login=login, password=None)
    yield liar
    server.shutdown()
    server.server_close()


def answer_of(client, nonce: str = ""):
    """The exchange without the provider's pages: the liar needs nobody to log in."""
    asked = parse_qs(urlsplit(client.post("/log-ind/medarbejder/videre")["Location"]).query)
    code = nonce or asked["nonce"][0]
    return client.get(f"/log-ind/medarbejder/svar?code={code}&state={asked['state'][0]}")


def test_an_honest_answer_of_the_same_making_is_taken(pages, liar):
    client = pages()
    assert answer_of(client)["Location"] == "/" and "_auth_user_id" in client.session


CLAIMS = {
    "issuer of another": {"iss": "https://other.example"},
    "audience of another": {"aud": "another-client"},
    "several audiences and another party": {"aud": [CLIENT, "another"], "azp": "another"},
    "several audiences and no party": {"aud": [CLIENT, "another"]},
    "out of date": {"exp": int(time.time()) - 3600},
    "without an end": {"exp": None},
    "without a beginning": {"iat": None},
    "nonce of another exchange": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "subject of another than the userinfo": {"sub": "uuid-else"},
    "no subject": {"sub": None},
    "no level": {"loa": None},
    "level that only sounds alike": {"loa": "NotSubstantial"},
    "level in a list": {"loa": ["Substantial"]},
    "privileges that are no text": {"privileges": {"role": "steward"}, "sub": "uuid-nobody"},
    "endless subject": {"sub": "x" * 5000},
}


@pytest.mark.parametrize("lie", CLAIMS)
def test_claims_that_are_not_taken(pages, liar: Liar, lie):
    bent = CLAIMS[lie]
    liar.claims = lambda right: {k: v for k, v in (right | bent).items() if v is not None}
    if lie == "endless subject" or "no text" in lie:
        liar.userinfo = {"sub": bent["sub"]}
    _refused(pages)


@pytest.mark.parametrize(
    "sign",
    [
        "by_another_key",
        "by_an_unknown_key",
        "by_nobody",
        "by_the_public_key_as_secret",
        "by_the_clients_secret",
        "altered_after_signing",
    ],
)
def test_signatures_that_are_not_taken(pages, liar: Liar, sign):
    liar.sign = getattr(liar, sign)
    _refused(pages)


@pytest.mark.parametrize("token", ["", "a", "a.b.c", "..", "é.é.é", "W10.W10.W10"])
def test_what_is_no_token(pages, liar: Liar, token):
    liar.sign = lambda claims: token
    _refused(pages)


def test_the_userinfo_cannot_outbid_the_signed_token(pages, liar: Liar):
    """What is signed counts before what is not."""
    liar.claims = lambda right: right | {"loa": "Low"}
    liar.userinfo = {"loa": "High"}
    _refused(pages)


def _refused(pages) -> None:
    client = pages()
    users = User.objects.count()
    answer = answer_of(client)
    assert answer.status_code == 403 and "Du blev ikke logget ind" in answer.content.decode()
    assert "_auth_user_id" not in client.session and User.objects.count() == users
