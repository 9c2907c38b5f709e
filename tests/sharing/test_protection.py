"""No cell below the threshold is shown, and no cell can be found by subtraction."""

from hypothesis import given
from hypothesis import strategies as st

from helhed.sharing import protection

counts = st.integers(0, 2000)


@given(counts)
def test_a_size_is_exact_or_hidden(persons):
    shown = protection.size(persons, 5)
    assert (shown.value == persons) != shown.hidden
    assert shown.hidden == (1 <= persons <= 4)


@given(counts)
def test_a_cell_is_within_two_of_the_truth_and_a_multiple_of_five(persons):
    shown = protection.cell(persons, 5)
    if not shown.hidden:
        assert shown.value % 5 == 0 and abs(shown.value - persons) <= 2


@given(st.lists(counts, max_size=12))
def test_a_total_says_no_more_than_its_cells(persons):
    cells = [protection.cell(n, 5) for n in persons]
    assert protection.total(cells).value == sum(c.value for c in cells if not c.hidden)


@given(counts, counts)
def test_a_share_is_hidden_where_it_would_point_at_few(part, rest):
    whole = part + rest
    shown = protection.share(part, whole, 5)
    if whole and (0 < part < 5 or 0 < rest < 5):
        assert shown is None


@given(counts, counts)
def test_of_a_pair_neither_tells_the_other(one, other):
    """The difference of the two may be known: a zero beside a hidden number would give that number away."""
    cells = protection.pair(one, other, 5)
    if 0 < one < 5 or 0 < other < 5:
        assert all(cell.hidden or cell.value >= 5 for cell in cells) and any(cell.hidden for cell in cells)
    else:
        assert [cell.value for cell in cells] == [protection.cell(n, 5).value for n in (one, other)]


@given(counts, st.floats(0, 5000))
def test_a_rate_is_of_rounded_numbers_or_hidden(events, years):
    shown = protection.rate(events, years, 5)
    if 0 < events < 5 or years < 5:
        assert shown is None
    else:
        assert shown == round(100 * protection.cell(events, 5).value / (5 * round(round(years) / 5)), 1)
