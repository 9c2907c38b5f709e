"""The mapping on the screen: small numbers hidden, order and day in the address, wrong days said, the boundary, the report."""

import io

import pytest
from pypdf import PdfReader


def page(client, path: str) -> str:
    return client.get(path).content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_fewer_than_the_threshold_is_not_shown(pages):
    shown = page(pages("anders"), "/kortlaegning")
    assert "færre end 5" in shown and "Tal under" not in shown


def test_the_day_of_the_report_is_shown_first(pages):
    assert "De fælles borgere den 1. juni 2022" in page(pages("anders"), "/kortlaegning")


@pytest.mark.parametrize("typed", ["2025-01-01", "01-01-2025", "01.01.2025"])
def test_a_day_in_the_ways_people_write_it(pages, typed):
    assert "den 1. januar 2025" in page(pages("anders"), f"/kortlaegning?dato={typed}")


def test_what_is_no_day_is_said(pages):
    shown = page(pages("anders"), "/kortlaegning?dato=i+sommer")
    assert "»i sommer« er ikke en dato" in shown and "den 1. juni 2022" in shown


def test_models_stand_in_order_by_family(pages):
    shown = page(pages("anders"), "/kortlaegning")
    places = [
        shown.index(f'id="g-{key}"')
        for key in ("1A", "2A", "5C", "6", "8E", "FAELLES", "KORT-1", "HOI-SKAL", "HIST-2008")
    ]
    assert places == sorted(places)


def test_sorting_is_in_the_address_and_turns(pages):
    client = pages("anders")
    first = page(client, "/kortlaegning?sorter=-beregnet")
    assert 'aria-sort="descending"' in first and "hel-part" not in first
    assert "sorter=beregnet" in first and 'aria-sort="ascending"' in page(
        client, "/kortlaegning?sorter=beregnet"
    )


def test_sorting_by_what_is_no_column_is_the_tables_own_order(pages):
    assert "hel-part" in page(pages("anders"), "/kortlaegning?sorter=farve")


def test_a_group_says_whom_it_holds_and_what_is_known_to_be_wrong(pages):
    shown = page(pages("anders"), "/kortlaegning/2A?dato=2022-06-01")
    assert "Hvem er med" in shown and "er fyldt 30 år" in shown.lower()
    assert "Forbehold i kilden" in shown and "Fordele og ulemper" in shown and "Loven bag" in shown


def test_an_unknown_group_is_a_page_that_does_not_exist(pages):
    answer = pages("anders").get("/kortlaegning/9Z")
    assert answer.status_code == 404 and "Siden findes ikke" in answer.content.decode()


def test_the_boundary_says_when_nobody_is_shared(pages):
    assert "Ingen fælles borgere den dag" in page(pages("anders"), "/kortlaegning/graense?dato=2019-01-01")


def test_the_report_is_a_pdf_of_that_day(pages):
    answer = pages("ulla").get("/kortlaegning/rapport.pdf?dato=2022-06-01")
    assert (
        answer["Content-Type"] == "application/pdf"
        and "kortlaegning-2022-06-01.pdf" in answer["Content-Disposition"]
    )
    text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert "1. juni 2022" in text
