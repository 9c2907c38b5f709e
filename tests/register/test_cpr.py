"""Personal numbers: one at a time and a column at once must say the same, of any text."""

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helhed.periods import day_of
from helhed.register.cpr import read_number, read_numbers, text_of

digits = st.text("0123456789", min_size=9, max_size=11)
numbers = st.builds(
    lambda day, month, rest, dash: f"{day:02}{month:02}{rest[:2]}{dash}{rest[2:]}",
    st.one_of(st.integers(0, 32), st.integers(60, 92)),
    st.integers(0, 13),
    st.text("0123456789", min_size=6, max_size=6),
    st.sampled_from(["", "-", " "]),
)


@given(st.lists(st.one_of(digits, numbers, st.text(max_size=12)), max_size=30))
def test_a_column_is_read_as_its_values_are(texts):
    texts = [text.strip() for text in texts]
    column = read_numbers(pa.array(texts, pa.string()))
    for i, number in enumerate(read_number(text) for text in texts):
        assert bool(column.good[i]) == (number is not None)
        if number is not None:
            assert (column.value[i], column.birth[i]) == (int(number.value), day_of(number.birth_date))
            assert bool(column.ordinary[i]) == (number.kind == "cpr")
        else:
            assert column.value[i] == 0 and not column.ordinary[i]


@given(numbers)
def test_a_number_says_a_day_and_is_written_back(text):
    number = read_number(text)
    if number is not None:
        day = int(number.value[:2]) - (60 if number.kind == "erstatning" else 0)
        assert (number.birth_date.day, number.birth_date.month) == (day, int(number.value[2:4]))
        assert number.birth_date.year % 100 == int(number.value[4:6])
        assert read_number(number.written) == number


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("0101003999", "1900-01-01"),
        ("0101364000", "2036-01-01"),
        ("0101374000", "1937-01-01"),
        ("0101575000", "2057-01-01"),
        ("0101585000", "1858-01-01"),
        ("0101369000", "2036-01-01"),
        ("0101379999", "1937-01-01"),
        ("2902004000", "2000-02-29"),
        ("8902-004000", None),
        ("890200-4000", "2000-02-29"),
        ("2902003000", None),
        ("3104801111", None),
        ("9201801111", None),
        ("６１01801111", None),
    ],
)
def test_the_seventh_digit_says_the_century(text, born):
    number = read_number(text)
    assert (number.birth_date if number else None) == (date.fromisoformat(born) if born else None)


def test_the_check_digit_never_rejects():
    assert all(read_number(f"010180111{last}") for last in range(10))


def test_a_number_keeps_its_leading_zeros():
    assert text_of(read_numbers(pa.array(["0101003999"])).value).to_pylist() == ["0101003999"]
