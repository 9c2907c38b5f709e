"""The mapping of the shared citizens on one day: every group's size beside what the sources say, who they are, the boundary."""

from collections.abc import Callable
from datetime import date

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from helhed.audit.actions import Actor
from helhed.insight import backing, wording
from helhed.insight.answers import Cell, Flaw, GroupPage, GroupRow, HeatMap, Overview, Point, Stated
from helhed.law import Catalogue, catalogue
from helhed.law.statements import TargetGroup
from helhed.membership import definitions
from helhed.periods import date_of, day_of
from helhed.register import deliveries
from helhed.register.models import Delivery
from helhed.sharing import counts, protection
from helhed.sharing.answers import Count
from helhed.sharing.counts import Part, Sized

SHARED = counts.SHARED_GROUP
CHILDREN = {"4A": "4A-BOERN", "8D": "8D-BOERN"}
PARTS_OF = {"6": ("2A", "7", "4A"), "1A": ("2A", "3A", "4A")}
CURVE_FROM = 2018
MOST_BENEFITS = 8


def overview(*, on: date, by: Actor, language: str) -> Overview:
    """All groups on a day, models first, and what the numbers rest on."""
    book = definitions.book()
    sizes = counts.sizes(keys=list(book.target_groups), on=on, by=by)
    shown = [entry for entry in book.groups_in_order() if entry.key not in CHILDREN.values()]
    rows = [_row(book, entry, sizes, on, language) for entry in shown]
    newest = next((d for d in deliveries.latest() if d.status == "received"), None)
    return Overview(
        on=on,
        rows=tuple(rows),
        people=counts.people(by=by),
        shared=sizes[SHARED].size,
        data_to=timezone.localtime(newest.received_at).date() if newest else None,
        threshold=counts.threshold(),
        newest_delivery=_delivery(newest, language),
    )


def group(*, key: str, on: date, by: Actor, language: str) -> GroupPage:
    """One group on a day. Raises LookupError for a key the catalogue does not have."""
    book = definitions.book()
    entry = book.target_groups[key]
    sizes = counts.sizes(keys=list(book.target_groups), on=on, by=by)
    days = [date(y, m, 1) for y in range(CURVE_FROM, date.today().year + 1) for m in range(1, 13)]
    days = [day for day in days if day <= max(on, date.today())]
    curve = counts.curve(key=key, days=days, by=by)
    return GroupPage(
        row=_row(book, entry, sizes, on, language),
        sentences=backing.sentences(book, entry, on, language),
        source=backing.source_text(book, entry.source, language),
        by_unit=_cells(_units(entry, on, by), "units", language),
        by_benefit=_cells(counts.by_code(key=key, on=on, kind="benefit", by=by), "benefit", language),
        by_service=_cells(counts.by_code(key=key, on=on, kind="service", by=by), "service", language),
        curve=tuple(Point(day, count) for day, count in zip(days, curve, strict=True)),
        law=backing.law(book, entry, on, language),
        topics=backing.topics(book, entry, language),
        pros=backing.said(book, entry, "pro", language),
        cons=backing.said(book, entry, "con", language),
    )


def boundary(*, on: date, by: Actor, language: str, group: str = SHARED) -> HeatMap:
    """A group's members by unit in SOF and benefit in BIF, rounded to five. Raises LookupError for an unknown group."""
    book = definitions.book()
    if group not in book.target_groups:
        raise LookupError(group)
    cells = counts.benefit_by_unit(key=group, on=on, most=MOST_BENEFITS, by=by)
    units = _by_size(
        {unit for unit, _b in cells}, lambda u: [c for (unit, _b), c in cells.items() if unit == u]
    )
    benefits = _by_size(
        {b for _u, b in cells}, lambda x: [c for (_u, benefit), c in cells.items() if benefit == x]
    )
    benefits.sort(key=lambda benefit: benefit == counts.OTHERS)
    table = tuple(tuple(cells.get((unit, benefit), Count(0)) for benefit in benefits) for unit in units)
    largest = max((c.value or 0 for row in table for c in row), default=0)
    return HeatMap(
        on=on,
        units=tuple((unit, book.label("units", unit, language)) for unit in units),
        benefits=tuple(
            (b, book.label("benefit", b, language) if b else _("Andre ydelser")) for b in benefits
        ),
        cells=table,
        unit_totals=tuple(protection.total(row) for row in table),
        benefit_totals=tuple(protection.total(column) for column in zip(*table, strict=True)),
        total=protection.total(c for row in table for c in row),
        steps=tuple(tuple(_step(c, largest) for c in row) for row in table),
    )


