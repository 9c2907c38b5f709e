"""One person, all groups of the catalogue, one day, with reasons; and one decision against zen-engine. Run apart."""

import json
import time
from collections.abc import Callable, Hashable
from typing import Any

import numpy as np

from helhed.commands.engine_bench.data import generate
from helhed.law import catalogue
from helhed.periods import Span, birthday
from helhed.rules.criteria import Age, All, Criterion, Leaf
from helhed.rules.one import World, explain_all, near_misses, spells, world_from_tables

try:
    import zen
except ImportError:
    zen = None

DAY = 20270  # 2025-07-01: the law in force
GROUP = "2A"
_RUNS = 3
_EACH = 15  # spells a person has on average


def reasons(people: int) -> dict[str, float]:
    """Median and 95th percentile, in seconds, over so many people; `misses` with the near misses of every group too."""
    world = _world(people)
    groups, vocabulary = catalogue().groups(), catalogue().vocabulary()

    def explain(person: Hashable) -> Any:
        return explain_all(world, person, groups, DAY, groups, vocabulary)

    def explain_and_miss(person: Hashable) -> None:
        for reason in explain(person).values():
            near_misses(reason)

    return {
        "groups": len(groups),
        **_spread(explain, world, ""),
        **_spread(explain_and_miss, world, "misses_"),
    }


def decision(people: int) -> dict[str, Any]:
    """One rule decided for each of so many people: seconds a decision, ours and zen-engine's (None if not installed).

    zen-engine is given what holds on the day, found beforehand; ours finds it among all the person's spells.
    """
    world = _world(people)
    groups, vocabulary = catalogue().groups(), catalogue().vocabulary()
    day = Span(DAY, DAY + 1)

    def ours(person: Hashable) -> bool:
        found = spells(world, person, GROUP, groups, vocabulary, day)
        return bool(found) and found[0].value == "true"

    answer: dict[str, Any] = {**_spread(ours, world, ""), "zen": None}
    if zen is not None:
        criteria = groups[GROUP].version_on(DAY).criteria
        answer |= _by_zen(world, criteria, {person: ours(person) for person in world.birth})
    return answer


def _by_zen(world: World, criteria: Criterion, ours: dict[Hashable, bool]) -> dict[str, Any]:
    """The same rule as one expression in a graph of zen-engine, on what holds on the day."""
    decision = zen.ZenEngine().create_decision(json.dumps(_graph(_expression(criteria))))
    inputs = {person: _input(world, person) for person in world.birth}
    spread = _spread(lambda person: decision.evaluate(inputs[person]), world, "")
    differ = [p for p in ours if decision.evaluate(inputs[p])["result"]["member"] is not ours[p]]
    return {"zen": spread["median"], "zen_p95": spread["p95"], "differ": len(differ), "decided": len(ours)}


def _input(world: World, person: Hashable) -> dict[str, Any]:
    birth = world.birth[person]
    running = [fact for fact in world.spells_of(person) if DAY in fact.span]
    age = -1 if birth is None else max((n for n in range(130) if birthday(birth, n) <= DAY), default=-1)
    return {
        "age": age,
        "facts": [{"kind": fact.kind, "code": fact.code, "unit": fact.unit or ""} for fact in running],
    }


def _expression(criterion: Criterion) -> str:
    """A criterion in zen's expression language, true or not; written for the leaves, ages and `all` of the rule."""
    match criterion:
        case All():
            return " and ".join(f"({_expression(part)})" for part in criterion.of)
        case Age():
            return f"age >= {criterion.start or 0} and age < {criterion.below or 1000}"
        case Leaf():
            vocabulary = catalogue().vocabulary()
            asked = [f"#.kind == '{criterion.kind}'"]
            if criterion.any_of:
                asked.append(
                    _below("code", vocabulary.meant_codes(criterion.kind, criterion.any_of, criterion.exact))
                )
            if criterion.unit:
                asked.append(_below("unit", vocabulary.meant_units(criterion.unit, criterion.exact)))
            return f"some(facts, {' and '.join(asked)})"
    raise TypeError(f"not written for {criterion}")


def _below(name: str, paths: frozenset[str]) -> str:
    listed = ", ".join(f"'{path}'" for path in sorted(paths))
    below = " or ".join(f"startsWith(#.{name}, '{path}/')" for path in sorted(paths))
    return f"(#.{name} in [{listed}] or {below})"


def _graph(expression: str) -> dict[str, Any]:
    """A decision of three nodes: what is known, the rule, the answer."""
    return {
        "nodes": [
            {"id": "in", "name": "in", "type": "inputNode", "content": {}},
            {
                "id": "rule",
                "name": "rule",
                "type": "expressionNode",
                "content": {"expressions": [{"id": "e", "key": "member", "value": expression}]},
            },
            {"id": "out", "name": "out", "type": "outputNode", "content": {}},
        ],
        "edges": [
            {"id": "1", "sourceId": "in", "targetId": "rule", "type": "edge"},
            {"id": "2", "sourceId": "rule", "targetId": "out", "type": "edge"},
        ],
    }


def _world(people: int) -> World:
    facts = generate(people, people * _EACH)
    return world_from_tables(facts.people, facts.spells, facts.relations)


def _spread(work: Callable[[Hashable], object], world: World, prefix: str) -> dict[str, float]:
    """The quickest of three runs for each person: median and 95th percentile in seconds."""
    runs = []
    for _ in range(_RUNS):
        took = []
        for person in world.birth:
            began = time.perf_counter()
            work(person)
            took.append(time.perf_counter() - began)
        runs.append(took)
    quickest = np.min(runs, axis=0)
    return {f"{prefix}median": float(np.median(quickest)), f"{prefix}p95": float(np.percentile(quickest, 95))}
