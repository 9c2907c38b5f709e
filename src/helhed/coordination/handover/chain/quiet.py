"""How long a citizen is left in peace after a hand-over that came to nothing, by why it did. The days are data: quiet.yaml."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml

SAID_NO = ("exempted", "declined", "cancelled")
"""The ends after which a citizen is left in peace; one whose criteria lapsed is proposed as soon as they are true again."""


@cache
def quiet() -> Mapping[str, timedelta]:
    """For how long, by the reason a hand-over ended for."""
    days = yaml.safe_load(Path(__file__).with_name("quiet.yaml").read_text(encoding="utf-8"))
    return MappingProxyType({reason: timedelta(days=number) for reason, number in days.items()})


def rests_until(state: str, reason: str, ended_at: datetime) -> datetime:
    """The moment from which a citizen may be proposed again on the same evidence; the longest time for a reason of no row."""
    return ended_at + quiet().get(reason, max(quiet().values())) if state in SAID_NO else ended_at
