"""Log-in by an identity provider: the code flow of OpenID Connect by django-allauth, with what helhed asks on top.

allauth makes and checks the state, sends PKCE's challenge and its answer, and fetches the tokens. Asked for here too:
the log-in begins with a form of ours; the provider is the very issuer of the door's settings; the token is signed by one
of its keys; nonce, audience and subject are ours; and who is let in is decided by accounts, never by allauth's tables.
"""

import base64
import json
import secrets
from typing import Any

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from helhed.accounts import entering, privileges
from helhed.accounts.doors import CITIZEN, STAFF
from helhed.accounts.identity import Identity, NotLetInError, Provider, identity
from helhed.accounts.models import User
from helhed.audit.actions import SYSTEM, note
from helhed.law import catalogue
from helhed.pages.login.keeping import begin
from helhed.sharing.recognition import person_of_number

SIGNATURES = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)
LONGEST_SUBJECT = 190
FOR_ANOTHER = "another"
FOR = "for"


class OurProvider(OpenIDConnectProvider):
    """allauth's provider, told nothing by the reader: what is asked for stands in the settings alone."""

    def redirect(self, request: HttpRequest, process: str, **more: Any) -> HttpResponse:
        """To the provider, with a fresh nonce that the answer must carry."""
        nonce = secrets.token_urlsafe(24)
        return super().redirect(request, process, auth_params={"nonce": nonce}, nonce=nonce, **more)

    def extract_uid(self, data: dict[str, Any]) -> str:
        """The lasting subject; one that no provider gives is a fault of the exchange."""
        uid = super().extract_uid(data)
        if not 1 <= len(uid) <= LONGEST_SUBJECT:
            raise OAuth2Error("the subject is not one")
        return uid

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        """None: nobody is found by e-mail here."""
        return []


class Connection(OpenIDConnectOAuth2Adapter):
    """One exchange with a door's provider."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself; it must call itself what the settings call it."""
        config = super().openid_config
        if config.get("issuer") != settings.OIDC[self.provider_id]["issuer"]:
            raise OAuth2Error("the provider calls itself something else than the settings do")
        return config

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Where the provider sends the reader back to."""
        return request.build_absolute_uri(reverse(f"oidc-answer-{self.provider_id}"))

    def get_access_token_data(self, *arguments: Any, **named: Any) -> dict[str, Any]:
        """The tokens. Where the provider names itself in its answer (RFC 9207), it must be this one."""
        issuer = self.request.GET.get("iss", self.openid_config["issuer"])
        if issuer != self.openid_config["issuer"]:
            raise OAuth2Error("the answer comes from another provider")
        tokens = super().get_access_token_data(*arguments, **named)
        if not tokens.get("id_token"):
            raise OAuth2Error("no id token")
        # allauth would skip the signature of a token it fetched itself.
        self.did_fetch_access_token = False
        return tokens

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        """The token's claims: signed with a key of the provider's, from it, for us, and still good."""
        try:
            head = id_token.split(".")[0]
            algorithm = json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4))).get("alg")
            if algorithm not in SIGNATURES:
                raise OAuth2Error("the token's signature is of a kind that is not taken")
            claims = super()._decode_id_token(app, id_token)
        except (ValueError, KeyError, TypeError, AttributeError):
            raise OAuth2Error("the token cannot be read") from None
        audience = claims.get("aud")
        if isinstance(audience, list) and len(audience) > 1 and claims.get("azp") != app.client_id:
            raise OAuth2Error("the token is for somebody else too")
        if not {"exp", "iat", "sub"} <= claims.keys():
            raise OAuth2Error("the token lacks a claim")
        return claims

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **more: Any
    ) -> SocialLogin:
        """allauth's answer; network and provider faults become one kind of error."""
        try:
            return super().complete_login(request, app, token, **more)
        except (ValueError, KeyError, TypeError) as error:
            raise OAuth2Error(f"the provider's answer cannot be read ({type(error).__name__})") from None


