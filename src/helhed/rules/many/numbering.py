"""Compiled loops over states: distinct ones numbered by hashing, spells written from numbered states."""

import numpy as np

from helhed.rules.many.compiled import kernel
from helhed.rules.many.shapes import Found, Int32s, Int64s, Outcomes, Window, Words

_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_EMPTY = -1


class States:
    """The distinct states met so far, numbered in the order they were met."""

    def __init__(self, words: int) -> None:
        self.count = 0
        self._rows = np.empty((1024, words), np.uint64)
        self._slots = np.full(4096, _EMPTY, np.int32)

    @property
    def rows(self) -> Words:
        """One row of words per state."""
        return self._rows[: self.count]

    def number(self, words: Words) -> Int32s:
        """The number of each row's state; new ones are added."""
        numbers = np.empty(len(words), np.int32)
        done = 0
        while True:
            done, self.count = number_states(words, done, self._slots, self._rows, self.count, numbers)
            if done == len(words):
                return numbers
            self._grow()

    def _grow(self) -> None:
        """Room for four times as many: the states known are put into new slots, in the order they had."""
        known = self.rows
        self._rows = np.empty((4 * len(self._rows), known.shape[1]), np.uint64)
        self._slots = np.full(4 * len(self._slots), _EMPTY, np.int32)
        number_states(known, 0, self._slots, self._rows, 0, np.empty(len(known), np.int32))


@kernel
def number_states(
    words: Words, done: int, slots: Int32s, rows: Words, known: int, numbers: Int32s
) -> tuple[int, int]:
    """Number the states from row `done` on, until the room for new ones is full.

    `slots` is an open hash table of state numbers, its size a power of two and four times that of `rows`,
    which holds the states by number. Returns how many rows are done, and how many states are known.
    """
    mask = np.uint64(slots.size - 1)
    for row in range(done, words.shape[0]):
        if known == rows.shape[0]:
            return row, known
        slot = hashed(words, row) & mask
        while slots[slot] != _EMPTY and not same(words, row, rows, slots[slot]):
            slot = (slot + np.uint64(1)) & mask
        if slots[slot] == _EMPTY:
            slots[slot] = known
            rows[known, :] = words[row, :]
            known += 1
        numbers[row] = slots[slot]
    return words.shape[0], known


@kernel
def hashed(words: Words, row: int) -> np.uint64:
    """A 64-bit mix of a state, in which every bit of it has a part."""
    mixed = np.uint64(0)
    for i in range(words.shape[1]):
        mixed ^= words[row, i]
        mixed = (mixed ^ (mixed >> np.uint64(30))) * _MIX_1
        mixed = (mixed ^ (mixed >> np.uint64(27))) * _MIX_2
        mixed ^= mixed >> np.uint64(31)
    return mixed


@kernel
def same(one: Words, row: int, other: Words, at: int) -> bool:
    alike = True
    for i in range(one.shape[1]):
        alike = alike and one[row, i] == other[at, i]
    return alike


@kernel
def write_spells(
    who: Int32s,
    first: Int64s,
    start: Int32s,
    state: Int32s,
    outcomes: Outcomes,
    window: Window,
    targets: int,
    room: int,
) -> Found:
    """Join neighbouring intervals on which a target has the same value; by person, then in order of time.

    `first`, `start`, `state`: the intervals of the persons `who`. `room`: the most spells there can be.
    """
    found = new_found(room)
    # per target, the spell being built; a value of 0 is none
    value, since, until = (
        np.zeros(targets, np.int32),
        np.empty(targets, np.int32),
        np.empty(targets, np.int32),
    )
    touched = np.empty(targets, np.int32)
    count = 0
    for i in range(who.size):
        many = 0
        for row in range(first[i], first[i + 1]):
            end = start[row + 1] if row + 1 < first[i + 1] else np.int32(window.stop)
            for at in range(outcomes.first[state[row]], outcomes.first[state[row] + 1]):
                target = outcomes.target[at]
                if value[target] == outcomes.value[at] and until[target] == start[row]:
                    until[target] = end
                    continue
                if value[target] == 0:
                    touched[many] = target
                    many += 1
                else:
                    count = put(found, count, who[i], target, value[target], since[target], until[target])
                value[target], since[target], until[target] = outcomes.value[at], start[row], end
        for at in range(many):
            target = touched[at]
            count = put(found, count, who[i], target, value[target], since[target], until[target])
            value[target] = 0
    return Found(
        found.target[:count].copy(),
        found.person[:count].copy(),
        found.value[:count].copy(),
        found.start[:count].copy(),
        found.end[:count].copy(),
    )


@kernel
def new_found(room: int) -> Found:
    return Found(
        np.empty(room, np.int32),
        np.empty(room, np.int32),
        np.empty(room, np.int32),
        np.empty(room, np.int32),
        np.empty(room, np.int32),
    )


@kernel
def put(found: Found, count: int, person: int, target: int, value: int, start: int, end: int) -> int:
    found.target[count] = target
    found.person[count] = person
    found.value[count] = value
    found.start[count] = start
    found.end[count] = end
    return count + 1
