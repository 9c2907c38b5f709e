"""What every answer tells the browser beside the page, and where the browser complains when a page breaks a rule."""

import json
import logging
from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

NOT_USED = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "screen-wake-lock",
    "usb",
    "xr-spatial-tracking",
)
PERMISSIONS = ", ".join(f"{feature}=()" for feature in NOT_USED)
LONGEST_REPORT = 8 * 1024
log = logging.getLogger(__name__)


class Headers:
    """No feature of the machine is used, nobody embeds us, and no page of someone logged in is kept anywhere."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "no-store")
        return response


@csrf_exempt
@login_not_required
@require_POST
def broken_rule(request: HttpRequest) -> HttpResponse:
    """The browser reports that a page broke the content security policy: one line in the program's log.

    Addresses are cut at the question mark, so that nothing a reader searched for ends there.
    """
    try:
        report = json.loads(request.read(LONGEST_REPORT)).get("csp-report", {})
        page, blocked = (
            urlsplit(str(report.get(name, "")))._replace(query="", fragment="").geturl()
            for name in ("document-uri", "blocked-uri")
        )
        rule = str(report.get("violated-directive", ""))
    except (ValueError, AttributeError):
        return HttpResponse(status=400)
    log.warning("content security policy: %r broke %r on %r", blocked[:200], rule[:80], page[:200])
    return HttpResponse(status=204)
