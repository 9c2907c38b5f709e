"""How a unit is reached: the telephone number, when it is answered, and where one can come. A leader says it once; letters and
the citizen's pages show it. A unit nobody has said it of is reached as the one above it is."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from helhed.accounts.models import User
from helhed.audit.actions import note
from helhed.coordination.handover.letters.models import Contact
from helhed.coordination.handover.letters.wording import LANGUAGES, unit_called
from helhed.law import catalogue
from helhed.periods import day_of
from helhed.sharing.answers import NoAccess
from helhed.sharing.policy import above
from helhed.sharing.refusal import Refused

LEADING = "handover.lead"
DIGITS = 8
LONGEST = {"hours_da": 80, "hours_en": 80, "address": 120}
APART = re.compile(r"[\s.\-]+")
NOT_MET = ("group_of_units", "political", "committee", "cooperation")
"""Kinds of units no citizen can call."""


@dataclass(frozen=True)
class Reached:
    """How one reaches a unit. `label` names the unit that answers; `dial` is the number as a telephone takes it."""

    label: str
    phone: str
    dial: str
    hours: str
    address: str

    @property
    def line(self) -> str:
        """All of it in one line, in the active language."""
        said = [_("Telefon %(number)s") % {"number": self.phone}, self.hours, self.address]
        return ", ".join(filter(None, said))


@dataclass(frozen=True)
class Wish:
    """What a leader types."""

    phone: str = ""
    hours_da: str = ""
    hours_en: str = ""
    address: str = ""


@dataclass(frozen=True)
class UnitRow:
    """A unit of the leader's administration. `own`: what was said of this unit, None where nothing was; `from_above`: the
    unit whose number stands for it then, "" where there is none."""

    unit: str
    label: str
    depth: int
    own: Contact | None
    from_above: str


def reached(unit: str, language: str) -> Reached | None:
    """How a unit is reached; None where nobody has said it of the unit or one above."""
    return reached_each([unit], language).get(unit)


def reached_each(units: Iterable[str], language: str) -> dict[str, Reached]:
    """The same of several units at once; those nobody has said it of are left out."""
    asked = {unit: above(unit) for unit in set(units) if unit}
    said = _newest({each for line in asked.values() for each in line})
    found = {unit: _of(line, said) for unit, line in asked.items()}
    return {unit: _shown(row, language) for unit, row in found.items() if row}


def lines(unit: str) -> dict[str, str]:
    """How a unit is reached, in one line for each language; "" where nobody has said it."""
    row = _of(above(unit), _newest(above(unit)))
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = _shown(row, language).line if row else ""
    return said


def listed(*, by: User, language: str) -> tuple[UnitRow, ...]:
    """The units of the leader's administration today, each below the one it belongs to. NoAccess for others."""
    _leads(by)
    units = _units(by)
    said = _newest(units)
    rows = []
    for unit in units:
        line = [each for each in above(unit)[1:] if each in said]
        name = unit_called(line[0], language) if unit not in said and line else ""
        rows.append(UnitRow(unit, unit_called(unit, language), unit.count("/"), said.get(unit), name))
    return tuple(rows)


@transaction.atomic
def say(*, by: User, unit: str, wish: Wish, language: str) -> None:
    """Say how a unit of the own administration is reached from now on. Letters already written keep what they said.
    Refused, NoAccess; LookupError for a unit that is not one of `listed`."""
    with override(language):
        _leads(by)
        if unit not in _units(by):
            raise LookupError(unit)
        typed = {name: getattr(wish, name).strip()[:most] for name, most in LONGEST.items()}
        phone = phone_of(wish.phone)
        Contact.objects.create(unit=unit, phone=phone, said_by=by.username, **typed)
        note(by=by, action="contact-said", object=f"{unit}: {phone}")


def phone_of(typed: str) -> str:
    """Eight digits in pairs. Refused for what is no Danish telephone number."""
    digits = APART.sub("", typed).removeprefix("+45")
    if len(digits) != DIGITS or not digits.isascii() or not digits.isdecimal():
        raise Refused(_("Skriv et dansk telefonnummer på otte cifre, for eksempel 12 34 56 78."))
    return " ".join(digits[at : at + 2] for at in range(0, DIGITS, 2))


def _of(line: Iterable[str], said: Mapping[str, Contact]) -> Contact | None:
    """What was said of the nearest of a line of units."""
    return next((said[each] for each in line if each in said), None)


def _shown(row: Contact, language: str) -> Reached:
    hours = (row.hours_en or row.hours_da) if language == "en" else row.hours_da
    dial = "+45" + row.phone.replace(" ", "")
    phone = row.phone.replace(" ", "\N{NO-BREAK SPACE}")
    return Reached(unit_called(row.unit, language), phone, dial, hours, row.address)


def _newest(units: Iterable[str]) -> dict[str, Contact]:
    rows = Contact.objects.filter(unit__in=set(units)).order_by("unit", "-pk").distinct("unit")
    return {row.unit: row for row in rows}


def _units(by: User) -> list[str]:
    """The units of the own administration that exist today and that a citizen can have to do with."""
    today = day_of(timezone.localdate())
    return sorted(
        key
        for key, unit in catalogue().units.items()
        if above(key)[-1] == by.administration
        and unit.unit_type not in NOT_MET
        and unit.valid_on(today)
        and not unit.successors
    )


def _leads(by: User) -> None:
    if not by.may(LEADING) or not by.administration:
        raise NoAccess(_("Kun en leder kan sige, hvordan en enhed træffes."))
