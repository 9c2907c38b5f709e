"""Addresses and telephones: columns a file may have or not, and which of two sources is believed."""

from pathlib import Path

import pytest

from helhed.audit.actions import SYSTEM
from helhed.register.actions import merge, receive
from helhed.register.models import Delivery, Person, RejectedRow
from helhed.register.questions import ContactRow, alike_to_each, contact_of, find, sources_of_each
from register.sent import ANNA, BIF, BO, PEOPLE, SOF, dashed

pytestmark = pytest.mark.django_db
HEADER = "CPRNR;FORNAVN;EFTERNAVN;ADRESSEBESKYTTELSE"
HOME = "Tågehornsvej 12, 2. th, 2499 København X"


@pytest.fixture
def lines(tmp_path):
    """lines(source, name, lines): a file of exactly these lines, delivered."""

    def call(source: str, name: str, *rows: str) -> Delivery:
        path = Path(tmp_path, f"{name}_20220601.csv")
        path.write_bytes("".join(f"{row}\r\n" for row in rows).encode("cp1252"))
        return receive(by=SYSTEM, source=source, paths=[path])

    return call


def contact(number: str) -> ContactRow:
    return contact_of(find(number)[0].id)


def bif(lines, *rows: str, name: str = "BIF_PERSONER_FULD") -> Delivery:
    return lines(BIF, name, f"{HEADER};ADRESSE;TELEFON", *rows)


def test_contact_comes_with_the_people(lines):
    bif(lines, f"{ANNA};Anna;Åkær;N;{HOME};01 23 45 67", f"{BO};Bo;Berg;N;;")
    assert contact(ANNA) == ContactRow(HOME, "01 23 45 67")
    assert contact(BO) == ContactRow("", "")


def test_a_file_without_the_columns_leaves_them_as_they_are(lines):
    bif(lines, f"{ANNA};Anna;Åkær;N;{HOME};01234567")
    same = lines(BIF, "BIF_PERSONER_FULD", HEADER, f"{ANNA};Anna;Åkær;N", f"{BO};Bo;Berg;N")
    assert (same.files.get().unchanged, same.files.get().new) == (1, 1)
    married = lines(BIF, "BIF_PERSONER_AENDRING", f"AENDRING;{HEADER}", f"R;{ANNA};Anna;Ny;N")
    assert married.files.get().changed == 1
    assert find(ANNA)[0].name == "Anna Ny"
    assert contact(ANNA) == ContactRow(HOME, "01234567") and contact(BO) == ContactRow("", "")


def test_one_of_the_columns_may_come_alone(lines):
    bif(lines, f"{ANNA};Anna;Åkær;N;{HOME};01234567")
    lines(BIF, "BIF_PERSONER_FULD", f"{HEADER};TELEFON", f"{ANNA};Anna;Åkær;N;+45 01 00 00 00")
    assert contact(ANNA) == ContactRow(HOME, "+45 01 00 00 00")


def test_an_empty_field_clears(lines):
    bif(lines, f"{ANNA};Anna;Åkær;N;{HOME};01234567")
    bif(lines, f"{ANNA};Anna;Åkær;N;;01234567")
    assert contact(ANNA) == ContactRow("", "01234567")


def test_the_source_that_comes_first_is_believed_where_it_says_anything(lines):
    lines(
        SOF,
        "SOF_BORGERE_FULD",
        "Cpr;Navn;Beskyttet;Adresse;Telefon",
        f"{dashed(ANNA)};Åkær, Anna;Nej;{HOME};01 11 11 11",
    )
    bif(lines, f"{ANNA};Anna;Åkær;N;;01222222")
    assert contact(ANNA) == ContactRow(HOME, "01222222")
    anna = find(ANNA)[0].id
    assert [source for source, *_ in sources_of_each([anna])[anna]] == [BIF, SOF]


@pytest.mark.parametrize(
    ("address", "phone", "column", "reason"),
    [
        ("12", "", "ADRESSE", "address"),
        ("x" * 201, "", "ADRESSE", "long"),
        ("", "123", "TELEFON", "phone"),
        ("", "01 23 45 67 (mor)", "TELEFON", "phone"),
        ("", "hemmeligt", "TELEFON", "phone"),
        ("", "0" * 60, "TELEFON", "phone"),
    ],
)
def test_what_is_none_is_turned_away_with_its_sentence(lines, address, phone, column, reason):
    delivery = bif(lines, f"{ANNA};Anna;Åkær;N;{address};{phone}", f"{BO};Bo;Berg;N;{HOME};01234567")
    fault = RejectedRow.objects.get()
    assert (fault.column, fault.reason, delivery.files.get().new) == (column, reason, 1)


def test_a_column_twice_is_refused(lines):
    delivery = lines(
        BIF, "BIF_PERSONER_FULD", f"{HEADER};ADRESSE;ADRESSE", f"{ANNA};Anna;Åkær;N;{HOME};{HOME}"
    )
    assert delivery.status == "refused" and "»ADRESSE« to gange" in delivery.message_da


def test_who_may_be_the_same(lines):
    lines(
        BIF,
        "BIF_PERSONER_FULD",
        HEADER,
        PEOPLE[0],
        f"{ANNA[:6]}3333;Anna;ÅKÆR;N",
        f"{ANNA[:6]}5555;Anne;Åkær;N",
        f"{BO};Bo;Berg;N",
    )
    anna, other, bo = (find(number)[0] for number in (ANNA, f"{ANNA[:6]}3333", BO))
    found = alike_to_each([anna.id, other.id, bo.id])
    assert {person: [row.key for row in rows] for person, rows in found.items()} == {
        anna.id: [other.key],
        other.id: [anna.key],
        bo.id: [],
    }
    assert alike_to_each([anna.id], limit=0) == {anna.id: []}
    kept, gone = (Person.objects.get(pk=each.id) for each in (anna, other))
    merge(by=SYSTEM, kept=kept, gone=gone, reason="Samme person.")
    assert alike_to_each([anna.id]) == {anna.id: []}, "who is one with another is not like the other"
