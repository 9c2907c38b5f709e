"""States are decided once and found again, however many there are."""

from random import Random

import numpy as np
import pytest

from helhed.rules.criteria import All, AnyOf, AtLeast, Leaf, Not
from helhed.rules.many import logic, states
from helhed.rules.many.plan import ALWAYS, NEVER, Answer

LEAVES = tuple(Leaf(f"k{number}") for number in range(9))
ANSWERS = {
    leaf: Answer(2 * number, 60 + 2 * number) for number, leaf in enumerate(LEAVES[:7])
} | {LEAVES[7]: Answer(NEVER, NEVER), LEAVES[8]: Answer(ALWAYS, ALWAYS)}  # fmt: skip


def value(criterion, state):
    """What the text says: all is the worst, any the best, at least the n-th best value."""
    match criterion:
        case Not():
            return 2 - value(criterion.of, state)
        case All() | AnyOf() | AtLeast():
            values = sorted((value(part, state) for part in criterion.of), reverse=True)
            nth = {All: len(values), AnyOf: 1}.get(type(criterion)) or criterion.n
            return values[nth - 1]
    true, possible = (
        channel == ALWAYS or (channel != NEVER and bool(state >> channel & 1))
        for channel in ANSWERS[criterion]
    )
    return 2 if true else int(possible)


def drawn(chance, depth=3):
    if depth == 0 or chance.random() < 0.2:
        return chance.choice(LEAVES)
    parts = tuple(drawn(chance, depth - 1) for _ in range(chance.randint(1, 4)))
    return chance.choice(
        [All(parts), AnyOf(parts), Not(parts[0]), AtLeast(chance.randint(1, len(parts)), parts)]
    )


@pytest.mark.parametrize("targets", [1, 31, 32, 33, 70])
@pytest.mark.parametrize("most", [1 << 8, 1 << 21])
def test_every_state_has_its_outcome_with_and_without_room_for_all(targets, most, monkeypatch):
    monkeypatch.setattr(states, "_FIRST", 1 << 6)
    monkeypatch.setattr(states, "_MOST", most)
    chance = Random(targets)
    asked = [drawn(chance) for _ in range(targets)]
    known = states.Known(2, logic.write_program(asked, ANSWERS, {}))
    for size in (1, 63, 64, 700, 5, 700):
        met = [chance.getrandbits(14) * 0x1001001 % (1 << 80) for _ in range(size)]
        rows = np.array([[state % (1 << 64), state >> 64] for state in met], np.uint64)
        outcomes = known.outcomes(rows)
        for state, outcome in zip(met, outcomes.tolist(), strict=True):
            found = [outcome[n // 32] >> 2 * (n % 32) & 3 for n in range(targets)]
            assert found == [value(criterion, state) for criterion in asked]
