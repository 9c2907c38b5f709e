"""A hand-over decided again from what it pinned: by its steps, its evidence, the words of the rule of then, and the gate.

Nothing is taken from what stands now but what is to be compared: the facts as the register says they were known at that
moment, the record of the consent, and the ledger.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from helhed.audit.actions import Actor, note
from helhed.audit.canonical import canonical
from helhed.audit.questions import objects_of
from helhed.coordination.handover.chain import gates, steps
from helhed.coordination.handover.chain.gathering import undone_of
from helhed.coordination.handover.chain.models import OVER, STATES, Chain, Evidence, Merged, RuleText, Step
from helhed.coordination.handover.chain.moving import GROUNDS
from helhed.coordination.handover.chain.seals import LENGTH, sealed
from helhed.sharing import eligibility
from helhed.sharing.consent.history import stood
from helhed.sharing.consent.standing import PLAN, covers
from helhed.sharing.ledger import standing as ledger
from helhed.sharing.policy import OVERSIGHT

CHECKS = (
    "line",
    "state",
    "log",
    "sealed",
    "evidence",
    "rule",
    "facts",
    "verdict",
    "inputs",
    "gate",
    "consent",
    "ledger",
)
"""What is looked at: that the steps are one line; that the chain stands where they lead; that the log named the same seals; that
a step is as it was sealed; that evidence is as it was pinned; the words of the rule; the facts, as known then; what the plain
engine says of them; that the gate was given what had been found; its answer; the consent of that moment; the ledger."""
CANNOT_BE_READ = (KeyError, TypeError, ValueError)


@dataclass(frozen=True)
class Check:
    """One thing looked at: of which step (0: of the whole), of CHECKS, whether it holds, and what is not as it was."""

    step: int
    what: str
    holds: bool
    differs: str = ""


@dataclass(frozen=True)
class Replayed:
    """All that was looked at of a chain, in the order of its steps."""

    chain: UUID
    checks: tuple[Check, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing differs."""
        return all(check.holds for check in self.checks)


@dataclass(frozen=True)
class _Found:
    """A chain with its steps and the evidence they name, read once. `keys`: those the citizen was known by, its own first; more
    than one where two persons are one, or were for a time."""

    chain: Chain
    taken: tuple[Step, ...]
    evidence: Mapping[str, Evidence]
    texts: Mapping[str, str] = field(default_factory=dict)
    keys: tuple[UUID, ...] = ()


def replay(chain: UUID) -> Replayed:
    """Decide a chain again. Chain.DoesNotExist if there is none. Shows nothing; the caller decides who may know, and logs."""
    found = _read(chain)
    return Replayed(chain, tuple(_all(found)))


def replay_each(*, by: Actor, chains: Iterable[UUID] | None = None) -> Iterator[Replayed]:
    """Decide some chains again, or every one there is, one after the other; a line in the log first. Names nobody."""
    asked = Chain.objects.order_by("opened_at", "pk").values_list("pk", flat=True)
    listed = list(asked if chains is None else chains)
    note(by=by, action="handover-replay", object=f"{len(listed)} hand-overs", purpose=OVERSIGHT)
    for chain in listed:
        yield replay(chain)


def _read(chain: UUID) -> _Found:
    row = Chain.objects.get(pk=chain)
    taken = tuple(Step.objects.filter(chain=row).order_by("number"))
    named = {step.pinned["evidence"] for step in taken if "evidence" in step.pinned}
    evidence = {str(each.pk): each for each in Evidence.objects.filter(pk__in=_keys(named))}
    rules = {each.rules for each in evidence.values()}
    texts = dict(RuleText.objects.filter(pk__in=rules).values_list("hash", "text"))
    merged = Merged.objects.filter(Q(kept=row.person_key) | Q(gone=row.person_key))
    known_by = [key for pair in merged.order_by("pk").values_list("kept", "gone") for key in pair]
    return _Found(row, taken, evidence, texts, tuple(dict.fromkeys([row.person_key, *known_by])))


def _keys(named: set[Any]) -> Iterator[UUID]:
    for each in named:
        try:
            yield UUID(str(each))
        except ValueError:
            continue


