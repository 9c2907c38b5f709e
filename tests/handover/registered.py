"""What the two case systems tell of a citizen's standing in the population register, delivered as changes."""

from datetime import date, timedelta

from django.utils import timezone

from handover.world import World, count
from pages import world as pages

HEADS = {
    "bif": ("BIF_CPRSTATUS_AENDRING", "AENDRING;STATUS_ID;CPRNR;STATUS;FRA_DATO;TIL_DATO", ""),
    "sof": ("SOF_CPRSTATUS_AENDRING", "AENDRING;StatusId;Cpr;Status;FraDato;TilDato", "31-12-9999"),
}


def told(
    world: World, number: str, status: str, *, side: str = "bif", since: date | None = None, mark: str = "O"
) -> None:
    """One side's system tells that a citizen stands so, from a day on (yesterday)."""
    table, head, still = HEADS[side]
    first = since or timezone.localdate() - timedelta(days=1)
    line = f"{mark};C-{number}-{status};{number};{status};{first:%d-%m-%Y};{still}"
    taken = len(list(world.folder.glob("status-*")))
    folder = world.folder / f"status-{taken}"
    count(pages.deliver(folder, f"{side}-fagsystem", {table: [head, line]}, nights_ago=0))


def taken_back(
    world: World, number: str, status: str, *, side: str = "bif", since: date | None = None
) -> None:
    """The same system takes it back: the row was a mistake."""
    told(world, number, status, side=side, since=since, mark="S")
