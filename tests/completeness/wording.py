"""Whether a line of the log can be read by those it is for: the steward, and the citizen it names."""

from collections.abc import Iterator

from helhed.audit.models import Event
from helhed.law import catalogue
from helhed.pages.steward import log_words as steward
from helhed.pages.steward import object_words
from helhed.sharing import log_words as citizen
from helhed.sharing.consent.categories import CATEGORIES

FREE = {"contact-reveal", "demo", "handover-account-whole", "why"}
"""What is said about these is a reason somebody wrote, a step of the demonstration, or the name of a target group."""


def without_words(event: Event) -> Iterator[str]:
    """What of a line would stand as the program's own short name."""
    if event.action not in steward.ACTIONS:
        yield f"steward: action {event.action}"
    if event.object and event.action not in FREE and object_words.told(event.object) is None:
        yield f"steward: object {event.object} of {event.action}"
    grounds = [ground for ground in event.ground.split("+") if ground]
    legal = catalogue().legal_grounds
    unknown = [each for each in grounds if each not in steward.GROUNDS and each not in legal]
    yield from (f"steward: ground {each}" for each in unknown)
    yield from (f"steward: field {each}" for each in event.fields if each not in steward.FIELDS)
    if event.purpose and event.purpose not in steward.PURPOSES:
        yield f"steward: purpose {event.purpose}"
    if event.person_key is not None:
        yield from _for_the_citizen(event)


def _for_the_citizen(event: Event) -> Iterator[str]:
    if event.action not in citizen.ACTIONS:
        yield f"citizen: action {event.action}"
    known = citizen.FIELDS.keys() | set(CATEGORIES)
    yield from (f"citizen: field {each}" for each in event.fields if each not in known)
    if event.purpose and event.purpose not in citizen.PURPOSES:
        yield f"citizen: purpose {event.purpose}"
