"""Curves, bars, heat maps and sorted tables: what is hidden leaves a gap, the title says the finding, nothing is lost."""

from datetime import date

import pytest
from django.test import RequestFactory
from django.utils import translation

from helhed.insight.answers import Cell, HeatMap, Point
from helhed.pages.bars import bars
from helhed.pages.curve import HEIGHT, WIDTH, curve
from helhed.pages.heat import legend
from helhed.pages.sorting import Column, headers, sorted_rows
from helhed.pages.templatetags.helhed import count, day, percent, short_count, until
from helhed.sharing.answers import Count

HIDDEN = Count(None, "small", 5)


@pytest.fixture(autouse=True)
def danish():
    with translation.override("da"):
        yield


def points(*values: int | None) -> list[Point]:
    months = [date(2021 + m // 12, m % 12 + 1, 1) for m in range(len(values))]
    return [Point(on, HIDDEN if v is None else Count(v)) for on, v in zip(months, values, strict=True)]


def test_a_hidden_point_breaks_the_line():
    drawn = curve(points(10, 20, None, 30, 40), date(2021, 5, 1))
    assert [len(line.split()) for line in drawn.lines] == [2, 2]


def test_all_points_lie_in_the_picture():
    drawn = curve(points(*range(0, 4000, 37)), date(2022, 1, 1))
    for place in " ".join(drawn.lines).split():
        x, y = map(int, place.split(","))
        assert 0 <= x <= WIDTH and 0 <= y <= HEIGHT


@pytest.mark.parametrize(
    ("then", "now", "finding"),
    [
        (100, 150, "Vokset 50 % på et år: fra 100 til 150 personer i januar 2022"),
        (1000, 900, "Faldet 10 % på et år: fra 1.000 til 900 personer i januar 2022"),
        (1000, 1010, "Næsten uændret på et år: 1.010 personer i januar 2022"),
    ],
)
def test_the_title_says_the_finding(then, now, finding):
    assert curve(points(then, *[then] * 11, now), date(2022, 1, 1)).title == finding


def test_without_a_year_before_the_title_says_the_number():
    assert curve(points(7, 8), date(2021, 2, 1)).title == "8 personer i februar 2021"


def test_fewer_than_two_points_are_no_curve():
    assert curve(points(None, 8, None), date(2021, 2, 1)) is None


def test_bars_fall_and_hidden_ones_have_no_width():
    cells = [
        Cell("a", "A", Count(5), 5.0),
        Cell("b", "B", HIDDEN, None),
        Cell("c", "C", Count(10), 10.0),
        Cell("d", "D", Count(0), 0.0),
    ]
    assert [(bar.cell.key, bar.width) for bar in bars(cells)] == [
        ("c", "100.0%"),
        ("a", "50.0%"),
        ("b", "0.0%"),
    ]


def test_the_legend_says_what_each_step_stands_for():
    cells = ((Count(5), Count(40)), (HIDDEN, Count(10)))
    heat = HeatMap(date(2022, 6, 1), (), (), cells, (), (), Count(55), ((1, 5), (0, 1)))
    assert [(s.step, s.low, s.high) for s in legend(heat) if s.low is not None] == [(1, 5, 10), (5, 40, 40)]


COLUMNS = (Column("navn", "Navn", lambda row: row[0]), Column("tal", "Tal", lambda row: row[1], number=True))


def test_rows_without_a_value_stand_last_either_way():
    rows = [("a", None), ("b", 2), ("c", 1)]
    assert [r[0] for r in sorted_rows(rows, COLUMNS[1], falling=True)] == ["b", "c", "a"]
    assert [r[0] for r in sorted_rows(rows, COLUMNS[1], falling=False)] == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("asked", "following"),
    [("", "sorter=-tal"), ("-tal", "sorter=tal"), ("tal", ""), ("navn", "sorter=-tal")],
)
def test_three_clicks_on_a_number_fall_rise_and_end(asked, following):
    request = RequestFactory().get("/", {"sorter": asked} if asked else {})
    assert headers(request, COLUMNS)[1].query == following


def test_numbers_in_words():
    assert (count(Count(1193)), count(HIDDEN), count(Count(None, "none"))) == (
        "1.193",
        "færre end 5",
        "ingen data",
    )
    assert (short_count(Count(1193)), short_count(HIDDEN), short_count(None)) == ("1.193", "<5", "–")
    assert percent(13.94) == "13,9\N{NO-BREAK SPACE}%" and percent(None) == "–"


def test_days_in_words():
    assert day(date(2026, 7, 1)) == "1.\N{NO-BREAK SPACE}juli 2026"
    assert until(date(2026, 7, 1)) == "30. juni 2026" and until(None) == "løber stadig"


def test_english_writes_numbers_and_days_its_own_way():
    with translation.override("en"):
        assert (count(Count(1193)), percent(13.94), until(date(2026, 7, 1))) == (
            "1,193",
            "13.9%",
            "30 June 2026",
        )
