"""Evidence that criteria are true, made anew by the plain engine and kept for good."""

from collections.abc import Iterable
from uuid import UUID

from helhed.coordination.handover.chain.models import Chain, Evidence, RuleText
from helhed.sharing import eligibility
from helhed.sharing.eligibility import Found


def fresh(person: UUID, model: str) -> Evidence | None:
    """What is known of a person and a model's criteria now, kept; None where the person is not known any more."""
    return keep(eligibility.evidence([person], model).values()).get(person)


def fresh_of(chains: Iterable[Chain]) -> dict[UUID, Evidence]:
    """The same of the citizens of several chains, by citizen."""
    people: dict[str, list[UUID]] = {}
    for chain in chains:
        people.setdefault(chain.model, []).append(chain.person_key)
    found = [eligibility.evidence(asked, model) for model, asked in people.items()]
    return keep(one for each in found for one in each.values())


def keep(found: Iterable[Found]) -> dict[UUID, Evidence]:
    """Keep findings with the words of their rules. Answers a row each, by person."""
    each = list(found)
    texts = {one.rules: RuleText(hash=one.rules, text=one.rule_text) for one in each}
    RuleText.objects.bulk_create(texts.values(), ignore_conflicts=True)
    rows = {one.person_key: _row(one) for one in each}
    Evidence.objects.bulk_create(rows.values(), batch_size=500)
    return rows


def _row(found: Found) -> Evidence:
    return Evidence(
        person_key=found.person_key,
        group=found.group,
        day=found.day,
        known_at=found.known_at,
        rules=found.rules,
        facts=list(found.facts),
        verdict=found.verdict,
        hash=found.hash,
    )
