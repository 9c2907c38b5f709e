"""What random lives have in common: a world that is undone after each, events tried and mostly refused, everything that can be
asked of chains and ledger read in one statement after whatever changed something, and checked."""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, run_state_machine_as_test

from helhed.accounts.models import User
from helhed.coordination.handover.chain.models import ENDED
from helhed.register.questions import persons_by_keys
from helhed.sharing.answers import NoAccess
from helhed.sharing.ledger.models import PARTS
from helhed.sharing.refusal import Refused

AT_THE_END = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"
"""What the database checks when a transaction ends."""
READ = """
    SELECT (SELECT coalesce(json_agg(json_build_array(person_key, part, unit, since, until) ORDER BY since), '[]')
            FROM ledger_holding WHERE person_key = ANY(%(people)s::uuid[])),
           (SELECT coalesce(json_agg(json_build_array(
                id, person_key, direction, state, from_unit, to_unit, family, effective_on::text) ORDER BY opened_at DESC), '[]')
            FROM handover_chain WHERE person_key = ANY(%(people)s::uuid[]))
"""


class Hold(NamedTuple):
    """A part of a citizen, held by a unit from one moment until another, None: now. Moments as the database writes them."""

    person: UUID
    part: str
    unit: str
    since: str
    until: str | None


class Link(NamedTuple):
    """A chain as it stands. `effective_on`: the day decided, ISO."""

    pk: UUID
    person: UUID
    direction: str
    state: str
    from_unit: str
    to_unit: str
    family: str | None
    effective_on: str | None


class Look(NamedTuple):
    """Everything that is held, the oldest first, and every chain, the newest first."""

    held: list[Hold]
    chains: list[Link]


class Watched(RuleBasedStateMachine):
    """Citizens (`names`, in the world) and staff; a machine adds what happens and what else must hold."""

    world: Any = None
    happened: Counter = Counter()
    names: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    rows: Mapping[UUID, Any] = {}

    def start(self) -> None:
        """Called by the machine's first rule."""
        self.savepoint = transaction.savepoint()
        self.people = {name: getattr(self.world, name) for name in self.names}
        self.users = {row.username: row for row in User.objects.filter(username__in=self.staff)}
        self.read: Look | None = None
        self.changed = True

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            try:
                self.carried_to_an_end()
            finally:
                transaction.set_rollback(False)
                transaction.savepoint_rollback(self.savepoint)

    def tries(self, act: Callable[..., Any], **said: Any) -> Any:
        """An event. Refused is an answer like another, and must leave nothing behind; anything else is a fault."""
        try:
            answer = act(**said)
        except (Refused, NoAccess):
            self.happened["refused"] += 1
            return None
        self.happened[act.__name__] += 1
        self.moved()
        return answer

    def moved(self) -> None:
        """Something may have changed: it is read anew, and all is checked."""
        self.read, self.changed = None, True

    def look(self) -> Look:
        """How everything stands, read once until something changes."""
        if self.read is None:
            with connection.cursor() as cursor:
                cursor.execute(READ, {"people": list(self.people.values())})
                held, chains = (
                    each if isinstance(each, list) else json.loads(each) for each in cursor.fetchone()
                )
            self.read = Look(
                [Hold(UUID(person), *rest) for person, *rest in held],
                [Link(UUID(pk), UUID(person), *rest) for pk, person, *rest in chains],
            )
        return self.read

    def newest(self, name: str) -> Link | None:
        """The citizen's newest chain."""
        return next((one for one in self.look().chains if one.person == self.people[name]), None)

    def open(self, name: str) -> Link | None:
        """The citizen's open chain."""
        mine = [one for one in self.look().chains if one.person == self.people[name]]
        return next((one for one in mine if one.state not in ENDED), None)

    def chain(self, name: str) -> UUID | None:
        """The citizen's open chain, or the newest that ended."""
        row = self.open(name) or self.newest(name)
        return row.pk if row else None

    @invariant()
    def all_is_as_it_must_be(self) -> None:
        """Looked at after whatever changed something."""
        if self.changed:
            with connection.cursor() as cursor:
                cursor.execute(AT_THE_END)
            self.one_holder_of_each_part_at_every_instant()
            self.what_else_must_hold()
        self.changed = False

    def one_holder_of_each_part_at_every_instant(self) -> None:
        spans: dict[tuple[UUID, str], list[Hold]] = {}
        for row in self.look().held:
            spans.setdefault((row.person, row.part), []).append(row)
        assert set(spans) == {(person, part) for person in self.people.values() for part in PARTS}
        for rows in spans.values():
            assert [row.until for row in rows] == [*(row.since for row in rows[1:]), None]

    def what_else_must_hold(self) -> None:
        raise NotImplementedError

    def carried_to_an_end(self) -> None:
        """From wherever they stand, those who are there bring every open chain to an end."""
        for name in self.names:
            for _step in range(8):
                if row := self.open(name):
                    self.carry_on(row)
                    self.moved()
            row = self.open(name)
            assert row is None, f"{name} is stuck in {row.direction} {row.state}"
        self.all_is_as_it_must_be()

    def carry_on(self, row: Link) -> None:
        raise NotImplementedError


def lives(machine: type[Watched], world: Any, *, sequences: int, steps: int, drawn: int) -> Counter:
    """Run so many lives of so many events, drawn from a number; answers what happened in them."""
    machine.world, machine.happened = world, Counter()
    machine.rows = persons_by_keys(getattr(world, name) for name in machine.names)
    chosen = settings(
        max_examples=sequences,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(seed(drawn)(machine), settings=chosen)
    return machine.happened
