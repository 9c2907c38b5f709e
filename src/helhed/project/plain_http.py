"""What comes unencrypted: a page is led to TLS, a program is told off, since its credentials have already been read on the way."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

PROGRAMS = "/api/"
SENTENCE = "The API answers over HTTPS only. Change the address, and the password or session that was sent."


class NoPlainApi:
    """Where the site is served over TLS, a call of the API without it is refused (403, as its faults are) and not redirected."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SECURE_SSL_REDIRECT and not request.is_secure() and request.path.startswith(PROGRAMS):
            return JsonResponse({"detail": SENTENCE}, status=403, headers={"Cache-Control": "no-store"})
        return self.answer(request)
