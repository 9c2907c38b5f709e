"""The lives are plausible: they follow the law's dates, nobody lives on two benefits, and people come back."""

from collections import Counter, defaultdict
from datetime import date

from helhed.synthetic import codes
from synthetic.headcount import headcount

ANCHOR = date(2022, 6, 1)


def day(year, month, number):
    return (date(year, month, number) - date(1970, 1, 1)).days


def spells(read, kind):
    found = defaultdict(list)
    for person, of, code, unit, start, end in read.facts.values():
        if of == kind:
            found[person].append((start, end, code, unit))
    return {person: sorted(rows) for person, rows in found.items()}


def test_old_benefits_end_with_the_reform_but_for_a_few_left_open(read):
    """From 1 July 2025 there is one benefit."""
    after = day(2025, 7, 2)
    late = Counter(
        code in codes.MERGED
        for _, kind, code, _, start, end in read.facts.values()
        if kind == "benefit" and end > after
    )
    assert 0 < late[True] < 80
    assert late[False] > 10_000


def test_nobody_enters_a_resource_programme_from_february_2026(read):
    closed = ("ressourceforloebsydelse/ressourceforloeb", "revalideringsydelse")
    starts = [s for _, kind, code, _, s, _ in read.facts.values() if kind == "benefit" and code in closed]
    assert max(starts) < day(2026, 2, 1)


def test_units_change_hands_at_new_year_2025(read):
    new_year = day(2025, 1, 1)
    old = {codes.UNITS[name] for name in codes.MOVED}
    for _, kind, _, unit, start, end in read.facts.values():
        if kind in ("social_case", "service", "child_case") and unit in old:
            assert end <= new_year, (kind, unit, start, end)


def test_nobody_is_paid_two_benefits_at_once_but_for_those_left_open(read):
    doubled = set()
    for person, rows in spells(read, "benefit").items():
        if any(one[1] > other[0] for one, other in zip(rows, rows[1:], strict=False)):
            doubled.add(person)
    assert len(doubled) < 80


def test_the_young_ones_benefit_is_for_those_under_30(read):
    """All but the twelve who turned 30 within the last weeks before the anchor day."""
    late = set()
    for person, kind, code, _, _, end in read.facts.values():
        if kind == "benefit" and code.startswith("uddannelseshjaelp") and end < day(2030, 1, 1):
            born = date(1970, 1, 1).toordinal() + read.births[person]
            thirty = date.fromordinal(born)
            leap = (thirty.month, thirty.day) == (2, 29)
            birthday = date(thirty.year + 30, *((3, 1) if leap else (thirty.month, thirty.day)))
            if end > (birthday - date(1970, 1, 1)).days:
                late.add(person)
    assert len(late) == 12


def test_many_leave_and_come_back(read):
    """Three in ten of those with a primary case have had a break of more than a month in it."""
    cases = [rows for rows in spells(read, "social_case").values() if len(rows) > 1]
    back = sum(any(b[0] - a[1] > 31 for a, b in zip(rows, rows[1:], strict=False)) for rows in cases)
    assert back > 0.3 * len(cases)


def test_there_are_near_misses_around_the_anchor_day(read):
    """Hundreds had a primary case until, or get one from, a day within two months."""
    anchor = day(2022, 6, 1)
    primary = [
        (s, e)
        for _, kind, code, _, s, e in read.facts.values()
        if kind == "social_case" and code == "primaer"
    ]
    assert sum(anchor - 60 < end <= anchor for _, end in primary) > 200
    assert sum(anchor < start <= anchor + 60 for start, _ in primary) > 200


def test_birthdays_stand_close_around_30(read):
    first, last = day(1992, 5, 25), day(1992, 6, 8)
    counted = headcount(read, ANCHOR)
    born = [read.births[person] for person in counted["2A"] | counted["3A"]]
    close = [birth for birth in born if first <= birth <= last]
    assert any(birth <= day(1992, 6, 1) for birth in close)
    assert any(birth > day(1992, 6, 1) for birth in close)