def documents(*, language: str) -> list[str]:
    """The documents the catalogue rests on, by short name with their titles."""
    return backing.documents(catalogue(), language)


def flaws(*, language: str) -> tuple[Flaw, ...]:
    """All known inconsistencies of the sources."""
    return backing.flaws(catalogue(), None, language)


def _row(book: Catalogue, entry: TargetGroup, sizes: dict[str, Sized], on: date, language: str) -> GroupRow:
    sized = sizes[entry.key]
    version = book.groups()[entry.key].version_on(day_of(on))
    past = entry.family == "historical"
    stated = backing.stated(book, entry, language)
    parts = [sizes[part].size for part in PARTS_OF.get(entry.key, ())]
    summed = None if any(p.value is None for p in parts) else sum(p.value or 0 for p in parts)
    child = CHILDREN.get(entry.key)
    return GroupRow(
        key=entry.key,
        label=entry.label.in_language(language),
        family=entry.family,
        series=entry.series.in_language(language) if entry.series else "",
        transfer=entry.transfer_type or "",
        verdict=entry.verdict or "",
        size=Count(None, "none") if past else sized.size,
        unknown=Count(None, "none") if past else sized.unknown,
        shared_share=None if past else sized.shared_share,
        stated=stated,
        agrees="" if past else _agrees(stated, summed if entry.key == "6" else sized.size.value, on),
        children=sizes[child].size if child else None,
        derivation=_derivation(entry.key, sized.size, parts, summed),
        flaws=backing.flaws(book, entry.key, language),
        version_from=date_of(version.valid_from) if version else None,
        regime=backing.regime(book, entry, on),
    )


def _agrees(stated: tuple[Stated, ...], computed: int | None, on: date) -> str:
    """How the computed number stands to the first stated one: equal, equal when rounded as the source rounds, or not;
    on another day than the source's they are not held together."""
    if not stated or computed is None:
        return ""
    first = stated[0]
    if first.as_of_day != on:
        return "another-day"
    if computed == first.value:
        return "equal"
    step = 1
    while first.value % (step * 10) == 0:
        step *= 10
    rounds = first.precision in ("about", "rounded")
    return "rounded" if rounds and (2 * computed + step) // (2 * step) * step == first.value else "differs"


def _derivation(key: str, size: Count, parts: list[Count], summed: int | None) -> str:
    if not parts or summed is None or size.value is None:
        return ""
    terms = " + ".join(
        f"{part} ({wording.number(c.value or 0)})" for part, c in zip(PARTS_OF[key], parts, strict=True)
    )
    return _("%(terms)s = %(sum)s; talt én gang %(once)s personer") % {
        "terms": terms,
        "sum": wording.number(summed),
        "once": wording.number(size.value),
    }


def _units(entry: TargetGroup, on: date, by: Actor) -> list[Part]:
    """The units a group stands in: of the child's case for parents and children, else of the own primary case."""
    if entry.counts == "parents":
        return counts.by_unit_of_child_case(key=entry.key, on=on, by=by)
    if entry.counts == "children":
        return counts.by_unit(key=entry.key, on=on, kind="child_case", by=by)
    return counts.by_unit(key=entry.key, on=on, kind="social_case", code="primaer", by=by)


def _cells(parts: list[Part], kind: str, language: str) -> tuple[Cell, ...]:
    book = catalogue()
    return tuple(Cell(p.key, book.label(kind, p.key, language), p.count, p.share) for p in parts)


def _by_size(keys: set[str], cells_of: Callable[[str], list[Count]]) -> list[str]:
    totals = {key: protection.total(cells_of(key)).value or 0 for key in keys}
    return sorted((key for key in keys if totals[key]), key=lambda key: (-totals[key], key))


def _step(count: Count, largest: int) -> int:
    """The colour step 0–5 of a cell; a step is a share of the square root of the largest, so that small cells differ."""
    if not count.value or not largest:
        return 0
    return max(1, min(5, round(5 * (count.value / largest) ** 0.5)))


def _delivery(newest: Delivery | None, language: str) -> str:
    if newest is None:
        return ""
    source = newest.source.label_en if language == "en" else newest.source.label_da
    return f"{source}, {formats.date_format(timezone.localtime(newest.received_at))}"
