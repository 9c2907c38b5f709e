"""What is known of states: each distinct one is decided once, and found again by hashing."""

import numpy as np

from helhed.rules.many.compiled import kernel, part
from helhed.rules.many.logic import TARGETS_PER_WORD, decide
from helhed.rules.many.shapes import Int64s, Program, Words

_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_SHIFT = np.uint64(20)
_EMPTY = ~np.uint64(0)  # no outcome has this word: it would give a target the value 3
_FIRST, _MOST = 1 << 12, 1 << 21


class Known:
    """A table of states and their outcomes, as large as there are states; at its largest it is begun afresh.

    A row is the words of a state and the words of its outcome: two bits per target, its value.
    """

    def __init__(self, words: int, program: Program) -> None:
        self._words = words
        self._width = words + max(1, -(-len(program.targets) // TARGETS_PER_WORD))
        self._program = program
        self._table = self._empty(_FIRST)
        self._count = 0
        steps = len(program.operator)
        self._desk = tuple(np.empty(shape, np.uint64) for shape in ((words, 64), (steps,), (steps,)))

    def outcomes(self, states: Words) -> Words:
        """The outcome of each row's state."""
        self._make_room(len(states))
        places = np.empty(len(states), np.int64)
        new = np.empty(len(states), np.int64)
        count = find_places(states, self._table, places, new)
        decide(self._table, new[:count], self._program, *self._desk)
        self._count += count
        outcomes = np.empty((len(states), self._width - self._words), np.uint64)
        take_outcomes(self._table, places, outcomes)
        return outcomes

    def _make_room(self, more: int) -> None:
        """At most half of the table is ever taken."""
        size = len(self._table)
        if 2 * (self._count + more) > size:
            while size < 2 * more or (size < _MOST and size < 8 * self._count):
                size *= 2
            self._table = self._empty(size)
            self._count = 0

    def _empty(self, size: int) -> Words:
        return np.full((size, self._width), _EMPTY)


@kernel
def find_places(states: Words, table: Words, places: Int64s, new: Int64s) -> int:
    """Where in the table each state is. Those not there are put in, their places in `new`; returns how many."""
    count = 0
    for row in range(states.shape[0]):
        place = np.int64(mixed(states, row) >> _SHIFT) & (table.shape[0] - 1)
        while table[place, table.shape[1] - 1] != _EMPTY and not same(states, row, table, place):
            place = (place + 1) & (table.shape[0] - 1)
        places[row] = place
        if table[place, table.shape[1] - 1] == _EMPTY:
            for word in range(states.shape[1]):
                table[place, word] = states[row, word]
            table[place, table.shape[1] - 1] = _EMPTY - np.uint64(1)
            new[count] = place
            count += 1
    return count


@kernel
def take_outcomes(table: Words, places: Int64s, outcomes: Words) -> None:
    words = table.shape[1] - outcomes.shape[1]
    for row in range(places.size):
        for word in range(outcomes.shape[1]):
            outcomes[row, word] = table[places[row], words + word]


@part
def mixed(states: Words, row: int) -> np.uint64:
    """A 64-bit mix of a state, in which every bit of it has a part."""
    mix = np.uint64(0)
    for word in range(states.shape[1]):
        mix ^= states[row, word]
        mix = (mix ^ (mix >> np.uint64(30))) * _MIX_1
        mix = (mix ^ (mix >> np.uint64(27))) * _MIX_2
        mix ^= mix >> np.uint64(31)
    return mix


@part
def same(states: Words, row: int, table: Words, place: int) -> bool:
    alike = True
    for word in range(states.shape[1]):
        alike = alike and states[row, word] == table[place, word]
    return alike
