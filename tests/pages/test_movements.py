"""Movements on the screen: bars that stay in the picture, lengths in words, few people hidden, the grace in the address."""

from datetime import date

import pytest
from django.utils import translation

from helhed.insight import durations
from helhed.pages.inout import HEIGHT, WIDTH, inout
from helhed.pages.templatetags.helhed import rate, whole_percent
from helhed.sharing.answers import Count
from helhed.sharing.movements import Month, Stays

HIDDEN = Count(None, "small", 5)


def page(client, path: str) -> str:
    return client.get(path).content.decode().replace("\N{NO-BREAK SPACE}", " ")


def months(*pairs):
    return [
        Month(date(2024 + n // 12, n % 12 + 1, 1), *(HIDDEN if v is None else Count(v) for v in pair))
        for n, pair in enumerate(pairs)
    ]


def test_bars_go_up_and_down_from_one_line_and_stay_in_the_picture():
    drawn = inout(months((120, 0), (35, 480), (5, 10)), ())
    assert all(bar.y + bar.height == drawn.line for bar in drawn.came)
    assert all(bar.y == drawn.line for bar in drawn.left)
    assert all(
        bar.y >= 0 and bar.y + bar.height <= HEIGHT and bar.x + drawn.bar <= WIDTH for bar in drawn.left
    )
    assert drawn.came[0].height > drawn.came[1].height > drawn.came[2].height > 0


def test_a_hidden_number_is_marked_and_has_no_height_of_its_own():
    with translation.override("da"):
        drawn = inout(months((None, 40), (10, None)), ())
    assert [bar.hidden for bar in drawn.came] == [True, False]
    assert drawn.came[0].height == drawn.left[1].height and "færre end 5" in drawn.came[0].words


def test_nothing_to_show_is_no_picture():
    assert inout(months((None, None), (0, 0)), ()) is None


def test_a_new_version_is_marked_on_its_day():
    drawn = inout(months(*[(10, 10)] * 4), (date(2024, 3, 1), date(2023, 1, 1)))
    assert len(drawn.marks) == 1 and drawn.came[1].x < drawn.marks[0] <= drawn.came[2].x


@pytest.mark.parametrize(
    ("days", "said"),
    [(1, "1 dag"), (13, "13 dage"), (14, "2 uger"), (83, "12 uger"), (84, "3 måneder"), (365, "12 måneder"), (913, "2,5 år")],
)  # fmt: skip
def test_lengths_in_words(days, said):
    with translation.override("da"):
        assert durations.words(days) == said


def test_how_long_they_stay_says_no_more_than_is_known():
    def said(*quartiles):
        return durations.sentences(Stays(Count(40), Count(10), quartiles, (None,) * 3))

    with translation.override("da"):
        assert said(None, None, None) == ()
        assert said(60, None, None)[-1] == "Mere end halvdelen bliver længere, end perioden kan vise."
        assert said(60, 120, None)[-1] == "Mere end en fjerdedel bliver længere, end perioden kan vise."
        assert said(60, 120, 800)[-1] == "En fjerdedel bliver mere end 2,2 år."
        assert (durations.grace("P0D"), durations.grace("P13W")) == ("Ingen frist", "13 uger")


def test_rates_and_shares_in_both_languages():
    with translation.override("da"):
        assert (rate(95.12), rate(None), whole_percent(14.4)) == ("95,1", "–", "14\N{NO-BREAK SPACE}%")
    with translation.override("en"):
        assert (rate(95.0), whole_percent(None), whole_percent(0)) == ("95.0", "–", "0%")


def test_a_group_of_few_shows_that_they_are_few(pages):
    shown = page(pages("anders"), "/kortlaegning/2A?dato=2026-11-01")
    assert "Bevægelser" in shown and "For få kom og gik" in shown and "For få ophold" in shown
    assert "Hvis ansvaret fulgte målgruppen" in shown and "For få ville være ført tilbage" in shown


def test_the_grace_is_in_the_address(pages):
    shown = page(pages("anders"), "/kortlaegning/2A?dato=2026-11-01&frist=P4W")
    assert 'frist=P4W#frist" aria-current="true"' in shown
    assert 'frist=P13W#frist" aria-current="true"' in page(pages("anders"), "/kortlaegning/2A?frist=i+morgen")


def test_in_a_joint_entrance_responsibility_stays(pages):
    assert "I denne model bliver ansvaret, hvor det er" in page(pages("anders"), "/kortlaegning/8A")
    assert "I denne model bliver ansvaret" not in page(pages("anders"), "/kortlaegning/2A")


def test_the_models_side_by_side_sort_and_lead_to_each(pages):
    shown = page(pages("ulla"), "/kortlaegning/modeller?dato=2026-11-01")
    assert shown.index("Ressortflyt: model 1–5") < shown.index("Fælles borgerindgang: model 6–8")
    assert "/kortlaegning/5A?dato=2026-11-01#frist" in shown and "4A-BOERN" not in shown
    assert 'aria-sort="descending"' in page(pages("ulla"), "/kortlaegning/modeller?sorter=-tilbage")
    assert "/kortlaegning/modeller" in page(pages("ulla"), "/kortlaegning")
