"""Each request has a name of its own: in every line of the log it leads to, and in the answer."""

from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

from helhed.audit.requests import current

HEADER = "X-Request-ID"


class NamedRequests:
    """Names a request before anything else looks at it. A name from outside is not taken: it could be another's."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = str(uuid4())
        token = current.set(name)
        try:
            response = self.answer(request)
        finally:
            current.reset(token)
        response.headers[HEADER] = name
        return response
