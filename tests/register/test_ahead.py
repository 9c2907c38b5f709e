"""Reading ahead: everything comes, in order, no more than there is room for, and faults of the reading are told."""

import threading
import time

import pyarrow as pa
import pytest

from helhed.register import ahead
from helhed.register.ahead import Ahead
from helhed.register.rows import Checked


def piece(number: int, faults: int = 0) -> Checked:
    return Checked(pa.table({"n": [number]}), [None] * faults, pa.array([], pa.string()), 1, number)


def test_all_pieces_come_in_order():
    with Ahead(piece(i) for i in range(200)) as pieces:
        assert [p.done for p in pieces] == list(range(200))


@pytest.mark.parametrize(("faults", "most"), [(0, ahead.MOST_PIECES), (ahead.MOST_FAULTS, 1)])
def test_only_so_much_is_read_before_it_is_taken(faults, most):
    read = []

    def reading():
        for i in range(100):
            read.append(i)
            yield piece(i, faults)

    with Ahead(reading()) as pieces:
        deadline = time.monotonic() + 5
        while len(read) < most + 1 and time.monotonic() < deadline:
            time.sleep(0.001)
        time.sleep(0.05)
        assert len(read) == most + 1  # one more is read and waits for room
        assert len(list(pieces)) == 100


def test_what_the_reading_raises_is_raised_where_it_is_taken():
    def reading():
        yield piece(0)
        raise ValueError("cut off")

    with Ahead(reading()) as pieces, pytest.raises(ValueError, match="cut off"):
        list(pieces)


def test_who_wants_no_more_need_not_take_the_rest():
    before = threading.active_count()
    with Ahead(piece(i) for i in range(1000)) as pieces:
        assert next(iter(pieces)).done == 0
    assert threading.active_count() == before
