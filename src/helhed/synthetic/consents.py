"""Consents of the shared citizens, registered by BIF: to the sharing of information, and to a joint plan."""

import numpy as np
from numpy.typing import NDArray

from helhed.synthetic.codes import CONSENTS, FIRST_DAY, HORIZON
from helhed.synthetic.facts import Facts, facts, joined

_EVER = 0.8  # share who ever consented to sharing; with lapses, about six in ten at any time
_ROUNDS = 12


def consent_facts(person: NDArray, low: NDArray, high: NDArray, rng: np.random.Generator) -> Facts:
    """Consents of one or two years within each person's window, mostly renewed, some late, some withdrawn early."""
    chosen = rng.random(len(person)) < _EVER
    who, low, stop = (
        person[chosen],
        np.maximum(low[chosen], FIRST_DAY - 500),
        np.minimum(high[chosen], HORIZON),
    )
    day = low + rng.integers(5, 200, len(who))
    parts = []
    for _ in range(_ROUNDS):
        keep = day < stop
        who, day, stop = who[keep], day[keep], stop[keep]
        length = np.where(rng.random(len(who)) < 0.55, 365, 730)
        withdrawn = rng.random(len(who)) < 0.07
        end = day + np.where(withdrawn, np.floor(20 + rng.random(len(who)) * (length - 20)), length)
        parts.append(facts(who, CONSENTS.index("deling"), day, end, planned=day + length))
        pause = np.where(
            rng.random(len(who)) < 0.72, rng.integers(0, 20, len(who)), rng.exponential(260, len(who))
        )
        day = (end + pause).astype(np.int64)
    parts.append(_joint_plans(parts[0], rng))
    return joined(parts).cut(FIRST_DAY).ordered()


def _joint_plans(first: Facts, rng: np.random.Generator) -> Facts:
    """One in six of those who consented to sharing also consented to a joint plan, some time later, for a year."""
    some = first.take(rng.random(len(first)) < 0.17)
    day = some.start + rng.integers(0, 700, len(some))
    withdrawn = rng.random(len(some)) < 0.1
    end = day + np.where(withdrawn, rng.integers(30, 300, len(some)), 365)
    return facts(some.person, CONSENTS.index("helhedsorienteret-plan"), day, end, planned=day + 365)
