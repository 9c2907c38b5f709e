"""Where each citizen of a unit that gives way goes: to what took over, and where that is several, to the one their case lies in."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from helhed.coordination.handover.reorganisation.models import UnitChange
from helhed.sharing import eligibility, policy
from helhed.sharing.policy import above, gathering


class Placing:
    """The new unit of a citizen for each old one; `people`: those who will be asked about, as far as they are known."""

    def __init__(self, changes: Iterable[UnitChange], people: Iterable[UUID]) -> None:
        self.changes: Mapping[str, UnitChange] = {change.old: change for change in changes}
        split = any(len(change.successors) > 1 for change in self.changes.values())
        self.cases = eligibility.units_of(list(people)) if split else {}

    def unit(self, person: UUID, old: str) -> str:
        """The unit a citizen goes to from an old one; the same unit if it does not give way."""
        change = self.changes.get(old)
        if change is None:
            return old
        if len(change.successors) == 1:
            return change.otherwise
        if person not in self.cases:
            self.cases |= {person: ("", ""), **eligibility.units_of([person])}
        lies = [end for unit in self.cases[person] if unit for end in gathering.ends(unit)]
        found = (s for case in lies for s in change.successors if policy.same_line(case, s))
        return next(found, change.otherwise)

    def whole(self, old: str) -> str:
        """The unit that what is no citizen's goes to."""
        change = self.changes.get(old)
        return change.otherwise if change else old

    def receiver(self, old: str) -> str:
        """The unit that receives a model's citizens instead: where it is divided the administration, which stands for the unit
        each citizen's own case lies in."""
        change = self.changes.get(old)
        return above(old)[-1] if change and len(change.successors) > 1 else self.whole(old)
