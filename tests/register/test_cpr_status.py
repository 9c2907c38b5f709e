"""What the population register says of a citizen: a table a delivery may have or not, read like any other, with two times."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from helhed.audit.actions import SYSTEM
from helhed.register.actions import receive
from helhed.register.models import Delivery, RejectedRow
from helhed.register.questions import FactRow, facts_of_each, find
from register.sent import ANNA, BENEFITS, BIF, BO, PEOPLE, SOF, dashed

pytestmark = pytest.mark.django_db
COLUMNS = "STATUS_ID;CPRNR;STATUS;FRA_DATO;TIL_DATO"
OF_SOF = "StatusId;Cpr;Status;FraDato;TilDato"


@pytest.fixture
def lines(tmp_path):
    """lines(source, name, lines): a file of exactly these lines, delivered a while ago."""

    def call(source: str, name: str, *rows: str, days_ago: int = 0) -> Delivery:
        path = Path(tmp_path, f"{name}_20220601.csv")
        path.write_bytes("".join(f"{row}\r\n" for row in rows).encode("cp1252"))
        at = timezone.now() - timedelta(days=days_ago)
        return receive(by=SYSTEM, source=source, paths=[path], received_at=at)

    return call


def said(number: str, as_of=None) -> list[tuple[str, date, date | None]]:
    (person,) = find(number)
    rows: list[FactRow] = facts_of_each([person.id], as_of, kinds=["cpr_status"])[person.id]
    return [(row.code, row.true_from, row.true_to) for row in rows]


def people(lines) -> None:
    lines(BIF, "BIF_PERSONER_FULD", "CPRNR;FORNAVN;EFTERNAVN;ADRESSEBESKYTTELSE", *PEOPLE, days_ago=9)


def test_a_delivery_without_the_table_is_whole_and_takes_nothing_away(lines):
    people(lines)
    lines(BIF, "BIF_CPRSTATUS_FULD", COLUMNS, f"1;{ANNA};90;02-11-2026;", days_ago=5)
    without = lines(
        BIF, "BIF_YDELSER_FULD", "YDELSE_ID;CPRNR;YDELSE;FRA_DATO;TIL_DATO;MAANEDSBELOEB", *BENEFITS
    )
    assert without.status == "received"
    assert said(ANNA) == [("doed", date(2026, 11, 2), None)] and said(BO) == []


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("90", "doed"),
        ("Afgået ved  DØDEN", "doed"),
        ("80 Udrejst", "udrejst"),
        ("Bortkommet", "forsvundet"),
        ("fraflyttet", "anden-kommune"),
    ],
)
def test_bif_writes_it_as_a_number_or_in_words(lines, status, code):
    people(lines)
    lines(BIF, "BIF_CPRSTATUS_FULD", COLUMNS, f"1;{ANNA};{status};02-11-2026;")
    assert said(ANNA) == [(code, date(2026, 11, 2), None)]


def test_sof_tells_it_too_and_each_row_is_its_sources_own(lines):
    people(lines)
    lines(SOF, "SOF_BORGERE_FULD", "Cpr;Navn;Beskyttet", f"{dashed(ANNA)};Åkær, Anna;Nej", days_ago=8)
    lines(BIF, "BIF_CPRSTATUS_FULD", COLUMNS, f"1;{ANNA};Anden kommune;01-10-2026;", days_ago=5)
    lines(SOF, "SOF_CPRSTATUS_FULD", OF_SOF, f"1;{dashed(ANNA)};Død (90);02-11-2026;31-12-9999", days_ago=4)
    assert said(ANNA) == [("anden-kommune", date(2026, 10, 1), None), ("doed", date(2026, 11, 2), None)]
    lines(BIF, "BIF_CPRSTATUS_AENDRING", f"AENDRING;{COLUMNS}", f"S;1;{ANNA};Anden kommune;01-10-2026;")
    assert said(ANNA) == [("doed", date(2026, 11, 2), None)]


def test_what_was_known_before_a_correction_is_still_known_of_then(lines):
    people(lines)
    lines(BIF, "BIF_CPRSTATUS_AENDRING", f"AENDRING;{COLUMNS}", f"O;1;{ANNA};90;02-11-2026;", days_ago=6)
    between = timezone.now() - timedelta(days=5)
    lines(BIF, "BIF_CPRSTATUS_AENDRING", f"AENDRING;{COLUMNS}", f"R;1;{ANNA};80;03-11-2026;", days_ago=4)
    later = timezone.now() - timedelta(days=3)
    lines(BIF, "BIF_CPRSTATUS_AENDRING", f"AENDRING;{COLUMNS}", f"S;1;{ANNA};80;03-11-2026;", days_ago=2)
    assert said(ANNA, between) == [("doed", date(2026, 11, 2), None)]
    assert said(ANNA, later) == [("udrejst", date(2026, 11, 3), None)]
    assert said(ANNA) == []


def test_who_came_home_again_has_an_end(lines):
    people(lines)
    lines(BIF, "BIF_CPRSTATUS_FULD", COLUMNS, f"1;{ANNA};Anden kommune;01-02-2024;31-05-2025")
    assert said(ANNA) == [("anden-kommune", date(2024, 2, 1), date(2025, 6, 1))]


def test_a_status_nobody_knows_is_set_aside(lines):
    people(lines)
    delivery = lines(BIF, "BIF_CPRSTATUS_FULD", COLUMNS, f"1;{ANNA};97;01-02-2024;", f"2;{BO};90;01-02-2024;")
    assert delivery.status == "received" and said(ANNA) == []
    assert said(BO) == [("doed", date(2024, 2, 1), None)]
    assert RejectedRow.objects.filter(file__delivery=delivery).count() == 1
