"""The whole timeline, ready to draw: BIF above the axis, SOF below, what is shared shaded, target groups underneath."""

from collections.abc import Iterable
from dataclasses import dataclass

from helhed.pages.timeline.groups import GroupLine, group_lines
from helhed.pages.timeline.lanes import Band, Closed, TableRow, band, closed_block, table_rows
from helhed.pages.timeline.window import WIDTH, Tick, Window
from helhed.periods import Span, date_of, day_of, intersection, union
from helhed.sharing.answers import CitizenView, Lane

LABELS = 176
HEADING = 26
AXIS = 34
GAP = 16
GROUPS_HEADING = 34
CASES = {"bif": {"employment_case"}, "sof": {"social_case", "child_case"}}


@dataclass(frozen=True)
class Side:
    """The block of one administration's lanes."""

    key: str
    y: int
    height: int


@dataclass(frozen=True)
class Shade:
    """A period in which both administrations have a case."""

    x: int
    width: int


@dataclass(frozen=True)
class Picture:
    """Everything the template draws, in pixels; the labels stand in a column of their own that does not scroll."""

    window: Window
    height: int
    sides: tuple[Side, ...]
    bands: tuple[Band, ...]
    closed: tuple[Closed, ...]
    axis_y: int
    ticks: tuple[Tick, ...]
    shades: tuple[Shade, ...]
    lanes_bottom: int
    groups: tuple[GroupLine, ...]
    groups_y: int
    today_x: int | None
    rows: tuple[TableRow, ...]
    width: int = WIDTH
    labels: int = LABELS
    axis_height: int = AXIS


def draw(view: CitizenView, window: Window) -> Picture:
    """The picture of a citizen's facts in a window."""
    pen = _Pen(window)
    above = [lane for lane in view.lanes if lane.side == "bif"]
    between = [lane for lane in view.lanes if lane.side == "both"]
    below = [lane for lane in view.lanes if lane.side == "sof"]
    pen.side("bif", above)
    pen.lanes(between)
    axis_y = pen.skip(AXIS)
    pen.side("sof", below)
    lanes_bottom = pen.y
    groups_y = pen.skip(GAP + GROUPS_HEADING) + GAP
    groups, bottom = group_lines(view.groups, window, pen.y)
    return Picture(
        window=window,
        height=bottom + 8 if groups else lanes_bottom + 8,
        sides=tuple(pen.sides),
        bands=tuple(pen.bands),
        closed=tuple(pen.closed),
        axis_y=axis_y,
        ticks=window.ticks(view.on),
        shades=tuple(shades(view.lanes, window)),
        lanes_bottom=lanes_bottom,
        groups=groups,
        groups_y=groups_y,
        today_x=window.x(view.on) if window.holds(view.on, None) and view.on < window.end else None,
        rows=table_rows(view.lanes),
    )


class _Pen:
    """Moves down the page and remembers what it drew."""

    def __init__(self, window: Window) -> None:
        self.window, self.y = window, 0
        self.bands: list[Band] = []
        self.closed: list[Closed] = []
        self.sides: list[Side] = []

    def skip(self, height: int) -> int:
        """Leave room; answers where it began."""
        began = self.y
        self.y += height
        return began

    def side(self, key: str, lanes: list[Lane]) -> None:
        """One administration's block: a heading, then its lanes."""
        began = self.skip(HEADING)
        self.lanes(lanes)
        self.sides.append(Side(key, began, self.y - began))

    def lanes(self, lanes: list[Lane]) -> None:
        """Open lanes one by one; closed lanes of the same reason as one hatched block."""
        for lane in lanes:
            if lane.open:
                drawn = band(lane, self.window, self.y)
                self.bands.append(drawn)
                self.y += drawn.height
        for reason in dict.fromkeys(lane.reason for lane in lanes if not lane.open):
            block = closed_block([lane for lane in lanes if not lane.open and lane.reason == reason], self.y)
            self.closed.append(block)
            self.y += block.height


def shades(lanes: Iterable[Lane], window: Window) -> list[Shade]:
    """Where both administrations have an open case on the same day; nothing where one side's cases are closed to the viewer."""
    lanes = list(lanes)
    both = intersection(*(union(_case_spans(lanes, kinds)) for kinds in CASES.values()))
    found = []
    for span in both:
        start, end = date_of(span.start), None if span.end is None else date_of(span.end)
        if window.holds(start, end):
            x, right = window.x(start), WIDTH if end is None else window.x(end)
            found.append(Shade(x, max(1, right - x)))
    return found


def _case_spans(lanes: list[Lane], kinds: set[str]) -> Iterable[Span]:
    for lane in lanes:
        if lane.kind in kinds and lane.open:
            for spell in lane.spells:
                yield Span(day_of(spell.start), None if spell.end is None else day_of(spell.end))
