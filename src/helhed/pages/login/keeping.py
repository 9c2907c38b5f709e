"""How long a log-in lasts: a limit without a sign of life, a limit at most, and a door that must fit."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from helhed.accounts import visits
from helhed.accounts.doors import DOORS, door_of
from helhed.accounts.models import User
from helhed.audit.actions import note

DOOR = "door"
ENDS = "ends"
LAST = "last"
WAY = "way"
"""What a session keeps: its door, the way in, and in seconds since 1970 when it ends without a sign of life, and when at last."""
APART = 15
"""Seconds. Signs of life nearer than this are not written down."""


def begin(request: HttpRequest, user: User, door: str, way: str) -> None:
    """Log a user in at a door: a new session key, the two limits, and a line in the log.

    Raises ValueError when the user does not fit the door, so that no caller can mix them up.
    """
    if user.role not in DOORS[door]:
        raise ValueError(f"a {user.role} does not come in by the door for {door}")
    leave_session(request)
    login(request, user, backend="helhed.accounts.backends.Appointed")
    _start(request, door, way)
    note(by=user, action="log-in", object=f"{door}, {way}")


def leave_session(request: HttpRequest) -> None:
    """The session ends, and with it the visit; whoever is logged in is so no longer."""
    visits.over(request.session.session_key or "")
    logout(request)


def seconds_left(request: HttpRequest) -> tuple[int, bool]:
    """Seconds until the log-in ends, and whether that is its last end, which no sign of life puts off."""
    ends, last = request.session.get(ENDS, 0), request.session.get(LAST, 0)
    return max(0, ends - _now()), ends >= last


class KeepTime:
    """Log out who came too late, or stands in a session of the other door; note a sign of life from the others."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            if DOOR not in request.session:
                _start(request, door_of(request.user), "")
            if _over(request):
                return _sent_out(request)
            if not _by_itself(request):
                _live(request)
        return self.answer(request)


@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """The reader wants to stay: answers how many seconds are left now, and whether more can be had."""
    _live(request, apart=0)
    left, last = seconds_left(request)
    return JsonResponse({"seconds": left, "last": last})


def _now() -> int:
    return int(timezone.now().timestamp())


def _start(request: HttpRequest, door: str, way: str) -> None:
    request.session[DOOR], request.session[WAY] = door, way
    request.session[LAST] = _now() + settings.LONGEST_SECONDS[door]
    _live(request, apart=0)
    described = request.headers.get("User-Agent", "")
    visits.begun(request.user, request.session.session_key, way, described, _moment(request.session[ENDS]))


def _live(request: HttpRequest, apart: int = APART) -> None:
    ends = min(_now() + settings.IDLE_SECONDS[request.session[DOOR]], request.session[LAST])
    known = request.session.get(ENDS, 0)
    if ends >= known + apart or known < ends == request.session[LAST]:
        request.session[ENDS] = ends
        visits.seen(request.session.session_key, _moment(ends))


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _over(request: HttpRequest) -> bool:
    return _now() >= request.session[ENDS] or request.user.role not in DOORS[request.session[DOOR]]


def _by_itself(request: HttpRequest) -> bool:
    """A page that asks again every other second is no sign of life."""
    return request.headers.get("HX-Trigger") == "tilstand"


def _sent_out(request: HttpRequest) -> HttpResponse:
    door = request.session[DOOR]
    note(by=request.user, action="log-out", object="time")
    leave_session(request)
    back = {"next": request.get_full_path()} if request.method == "GET" else {}
    address = f"{reverse(f'login-{door}')}?{urlencode({'slut': '1', **back})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": reverse(f"login-{door}") + "?slut=1"})
    return redirect(address)
