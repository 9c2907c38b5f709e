"""What the steps of a hand-over rested on, in words: evidence, consents, the adopted model, and what moved."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.coordination.handover.adoption.models import AdoptedModel
from helhed.coordination.handover.chain.models import Chain, Evidence, RuleText, Step
from helhed.coordination.handover.work import words
from helhed.coordination.handover.work.account import Consented, Held, Rested, Row, Taken
from helhed.law import Catalogue
from helhed.membership import definitions
from helhed.periods import date_of, day_of
from helhed.rules.errors import CriteriaError
from helhed.rules.sentences import sentences
from helhed.sharing.consent.history import stood
from helhed.sharing.eligibility import decisive
from helhed.sharing.ledger import standing as ledger
from helhed.sharing.rule_texts import read_rule


def taken(steps: Sequence[Step], direction: str, language: str) -> tuple[Taken, ...]:
    """The steps, with the names of who took them."""
    names = dict(
        User.objects.filter(username__in={step.by for step in steps}).values_list("username", "name")
    )
    return tuple(
        Taken(
            number=step.number,
            kind=step.kind,
            label=words.step_label(step.kind, direction),
            at=step.at,
            by=_("Systemet selv") if step.by == words.SYSTEM else names.get(step.by, step.by),
            username=step.by,
            unit_label=words.short_unit(step.unit, language),
            on_behalf=step.on_behalf,
            reason=words.reason_label(step.reason, language) if step.reason else "",
            note=step.note,
            answers=_answers(step.pinned.get("answers") or {}, language),
            hash=step.hash,
        )
        for step in steps
    )


def evidence(chain: Chain, steps: Sequence[Step], language: str, *, whole: bool) -> tuple[Rested, ...]:
    """The evidence the steps named; what says the same is told once. `whole`: with the rows that decided nothing."""
    rows = {str(row.pk): row for row in Evidence.objects.filter(pk__in=_named(steps))}
    texts = dict(
        RuleText.objects.filter(pk__in={row.rules for row in rows.values()}).values_list("hash", "text")
    )
    alike: dict[tuple[str, date], list[tuple[int, Evidence]]] = defaultdict(list)
    for step in steps:
        row = rows.get(str(step.pinned.get("evidence")))
        if row is not None:
            alike[row.hash, row.day].append((step.number, row))
    return tuple(
        _rested(each, texts.get(each[0][1].rules, ""), chain, language, whole) for each in alike.values()
    )


def shown(chain: Chain, steps: Sequence[Step], *, whole: bool) -> set[str]:
    """The categories of information that are shown of the evidence and consents of these steps, beside the hand-over itself."""
    rows = list(Evidence.objects.filter(pk__in=_named(steps)))
    texts = dict(RuleText.objects.filter(pk__in={row.rules for row in rows}).values_list("hash", "text"))
    kinds = {
        row.facts[place]["kind"]
        for row in rows
        for place in _places(row, texts.get(row.rules, ""), chain, whole)
    }
    return kinds | ({"consent"} if any("consent" in step.pinned for step in steps) else set())


def consents(steps: Sequence[Step], language: str) -> tuple[Consented, ...]:
    """The consents the steps named, each as it stood at the last of them."""
    named: dict[UUID, list[Step]] = defaultdict(list)
    for step in steps:
        said = step.pinned.get("consent")
        key = _uuid(said.get("id") if isinstance(said, dict) else said)
        if key is not None:
            named[key].append(step)
    found = []
    for key, each in named.items():
        then = stood(key, each[-1].at)
        if then is not None:
            units = tuple(words.short_unit(unit, language) for unit in then.recipients)
            numbers = tuple(step.number for step in each)
            found.append(
                Consented(
                    key,
                    numbers,
                    then.given_at,
                    then.valid_to,
                    _how(then.method),
                    then.notice,
                    units,
                    then.receipt,
                    then.genuine,
                )
            )
    return tuple(found)


def moves(chain: Chain, language: str) -> tuple[Held, ...]:
    """The parts that moved when the chain took effect."""
    history = ledger.history(chain.person_key)
    before = {(row.part, row.until): row.unit for row in history}
    return tuple(
        Held(
            words.part_label(row.part, language),
            words.short_unit(before.get((row.part, row.since), ""), language),
            words.short_unit(row.unit, language),
            row.since,
            words.held_on(row.ground),
            words.short_unit(row.beside, language),
        )
        for row in history
        if row.ref == chain.pk
    )


def adoption(adopted: UUID, language: str) -> dict[str, str]:
    """The model as it was adopted: how, on which ground, by whom."""
    row = AdoptedModel.objects.get(pk=adopted)
    names = dict(
        User.objects.filter(username__in=[row.proposed_by, row.decided_by]).values_list("username", "name")
    )
    return {
        "mode": _("Forsøg") if row.mode == "trial" else _("I kraft"),
        "ground": words.ground_label(row.ground, language),
        "proposed_by": names.get(row.proposed_by, row.proposed_by),
        "decided_by": names.get(row.decided_by, row.decided_by),
        "lawyer": row.confirmed_by_lawyer,
    }


def _places(row: Evidence, text: str, chain: Chain, whole: bool) -> list[int]:
    """Which of the rows of evidence are shown, by their place: those that decided, or all. Where the rule cannot be read any
    more, none is known to have decided."""
    facts = [place for place, fact in enumerate(row.facts) if fact.get("row") == "fact"]
    if whole:
        return facts
    try:
        decided = decisive(row.facts, text, chain.person_key, row.group, row.day)
    except (ValueError, KeyError, CriteriaError):
        return []
    return [place for place in facts if place in decided]


def _rested(
    each: Sequence[tuple[int, Evidence]], text: str, chain: Chain, language: str, whole: bool
) -> Rested:
    first = each[0][1]
    places = _places(first, text, chain, whole)
    number = sum(fact.get("row") == "fact" for fact in first.facts)
    book = definitions.book()
    born = [fact.get("born") for fact in first.facts if fact.get("row") == "person" and _is_self(fact, chain)]
    start, told = _rule(text, first, book, language)
    return Rested(
        steps=tuple((number, row.known_at) for number, row in each),
        day=first.day,
        verdict=first.verdict,
        verdict_label={"true": _("opfyldt"), "false": _("ikke opfyldt"), "unknown": _("kan ikke afgøres")}[
            first.verdict
        ],
        born=date.fromisoformat(born[0]) if born and born[0] else None,
        rows=tuple(_row(first.facts[place], chain, book, language) for place in places),
        others=number - len(places),
        version_from=start,
        sentences=told,
        rules=first.rules,
        text=text,
    )


def _rule(
    text: str, row: Evidence, book: Catalogue, language: str
) -> tuple[date | None, tuple[tuple[int, str], ...]]:
    """The version of the rule that was in force on the day, read from the text that was kept."""
    try:
        version = read_rule(text).groups[row.group].version_on(day_of(row.day))
    except (KeyError, ValueError):
        return None, ()
    if version is None:
        return None, ()
    return date_of(version.valid_from), tuple(sentences(version.criteria, words.naming(book), language))


def _row(fact: dict[str, Any], chain: Chain, book: Catalogue, language: str) -> Row:
    end = fact["to"] and date.fromisoformat(fact["to"]) - timedelta(days=1)
    return Row(
        who=_("Borgeren") if _is_self(fact, chain) else _("Barn eller forælder"),
        kind=book.label("kind", fact["kind"], language),
        label=book.label(fact["kind"], fact["code"], language),
        unit=words.short_unit(fact["unit"], language),
        start=date.fromisoformat(fact["from"]),
        last=end or None,
        source=f"{fact['source']} {fact['table']} {fact['key']}",
        known=datetime.fromisoformat(fact["known"]),
    )


def _is_self(fact: dict[str, Any], chain: Chain) -> bool:
    return fact.get("person") == str(chain.person_key)


def _answers(said: dict[str, bool], language: str) -> tuple[tuple[str, bool], ...]:
    """What was asked, and the answer."""
    asked = {
        "need": _("Fortsat behov for en indsats fra SOF"),
        "family": _("Hele familiens sag flytter samlet"),
    }
    return tuple(
        (asked.get(key) or words.reason_label(key, language), answer) for key, answer in said.items()
    )


def _how(method: str) -> str:
    return {
        "portal": _("af borgeren selv på siden"),
        "in_person": _("personligt, skrevet ned og bekræftet af to"),
        "paper": _("på papir"),
        "case_system": _("i et fagsystem"),
    }.get(method, method)


def _named(steps: Iterable[Step]) -> list[UUID]:
    return [key for step in steps if (key := _uuid(step.pinned.get("evidence"))) is not None]


def _uuid(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
