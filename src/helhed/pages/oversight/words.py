"""What verdicts and lines of the log are called on the pages of oversight."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from helhed.pages.steward.log_words import ACTIONS, FIELDS, PURPOSES, ground_word, worded

VERDICTS: dict[str, Promise] = {
    "justified": _("Berettiget"),
    "not-justified": _("Ikke berettiget"),
}
NEEDS: dict[str, Promise] = {
    "yes": _("Ja, arbejdet krævede det"),
    "no": _("Nej"),
    "cannot-tell": _("Kan ikke afgøres"),
}
NUMBER_KINDS: dict[str, Promise] = {
    "cpr": _("CPR-nummer"),
    "erstatning": _("Erstatningsnummer"),
    "other": _("Andet nummer"),
    "": _("Intet nummer"),
}


@dataclass(frozen=True)
class Line:
    """A line of the log in words."""

    action: str
    purpose: str
    ground: str
    fields: str


def line(action: str, purpose: str, ground: str, fields: tuple[str, ...]) -> Line:
    """A line of the log in words; what has none stands as it is."""
    return Line(
        worded(ACTIONS, action),
        worded(PURPOSES, purpose),
        ", ".join(ground_word(each) for each in ground.split("+") if each),
        ", ".join(worded(FIELDS, field) for field in fields),
    )
