"""What is wished of a sanction, and what makes a wish whole."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.coordination.handover.sanctions.money import first_of, later
from helhed.law import catalogue
from helhed.sharing.refusal import Refused

MONTHS_AFTER = 3
"""A deduction is made within three whole calendar months after the event (the Active Social Policy Act, section 35(3))."""
LONGEST_DAYS = 92
MOST_WORDS, SHORTEST_WORDS = 2000, 10


@dataclass(frozen=True)
class Wish:
    """A draft as it was typed: the ground, the days [from_day, to_day] it is about, both included, and the two texts."""

    ground: str
    from_day: date
    to_day: date
    reason: str
    assessment: str = ""

    @property
    def columns(self) -> dict[str, object]:
        """What is kept of it."""
        texts = {"reason": self.reason.strip(), "assessment": self.assessment.strip()}
        return {"ground": self.ground, "from_day": self.from_day, "to_day": self.to_day, **texts}


@dataclass(frozen=True)
class Sum:
    """What is deducted: of which month's benefit (its first day), how much, and the benefit that is known; øre."""

    month: date
    amount_oere: int
    benefit_oere: int | None


def check(wish: Wish) -> None:
    """Refused where a draft is not whole."""
    known = catalogue().legal_grounds
    if wish.ground not in known or known[wish.ground].use != "sanction":
        raise Refused(_("Vælg, hvilken bestemmelse sanktionen hviler på."))
    if wish.to_day < wish.from_day or (wish.to_day - wish.from_day).days > LONGEST_DAYS:
        raise Refused(_("Den sidste dag skal ligge efter den første og højst tre måneder senere."))
    if wish.to_day > timezone.localdate():
        raise Refused(_("En sanktion handler om det, der er sket. Dagene kan ikke ligge efter i dag."))
    words_of(wish.reason)
    if len(wish.assessment) > MOST_WORDS:
        raise Refused(_too_long())


def words_of(text: str) -> str:
    """A text as it is kept; Refused where it is too short to say anything, or too long."""
    if len(text.strip()) < SHORTEST_WORDS:
        raise Refused(_("Skriv kort hvorfor, med mindst %(n)s tegn.") % {"n": SHORTEST_WORDS})
    if len(text) > MOST_WORDS:
        raise Refused(_too_long())
    return text.strip()


def at_most(text: str) -> str:
    """A text as it is kept where none is needed; Refused where it is too long."""
    if len(text) > MOST_WORDS:
        raise Refused(_too_long())
    return text.strip()


def _too_long() -> str:
    return _("Teksten er for lang. Skriv højst %(n)s tegn.") % {"n": MOST_WORDS}


def in_time(to_day: date, month: date) -> None:
    """Refused where a deduction in this month comes too late after the event's last day."""
    if month > later(first_of(to_day), MONTHS_AFTER):
        raise Refused(
            _(
                "Fradraget skal ske inden for tre hele kalendermåneder efter hændelsen (aktivlovens § 35, stk. 3)."
            )
        )
