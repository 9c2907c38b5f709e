"""What a mutant of the engines is tried on. Run in the mutant's own process, see `farm`."""

from engines.cases import population
from engines.evaluators import by_day, by_many, by_one

SEEDS = range(100)
ENGINES = {"one": by_one, "many": by_many}


def small(seed):
    """Few worlds and groups: the compiled loops run as plain Python here."""
    return population(seed, worlds=6, groups=6)[0]


def expected():
    """What the text says of each population."""
    return [by_day(small(seed)) for seed in SEEDS]


def first_difference(engine, wanted):
    """The seed on which an engine says otherwise; None if on none."""
    return next((seed for seed in SEEDS if ENGINES[engine](small(seed)) != wanted[seed]), None)
