"""The files as files: the same from the same seed, in the systems' odd formats, with a known share of faults."""

import hashlib
from datetime import UTC, datetime

import pytest

from helhed.law import catalogue
from helhed.synthetic import codes
from helhed.synthetic.city import write_city
from helhed.synthetic.dirt import UNKNOWN_NAMES, UNKNOWN_UNITS
from helhed.synthetic.spellings import names_of


def digests(folder):
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*.csv"))
    }


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    one, again, other = (tmp_path / name for name in ("one", "again", "other"))
    first = write_city(one, people=2_000, seed=5)
    second = write_city(again, people=2_000, seed=5)
    write_city(other, people=2_000, seed=6)
    assert digests(one) == digests(again)
    assert first.citizens == second.citizens
    assert not set(digests(one).values()) & set(digests(other).values())


def test_three_nights_of_two_sources(city):
    came = [(parcel.source, parcel.received_at.astimezone(UTC)) for parcel in city.deliveries]
    nights = [datetime(2026, 11, day, 2, tzinfo=UTC) for day in (2, 9, 16)]
    assert came == [(source, night) for night in nights for source in ("bif-fagsystem", "sof-fagsystem")]


def test_the_form_of_the_files(city):
    file = city.deliveries[1].folder / "SOF_INDSATSER_FULD_20261101.csv"
    raw = file.read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n")
    text = raw.decode("cp1252")
    assert text.startswith("IndsatsId;Cpr;Paragraf;Betegnelse;Enhed;Startdato;Slutdato;PrisPrMaaned\r\n")
    assert '"Herberg; akut plads, ""stue 4"""' in text
    assert ";31-12-9999;" in text


def test_about_sixty_thousand_people(city, read):
    assert city.people == len(read.births)
    assert 58_000 <= len(read.births) <= 60_000


def test_every_number_is_a_substitute_number(read):
    assert all(int(number[:2]) > 60 for number in read.births)


def test_about_one_row_in_two_hundred_is_refused_in_the_odd_files(read, city):
    per_table = {}
    for (table, _), number in read.refused.items():
        per_table[table] = per_table.get(table, 0) + number
    lines = {
        table: sum(
            file.read_bytes().count(b"\n") - 1
            for parcel in city.deliveries
            for file in parcel.folder.glob(f"{table}_*.csv")
        )
        for table in per_table
    }
    shares = {table: per_table[table] / lines[table] for table in lines}
    odd = {"BIF_YDELSER", "BIF_TILBUD", "SOF_INDSATSER", "SOF_SAGER", "SOF_BOERNESAGER"}
    assert set(shares) == odd | {"BIF_PERSONER", "SOF_BORGERE"}
    assert all(0.003 < shares[table] < 0.008 for table in odd)


@pytest.mark.parametrize(
    "why",
    [
        "not a number",
        "no such day",
        "stranger",
        "backwards",
        "unknown name",
        "unknown unit",
        "no amount",
        "empty key",
        "key twice",
    ],
)
def test_every_fault_occurs(read, why):
    assert any(refusal == why for _, refusal in read.refused)


@pytest.mark.parametrize("source", ["bif", "sof"])
def test_no_unknown_name_is_known(source):
    known = {
        "".join(name.casefold().split())
        for listed in names_of(source).values()
        for names in listed.values()
        for name in names
    }
    assert not known & {"".join(name.casefold().split()) for name in UNKNOWN_NAMES + UNKNOWN_UNITS}


@pytest.mark.parametrize(
    ("source", "listed", "codes_there"),
    [
        ("bif", "benefits", codes.BENEFITS),
        ("bif", "categories", codes.CATEGORIES),
        ("bif", "offers", codes.OFFERS),
        ("bif", "consents", codes.CONSENTS),
        ("bif", "cpr-statuses", codes.CPR_STATUSES),
        ("sof", "cpr-statuses", codes.CPR_STATUSES),
        ("sof", "case-types", codes.CASE_TYPES),
        ("sof", "services", codes.SERVICES),
        ("sof", "measures", codes.MEASURES),
        ("sof", "plans", codes.PLANS),
    ],
)
def test_every_code_can_be_spelt(source, listed, codes_there):
    assert set(codes_there) <= set(names_of(source)[listed])


def test_every_unit_can_be_spelt():
    known = set(names_of("bif")["units"]) | set(names_of("sof")["units"])
    assert set(codes.UNIT_CODES) <= known


def test_what_became_of_what_is_what_the_catalogue_says():
    vocabulary = catalogue().vocabulary()
    for old, new in codes.MOVED.items():
        assert codes.UNITS[new] in vocabulary.unit_successors[codes.UNITS[old]]
    for old, new in codes.RENAMED.items():
        assert set(new) == set(vocabulary.successors["child_case"][old])
    for old, new in codes.MERGED.items():
        successors = vocabulary.successors["benefit"][old]
        assert any(new == each or new.startswith(each + "/") for each in successors)
