"""The plain engine: one person at a time, with reasons. Clear rather than fast; the reference for `many`."""

from helhed.rules.facts import Fact, Person, Relation, World
from helhed.rules.one.misses import Obstacle, near_misses
from helhed.rules.one.reasons import Almost, Reason, explain, explain_all
from helhed.rules.one.tables import world_from_tables
from helhed.rules.one.timelines import Spell, spells
from helhed.rules.values import Value

__all__ = [
    "Almost",
    "Fact",
    "Obstacle",
    "Person",
    "Reason",
    "Relation",
    "Spell",
    "Value",
    "World",
    "explain",
    "explain_all",
    "near_misses",
    "spells",
    "world_from_tables",
]
