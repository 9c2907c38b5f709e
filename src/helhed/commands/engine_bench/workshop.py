"""The workshop: one part of a criterion changed, and what it would mean worked out anew, fifty times."""

import time
from collections.abc import Callable, Iterator
from datetime import date

import numpy as np

from helhed.accounts.models import User
from helhed.commands.engine_bench import files
from helhed.commands.engine_bench.data import WINDOW
from helhed.law import catalogue
from helhed.membership.prepared import Prepared
from helhed.membership.trial import try_out
from helhed.periods import Duration, Span
from helhed.rules.criteria import Age, All, Criterion, Leaf, Not
from helhed.sharing.trials import impact

BASE = "5A"
_CHANGES = 50
_YEAR = 365
_MONTHS = np.arange(
    np.datetime64(WINDOW.stop - 10 * _YEAR, "D").astype("datetime64[M]"), np.datetime64(WINDOW.stop, "D")
)
_UNITS = ("hjemloeseenheden", "psykiatrienheden", "rusmiddelbehandling-koebenhavn", "oevrige")


def changes(seed: int = 1) -> Iterator[Criterion]:
    """Drafts, each the one before with one part of it changed: an age, benefits, a unit, services, or a plan lacking."""
    random = np.random.default_rng(seed)
    vocabulary = catalogue().vocabulary()
    benefits, services = (sorted(vocabulary.codes_of(kind)) for kind in ("benefit", "service"))
    drafted: dict[str, Criterion] = {
        "age": Age(18),
        "benefit": Leaf("benefit", ("kontanthjaelp/aktivitetsparat", "ledighedsydelse")),
        "case": Leaf("social_case", ("primaer",), ("sof/borgercenter-voksne",)),
    }
    for _ in range(_CHANGES):
        part = str(random.choice(["age", "benefit", "case", "service", "plan"]))
        if part in ("service", "plan") and part in drafted:
            del drafted[part]
        elif part == "age":
            drafted[part] = Age(int(random.integers(18, 40)), int(random.choice([45, 67, 99])))
        elif part == "plan":
            drafted[part] = Not(Leaf("plan", ("handleplan",), within=Duration(12, "M")))
        elif part == "case":
            unit = f"sof/borgercenter-voksne/{random.choice(_UNITS)}"
            drafted[part] = Leaf("social_case", ("primaer",), (unit,))
        else:
            codes = random.choice(benefits if part == "benefit" else services, random.integers(1, 6), False)
            drafted[part] = Leaf(part, tuple(str(code) for code in codes))
        yield All(tuple(drafted.values()))


def at_server(on: date) -> dict[str, float]:
    """Protected answers from the store, as the page asks for them: seconds of the first, which reads everything, and of the rest."""
    analyst = User(username="bench", role="analyst")

    def ask(criteria: Criterion) -> object:
        return impact(criteria=criteria, on=on, base=BASE, grace="P6M", by=analyst, language="da")

    return _spread(ask)


def on_facts(folder: str) -> dict[str, float]:
    """Raw answers on the facts of a folder: seconds to prepare them, and of each. Run apart."""
    facts = files.read(folder)
    kept: list[Prepared] = []

    def ask(criteria: Criterion) -> object:
        if not kept:
            kept.append(Prepared(catalogue(), (facts.people, facts.spells, facts.relations)))
        return try_out(
            criteria,
            on=WINDOW.stop - 1,
            base=BASE,
            curve=[int(day) for day in _MONTHS.astype("datetime64[D]").astype(int)],
            window=Span(WINDOW.stop - 2 * _YEAR, WINDOW.stop),
            began=WINDOW.stop - 12 * _YEAR,
            grace=Duration(6, "M"),
            known=kept[0],
        )

    return _spread(ask)


def _spread(ask: Callable[[Criterion], object]) -> dict[str, float]:
    took = []
    for criteria in (next(changes()), *changes()):
        began = time.perf_counter()
        ask(criteria)
        took.append(time.perf_counter() - began)
    first, *rest = took
    return {"first": first, "median": float(np.median(rest)), "p95": float(np.percentile(rest, 95))}
