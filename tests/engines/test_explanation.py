"""The explanation agrees with the spells and with the text, node by node; and near misses are what they say."""

from random import Random

import pytest

from engines.cases import Dice
from engines.daily import Daily
from helhed.rules.criteria import AnyChild, AnyParent, GroupRef, Not, parts
from helhed.rules.one import Value, World, explain_all, near_misses, spells


def random_day(dice, case):
    stop = case.window.start + 300 if case.window.end is None else case.window.end
    return dice.random.randrange(case.window.start, stop)


def nodes(reason):
    yield reason
    for part in reason.parts:
        yield from nodes(part)


def value_in(found, day):
    held = [spell.value for spell in found if spell.start <= day and (spell.end is None or day < spell.end)]
    return held[0] if held else "false"


@pytest.mark.parametrize("portion", range(4))
def test_every_node_has_the_value_the_text_gives_it(portion):
    for seed in range(portion * 300, (portion + 1) * 300):
        dice = Dice(Random(seed))
        case = dice.case()
        world = World(case.people, case.spells, case.relations)
        daily = Daily(case, *case.horizon())
        day = random_day(dice, case)
        for person in world.birth:
            for key, reason in explain_all(
                world, person, case.groups, day, case.groups, case.vocabulary
            ).items():
                found = spells(world, person, key, case.groups, case.vocabulary, case.window)
                assert value_in(found, day) == reason.value.word
                for node in nodes(reason):
                    assert node.value == daily.value(node.criterion, node.person, day)
                    for near, beyond in stretch(node):
                        assert daily.value(node.criterion, node.person, near) == node.value
                        assert daily.value(node.criterion, node.person, beyond) != node.value


def stretch(node):
    """The first and last day on which a leaf keeps its value, each with the day beyond it."""
    if node.since is not None:
        yield node.since, node.since - 1
    if node.until is not None:
        yield node.until - 1, node.until


def otherwise(reason, changed):
    """The value of a reason if the obstacles in `changed` {(person, criterion): wanted} were as wanted."""
    criterion = reason.criterion
    if not reason.parts:
        wanted = changed.get((reason.person, criterion))
        return reason.value if wanted is None else Value.TRUE if wanted else Value.FALSE
    values = [otherwise(part, changed) for part in reason.parts]
    if isinstance(criterion, Not):
        return Value(2 - values[0])
    if isinstance(criterion, AnyChild | AnyParent | GroupRef):
        return max(values)
    need = {"All": len(values), "AnyOf": 1}.get(type(criterion).__name__) or criterion.n
    assert len(values) == len(parts(criterion))
    return sorted(values)[-need]


def test_a_near_miss_would_have_made_it_true_and_nothing_less_would():
    shown = 0
    for seed in range(600):
        dice = Dice(Random(seed))
        case = dice.case()
        world = World(case.people, case.spells, case.relations)
        day = random_day(dice, case)
        for person in world.birth:
            for reason in explain_all(world, person, case.groups, day, case.groups, case.vocabulary).values():
                ways = near_misses(reason)
                sizes = [len(way) for way in ways]
                assert sizes == sorted(sizes)
                for way in ways:
                    shown += 1
                    changed = {(o.reason.person, o.reason.criterion): o.wanted for o in way}
                    assert otherwise(reason, changed) is Value.TRUE
                    for left_out in changed:
                        fewer = {leaf: wanted for leaf, wanted in changed.items() if leaf != left_out}
                        assert otherwise(reason, fewer) is not Value.TRUE
    assert shown > 500
