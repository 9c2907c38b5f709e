"""Decisions made and written down. What is kept is what was looked at, without content: the same rules asked the same
question again must give the same answer."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from helhed.accounts.models import User
from helhed.audit import anchoring
from helhed.audit.covering import cover
from helhed.register import questions as register
from helhed.register.questions import FactRow, PersonRow
from helhed.sharing import policy
from helhed.sharing.access.models import Decision as Row
from helhed.sharing.access.models import RuleSet, Shield
from helhed.sharing.clock import moment
from helhed.sharing.ledger import standing as ledger
from helhed.sharing.policy import Decision, Slice
from helhed.sharing.policy.gathering import bases_of, citizen_of, duties_of, slice_of
from helhed.sharing.safeguards import standing as safeguards

Pairs = Iterable[tuple[str, str]]
CASE_KINDS = tuple(kind for kinds in policy.CASES.values() for kind in kinds)
"""All a decision looks at of somebody's facts."""


def decide(
    person: PersonRow,
    *,
    by: User,
    purpose: str,
    mandate: UUID | None = None,
    facts: list[FactRow] | None = None,
) -> Decision:
    """Decide one look at one citizen and keep the decision. Call it in the transaction of what rests on it: the consents
    and the mandate it rests on stay locked until that ends. `facts` where the caller has them already."""
    known = _case_facts([person]) if facts is None else {person.id: facts}
    question = _slices([person], known, by, purpose, mandate)[person.key]
    return _kept({person.key: question}, by, policy.LOOK)[person.key]


def decide_each(
    people: Iterable[PersonRow], *, by: User, purpose: str, pairs: Pairs = policy.LOOK
) -> dict[UUID, Decision]:
    """The same for several citizens at once, about these categories only; by key."""
    rows = list(people)
    return _kept(_slices(rows, _case_facts(rows), by, purpose, None), by, pairs)


def may_reveal(person: PersonRow, *, by: User, purpose: str) -> bool:
    """Whether this viewer may have this citizen's protected address revealed."""
    return policy.reveals(_slices([person], _case_facts([person]), by, purpose, None)[person.key])


def replayed(decision: UUID) -> tuple[Row, Decision]:
    """The decision that was made, and the same question asked of the same rules again. Row.DoesNotExist if there is none."""
    row = Row.objects.get(pk=decision)
    book = RuleSet.objects.get(pk=row.rules)
    question = policy.read_slice(row.slice)
    asked = [tuple(pair.split("/")) for pair in row.verdicts]
    return row, policy.decide(question, asked, policy.make_rules(book.text, book.schema))


def written(decision: Decision) -> dict[str, Any]:
    """The verdicts as they are kept: by category and side the level, the ground, what it rests on, and the units."""
    return {
        f"{category}/{side}": [
            verdict.level,
            verdict.ground,
            [str(ref) for ref in verdict.refs],
            list(verdict.sources),
        ]
        for (category, side), verdict in decision.categories.items()
    }


def _slices(
    people: list[PersonRow],
    facts: dict[int, list[FactRow]],
    by: User,
    purpose: str,
    mandate: UUID | None,
) -> dict[UUID, Slice]:
    today, paused = timezone.localdate(), anchoring.state().sharing_paused
    keys = [row.key for row in people]
    vips = set(
        Shield.objects.filter(ended_at__isnull=True, person_key__in=keys).values_list("person_key", flat=True)
    )
    embargoed, children = safeguards.embargoed_of(keys), _childrens_facts(people, today)
    bases = bases_of(by, keys, purpose, mandate)
    held, offered = (ledger.kept(keys), ledger.offered_to(keys)) if by.unit else ({}, {})
    now = moment()
    found = {}
    for row in people:
        parts, known = held.get(row.key, {}), facts[row.id]
        citizen = citizen_of(
            row,
            known,
            children[row.id],
            vip=row.key in vips,
            embargoed=row.key in embargoed,
            on=today,
            held=parts,
        )
        asked = slice_of(by, citizen, bases[row.key], purpose, today=today, now=now, paused=paused)
        duties = duties_of(parts, known, today)
        found[row.key] = replace(asked, duties=duties, offered=offered.get(row.key, ()))
    return found


def _case_facts(people: list[PersonRow]) -> dict[int, list[FactRow]]:
    return register.facts_of_each((row.id for row in people), kinds=CASE_KINDS)


def _childrens_facts(people: list[PersonRow], today: date) -> dict[int, list[FactRow]]:
    """The facts of each one's children on the day: for the decision, never to be shown."""
    children = register.children_of_each([row.id for row in people], today)
    facts = register.facts_of_each({child for each in children.values() for child in each}, kinds=CASE_KINDS)
    return {parent: [fact for child in each for fact in facts[child]] for parent, each in children.items()}


def _kept(questions: dict[UUID, Slice], by: User, pairs: Pairs) -> dict[UUID, Decision]:
    asked = tuple(pairs)
    book = policy.rules()
    if questions and not RuleSet.objects.filter(pk=book.hash).exists():
        fresh = RuleSet(hash=book.hash, text=book.text, schema=book.schema_text)
        RuleSet.objects.bulk_create([fresh], ignore_conflicts=True)
    made = dict(zip(questions, policy.decide_each(questions.values(), asked), strict=True))
    for decision in made.values():
        cover(decision.id)
    Row.objects.bulk_create(
        [
            Row(
                id=decision.id,
                actor=by.username,
                person_key=key,
                purpose=questions[key].purpose[:60],
                rules=decision.policy,
                slice=questions[key].told(),
                verdicts=written(decision),
                why=decision.why,
            )
            for key, decision in made.items()
        ]
    )
    return made
