import pytest
from hypothesis import given
from hypothesis import strategies as st

from helhed.periods import Span, clip, complement, intersection, span_of, union

HORIZON = 40


@st.composite
def spans(draw):
    start = draw(st.integers(0, 30))
    return Span(start, draw(st.none() | st.integers(start + 1, 35)))


some = st.lists(spans(), max_size=6)


def covered(listed):
    return {day for span in listed for day in range(HORIZON) if day in span}


def is_canonical(listed):
    """Disjoint, in order, none touching."""
    return all(one.stop < other.start for one, other in zip(listed, listed[1:], strict=False))


@pytest.mark.parametrize("end", [3, 5])
def test_a_span_ends_after_its_start(end):
    with pytest.raises(ValueError):
        Span(5, end)


def test_the_start_is_in_a_span_and_the_end_is_not():
    assert [day in Span(5, 7) for day in (4, 5, 6, 7)] == [False, True, True, False]


def test_touching_spans_are_one():
    assert union([Span(5, 7), Span(1, 5)]) == [Span(1, 7)]
    assert union([Span(6, 7), Span(1, 5)]) == [Span(1, 5), Span(6, 7)]


def test_a_span_of_numbers_is_open_from_the_largest_on():
    assert span_of(1, 2**31 - 1) == Span(1) and span_of(1, 2**31 - 2).end == 2**31 - 2


@given(some)
def test_union_covers_the_same_days(listed):
    assert covered(union(listed)) == covered(listed)
    assert is_canonical(union(listed))


@given(some, some)
def test_intersection_covers_the_days_of_both(one, other):
    shared = intersection(union(one), union(other))
    assert covered(shared) == covered(one) & covered(other)
    assert union(shared) == shared


@given(some, spans())
def test_complement_covers_the_rest(listed, within):
    gaps = complement(union(listed), within)
    assert covered(gaps) == covered([within]) - covered(listed)
    assert is_canonical(gaps)


@given(some, spans())
def test_clip_keeps_what_is_within(listed, within):
    assert covered(clip(union(listed), within)) == covered(listed) & covered([within])
