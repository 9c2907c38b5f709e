"""The fast engine: all groups for a whole population at once, Arrow columns in, spells out."""

from helhed.rules.many.columns import Columns, read_columns
from helhed.rules.many.engine import evaluate, evaluate_columns
from helhed.rules.many.warming import GETTING_READY, warm

__all__ = ["GETTING_READY", "Columns", "evaluate", "evaluate_columns", "read_columns", "warm"]
