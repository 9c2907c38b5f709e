"""A password made of the workplace's own words is no password: whoever knows the workplace guesses it."""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LEAST_LEFT = 8
"""Signs that must be left of a password once the context's words are taken out of it."""
DANISH = {"æ": "ae", "ø": "oe", "å": "aa"}
MADE_UP = dict(zip("013457@$!", "oieastasi", strict=True))
"""Figures and signs that stand for a letter: k0mmune."""
READ_AS = str.maketrans(DANISH | MADE_UP)


@cache
def words() -> frozenset[str]:
    """The words of the context, as the file beside this one lists them."""
    groups = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return frozenset(word for group in groups.values() for word in group)


def left_of(password: str) -> int:
    """How many signs are left without the context's words, however these are written (KØBENHAVN, kobenhavn, k0mmune)."""
    read = unicodedata.normalize("NFC", password).casefold().translate(READ_AS)
    return len(_any_word().sub("", read))


@cache
def _any_word() -> re.Pattern[str]:
    """The longest words first; the second letter of an ae, oe or aa may be left out."""
    longest_first = sorted(words(), key=len, reverse=True)
    return re.compile("|".join(re.sub("(?<=[ao])e|(?<=a)a", r"\g<0>?", word) for word in longest_first))


class ContextWords:
    """Django's question to a password: what is left of it without the words of the context must be long enough."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError with one sentence."""
        if left_of(password) < LEAST_LEFT:
            raise ValidationError(
                _("Adgangskoden består mest af ord, der hører til arbejdspladsen. Vælg andre ord."),
                code="password_of_context_words",
            )

    def get_help_text(self) -> str:
        """What a password must fulfil, in one sentence."""
        return _(
            "Adgangskoden må ikke mest bestå af ord fra arbejdspladsen, som helhed, kommune eller jobcenter."
        )
