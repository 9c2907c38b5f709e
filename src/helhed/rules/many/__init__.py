"""The fast engine: all groups for a whole population at once, Arrow columns in, spells out."""

from helhed.rules.many.columns import Columns, read_columns
from helhed.rules.many.engine import evaluate, evaluate_columns

__all__ = ["Columns", "evaluate", "evaluate_columns", "read_columns"]
