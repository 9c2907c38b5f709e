"""One truth: the plain engine, the fast engine and the day-by-day text give the same spells, for any input.

A *case* is one generated world (persons, facts, relations) and one generated group (one to three dated versions
of a criterion), with a vocabulary and a window: its spells are compared for every person of the world. A
population asks each of its groups of each of its worlds, so it is as many cases as it has different worlds times
different groups.
"""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from random import SystemRandom

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engines.cases import Dice, population
from engines.evaluators import differs
from engines.shrinking import shrunk, written

SETTINGS = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None}
PORTION = 50  # populations, of about 160 cases each
PORTIONS = 4  # in the ordinary run


def cases_that_agree(seed):
    """How many cases the population of a seed is. AssertionError with a small case if the evaluators differ."""
    try:
        case, cases = population(seed)
        found = differs(case)
    except Exception as error:
        error.add_note(f"in population({seed})")
        raise
    if found:
        small = shrunk(case, differs)
        raise AssertionError("\n".join([f"population({seed}):", written(small), *differs(small)]))
    return cases


def portion_that_agrees(portion):
    return sum(cases_that_agree(seed) for seed in range(portion * PORTION, (portion + 1) * PORTION))


@settings(max_examples=300, **SETTINGS)
@given(st.randoms(use_true_random=False))
def test_the_evaluators_agree(random):
    """Few cases, but a failure is shrunk to its smallest form."""
    assert differs(Dice(random).case()) == []


def test_the_evaluators_agree_on_twenty_thousand_cases():
    assert sum(portion_that_agrees(portion) for portion in range(PORTIONS)) >= 20_000


@pytest.mark.slow
def test_the_evaluators_agree_on_a_million_cases(capsys):
    """The same million on every run, and a hundred thousand that nobody has seen before."""
    anew = SystemRandom().randrange(1000, 10**9)
    with capsys.disabled():
        print(f"\nnew cases from portion_that_agrees({anew}) on")
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as workers:
        known = sum(workers.map(portion_that_agrees, range(135)))
        fresh = sum(workers.map(portion_that_agrees, range(anew, anew + 14)))
    assert known >= 1_000_000 and fresh >= 100_000
