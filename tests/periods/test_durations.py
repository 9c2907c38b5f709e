from datetime import date

import pytest

from helhed.periods import Duration, date_of, day_of


def after(start, text):
    return date_of(Duration.parse(text).after(day_of(date.fromisoformat(start)))).isoformat()


def before(start, text):
    return date_of(Duration.parse(text).before(day_of(date.fromisoformat(start)))).isoformat()


@pytest.mark.parametrize(
    ("text", "later", "earlier"),
    [
        ("P30D", "2024-04-30", "2024-03-01"),
        ("P2W", "2024-04-14", "2024-03-17"),
        ("P1M", "2024-04-30", "2024-02-29"),
        ("P6M", "2024-09-30", "2023-09-30"),
        ("P1Y", "2025-03-31", "2023-03-31"),
    ],
)
def test_after_and_before_31_march(text, later, earlier):
    assert (after("2024-03-31", text), before("2024-03-31", text)) == (later, earlier)


def test_a_year_is_twelve_months():
    assert after("2024-02-29", "P1Y") == after("2024-02-29", "P12M") == "2025-02-28"


@pytest.mark.parametrize(
    "text", ["P0D", "P6X", "6M", "P", "PM", "P-1M", "P1M2D", "P1.5M", "p6m", "P6M ", "P1000000D"]
)
def test_anything_but_one_number_and_one_unit_is_refused(text):
    with pytest.raises(ValueError):
        Duration.parse(text)


@pytest.mark.parametrize("text", ["P1D", "P2W", "P6M", "P1Y", "P999999D"])
def test_a_duration_is_written_as_it_is_read(text):
    assert str(Duration.parse(text)) == text


@pytest.mark.parametrize(("number", "unit"), [(0, "D"), (1_000_000, "D"), (1, "X"), (1, "")])
def test_a_duration_that_cannot_be_is_refused(number, unit):
    with pytest.raises(ValueError):
        Duration(number, unit)