class Adapter(DefaultSocialAccountAdapter):
    """Where allauth asks us: which providers there are, who has come, and what to say when something is wrong."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list:
        """The providers of the settings; none stands in a table."""
        return [_app(door) for door in settings.OIDC if provider in {None, door}]

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> OurProvider:
        """The provider of a door."""
        return OurProvider(request=request, app=_app(provider))

    def get_requests_session(self) -> requests.Session:
        """The session that asks the provider: an answer that leads elsewhere is a fault, not a way."""
        session = super().get_requests_session()
        session.max_redirects = 0
        return session

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The proof is complete: let the reader in, or say why not. Never goes on to allauth's own log-in."""
        try:
            answer = _let_in(request, sociallogin)
        except NotLetInError as refusal:
            answer = _refused(request, sociallogin.account.provider, refusal.code, str(refusal))
        raise ImmediateHttpResponse(answer)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """The exchange failed: cancelled, forged, replayed, or the provider is out of reach."""
        unreachable = isinstance(exception, requests.RequestException)
        code = "unreachable" if unreachable else "cancelled" if error == "cancelled" else "exchange"
        words = str(exception or error or "no state")[:120]
        raise ImmediateHttpResponse(_refused(request, provider.app.provider_id, code, words))


def _app(door: str) -> SocialApp:
    if door not in settings.OIDC:
        raise Http404
    of = settings.OIDC[door]
    return SocialApp(
        provider="openid_connect",
        provider_id=door,
        name=door,
        client_id=of["client"],
        secret=of["secret"],
        settings={"server_url": of["issuer"], "oauth_pkce_enabled": True, "scope": ["openid", "profile"]},
    )


@login_not_required
@require_POST
def start(request: HttpRequest, door: str) -> HttpResponse:
    """To the door's provider. A citizen says whether it is for the own sake or for somebody else's."""
    provider = Adapter(request).get_provider(request, door)
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    try:
        return provider.redirect(
            request, "login", next_url=target if safe else None, data={FOR: request.POST.get(FOR, "")}
        )
    except requests.RequestException as error:
        return _refused(request, door, "unreachable", type(error).__name__)
    except OAuth2Error as error:
        return _refused(request, door, "exchange", str(error))


@login_not_required
@require_GET
def answer(request: HttpRequest, door: str) -> HttpResponse:
    """The provider sends the reader back."""
    _app(door)
    return OAuth2CallbackView.adapter_view(Connection(request, door))(request)


OurProvider.oauth2_adapter_class = Connection


def log_out_address(request: HttpRequest, door: str) -> str | None:
    """Where the provider ends its own log-in (RP-initiated log-out), when it offers that and can be reached."""
    if door not in settings.OIDC:
        return None
    try:
        end = Connection(request, door).openid_config.get("end_session_endpoint")
    except (requests.RequestException, OAuth2Error, ValueError):
        return None
    if not end:
        return None
    back = {
        "client_id": settings.OIDC[door]["client"],
        "post_logout_redirect_uri": request.build_absolute_uri(reverse("login")),
    }
    return requests.Request("GET", end, params=back).prepare().url


def _let_in(request: HttpRequest, sociallogin: SocialLogin) -> HttpResponse:
    """Check what allauth does not, find the login, and begin its session."""
    door = sociallogin.account.provider
    data = sociallogin.account.extra_data
    token, more = data.get("id_token") or {}, data.get("userinfo") or {}
    nonce = sociallogin.state.get("nonce")
    if not nonce or token.get("nonce") != nonce or more.get("sub", token.get("sub")) != token.get("sub"):
        raise NotLetInError("exchange", "nonce or subject")
    who = identity(Provider(**settings.OIDC[door]), {**more, **token})
    user = _login_of(who, (sociallogin.state.get("data") or {}).get(FOR) == FOR_ANOTHER)
    begin(request, user, door, "provider")
    target = sociallogin.state.get("next")
    return redirect(target or "home")


def _login_of(who: Identity, for_another: bool) -> User:
    if who.door == STAFF:
        units = catalogue().vocabulary().units
        mapping = privileges.rules(settings.PRIVILEGES)
        return entering.member_of_staff(who, cvr=settings.CVR, mapping=mapping, known_unit=units.__contains__)
    if for_another:
        return entering.representative(who, person_of_number(who.number))
    return entering.citizen(who, person_of_number(who.number))


def _refused(request: HttpRequest, door: str, code: str, words: str) -> HttpResponse:
    """The page that says why, and what to do; one line in the log."""
    note(by=SYSTEM, action="log-in", object=f"{door}: {words}"[:200], outcome="denied")
    context = {"code": code, "door": door, "for_citizens": door == CITIZEN}
    return render(request, "helhed/login/refused.html", context, status=502 if code == "unreachable" else 403)
