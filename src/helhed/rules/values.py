"""The three values of a criterion."""

from enum import IntEnum


class Value(IntEnum):
    """False, unknown, true – in this order, so that all = min, any = max and not = 2 − value."""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2

    @property
    def word(self) -> str:
        """`false`, `unknown` or `true`, as in results and files."""
        return self.name.lower()

    def negated(self) -> "Value":
        return Value(Value.TRUE - self)
