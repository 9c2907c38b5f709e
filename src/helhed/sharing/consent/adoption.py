"""Consents delivered by the case systems become rows here, and from then on only the rows open anything.

A row withdrawn here stays withdrawn, whatever its source goes on delivering. A source row that ends, ends the consent;
one that is gone from its source, or says something else, ends it as invalidated, and what it says now begins anew.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import connection
from django.utils import timezone

from helhed.register import questions as register
from helhed.register.questions import KeyedFact
from helhed.sharing.consent.categories import BIF, EVERY, SOF
from helhed.sharing.consent.deciding import hold_all
from helhed.sharing.consent.models import KINDS, Consent
from helhed.sharing.consent.notices import DELIVERED, Choices, newest, shown

CHOICES = Choices(categories=EVERY, sources=(BIF, SOF), recipients=(BIF, SOF))
TURN = "#"
"""Between a source row's key and the number of times it has begun anew."""
AT_ONCE = 2_000
BEGIN = """
    INSERT INTO consent_consent (
        id, person_key, kind, state, purpose, categories, sources, recipients, case_ref, valid_from, valid_to,
        language, notice_key, notice_version, notice_hash, notice_text, consequences, expressed_by, method,
        recorded_by, confirmed_by, evidence_hash, evidence_file, source_key, requested_by, requested_unit,
        ended_by, ended_how
    )
    SELECT gen_random_uuid(), told.person, %(kind)s, 'given', %(purpose)s, %(categories)s::text[], %(sources)s::text[],
        %(recipients)s::text[], '', told.since, told.until, %(language)s, %(notice)s, %(version)s, %(hash)s, %(text)s,
        %(consequences)s, 'subject', 'case_system', '', '', '', '', told.key, %(by)s, '', '', ''
    FROM unnest(%(people)s::uuid[], %(since)s::timestamptz[], %(until)s::timestamptz[], %(keys)s::text[])
        AS told(person, since, until, key)
"""


@dataclass
class Adopted:
    """What one adoption did: rows begun, changed in their last day, and ended."""

    begun: int = 0
    moved: int = 0
    ended: int = 0


def adopt(by: str, people: Collection[UUID] | None) -> Adopted:
    """Bring the rows to what the case systems say now, of everyone or of some. In the caller's transaction."""
    done = Adopted()
    fresh: dict[str, list[tuple[KeyedFact, str]]] = defaultdict(list)
    rows = _rows(people)
    for fact in _delivered(people):
        key = f"{fact.source}:{fact.table}:{fact.source_key}"
        before = rows.pop(key, [])
        latest = before[-1] if before else None
        if any(row.state == "withdrawn" for row in before):
            continue
        if latest is not None and latest.state == "given":
            if _same(latest, fact):
                done.moved += _move(latest, fact)
                continue
            if not _invalidate(latest, by):
                continue  # withdrawn at this very moment
            done.ended += 1
        if fact.true_to is None or fact.true_to > timezone.localdate():
            turn = f"{TURN}{len(before) + 1}" if before else ""
            fresh[fact.code].append((fact, f"{key}{turn}"))
    for gone in rows.values():
        done.ended += sum(_invalidate(row, by) for row in gone if row.state == "given")
    for kind, begun in fresh.items():
        done.begun += _begin(kind, begun, by)
    return done


def _rows(people: Collection[UUID] | None) -> dict[str, list[Consent]]:
    """The rows of each source row, oldest first."""
    found = Consent.objects.filter(method="case_system").order_by("requested_at", "pk")
    if people is not None:
        found = found.filter(person_key__in=people)
    rows: dict[str, list[Consent]] = defaultdict(list)
    for row in found.defer("notice_text", "consequences").iterator(AT_ONCE):
        rows[(row.source_key or "").split(TURN)[0]].append(row)
    return rows


def _delivered(people: Collection[UUID] | None) -> list[KeyedFact]:
    facts = [fact for fact in register.facts_of_kind("consent") if fact.code in KINDS]
    if people is None:
        return facts
    asked = set(people)
    return [fact for fact in facts if fact.person_key in asked]


def _same(row: Consent, fact: KeyedFact) -> bool:
    return (row.person_key, row.kind, row.valid_from) == (fact.person_key, fact.code, _moment(fact.true_from))


def _move(row: Consent, fact: KeyedFact) -> int:
    until = _moment(fact.true_to) if fact.true_to else None
    if row.valid_to == until:
        return 0
    hold_all(row.person_key)
    return Consent.objects.filter(pk=row.pk, state="given").update(valid_to=until)


def _invalidate(row: Consent, by: str) -> int:
    """End a row that is still given; one that was withdrawn meanwhile stays withdrawn."""
    hold_all(row.person_key)
    given = Consent.objects.filter(pk=row.pk, state="given")
    return given.update(state="invalidated", ended_by=by, ended_how="system")


def _begin(kind: str, begun: list[tuple[KeyedFact, str]], by: str) -> int:
    """The rows of one kind, in one statement: their words are the same and travel once."""
    words = shown(newest(DELIVERED[kind]), CHOICES, "da")
    with connection.cursor() as cursor:
        cursor.execute(
            BEGIN,
            {
                "people": [fact.person_key for fact, _ in begun],
                "since": [_moment(fact.true_from) for fact, _ in begun],
                "until": [_moment(fact.true_to) if fact.true_to else None for fact, _ in begun],
                "keys": [key for _, key in begun],
                "kind": kind,
                "purpose": newest(words.key).purpose,
                "categories": list(CHOICES.categories),
                "sources": list(CHOICES.sources),
                "recipients": list(CHOICES.recipients),
                "language": words.language,
                "notice": words.key,
                "version": words.version,
                "hash": words.hash,
                "text": words.text,
                "consequences": words.if_no,
                "by": by,
            },
        )
        return cursor.rowcount


def _moment(day: date) -> datetime:
    """The first instant of a day here."""
    return timezone.make_aware(datetime.combine(day, time.min))
