"""From facts and a decision to what the citizen's page shows: lanes, groups, consents."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from helhed.law import Catalogue, catalogue
from helhed.membership import definitions
from helhed.membership.questions import Standing
from helhed.register.models import Source
from helhed.register.questions import FactRow
from helhed.rules.criteria import AnyChild, AnyParent, Criterion, Group, GroupRef, Leaf, parts
from helhed.sharing import policy
from helhed.sharing.answers import Consent, GroupBar, Lane, LaneSpell
from helhed.sharing.consent.models import Consent as Given
from helhed.sharing.policy import BIF, BOTH, EXISTS, FULL, SOF, Decision

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


def lanes_of(facts: Iterable[FactRow], decision: Decision, language: str) -> tuple[Lane, ...]:
    """One lane for each kind and side; a closed lane says why and what opens it, not whether it is empty. A lane that is
    open from some units only shows what comes from those."""
    book, sources = catalogue(), source_names(language)
    rows = sorted(facts, key=lambda f: (f.true_from, f.code))
    lanes = []
    for kind, side in LANES:
        verdict = decision.verdict(kind, side)
        if verdict.level != FULL:
            if kind != "assessment":
                lanes.append(_closed_lane(kind, side, decision))
            continue
        own = [f for f in rows if f.kind == kind and policy.side_of(f.kind, f.code) == side]
        own = [f for f in own if comes_from(f.unit, verdict.sources)]
        if own or kind in ("benefit", "social_case", "service", "employment_case"):
            spells = tuple(_spell(book, row, sources, language) for row in own)
            lanes.append(
                Lane(
                    kind, side, lane_label(kind), True, ground_label(verdict.ground), "", bool(spells), spells
                )
            )
    return tuple(lanes)


def comes_from(unit: str, units: tuple[str, ...]) -> bool:
    """Whether a unit is one of those, or lies below one; no units stand for all."""
    return not units or any(each in units for each in policy.above(unit))


def source_names(language: str) -> dict[str, str]:
    """The case systems by the name a reader knows them by."""
    names = Source.objects.values_list("key", "label_en" if language == "en" else "label_da")
    return dict(names)


def _closed_lane(kind: str, side: str, decision: Decision) -> Lane:
    exists = decision.verdict(kind, side).level == EXISTS
    return Lane(kind, side, lane_label(kind), False, "", closed_reason(decision, exists=exists), exists, ())


def closed_reason(decision: Decision, *, exists: bool) -> str:
    """Why a lane is closed, and what opens it."""
    if exists:
        return _(
            "Kræver en højere følsomhedsgodkendelse, end du har. En kollega i enheden, der har den, kan hjælpe."
        )
    if decision.barred == "paused":
        return _(
            "Deling mellem forvaltningerne er sat på pause, fordi loggen ikke er forankret udenfor. Prøv igen senere."
        )
    if decision.barred == "embargoed":
        return _(
            "Lukket, indtil borgerens identitet er gennemgået: oplysningerne kan tilhøre to forskellige personer."
        )
    return _(
        "Åbnes, når borgeren samtykker til deling med din forvaltning. Siden viser ikke, om der er noget her."
    )


def _spell(book: Catalogue, row: FactRow, sources: dict[str, str], language: str) -> LaneSpell:
    return LaneSpell(
        code=row.code,
        label=book.label(row.kind, row.code, language),
        unit=row.unit,
        unit_label=book.called(row.unit, language),
        start=row.true_from,
        end=row.true_to,
        source=sources[row.source],
        known_since=row.known_from,
    )


def groups_of(standings: Iterable[Standing], decision: Decision, language: str) -> tuple[GroupBar, ...]:
    """The target groups the citizen has been in, models first, as far as all they rest on is open. A group that asks about a
    parent says something of somebody else, and is left out."""
    if not decision.whole("group"):
        return ()
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
        if may_be_told(s.key, decision, groups)
    ]
    order = {"model": 0, "shared": 1, "hoi": 2, "vaerksted": 3, "mapping": 4, "historical": 5}
    return tuple(sorted(bars, key=lambda b: (order.get(b.family, 9), b.key, b.start)))


def may_be_told(key: str, decision: Decision, groups: Mapping[str, Group]) -> bool:
    """Whether a group, and those it refers to, rests only on what is open whole, and not on what is known of a parent."""
    waiting: list[Criterion] = [version.criteria for version in groups[key].versions]
    while waiting:
        criterion = waiting.pop()
        if isinstance(criterion, AnyParent):
            return False
        if isinstance(criterion, GroupRef):
            waiting.extend(version.criteria for version in groups[criterion.key].versions)
        elif isinstance(criterion, AnyChild):
            if not decision.whole("child_case", SOF):
                return False
        elif isinstance(criterion, Leaf):
            if not all(decision.whole(*pair) for pair in policy.INFORMATION if pair[0] == criterion.kind):
                return False
        else:
            waiting.extend(parts(criterion))
    return True


def consents_of(person: UUID, on: date, language: str) -> tuple[Consent, ...]:
    """The newest consent of each kind: one that holds before one that has ended. Consent to sharing and consent to the
    joint plan are two different things."""
    book = catalogue()
    newest: dict[str, Consent] = {}
    for row in Given.objects.filter(person_key=person, valid_from__isnull=False).order_by("valid_from"):
        end = row.ended_at or row.valid_to
        start, stop = localdate(row.valid_from), localdate(end) if end else None
        holds = row.state == "given" and start <= on and (end is None or end > now())
        if row.kind not in newest or holds or not newest[row.kind].holds:
            label = book.label("consent", row.kind, language)
            newest[row.kind] = Consent(row.kind, label, holds, start, stop, row.state == "withdrawn")
    return tuple(newest[kind] for kind in sorted(newest))


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
        policy.EMERGENCY: _("Nødadgang"),
        policy.MANDATE: _("Borgerens fuldmagt"),
        policy.HELD: _("Ansvaret ligger i enheden"),
        policy.OFFERED: _("Borgeren er tilbudt enheden"),
        policy.PROPOSED: _("Forslag om overdragelse"),
        policy.OVERSIGHT: _("Tilsyn"),
    }.get(ground, "")
