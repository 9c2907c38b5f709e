"""The mapping's pages of one group, the boundary, and the report, on the delivered city."""

from datetime import date
from io import BytesIO

import pytest
from django.utils import translation
from pypdf import PdfReader

from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event
from helhed.insight import mapping, reports
from helhed.sharing.answers import NoAccess

ANCHOR = date(2022, 6, 1)


def shown(count):
    return count.hidden or count.value % 5 == 0


def test_a_group_says_who_they_are_and_what_it_rests_on(city):
    page = mapping.group(key="5A", on=ANCHOR, by=SYSTEM, language="da")
    assert page.by_unit[0].key.endswith("hjemloeseenheden") and page.by_unit[0].count.value == 1195
    assert {"SEL-110", "SEL-107"} <= {cell.key for cell in page.by_service}
    assert all(shown(cell.count) for cell in (*page.by_unit, *page.by_benefit, *page.by_service))
    assert any("18 år" in line for line in page.sentences)
    assert page.law and page.topics and page.pros and page.cons
    assert page.curve[0].on == date(2018, 1, 1) and page.row.flaws


def test_the_groups_of_2021_carry_the_table_of_that_document(city):
    page = mapping.group(key="KORT-4", on=ANCHOR, by=SYSTEM, language="en")
    assert len(page.topics) == 5 and all(topic.text and topic.source for topic in page.topics)


def test_parents_stand_where_their_childrens_cases_are(city):
    page = mapping.group(key="4A", on=ANCHOR, by=SYSTEM, language="da")
    assert page.by_unit[0].key == "sof/borgercenter-boern-og-unge"


def test_an_unknown_group_is_said_to_be_unknown(city):
    with pytest.raises(LookupError):
        mapping.group(key="9Z", on=ANCHOR, by=SYSTEM, language="da")


def test_no_cell_of_the_boundary_can_be_found_by_subtraction(city):
    heat = mapping.boundary(on=ANCHOR, by=SYSTEM, language="da")
    assert all(shown(cell) for row in heat.cells for cell in row)
    for row, total in zip(heat.cells, heat.unit_totals, strict=True):
        assert total.value == sum(cell.value or 0 for cell in row)
    assert heat.total.value == sum(total.value for total in heat.benefit_totals)
    assert max(step for row in heat.steps for step in row) == 5


def test_each_counting_is_a_line_in_the_log(city):
    before = Event.objects.filter(action="count").count()
    mapping.boundary(on=ANCHOR, by=city.user("analyst"), language="da")
    line = Event.objects.filter(action="count").latest("pk")
    assert Event.objects.filter(action="count").count() > before and line.actor == "analyst"


def test_a_caseworker_may_not_count(city):
    with pytest.raises(NoAccess):
        mapping.overview(on=ANCHOR, by=city.user("bif"), language="da")


@pytest.mark.parametrize(("language", "words"), [("da", "Kortlægning af fælles borgere"), ("en", "Mapping")])
def test_the_report_gives_the_same_numbers_as_the_page(city, language, words):
    with translation.override(language):
        pdf = PdfReader(BytesIO(reports.mapping_bytes(on=ANCHOR, by=SYSTEM, language=language)))
        text = " ".join(page.extract_text() for page in pdf.pages)
        for row in mapping.overview(on=ANCHOR, by=SYSTEM, language=language).rows:
            if row.family in ("model", "mapping"):
                assert reports.shown(row.size) in text, row.key
    assert words in text and pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