def _all(found: _Found) -> Iterator[Check]:
    yield _line(found)
    yield _state(found)
    yield _log(found)
    before = ""
    for step in found.taken:
        whole = step.hash == steps.digest(step) and step.before == before
        yield Check(step.number, "sealed", whole, "" if whole else step.kind)
        before = step.hash
        if "evidence" in step.pinned:
            yield from _evidence(found, step)
        if "gate" in step.pinned:
            yield from _gate(found, step)
        if step.kind in ("consented", "decided", "effective") and found.chain.direction == OVER:
            yield _consent(found, step)
        if step.kind == "effective":
            yield _ledger(found, step)


def _line(found: _Found) -> Check:
    numbers = [step.number for step in found.taken]
    whole = numbers == list(range(1, len(numbers) + 1)) and found.chain.steps == len(numbers) > 0
    return Check(0, "line", whole, "" if whole else f"{numbers} / {found.chain.steps}")


def _state(found: _Found) -> Check:
    """Where the steps lead; and the columns that only steps may set."""
    led = [step for step in found.taken if step.kind in STATES]
    allowed = {led[-1].kind} if led else set()
    if found.chain.direction == OVER and any(step.kind == "redirected" for step in found.taken):
        allowed.add("assessed")  # another unit is to receive the citizen, who is asked anew
    said = found.chain.state
    done = next((step for step in led if step.kind == "effective"), None)
    same = said in allowed and (done is None) == (found.chain.effective_at is None)
    if same and done is not None:
        same = found.chain.effective_at <= done.at
    return Check(0, "state", same, "" if same else f"{', '.join(sorted(allowed))} / {said}")


def _log(found: _Found) -> Check:
    """That each seal the log names is that of a step there is: who made steps anew did not make the log anew."""
    lines = [line for key in found.keys for line in objects_of(key, str(found.chain.pk))]
    named = {sealed(line) for line in lines} - {""}
    missing = named - {step.hash[:LENGTH] for step in found.taken}
    return Check(0, "log", not missing, str(len(missing)) if missing else "")


def _evidence(found: _Found, step: Step) -> Iterator[Check]:
    pinned, row = step.pinned, found.evidence.get(str(step.pinned["evidence"]))
    if row is None:
        yield Check(step.number, "evidence", False, str(pinned["evidence"]))
        return
    kept = {
        "evidence_hash": row.hash,
        "rules": row.rules,
        "day": row.day.isoformat(),
        "known_at": row.known_at.isoformat(),
        "verdict": row.verdict,
    }
    differs = [name for name, value in kept.items() if name in pinned and pinned[name] != value]
    if _hash_of(row) != row.hash:
        differs.append("content")
    if row.person_key not in found.keys or row.group != found.chain.model:
        differs.append("citizen")
    yield Check(step.number, "evidence", not differs, ", ".join(differs))
    text = found.texts.get(row.rules)
    right = text is not None and sha256(text.encode()).hexdigest() == row.rules
    yield Check(step.number, "rule", right, "" if right else row.rules[:12])
    yield _facts(row, text or "", step.number)
    yield _verdict(row, text or "", step.number)


def _hash_of(row: Evidence) -> str:
    try:
        return eligibility.hash_of(row.person_key, row.group, row.rules, row.facts, row.verdict)
    except CANNOT_BE_READ:
        return ""


def _facts(row: Evidence, text: str, number: int) -> Check:
    """The facts the register says were known then, beside those that were pinned."""
    try:
        known = eligibility.known_then(row.person_key, row.known_at, text, row.day)
        differs = len(_rows(known) ^ _rows(row.facts))
    except CANNOT_BE_READ:
        return Check(number, "facts", False, "?")
    return Check(number, "facts", not differs, "" if not differs else str(differs))


def _rows(facts: Any) -> set[str]:
    return {canonical(fact) for fact in facts}


def _verdict(row: Evidence, text: str, number: int) -> Check:
    """What the plain engine says of the pinned facts under the pinned words."""
    try:
        again = eligibility.replay(row.facts, text, row.person_key, row.group, row.day)
    except CANNOT_BE_READ:
        again = "?"
    return Check(
        number, "verdict", again == row.verdict, "" if again == row.verdict else f"{again} / {row.verdict}"
    )


