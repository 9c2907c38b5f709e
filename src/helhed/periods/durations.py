"""Durations of one number and one unit: P30D, P2W, P6M, P1Y."""

import re
from dataclasses import dataclass

from helhed.periods.days import plus_months

_WRITTEN = re.compile(r"P([0-9]{1,6})([DWMY])")


@dataclass(frozen=True, slots=True)
class Duration:
    """A number (1–999999) of days `D`, weeks `W`, months `M` or years `Y` (= 12 months)."""

    number: int
    unit: str

    def __post_init__(self) -> None:
        if self.unit not in ("D", "W", "M", "Y") or not 1 <= self.number <= 999_999:
            raise ValueError(f"not a duration: P{self.number}{self.unit}")

    @classmethod
    def parse(cls, text: str) -> "Duration":
        """Read `P6M`. ValueError if the text is not one number of at least 1 and one of D, W, M, Y."""
        found = _WRITTEN.fullmatch(text)
        if found is None:
            raise ValueError(f"not a duration: {text}")
        return cls(int(found[1]), found[2])

    def __str__(self) -> str:
        return f"P{self.number}{self.unit}"

    @property
    def months(self) -> int:
        """The calendar part, in months; 0 for days and weeks."""
        return {"M": self.number, "Y": 12 * self.number}.get(self.unit, 0)

    @property
    def days(self) -> int:
        """The exact part, in days; 0 for months and years."""
        return {"D": self.number, "W": 7 * self.number}.get(self.unit, 0)

    def after(self, day: int) -> int:
        """The day this long after `day`; months keep the day of the month, clamped to the month's last."""
        return plus_months(day, self.months) if self.months else day + self.days

    def before(self, day: int) -> int:
        """The day this long before `day`, clamped in the same way."""
        return plus_months(day, -self.months) if self.months else day - self.days
