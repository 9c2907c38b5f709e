"""What a proposal says, and whether it can be adopted: each refusal is one sentence in the reader's language."""

from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from helhed.coordination.handover.adoption.lawful import TRANSFER, law_of, models
from helhed.law import catalogue
from helhed.periods import day_of
from helhed.rules.criteria import AnyChild, AnyParent, Criterion, GroupRef, Leaf, parts
from helhed.sharing.policy import SOF, above
from helhed.sharing.refusal import Refused

LONGEST_TRIAL_YEARS = 2
"""The report's trial lasts two years (document 002, 3.1)."""
SHORTEST_REASON, LONGEST_REASON = 10, 600
LIMITS = MappingProxyType(
    {
        "grace_days": (0, 182),
        "assess_days": (1, 90),
        "consent_days": (1, 90),
        "accept_days": (1, 60),
        "return_days": (1, 90),
    }
)
"""The fewest and the most days of each deadline."""


@dataclass(frozen=True)
class Terms:
    """A model as somebody proposes it for [valid_from, valid_to). `settled`: changes of law the lawyer took a stand on."""

    model: str
    mode: str
    valid_from: date
    receiving: str
    ground: str
    valid_to: date | None = None
    reason: str = ""
    confirmed_by_lawyer: str = ""
    confirmed_on: date | None = None
    settled: tuple[str, ...] = ()
    grace_days: int = 56
    assess_days: int = 14
    consent_days: int = 28
    accept_days: int = 7
    return_days: int = 28
    form: str = "one_worker"
    staffing: str = "A"


def check(terms: Terms, today: date) -> None:
    """Refused where the terms cannot be adopted."""
    if terms.model not in models():
        raise Refused(_("Vælg en af rapportens modeller."))
    _check_days(terms, today)
    _check_receiving(terms)
    _check_deadlines(terms)
    if not SHORTEST_REASON <= len(terms.reason) <= LONGEST_REASON:
        raise Refused(_("Skriv med 10 til 600 tegn, hvorfor modellen skal i brug."))
    check_law(terms, today)


def check_law(terms: Terms, today: date) -> None:
    """Refused where the law of the first day, or a day of the period, does not let the model be what is proposed."""
    if terms.mode == "draft":
        return
    law = law_of(terms.model, terms.valid_from)
    if terms.ground not in law.grounds:
        raise Refused(
            _("Den hjemmel gælder ikke den dag. Modellen kan kun være et udkast, eller vælg en anden dag.")
        )
    if law.ends is not None and (terms.valid_to is None or terms.valid_to > law.ends):
        words = {"day": date_format(law.ends, "DATE_FORMAT")}
        raise Refused(_("Hjemlen gælder kun til %(day)s. Lad modellen slutte senest den dag.") % words)
    if terms.mode == "in_force":
        _check_lawyer(terms, law.doubts, today)


def receivers(model: str, on: date) -> tuple[str, ...]:
    """The units a model's citizens can belong to on a day, as its criteria name them, or what took over from those; and
    SOF as a whole where there are several. Keys."""
    entry = models()[model]
    version = next((v for v in reversed(entry.versions) if v.valid_from <= day_of(on)), entry.versions[0])
    named = sorted(_units(version.criteria, day_of(on)))
    units = catalogue().units
    living = {
        each.key
        for unit in named
        for each in (units[unit], *units.successors(unit))
        if each.valid_on(day_of(on))
    }
    ordered = tuple(sorted(unit for unit in living if above(unit)[-1] == SOF))
    return (*ordered, SOF) if len(ordered) > 1 else ordered


def _units(criterion: Criterion, day: int) -> set[str]:
    """The units that SOF's part of a criterion asks for, in the groups it refers to as well."""
    if isinstance(criterion, Leaf):
        return set(criterion.unit or ()) if criterion.kind in ("social_case", "child_case") else set()
    if isinstance(criterion, GroupRef):
        versions = catalogue().target_groups[criterion.key].versions
        found = [version for version in versions if version.valid_from <= day] or list(versions[:1])
        return _units(found[-1].criteria, day)
    if isinstance(criterion, AnyChild | AnyParent):
        return _units(criterion.of, day)
    return {unit for part in parts(criterion) for unit in _units(part, day)}


def _check_days(terms: Terms, today: date) -> None:
    if terms.valid_from < today:
        raise Refused(_("En model kan tages i brug fra i dag, ikke fra en dag, der er gået."))
    if terms.valid_to is not None and terms.valid_to <= terms.valid_from:
        raise Refused(_("Den sidste dag ligger før den første."))
    if terms.mode == "trial":
        if terms.valid_to is None:
            raise Refused(_("Et forsøg skal have en sidste dag, højst to år efter den første."))
        if terms.valid_to > longest_trial(terms.valid_from):
            raise Refused(_("Et forsøg varer højst to år."))


def longest_trial(first: date) -> date:
    """The first day after the longest trial that begins on a day."""
    year = first.year + LONGEST_TRIAL_YEARS
    leap = (first.month, first.day) == (2, 29)
    return date(year, 3, 1) - timedelta(days=1) if leap else first.replace(year=year)


def _check_receiving(terms: Terms) -> None:
    if terms.receiving not in receivers(terms.model, terms.valid_from):
        raise Refused(_("Den enhed har ikke modellens borgere på den dag. Vælg en af enhederne på listen."))


def _check_deadlines(terms: Terms) -> None:
    names = {
        "grace_days": _("Løbetiden, før en tilbageførsel åbnes"),
        "assess_days": _("Fristen for vurderingen"),
        "consent_days": _("Fristen for borgerens svar"),
        "accept_days": _("Fristen for modtagelsen"),
        "return_days": _("Fristen for tilbageførslen"),
    }
    for field, (least, most) in LIMITS.items():
        if not least <= getattr(terms, field) <= most:
            words = {"what": names[field], "least": least, "most": most}
            raise Refused(_("%(what)s skal være fra %(least)s til %(most)s dage.") % words)


def _check_lawyer(terms: Terms, doubts: tuple[str, ...], today: date) -> None:
    """In force takes a lawyer's word that is written down: who, when, and on every change of law that is unsettled."""
    if models()[terms.model].transfer_type == TRANSFER and set(doubts) - set(terms.settled):
        words = {"changes": ", ".join(sorted(set(doubts) - set(terms.settled)))}
        raise Refused(
            _("Juristen skal have taget stilling til %(changes)s. Ellers kan modellen kun være et forsøg.")
            % words
        )
    if not terms.confirmed_by_lawyer or terms.confirmed_on is None:
        raise Refused(
            _(
                "Skriv, hvilken jurist der har bekræftet hjemlen, hvornår, og hvor notatet ligger. Ellers kan modellen kun være et forsøg."
            )
        )
    if terms.confirmed_on > today:
        raise Refused(_("Juristens bekræftelse kan ikke ligge i fremtiden."))
