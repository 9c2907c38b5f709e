"""Which language a page is in: Danish, until the reader asks for English."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


class DanishFirst:
    """Danish unless the reader has chosen otherwise; what the browser prefers is not asked, so that a municipal machine
    set up in English shows the words the caseworker and the citizen share."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.answer(request)
        response.headers.setdefault("Content-Language", language)
        return response
