"""How the mapping's judgements look: a chip with an icon and words, never colour alone."""

from typing import Any

from django import template

from helhed.insight import wording
from helhed.insight.answers import Flaw, Stated
from helhed.law import catalogue
from helhed.law.value_words import value_word
from helhed.pages.families import AGREEMENTS, PRECISIONS, VERDICT_TONES
from helhed.pages.words import reader_language

register = template.Library()


@register.inclusion_tag("helhed/parts/chip.html")
def verdict(key: str) -> dict[str, Any]:
    """The report's verdict on a model; nothing where it gives none."""
    return {"label": wording.verdict(key), "tone": VERDICT_TONES.get(key, "quiet")}


@register.inclusion_tag("helhed/parts/chip.html")
def agreement(key: str) -> dict[str, Any]:
    """Whether computed and stated agree; nothing where nothing is stated."""
    icon, tone = AGREEMENTS.get(key, ("", "quiet"))
    return {"label": wording.agrees(key), "icon": icon, "tone": tone}


@register.filter
def flaw_title(flaw: Flaw) -> str:
    """The short name of a known inconsistency."""
    return catalogue().label("inconsistencies", flaw.key, reader_language())


@register.filter
def population(stated: Stated) -> str:
    """Whom a stated number is of: borgere, forældre, børn."""
    return value_word("population", stated.what, reader_language())


@register.filter
def precision(stated: Stated) -> str:
    """The word before a stated number: "ca." where the source rounds, nothing where it is exact."""
    return str(PRECISIONS.get(stated.precision, ""))