def test_about_six_in_ten_shared_citizens_consent_to_sharing(read):
    shared = headcount(read, ANCHOR)["FAELLES"]
    on = day(2022, 6, 1)
    consent = {
        p
        for p, kind, code, _, s, e in read.facts.values()
        if kind == "consent" and code == "deling" and s <= on < e
    }
    assert 0.55 < len(shared & consent) / len(shared) < 0.75


def test_the_deltas_move_people(city):
    """Each delta has new, changed and deleted rows of cases and benefits."""
    for parcel in city.deliveries[2:]:
        marks = Counter(
            line.split(";")[0]
            for file in parcel.folder.glob("*_AENDRING_*.csv")
            for line in file.read_text(encoding="cp1252").splitlines()[1:]
        )
        assert set(marks) == {"O", "R", "S"}
        assert marks["O"] > 100
        assert marks["R"] > 100


def test_a_corrected_person_has_another_name_or_protection(city):
    for number, table in ((0, "BIF_PERSONER"), (1, "SOF_BORGERE")):
        first = city.deliveries[number].folder / f"{table}_FULD_20261101.csv"
        known = set(first.read_text(encoding="cp1252").splitlines())
        for parcel in city.deliveries[number + 2 :: 2]:
            (file,) = parcel.folder.glob(f"{table}_*.csv")
            lines = file.read_text(encoding="cp1252").splitlines()[1:]
            corrected = [line.removeprefix("R;") for line in lines if line.startswith("R;")]
            assert corrected
            assert not set(corrected) & known


def test_the_demos_citizens_are_what_they_are_said_to_be(city, read):
    today = day(2026, 11, 16)
    numbers = [citizen.number for citizen in city.citizens]
    assert len(set(numbers)) == len(numbers) == 6
    having = defaultdict(set)
    for person, kind, code, unit, start, end in read.facts.values():
        if person in numbers and start <= today < end:
            having[person].add((kind, code, unit))
    units = {n: {unit for kind, _, unit in having[n] if kind == "social_case"} for n in numbers}
    assert all("sof/driftscenter-1" in units[number] for number in numbers[:3])
    assert "sof/driftscenter-2" in units[numbers[5]]
    assert ("consent", "deling", None) in having[numbers[0]]
    assert ("consent", "deling", None) not in having[numbers[1]]
    assert ("benefit", "kontanthjaelp/jobparat", None) in having[numbers[2]]


def test_a_few_of_each_thousand_died_or_moved_and_nothing_else_changed_for_it(read):
    """Who stopped had no row left that day; only of a handful did the deltas tell while a case still ran."""
    stood = spells(read, "cpr_status")
    share = len(stood) / len(read.births)
    assert 0.002 < share < 0.006
    assert {code for rows in stood.values() for _, _, code, _ in rows} == set(codes.CPR_STATUSES)
    last = defaultdict(int)
    for person, kind, _, _, _, end in read.facts.values():
        if kind not in ("cpr_status", "plan", "consent"):
            last[person] = max(last[person], end)
    fresh = [person for person, rows in stood.items() if rows[0][0] > codes.FULL_FILES]
    assert all(last[person] <= rows[0][0] for person, rows in stood.items() if person not in fresh)
    assert 5 < len(fresh) < 40


def test_a_status_that_was_a_mistake_is_taken_back(city):
    nights = [parcel.folder for parcel in city.deliveries if parcel.source == "bif-fagsystem"]
    marks = [
        line.split(";")[0]
        for folder in nights[1:]
        for file in folder.glob("BIF_CPRSTATUS_AENDRING_*.csv")
        for line in file.read_text(encoding="cp1252").splitlines()[1:]
    ]
    assert marks.count("S") in (1, 2, 3) and marks.count("O") > marks.count("S")


def test_nobody_of_the_demos_stories_is_told_of(city, read):
    assert not {citizen.number for citizen in city.citizens} & spells(read, "cpr_status").keys()
