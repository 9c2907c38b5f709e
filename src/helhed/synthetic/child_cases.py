"""The children's cases, and who is whose parent."""

import numpy as np
from numpy.typing import NDArray

from helhed.synthetic.chains import NONE, Process, grow, seeds, settled
from helhed.synthetic.codes import ANCHOR, CHILDRENS_ACT, FIRST_DAY, HORIZON, MEASURES, RENAMED, unit
from helhed.synthetic.facts import NOWHERE, Facts, broken, facts
from helhed.synthetic.families import Families
from helhed.synthetic.people import birthdays

IN, OUT = 0, 1
MEASURES_2018 = Process(
    mean=np.array([640.0, 115.0]),
    sigma=np.array([0.8, 0.8]),
    follow=np.array([[0.35, 0.65], [1.0, 0.0]]),
    mix=[[{0: 46.0, 1: 22.0, 2: 14.0, 3: 18.0}, {NONE: 1.0}]],
    keep=np.array([[0.0, 0.0], [0.7, 0.0]]),
)


def child_cases(families: Families, child: NDArray, rng: np.random.Generator) -> Facts:
    """The cases of the children, who have the positions `child`.

    A case ends on the 18th birthday at the latest, but for one child in ten who has aftercare for up to four years.
    """
    of = families.children
    known = of.case != "never"
    birth, case, family = of.birth[known], of.case[known], of.family[known]
    low = np.maximum(families.low[family], birth)
    aftercare = np.where(rng.random(len(birth)) < 0.1, rng.integers(60, 1460, len(birth)), 0)
    high = np.minimum(families.high[family], birthdays(birth, 18) + aftercare)
    at = families.at[family]
    category, state = settled(MEASURES_2018, np.zeros(len(birth), dtype=np.int64), rng)
    fixed = {"running": IN, "unclear": IN, "out": OUT}
    for name, value in fixed.items():
        category[case == name] = value
    state = np.where(category == OUT, NONE, np.where(state == NONE, rng.integers(0, 4, len(state)), state))
    begin = seeds(np.clip(at, low, high - 1), category, state, low, high)
    grown = grow(MEASURES_2018, begin, FIRST_DAY, HORIZON, rng)
    place = np.where(rng.random(len(birth)) < 0.86, unit("bbu"), unit("bch-children"))
    rows = facts(child[known][grown.seed], grown.state, grown.start, grown.end, unit=place[grown.seed])
    return _renamed(_blurred(rows, case[grown.seed] == "unclear", rng), rng)


def _blurred(rows: Facts, unclear: NDArray, rng: np.random.Generator) -> Facts:
    """On the anchor day the unit is left out, or only the centre named, where the cells say so; elsewhere once in a hundred."""
    now = rows.on(ANCHOR)
    vague = np.where(now, unclear, rng.random(len(rows)) < 0.01)
    instead = np.where(rng.random(len(rows)) < 0.5, NOWHERE, unit("bch-all"))
    return rows.put(unit=np.where(vague, instead, rows.unit))


def _renamed(rows: Facts, rng: np.random.Generator) -> Facts:
    """From 1 January 2024 the measures are those of the Children's Act (law_changes LC08)."""
    after = np.arange(len(MEASURES))
    for old, new in RENAMED.items():
        after[MEASURES.index(old)] = MEASURES.index(new[0])
    code = after[rows.code]
    without_consent = (code == MEASURES.index("BL-46")) & (rng.random(len(rows)) < 0.25)
    code = np.where(without_consent, MEASURES.index("BL-47"), code)
    return broken(rows, CHILDRENS_ACT, np.full(len(rows), True), code=code)


def relations(families: Families, parents: list[tuple[NDArray, NDArray]], child: NDArray) -> Facts:
    """Who is whose parent, from birth to the 18th birthday; the child's position stands in `amount`.

    `parents` are pairs of family rows and positions.
    """
    family = np.concatenate([pair[0] for pair in parents])
    position = np.concatenate([pair[1] for pair in parents])
    order = np.argsort(family, kind="stable")
    family, position = family[order], position[order]
    of = families.children
    first = np.searchsorted(family, of.family, side="left")
    number = np.searchsorted(family, of.family, side="right") - first
    row = np.repeat(np.arange(len(of.family)), number)
    turn = np.arange(len(row)) - np.repeat(np.cumsum(number) - number, number)
    birth = of.birth[row]
    grown = birthdays(birth, 18)
    return facts(position[first[row] + turn], 0, birth, grown, amount=child[row], planned=grown)
