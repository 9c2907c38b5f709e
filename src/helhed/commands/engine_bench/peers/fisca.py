"""OpenFisca-core: every group a monthly variable with a formula over its leaves, 180 months, everyone at once. Run apart.

A leaf is an input by month, built from the spells in numpy (`monthly`); an age is a formula over the day of birth; a
version of a group is a dated formula. OpenFisca answers for the first of each month, and nothing in between.
"""

import datetime
import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helhed.commands.engine_bench import files
from helhed.commands.engine_bench.data import WINDOW, Facts, groups
from helhed.commands.engine_bench.peers import monthly
from helhed.commands.engine_bench.peers.questions import (
    Birthless,
    Bit,
    Expression,
    InForce,
    Inverse,
    Named,
    Questions,
    expressible,
    questions,
)
from helhed.law import catalogue
from helhed.periods import OPEN, date_of
from helhed.rules import many
from helhed.rules.criteria import Age

try:
    from openfisca_core import periods, variables
    from openfisca_core.entities import Entity
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
except ImportError:
    periods = None

Bools = NDArray[np.bool_]
_VALUES = ("certain", "possible")


def run(folder: str) -> dict[str, Any]:
    """Seconds to build the leaves and to calculate every group for 180 months, and on how many person-months we differ."""
    if periods is None:
        return {"installed": False}
    facts = files.read(folder)
    asked = expressible(groups())
    began = time.perf_counter()
    combos, numbers = monthly.combos_of(facts)
    wanted = questions(asked, combos, catalogue().vocabulary())
    leaves = dict(monthly.held(facts, wanted, combos, numbers))
    built = time.perf_counter()
    answers = _calculate(facts, wanted, leaves)
    done = time.perf_counter()
    ours = many.evaluate(facts.people, facts.spells, facts.relations, asked, catalogue().vocabulary(), WINDOW)
    return {
        "installed": True,
        "leaves": built - began,
        "seconds": done - built,
        "groups": len(asked),
        "compared": 2 * sum(len(each) * facts.people.num_rows for each, _ in answers.values()),
        "differ": _differ(ours, answers, facts.people.num_rows),
    }


def _calculate(
    facts: Facts, asked: Questions, leaves: Mapping[int, Bools]
) -> dict[str, tuple[list[Bools], list[Bools]]]:
    """By group: certainly and possibly, an array of persons for each month."""
    person = Entity("person", "persons", "A person", "")
    system = _system(person, asked)
    count = facts.people.num_rows
    simulation = SimulationBuilder().build_default_simulation(system, count)
    months = [str(month) for month in monthly.MONTHS]
    birth, known = _births(facts)
    simulation.set_input("birth", "ETERNITY", birth)
    simulation.set_input("born", "ETERNITY", known)
    for number, rows in leaves.items():
        for month, row in zip(months, rows, strict=True):
            simulation.set_input(f"channel_{number}", month, row)
    return {
        key: tuple(
            [simulation.calculate(_name(key, certain), month) for month in months]
            for certain in (True, False)
        )
        for key in asked.groups
    }


def _births(facts: Facts) -> tuple[Any, Bools]:
    """The day of birth and whether it is known, by person's key from 1."""
    order = np.argsort(np.asarray(facts.people["person"]))
    days = np.asarray(facts.people["birth_date"].cast("int32").fill_null(OPEN), np.int64)[order]
    known = days < OPEN
    return np.where(known, days, 0).astype("datetime64[D]"), known


def _system(person: Any, asked: Questions) -> Any:
    """The variables: an input for each leaf, a formula for each age, two for each group."""
    system = TaxBenefitSystem([person])
    common = {"entity": person, "label": ""}
    eternal = {**common, "definition_period": periods.DateUnit.ETERNITY}
    each_month = {**common, "definition_period": periods.DateUnit.MONTH, "value_type": bool}
    system.add_variable(_variable("birth", {**eternal, "value_type": datetime.date}))
    system.add_variable(_variable("born", {**eternal, "value_type": bool}))
    for number, channel in enumerate(asked.channels):
        formula = {}
        if isinstance(channel, Age):
            formula = {"formula": _age(channel)}
        elif isinstance(channel, Birthless):
            formula = {"formula": lambda person, period: ~person("born", period)}
        if not isinstance(channel, InForce):
            system.add_variable(_variable(f"channel_{number}", {**each_month, **formula}))
    for key, pair in asked.groups.items():
        for certain, expression in zip((True, False), pair, strict=True):
            versions = {
                _dated(asked, bit): _formula(inner) for bit, inner in (part.of for part in expression.of)
            }
            system.add_variable(_variable(_name(key, certain), {**each_month, **versions}))
    return system


def _variable(name: str, body: Mapping[str, Any]) -> type:
    return type(name, (variables.Variable,), dict(body))


def _name(key: str, certain: bool) -> str:
    return f"{key}_{_VALUES[0 if certain else 1]}"


def _dated(asked: Questions, bit: Bit) -> str:
    """OpenFisca takes the formula in force from its name."""
    return f"formula_{date_of(asked.channels[bit.number].start):%Y_%m_%d}"


def _age(age: Age) -> Callable[..., Bools]:
    def formula(person: Any, period: Any) -> Bools:
        birth, first = person("birth", period), np.datetime64(period.start, "M")
        month = birth.astype("datetime64[M]")
        months = (first - month).astype(int) - (birth > month.astype("datetime64[D]"))
        of_age = months >= 12 * (age.start or 0)
        if age.below is not None:
            of_age &= months < 12 * age.below
        return of_age & person("born", period)

    return formula


def _formula(expression: Expression) -> Callable[..., Bools]:
    return lambda person, period: _value(expression, person, period)


def _value(expression: Expression, person: Any, period: Any) -> Bools:
    match expression:
        case Bit():
            return person(f"channel_{expression.number}", period)
        case Inverse():
            return ~_value(expression.of, person, period)
        case Named():
            return person(_name(expression.key, expression.certainly), period)
    values = [_value(part, person, period) for part in expression.of]
    if len(values) < expression.n:
        return np.zeros(person.count, bool)
    if expression.n in (1, len(values)):
        return (np.logical_or if expression.n == 1 else np.logical_and).reduce(values)
    return np.sum(values, axis=0) >= expression.n


def _differ(ours: Any, answers: Mapping[str, tuple[list[Bools], list[Bools]]], people: int) -> int:
    """On how many person-months, groups and values the two do not agree."""
    differ = 0
    person = np.asarray(ours["person"]) - 1
    group = np.asarray(ours["group"].cast("string"))
    true = np.asarray(ours["value"].cast("string")) == "true"
    start = np.asarray(ours["start"].cast("int32"), np.int64)
    stop = np.asarray(ours["end"].cast("int32").fill_null(OPEN), np.int64)
    for key, theirs in answers.items():
        for which, arrays in zip((true, np.ones(len(true), bool)), theirs, strict=True):
            rows = (group == key) & which
            held = monthly.by_month(person[rows], start[rows], stop[rows], people)
            differ += int((held != np.array(arrays)).sum())
    return differ
