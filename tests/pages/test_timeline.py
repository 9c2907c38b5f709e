"""The timeline as geometry: nothing outside the picture, nothing over another, closed lanes hatched, what is shared shaded."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from helhed.pages.timeline import window as window_module
from helhed.pages.timeline.bars import FEWEST_LETTERS, extent, fitted, outline
from helhed.pages.timeline.lanes import band, packed
from helhed.pages.timeline.picture import draw, shades
from helhed.pages.timeline.window import WIDTH, Window, window_asked
from helhed.sharing.answers import CitizenView, GroupBar, Lane, LaneSpell

TODAY = date(2026, 11, 20)
WINDOW = Window(date(2024, 2, 1), date(2027, 2, 1), 3)
KNOWN = datetime(2026, 11, 16, tzinfo=UTC)
DAYS = st.dates(date(2015, 1, 1), date(2028, 1, 1))


def spell(start: date, end: date | None, label: str = "Kontanthjælp") -> LaneSpell:
    return LaneSpell("kontanthjaelp", label, "bif/ydelsesservice", "Ydelsesservice", start, end, "BIF", KNOWN)


def lane(kind: str, side: str, *spells: LaneSpell, reason: str = "") -> Lane:
    return Lane(kind, side, kind, not reason, "", reason, bool(spells), spells)


def view(*lanes: Lane, groups: tuple[GroupBar, ...] = ()) -> CitizenView:
    return CitizenView(
        UUID(int=1), "Anna", None, None, "", False, TODAY, lanes, groups, (), (), "sagsbehandling", 1
    )


@st.composite
def spans(draw_from):
    start = draw_from(DAYS)
    end = draw_from(st.none() | st.integers(1, 3000).map(lambda days: start + timedelta(days=days)))
    return start, end


@given(spans())
def test_a_bar_stays_in_the_picture_and_can_be_seen(span):
    left, right = extent(WINDOW, *span)
    assert 0 <= left < right <= WIDTH


@given(st.lists(spans(), max_size=30))
def test_bars_in_a_row_do_not_overlap(found):
    named = [(str(number), spell(*span)) for number, span in enumerate(found) if WINDOW.holds(*span)]
    for row in packed(named, WINDOW):
        places = [extent(WINDOW, each.start, each.end) for _name, each in row]
        assert all(before[1] <= after[0] for before, after in zip(places, places[1:], strict=False))


@given(st.lists(spans(), max_size=30))
def test_every_spell_in_the_window_is_drawn_once(found):
    spells = [spell(*span) for span in found]
    drawn = band(lane("benefit", "bif", *spells), WINDOW, 0)
    assert len(drawn.bars) == sum(WINDOW.holds(s.start, s.end) for s in spells)


@given(spans(), st.text("abcdefghijk ", min_size=1, max_size=60))
def test_words_stay_within_their_room(span, text):
    left, right = extent(WINDOW, *span)
    words = fitted(text, left, right, (0, WIDTH))
    if words.text:
        length = len(words.text) * 7
        begins = words.x if words.anchor == "start" else words.x - length
        assert begins >= 0 and begins + length <= WIDTH + 7
        assert words.text == text or len(words.text) > FEWEST_LETTERS - 1


def test_what_goes_on_beyond_the_picture_is_pointed():
    assert outline(WINDOW, date(2025, 1, 1), date(2025, 6, 1), 0, 20).count("L") == 0
    assert outline(WINDOW, date(2025, 1, 1), None, 0, 20).count("L") == 2
    assert outline(WINDOW, date(2020, 1, 1), None, 0, 20).count("L") == 3


def test_shared_is_where_both_sides_have_a_case():
    lanes = [
        lane("employment_case", "bif", spell(date(2025, 1, 1), None)),
        lane("social_case", "sof", spell(date(2024, 6, 1), date(2025, 3, 1)), spell(date(2026, 1, 1), None)),
    ]
    found = shades(lanes, WINDOW)
    assert [(s.x, s.x + s.width) for s in found] == [
        (WINDOW.x(date(2025, 1, 1)), WINDOW.x(date(2025, 3, 1))),
        (WINDOW.x(date(2026, 1, 1)), WIDTH),
    ]


def test_nothing_is_shaded_where_one_side_is_closed():
    lanes = [
        lane("employment_case", "bif", spell(date(2025, 1, 1), None)),
        lane("social_case", "sof", reason="Lukket"),
    ]
    assert shades(lanes, WINDOW) == []


def test_closed_lanes_of_one_reason_are_one_block_and_say_it_once():
    closed = [
        lane(kind, "sof", reason="Åbnes, når borgeren samtykker.") for kind in ("social_case", "service")
    ]
    picture = draw(view(lane("benefit", "bif"), *closed), WINDOW)
    assert [len(block.labels) for block in picture.closed] == [2]
    assert [line.words for line in picture.closed[0].words] == ["Åbnes, når borgeren samtykker."]


def test_bif_stands_above_the_axis_and_sof_below():
    picture = draw(
        view(lane("benefit", "bif", spell(TODAY, None)), lane("service", "sof", spell(TODAY, None))), WINDOW
    )
    bif, sof = picture.bands
    assert bif.y + bif.height <= picture.axis_y and sof.y >= picture.axis_y + picture.axis_height


def test_a_group_is_one_line_with_its_certain_and_unknown_pieces():
    bars = (
        GroupBar("2A", "Voksne", "model", "unknown", date(2025, 1, 1), date(2025, 3, 1)),
        GroupBar("2A", "Voksne", "model", "true", date(2025, 3, 1), None),
        GroupBar("FAELLES", "Alle", "shared", "true", date(2025, 3, 1), None),
        GroupBar("3A", "Unge", "model", "true", date(2019, 1, 1), date(2020, 1, 1)),
    )
    picture = draw(view(lane("benefit", "bif"), groups=bars), WINDOW)
    assert [(line.key, [piece.certain for piece in line.pieces]) for line in picture.groups] == [
        ("2A", [False, True]),
        ("", [True]),
    ]


@pytest.mark.parametrize(
    ("spells", "years"),
    [
        ([], 10),
        ([(date(2026, 10, 1), None)], 1),
        ([(date(2018, 1, 1), None), (date(2026, 10, 1), None)], 3),
        ([(date(2018, 1, 1), date(2020, 1, 1))], 10),
    ],
)
def test_the_first_width_suits_the_facts(spells, years):
    request = RequestFactory().get("/borger/x")
    assert window_asked(request, TODAY, [spell(*span) for span in spells]).years == years


@pytest.mark.parametrize("years", [1, 3, 10])
def test_ticks_rise_and_every_january_is_strong(years):
    window = window_asked(RequestFactory().get(f"/?aar={years}"), TODAY, [])
    ticks = window.ticks()
    assert [tick.x for tick in ticks] == sorted(tick.x for tick in ticks)
    assert {tick.label for tick in ticks if tick.strong and tick.label} <= {str(y) for y in range(2016, 2028)}


@pytest.mark.parametrize("years", [1, 3, 10])
def test_no_label_runs_into_the_word_for_today(years):
    window = window_asked(RequestFactory().get(f"/?aar={years}"), TODAY, [])
    marked = window.ticks(TODAY)
    kept = [tick.x for tick in marked if tick.label]
    assert kept and not [x for x in kept if window.x(TODAY) - window_module.TODAY < x <= window.x(TODAY)]
    assert [tick.x for tick in marked] == [tick.x for tick in window.ticks()], "the marks themselves stay"


def test_nobody_sees_further_than_a_little_past_today():
    asked = RequestFactory().get("/?til=2999-01-01")
    assert window_asked(asked, TODAY, []).end == date(2027, 2, 1)
