"""From facts and a decision to what the citizen's page shows: lanes, groups, who holds what, consents."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from helhed.law import Catalogue, catalogue
from helhed.membership import definitions
from helhed.membership.questions import Standing
from helhed.register.models import Source
from helhed.register.questions import FactRow
from helhed.rules.criteria import AnyChild, AnyParent, Criterion, Group, GroupRef, parts
from helhed.sharing import policy
from helhed.sharing.answers import Consent, GroupBar, Holding, Lane, LaneSpell
from helhed.sharing.policy import BIF, BOTH, SOF, Decision

LANES = [
    ("benefit", BIF),
    ("employment_case", BIF),
    ("offer", BIF),
    ("plan", BIF),
    ("consent", BOTH),
    ("plan", BOTH),
    ("social_case", SOF),
    ("service", SOF),
    ("child_case", SOF),
    ("plan", SOF),
    ("assessment", SOF),
]
ADMINISTRATION = {BIF: "BIF", SOF: "SOF"}


def lanes_of(facts: Iterable[FactRow], decision: Decision, language: str) -> tuple[Lane, ...]:
    """One lane for each kind and side; a closed lane says why and what opens it, not whether it is empty."""
    book, sources = catalogue(), source_names(language)
    rows = sorted(facts, key=lambda f: (f.true_from, f.code))
    lanes = []
    for kind, side in LANES:
        own = [f for f in rows if f.kind == kind and policy.side_of(f.kind, f.code) == side]
        if decision.opens(side):
            if own or kind in ("benefit", "social_case", "service", "employment_case"):
                spells = tuple(_spell(book, row, sources, language) for row in own)
                ground = ground_label(decision.ground(side))
                lanes.append(Lane(kind, side, lane_label(kind), True, ground, "", bool(spells), spells))
        elif kind != "assessment":
            lanes.append(_closed_lane(kind, side))
    return tuple(lanes)


def source_names(language: str) -> dict[str, str]:
    """The case systems by the name a reader knows them by."""
    names = Source.objects.values_list("key", "label_en" if language == "en" else "label_da")
    return dict(names)


def _closed_lane(kind: str, side: str) -> Lane:
    reason = _(
        "Åbnes, når borgeren samtykker til deling med din forvaltning. Siden viser ikke, om der er noget her."
    )
    return Lane(kind, side, lane_label(kind), False, "", reason, False, ())


def _spell(book: Catalogue, row: FactRow, sources: dict[str, str], language: str) -> LaneSpell:
    return LaneSpell(
        code=row.code,
        label=book.label(row.kind, row.code, language),
        unit=row.unit,
        unit_label=book.label("units", row.unit, language) if row.unit else "",
        start=row.true_from,
        end=row.true_to,
        source=sources[row.source],
        known_since=row.known_from,
    )


def groups_of(standings: Iterable[Standing], language: str) -> tuple[GroupBar, ...]:
    """The target groups the citizen has been in, models first. A group that asks about a parent says something of somebody
    else, and is left out."""
    book = definitions.book()
    groups = book.groups()
    bars = [
        GroupBar(
            s.key,
            book.label("groups", s.key, language),
            book.target_groups[s.key].family,
            "true" if s.certain else "unknown",
            s.start,
            s.end,
        )
        for s in standings
        if not _asks_of_parents(s.key, groups)
    ]
    order = {"model": 0, "shared": 1, "hoi": 2, "vaerksted": 3, "mapping": 4, "historical": 5}
    return tuple(sorted(bars, key=lambda b: (order.get(b.family, 9), b.key, b.start)))


def _asks_of_parents(key: str, groups: Mapping[str, Group]) -> bool:
    """Whether a group, or one it refers to for the same person, rests on what is known of a parent."""
    waiting: list[Criterion] = [version.criteria for version in groups[key].versions]
    while waiting:
        criterion = waiting.pop()
        if isinstance(criterion, AnyParent):
            return True
        if isinstance(criterion, GroupRef):
            waiting.extend(version.criteria for version in groups[criterion.key].versions)
        elif not isinstance(criterion, AnyChild):
            waiting.extend(parts(criterion))
    return False


def consents_of(facts: Iterable[FactRow], on: date, language: str) -> tuple[Consent, ...]:
    """The newest consent of each kind: one that holds before one that has lapsed. Consent to sharing and consent to the
    joint plan are two different things."""
    book = catalogue()
    rows = sorted((f for f in facts if f.kind == "consent"), key=lambda f: (policy.holds(f, on), f.true_from))
    newest = {f.code: f for f in rows if f.true_from <= on}
    return tuple(
        Consent(code, book.label("consent", code, language), policy.holds(f, on), f.true_from, f.true_to)
        for code, f in sorted(newest.items())
    )


def holdings_of(facts: list[FactRow], decision: Decision, on: date, language: str) -> tuple[Holding, ...]:
    """Who holds each of the four responsibilities on the day. Before any hand-over they stand where the law puts them:
    casework and offers with the unit of the employment case, payment with Ydelsesservice (document 002, appendix 3)."""
    book = catalogue()
    case = _running(facts, "employment_case", on)
    if case is None:
        return ()
    if not decision.opens(BIF):
        return ()
    held = []
    for duty in book.responsibilities.values():
        unit = (case.unit or duty.holder_now) if duty.follows_case else duty.holder_now
        held.append(
            Holding(
                duty.key,
                duty.label.in_language(language),
                unit.split("/")[0],
                book.label("units", unit, language),
                case.true_from,
                "; ".join(str(ref) for ref in duty.source),
            )
        )
    return tuple(held)


def _running(facts: list[FactRow], kind: str, on: date) -> FactRow | None:
    rows = [f for f in facts if f.kind == kind and policy.holds(f, on)]
    return max(rows, key=lambda f: f.true_from, default=None)


def lane_label(kind: str) -> str:
    """The name of a lane in the reader's language."""
    return {
        "benefit": _("Ydelse"),
        "employment_case": _("Beskæftigelsessag"),
        "offer": _("Tilbud"),
        "plan": _("Plan"),
        "consent": _("Samtykke"),
        "social_case": _("Social sag"),
        "service": _("Social indsats"),
        "child_case": _("Børnesag"),
        "assessment": _("Vurdering"),
    }[kind]


def ground_label(ground: str) -> str:
    """Why a lane is open, in the reader's language."""
    return {
        policy.OWN_CASE: _("Sag i egen forvaltning"),
        policy.CONSENT: _("Borgerens samtykke til deling"),
        policy.OWN_MATTER: _("Din egen sag"),
    }.get(ground, "")
