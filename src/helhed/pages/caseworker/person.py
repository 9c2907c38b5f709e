"""The frame of a page about one citizen: the name, the purpose the look is logged under, and the tab that is open."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from helhed.pages import purposes
from helhed.pages.words import reader_language
from helhed.sharing import hatch


def person_context(request: HttpRequest, person: UUID, purpose: str, name: str = "") -> dict[str, Any]:
    """What the head of the page needs. A name that no answer has brought is asked of the hatch, and that is logged.

    NoAccess, with its reason, where the hatch answers none.
    """
    by, language = request.user, reader_language()
    if not name:
        names = hatch.names(people=[person], by=by, purpose=purpose, language=language)
        name = names.get(person, "")
    if not name:
        today = timezone.localdate()
        name = hatch.look(person=person, by=by, purpose=purpose, on=today, language=language).name
    return {
        "person_key": person,
        "person_name": name,
        "purpose": purpose,
        "purpose_words": purposes.label(purpose),
    }
