"""One decision: for each category of information on each side, whether it is open, known to exist, or closed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

from helhed.sharing.policy.carried import carried
from helhed.sharing.policy.engine import Answer, Asked, Rules, rules
from helhed.sharing.policy.slices import Basis, Duty, Slice
from helhed.sharing.policy.words import (
    ADMINISTRATIONS,
    ALL_PURPOSES,
    BIF,
    BOTH,
    CONSENT,
    ELSEWHERE,
    EXISTS,
    FULL,
    INFORMATION,
    NONE,
    OVERSIGHT,
    SOF,
    above,
    other,
    sensitivity,
)

Pair = tuple[str, str]


@dataclass(frozen=True)
class Verdict:
    """How far one category on one side is open: "full", "exists" or "none"; on which ground, resting on which consents,
    mandate or emergency access. `sources`: the units it is open from, empty for all of the side."""

    level: str = NONE
    ground: str = ""
    refs: tuple[UUID, ...] = ()
    sources: tuple[str, ...] = ()


CLOSED = Verdict()


@dataclass(frozen=True)
class Decision:
    """What one look may show. `why` where nothing is open; `barred` what keeps the other side shut
    whatever the consent says ("paused", "embargoed"); `policy` and `slice` are the hashes of what it was made of."""

    categories: Mapping[Pair, Verdict]
    why: str = ""
    barred: str = ""
    id: UUID = field(default_factory=uuid4)
    policy: str = ""
    slice: str = ""

    @property
    def allowed(self) -> bool:
        """True when the citizen may be met at all."""
        return self.full("identity")

    @property
    def exists(self) -> bool:
        """Whether it may be told that there is a case."""
        return self.verdict("identity", BOTH).level != NONE

    def verdict(self, category: str, side: str) -> Verdict:
        """The verdict on a category on a side; closed for a pair there is not."""
        return self.categories.get((category, side), CLOSED)

    def full(self, category: str, side: str = BOTH) -> bool:
        """Whether the content of a category on a side is open, at least from some units."""
        return self.verdict(category, side).level == FULL

    def whole(self, category: str, side: str = BOTH) -> bool:
        """Whether the content is open from the whole side."""
        return self.full(category, side) and not self.verdict(category, side).sources

    def opens(self, side: str) -> bool:
        """Whether anything of a side is open; what is common to both is open when the citizen may be met."""
        return self.allowed if side == BOTH else side in self.grounds

    def ground(self, side: str) -> str:
        """The ground the side is open on."""
        return self.verdict("identity", BOTH).ground if side == BOTH else self.grounds.get(side, "")

    @property
    def grounds(self) -> dict[str, str]:
        """The sides where something is open, each with its ground."""
        open_sides = {
            side: verdict.ground
            for (_, side), verdict in reversed(self.categories.items())
            if side in ADMINISTRATIONS and verdict.level == FULL
        }
        return {side: open_sides[side] for side in ADMINISTRATIONS if side in open_sides}

    @property
    def ground_line(self) -> str:
        """Every ground that opened something, as the log writes it."""
        return "+".join(sorted({v.ground for v in self.categories.values() if v.level == FULL}))

    @property
    def consents(self) -> tuple[UUID, ...]:
        """The consents it rests on."""
        found = {ref for v in self.categories.values() if v.ground == CONSENT for ref in v.refs}
        return tuple(sorted(found))


@dataclass(frozen=True)
class _Asking:
    """One request to Cedar: a pair, from one source, with at most one consent."""

    pair: Pair
    source: str
    basis: Basis | None
    context: dict[str, Any]


@dataclass(frozen=True)
class _Look:
    """One question, with what Cedar is told of it and asked about it."""

    question: Slice
    entities: list[dict[str, Any]]
    askings: list[_Asking]

    def asked(self, action: str, askings: Iterable[_Asking]) -> Asked:
        return self.entities, [_request(self.question, asking, action) for asking in askings]


def decide(question: Slice, pairs: Iterable[Pair] = INFORMATION, by_rules: Rules | None = None) -> Decision:
    """Decide one look at these categories. The rules are those of helhed unless others are given (the tests do)."""
    return decide_each([question], pairs, by_rules)[0]


def decide_each(
    questions: Iterable[Slice], pairs: Iterable[Pair] = INFORMATION, by_rules: Rules | None = None
) -> list[Decision]:
    """Decide several looks at the same categories, each as it would be decided alone; in their order."""
    book, told = by_rules or rules(), tuple(pairs)
    looks = [
        _Look(question, list(_entities(question)), list(_askings(question, told))) for question in questions
    ]
    reads = book.ask_each([look.asked("read", look.askings) for look in looks])
    found = [_joined(look.askings, answers, FULL, book) for look, answers in zip(looks, reads, strict=True)]
    rests = [
        [asking for asking in look.askings if verdicts[asking.pair].level == NONE]
        for look, verdicts in zip(looks, found, strict=True)
    ]
    hints = iter(
        book.ask_each([look.asked("exists", rest) for look, rest in zip(looks, rests, strict=True) if rest])
    )
    for verdicts, rest in zip(found, rests, strict=True):
        known = _joined(rest, next(hints), EXISTS, book) if rest else {}
        verdicts |= {pair: v for pair, v in known.items() if v.level != NONE}
    return [_decision(look.question, verdicts, book) for look, verdicts in zip(looks, found, strict=True)]


def _decision(question: Slice, verdicts: Mapping[Pair, Verdict], book: Rules) -> Decision:
    barred = "paused" if question.paused else "embargoed" if question.citizen.embargoed else ""
    decision = Decision(verdicts, barred=barred, policy=book.hash, slice=question.hash())
    return decision if decision.allowed else replace(decision, why=_why(question, decision))


def reveals(question: Slice) -> bool:
    """Whether a protected address may be revealed to this viewer."""
    asked = _context(question, ("contact", BOTH), BOTH, None)
    request = _request(question, _Asking(("contact", BOTH), BOTH, None, asked), "reveal")
    return rules().ask(list(_entities(question)), [request])[0].allowed


def across(question: Slice, pair: Pair) -> bool:
    """Whether a category lies with, or rests on, the administration the viewer does not belong to."""
    own = question.viewer.administration
    return own in ADMINISTRATIONS and (pair[1] == other(own) or pair[0] == "group")


def _why(question: Slice, decision: Decision) -> str:
    """Why nothing is open, as far as it may be told: role, purpose, appointment, or what the purpose asks for."""
    viewer = question.viewer
    if question.purpose not in ALL_PURPOSES:
        return "purpose"
    if not (viewer.active and viewer.appointed_from <= question.today < viewer.appointed_to):
        return "appointment"
    asked = {
        "noedadgang": "emergency.open",
        "repraesentation": "citizen.represent",
        "egen-indsigt": "citizen.own",
    }
    needed = asked.get(question.purpose, "" if question.purpose == OVERSIGHT else "citizen.look")
    if needed and needed not in viewer.permissions:
        return "role"
    missing = {"noedadgang": "no-emergency", "repraesentation": "no-mandate", OVERSIGHT: "role"}
    if question.purpose in missing:
        return missing[question.purpose]
    return "other-unit" if decision.verdict("identity", BOTH).ground == ELSEWHERE else "no-case"


# ---- what Cedar is asked


def _askings(question: Slice, pairs: Iterable[Pair]) -> Iterator[_Asking]:
    """What lies across is asked for with each consent, and without one where parts are held that could carry it; not at all
    where nothing is in force that could open it."""
    consents = [basis for basis in question.bases if basis.kind == "consent"]
    carries_over = question.viewer.administration == SOF and any(_duties(question))
    for pair in pairs:
        if not across(question, pair):
            yield _Asking(pair, pair[1], None, _context(question, pair, pair[1], None))
            continue
        if carries_over and pair[1] != SOF:
            yield _Asking(pair, BIF, None, _context(question, pair, BIF, None))
        if not question.bases:
            continue
        whole = other(question.viewer.administration)
        parts = {s for basis in consents for s in basis.sources if "/" in s and above(s)[-1] == whole}
        yield from (
            _Asking(pair, source, basis, _context(question, pair, source, basis))
            for source in (whole, *sorted(parts))
            for basis in consents or [None]
        )


def _context(question: Slice, pair: Pair, source: str, consent: Basis | None) -> dict[str, Any]:
    context = {
        "purpose": question.purpose,
        "category": pair[0],
        "side": pair[1],
        "source": _ref("Unit", source),
        "across": across(question, pair),
        "sensitivity": sensitivity(pair[0]),
        "today": question.today,
        "now": question.now,
        "paused": question.paused,
    }
    singles = {basis.kind: basis for basis in question.bases if basis.kind != "consent"}
    if consent is not None:
        singles["consent"] = consent
    context |= {duty.part: _ref("Duty", duty.id) for duty in _duties(question)}
    if question.offered:
        context["offer"] = _ref("Offer", question.citizen.key)
    return context | {kind: _ref(kind.capitalize(), basis.id) for kind, basis in singles.items()}


def _duties(question: Slice) -> Iterator[Duty]:
    """The parts that carry something."""
    return (duty for duty in question.duties if duty.part in carried())


def _request(question: Slice, asking: _Asking, action: str) -> dict[str, Any]:
    return {
        "principal": {"type": "User", "id": question.viewer.username},
        "action": {"type": "Action", "id": action},
        "resource": {"type": "Person", "id": question.citizen.key},
        "context": asking.context,
    }


def _joined(
    askings: Iterable[_Asking], answers: Iterable[Answer], level: str, book: Rules
) -> dict[Pair, Verdict]:
    """One verdict a pair from the answers about it. What is open from the whole side is not narrowed to units."""
    found: dict[Pair, list[tuple[_Asking, str]]] = {}
    for asking, answer in zip(askings, answers, strict=True):
        hits = found.setdefault(asking.pair, [])
        if answer.allowed:
            hits.append((asking, book.grounds[answer.by[0]]))
    return {pair: _verdict(hits, level) for pair, hits in found.items()}


def _verdict(hits: list[tuple[_Asking, str]], level: str) -> Verdict:
    if not hits:
        return CLOSED
    whole = [hit for hit in hits if "/" not in hit[0].source]
    kept = whole or hits
    ground = kept[0][1]
    kind = {CONSENT: "consent", "fuldmagt": "mandate", "noedadgang": "emergency"}.get(ground, "")
    refs = {hit[0].context[kind]["__entity"]["id"] for hit in kept if kind in hit[0].context}
    sources = () if whole else tuple(sorted({hit[0].source for hit in kept}))
    return Verdict(level, ground, tuple(sorted(map(UUID, refs))), sources)


# ---- the entities


def _ref(kind: str, name: str) -> dict[str, Any]:
    return {"__entity": {"type": kind, "id": name}}


def _units(names: Iterable[str]) -> list[dict[str, Any]]:
    return [_ref("Unit", name) for name in names]


def _entity(kind: str, name: str, attributes: dict[str, Any], parents: Iterable[str] = ()) -> dict[str, Any]:
    return {
        "uid": {"type": kind, "id": name},
        "attrs": attributes,
        "parents": [{"type": "Unit", "id": parent} for parent in parents],
    }


def _entities(question: Slice) -> Iterator[dict[str, Any]]:
    viewer, citizen = question.viewer, question.citizen
    named = {viewer.unit, *citizen.cases, *ADMINISTRATIONS, BOTH, *question.offered}
    named |= {duty.unit for duty in _duties(question)}
    named |= {
        unit for basis in question.bases if basis.kind == "consent" for unit in (*basis.sources, *basis.to)
    }
    for unit in sorted({each for name in named for each in above(name)}):
        yield _entity("Unit", unit, {}, above(unit)[1:2])
    attributes: dict[str, Any] = {
        "permissions": list(viewer.permissions),
        "administration": viewer.administration,
        "clearance": viewer.clearance,
        "vip": viewer.vip,
        "protected_address": viewer.protected_address,
        "active": viewer.active,
        "appointed_from": viewer.appointed_from,
        "appointed_to": viewer.appointed_to,
    }
    if viewer.unit:
        attributes["unit"] = _ref("Unit", viewer.unit)
    if viewer.person:
        attributes["person"] = _ref("Person", viewer.person)
    yield _entity("User", viewer.username, attributes, above(viewer.unit)[:1])
    yield _person(question)
    person = _ref("Person", citizen.key)
    for duty in _duties(question):
        yield _entity("Duty", duty.id, {"person": person, "units": _units([duty.unit])}, [duty.unit])
    if question.offered:
        offer = {"person": person, "units": _units(question.offered)}
        yield _entity("Offer", citizen.key, offer, question.offered)
    for basis in question.bases:
        yield _basis(basis, citizen.key)


def _person(question: Slice) -> dict[str, Any]:
    """The citizen; an administration that has a part of the responsibility knows the citizen, as one with a case does."""
    citizen = question.citizen
    known = [*citizen.cases, *(duty.unit for duty in question.duties)]
    beside = {duty.beside for duty in question.duties if duty.beside}
    attributes = {
        "cases": _units(citizen.cases),
        "administrations": sorted({above(unit)[-1] for unit in known} | beside),
        "vip": citizen.vip,
        "protected": citizen.protected,
        "embargoed": citizen.embargoed,
    }
    return _entity("Person", citizen.key, attributes, citizen.cases)


def _basis(basis: Basis, person: str) -> dict[str, Any]:
    common = {"person": _ref("Person", person), "from": basis.start, "to": basis.end}
    if basis.kind == "consent":
        more = {
            "categories": list(basis.covers),
            "sources": _units(basis.sources),
            "recipients": _units(basis.to),
        }
        return _entity("Consent", basis.id, common | more)
    if basis.kind == "mandate":
        more = {"holder": _ref("User", basis.to[0]), "scope": list(basis.covers)}
        return _entity("Mandate", basis.id, common | more)
    return _entity("Emergency", basis.id, common | {"user": _ref("User", basis.to[0])})
