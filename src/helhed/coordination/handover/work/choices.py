"""What there is to choose among when something is done to a hand-over: the codes with their words, and what each leads to."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from helhed.accounts.models import User
from helhed.coordination.handover.chain import actions as chain
from helhed.coordination.handover.chain import still_acting
from helhed.coordination.handover.chain.returning import receives
from helhed.coordination.handover.work import words
from helhed.coordination.handover.work.single import CAUSES
from helhed.law import catalogue
from helhed.periods import day_of
from helhed.sharing.asking import handing

BIF = "bif"


@dataclass(frozen=True)
class Choice:
    """A code in words, and what follows from choosing it ("" where nothing special does)."""

    key: str
    label: str
    leads_to: str = ""


def reasons(act: str, language: str) -> tuple[Choice, ...]:
    """The reasons an act can be given for: of "refuse", "cancel" and "return", and of "stays" the legal grounds; none for
    others."""
    if act == "stays":
        grounds = [catalogue().legal_grounds[key] for key in still_acting.grounds()]
        return tuple(
            Choice(row.key, row.label.in_language(language), row.summary.in_language(language))
            for row in grounds
        )
    with override(language):
        follows = {
            "maalgruppe": _("Afsenderen svarer, og så vurderer begge sider igen."),
            "oplysninger": _("Afsenderen svarer, og sagen kommer igen."),
            "kapacitet": _("Begge enheders ledere får besked nu og afgør det."),
        }
        codes = {"refuse": chain.REFUSALS, "cancel": chain.CANCELS, "return": CAUSES}.get(act, ())
        return tuple(
            Choice(code, words.reason_label(code, language), follows.get(code, "") if act == "refuse" else "")
            for code in codes
        )


def days(language: str) -> tuple[Choice, ...]:
    """For how long consent to a hand-over can be asked, the usual first."""
    with override(language):
        return tuple(Choice(str(number), handing.lasting(number)) for number in handing.days_offered())


def units_to_redirect_to(*, by: User, language: str) -> tuple[Choice, ...]:
    """The other units of BIF that can have a case today."""
    today = day_of(timezone.localdate())
    units = catalogue().section("units").on(today)
    found = [unit for unit in units if unit.startswith(f"{BIF}/") and unit != by.unit and receives(unit)]
    return tuple(Choice(unit, words.short_unit(unit, language)) for unit in found)
