"""Who is read as whom: for rooms that keep rows by a person's key, and must follow. Nothing of it is shown to anybody."""

from helhed.register import questions as register
from helhed.register.questions import MergeRow

__all__ = ["MergeRow", "merges"]


def merges() -> list[MergeRow]:
    """Every time that two persons were said to be one, the oldest first; those that are parted again too."""
    return register.merges()