def _gate(found: _Found, step: Step) -> Iterator[Check]:
    """That the gate was given what had been found by then, and that it gives the same answer again."""
    gate = step.pinned["gate"]
    inputs = gate.get("inputs") or {}
    row = found.evidence.get(str(step.pinned.get("evidence")))
    right = {
        "criteria": row.verdict if row else None,
        "assessed": _assessed(found, step.number),
        "day": timezone.localdate(step.at).isoformat(),
        "ground": step.pinned.get("ground"),
        "step": step.kind,
    }
    differs = [name for name, value in right.items() if inputs.get(name) != value]
    if (inputs.get("consent") or {}).get("id") != (step.pinned.get("consent") or {}).get("id"):
        differs.append("consent")
    if (inputs.get("adoption") or {}).get("id") != str(found.chain.adoption):
        differs.append("model")
    if not _others_stood(inputs.get("family") or {}, step):
        differs.append("family")
    yield Check(step.number, "inputs", not differs, ", ".join(differs))
    outcome = gates.decide(inputs)
    same = (outcome.move, list(outcome.lacking)) == (gate.get("move"), gate.get("lacking")) and outcome.move
    yield Check(step.number, "gate", same, "" if same else ", ".join(outcome.lacking) or "?")


def _assessed(found: _Found, number: int) -> dict[str, Any]:
    """What each side had answered when a step was taken."""
    said: dict[str, Any] = {}
    for step in found.taken[: number - 1]:
        if step.kind == "proposed":
            said = {}
        elif step.kind in ("assessed-bif", "assessed-sof"):
            said[step.kind.removeprefix("assessed-")] = step.pinned.get("answers")
    return said


def _others_stood(family: Mapping[str, Any], step: Step) -> bool:
    """Whether the other parents' chains stood where the gate was told, when the step was taken."""
    said = {key: state for each, state in family.get("others", {}).items() for key in _keys({each})}
    taken = Step.objects.filter(chain__in=said, at__lt=step.at, kind__in=STATES).order_by("number")
    back = {chain for chain, at in undone_of(said).items() if at < step.at}
    stood = {
        chain: gates.RETURNED if chain in back else kind for chain, kind in taken.values_list("chain", "kind")
    }
    return said == stood


def _consent(found: _Found, step: Step) -> Check:
    """That the consent the step names was in force at that moment, of this citizen, and reached the receiving unit."""
    try:
        consent = UUID(step.pinned["consent"]["id"])
    except CANNOT_BE_READ:
        return Check(step.number, "consent", False, "?")
    then = stood(consent, step.at)
    if then is None:
        return Check(step.number, "consent", False, str(consent))
    redirected = any(later.kind == "redirected" for later in found.taken[step.number :])
    right = {
        "record": then.whole,
        "receipt": then.genuine or then.receipt is None,
        "citizen": then.person_key in found.keys and then.kind == PLAN,
        "force": then.in_force,
        "unit": redirected or any(covers(unit, found.chain.to_unit) for unit in then.recipients),
    }
    differs = [name for name, holds in right.items() if not holds]
    return Check(step.number, "consent", not differs, ", ".join(differs))


def _ledger(found: _Found, step: Step) -> Check:
    """That each part named in the step lies, from that moment, where it says."""
    chain, said = found.chain, step.pinned.get("parts") or {}
    lines = [ledger.history(key) for key in found.keys]
    history = next((line for line in lines if any(row.ref == chain.pk for row in line)), lines[0])
    rows = [row for row in history if row.ref == chain.pk]
    at = {row.since for row in rows}
    if len(at) != 1 or min(at) < step.at or any(row.ground != GROUNDS[chain.direction] for row in rows):
        return Check(step.number, "ledger", False, "moment")
    [moment] = at
    then = {
        row.part: row.unit
        for row in history
        if row.since <= moment and (row.until is None or row.until > moment)
    }
    differs = sorted(
        {part for part in said if then.get(part) != said[part]} | {row.part for row in rows} - said.keys()
    )
    return Check(step.number, "ledger", not differs, ", ".join(differs))
