"""What is sent must be text that can be kept: a NUL, which no keyboard writes, is refused before anything is read from it."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

NUL = "\x00"
API = "/api/"
"""Below here each field says itself what it takes, and the answer is the API's own."""


class Readable:
    """400 for a form or a question in the address with a NUL in it: the database keeps none, and it would end as an error of ours."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(API):
            sent = (
                text
                for given in (request.GET, request.POST)
                for _name, said in given.lists()
                for text in said
            )
            if any(NUL in text for text in sent):
                raise BadRequest("NUL in what was sent")
        return self.answer(request)
