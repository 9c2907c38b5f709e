"""Dates, amounts and names of a whole column, against the same one at a time."""

from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helhed.periods import day_of
from helhed.register.calendar import DateForm
from helhed.register.files import foreign_letter
from helhed.register.values import divided, looked_up, read_amounts

days = st.dates(date(1800, 1, 1), date(2199, 12, 31))
FORMS = {"dd-mm-yyyy": "%d-%m-%Y", "yyyy-mm-dd": "%Y-%m-%d", "yyyymmdd": "%Y%m%d", "dd.mm.yyyy": "%d.%m.%Y"}


@given(st.sampled_from(sorted(FORMS)), st.lists(days, max_size=20))
def test_a_written_date_is_read_as_its_day(form, listed):
    written = [f"{day:{FORMS[form]}}" for day in listed]
    read, good = DateForm(form).read(pa.array(written, pa.string()))
    assert good.all() and read.tolist() == [day_of(day) for day in listed]


@given(st.integers(0, 40), st.integers(0, 14), st.integers(0, 2300), st.text(max_size=3))
def test_a_date_that_is_none_is_not_read(day, month, year, junk):
    written = f"{day:02}-{month:02}-{year:04}{junk}"
    try:
        real = not junk and 1800 <= year <= 2199 and bool(date(year, month, day))
    except ValueError:
        real = False
    assert DateForm("dd-mm-yyyy").read(pa.array([written]))[1].tolist() == [real]


@pytest.mark.parametrize("form", ["dd-mm-yy", "dd-mm", "dd-mm-mm-yyyy", "dag-mm-yyyy", "", "dd-mm-yyyy hh"])
def test_a_form_of_date_that_is_none(form):
    with pytest.raises(ValueError):
        DateForm(form)


def test_every_day_of_four_years_is_counted_right():
    listed = [date(2019, 1, 1) + timedelta(days=n) for n in range(1461)]
    read, good = DateForm("yyyymmdd").read(pa.array([f"{day:%Y%m%d}" for day in listed]))
    assert good.all() and read.tolist() == [day_of(day) for day in listed]


@given(st.lists(st.integers(0, 10**13), max_size=20))
def test_an_amount_is_read_to_the_oere(listed):
    plain = [f"{oere // 100},{oere % 100:02}" for oere in listed]
    marked = [f"{oere // 100:,}".replace(",", ".") + f",{oere % 100:02}" for oere in listed]
    for written in (plain, marked):
        amount, good = read_amounts(pa.array(written, pa.string()), ",")
        assert good.all() and amount.tolist() == listed


@pytest.mark.parametrize(
    ("written", "decimal", "oere"),
    [
        ("12", ",", 1200),
        ("12,5", ",", 1250),
        ("1.234,5", ",", 123450),
        ("1,234.5", ".", 123450),
        ("0,29", ",", 29),
        ("12.5", ",", None),
        ("1.23,4", ",", None),
        ("12,345", ",", None),
        ("-1", ",", None),
        ("1e3", ",", None),
        ("kr. 5", ",", None),
        (",5", ",", None),
        ("12\n", ",", None),
    ],
)
def test_amounts_as_they_are_written(written, decimal, oere):
    amount, good = read_amounts(pa.array([written]), decimal)
    assert (amount[0] if good[0] else None) == oere


@pytest.mark.parametrize(
    ("written", "family_first", "given", "family"),
    [
        ("Åkær, Anna Marie", True, "Anna Marie", "Åkær"),
        ("Åkær", True, "", "Åkær"),
        ("von Berg ,Ib", True, "Ib", "von Berg"),
        ("Anna Marie Åkær", False, "Anna Marie", "Åkær"),
        ("Åkær", False, "", "Åkær"),
        ("", True, "", ""),
        ("", False, "", ""),
    ],
)
def test_a_whole_name_is_divided(written, family_first, given, family):
    parts = divided(pa.array([written]), family_first)
    assert [part.to_pylist() for part in parts] == [[given], [family]]


def test_names_are_looked_up_without_case_and_white_space():
    column = pa.array(["SEL  § 107", "sel§107", "Sel § 108", ""])
    assert looked_up(column, {"sel§107": 7}).tolist() == [7, 7, 0, 0]
    assert looked_up(pa.array([], pa.string()), {"x": 1}).tolist() == []


@given(st.text("abcdefgæøåÆØÅéü;-12345 \r\n§»«–", max_size=80))
def test_danish_text_is_never_taken_for_another_encoding(text):
    for encoding in ("cp1252", "utf-8"):
        assert foreign_letter(text.encode(encoding), encoding) is None


@given(st.text("abcdef ", max_size=20), st.sampled_from("æøåÆØÅ"), st.text("abcdef ", max_size=20))
def test_a_letter_of_another_encoding_is_seen(before, letter, after):
    as_utf8 = (before + letter + after).encode("utf-8")
    assert foreign_letter(as_utf8, "cp1252") == len(before)
    assert foreign_letter(as_utf8.decode("cp1252").encode("utf-8"), "utf-8") == len(before)
    assert foreign_letter(b"n\x9bgle", "cp1252") is not None
