"""Which people an answer shows: by key, by number with and without dash, by name in either order."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from urllib.parse import unquote
from uuid import UUID

from django.http import HttpResponseBase
from pypdf import PdfReader

from helhed.accounts.models import User
from helhed.register.models import Person
from helhed.register.questions import person_by_key


@dataclass(frozen=True)
class Citizen:
    """Somebody the register knows, and every way the person can stand on a page."""

    key: UUID
    marks: re.Pattern[str]

    def stands_in(self, text: str) -> bool:
        return self.marks.search(text) is not None


def everybody() -> list[Citizen]:
    """Each person of the register."""
    return [citizen(key) for key in Person.objects.order_by("pk").values_list("key", flat=True)]


def citizen(key: UUID) -> Citizen:
    row = person_by_key(key)
    number = re.sub(r"\D", "", row.number or "")
    marks = {str(key), key.hex, row.name, _turned(row.name), number, f"{number[:6]}-{number[6:]}"}
    found = "|".join(re.escape(mark.lower()) for mark in marks if len(mark) > 4)
    return Citizen(key, re.compile(rf"(?<!\w)(?:{found})(?!\w)"))


def _turned(name: str) -> str:
    first, _, last = name.rpartition(" ")
    return f"{last}, {first}"


def shown_in(answer: HttpResponseBase, sent: Iterable[str], reader: User) -> str:
    """What an answer tells, as text, without what the reader brought: the address, what was typed, and a citizen's own name."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    kind = answer.get("Content-Type", "")
    if kind.startswith("application/pdf"):
        return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).lower()
    charset = re.search(r"charset=([\w-]+)", kind)
    text = unescape(content.decode(charset[1] if charset else "utf-8", errors="replace"))
    for words in sorted(sent, key=len, reverse=True):
        text = text.replace(words, "") if len(words) > 3 else text
    if reader.person_key is not None:
        text = text.replace(reader.name, "")
    return re.sub(r"\s+", " ", unquote(text)).lower()


def people_in(text: str, people: Iterable[Citizen]) -> set[UUID]:
    """The people who stand in a text."""
    return {person.key for person in people if person.stands_in(text)}


def links_in(text: str) -> set[str]:
    """Addresses of the own site that a page leads to, pictures and scripts left out."""
    found = re.findall(r'(?:href|hx-get|action|src)="(/[^"#]*)', unescape(text))
    return {link for link in found if not link.startswith(("/static/", "//"))}
