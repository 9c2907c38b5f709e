"""What the database itself holds of membership, tried by raw SQL as the role the program runs as."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection

pytestmark = pytest.mark.django_db

ADD = """INSERT INTO membership_spell (person_id, version_id, certain, start, "end", known_from)
         VALUES (%s, %s, %s, %s, %s, now()) RETURNING id"""


def run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0] if cursor.description else None


@pytest.fixture
def person():
    return run("INSERT INTO register_person DEFAULT VALUES RETURNING id")


@pytest.fixture
def version():
    return run(
        "INSERT INTO membership_groupversion (key, valid_from, digest, first_counted, current) "
        "VALUES ('5A', '2014-01-01', 'x', now(), true) RETURNING id"
    )


def test_spells_may_touch(person, version):
    run(ADD, person, version, True, "2022-01-01", "2022-02-01")
    run(ADD, person, version, False, "2022-02-01", None)


@pytest.mark.parametrize(
    ("start", "end"),
    [("2022-01-31", "2022-03-01"), ("2021-01-01", None), ("2022-01-10", "2022-01-11")],
    ids=["one day over", "around", "inside"],
)
def test_a_person_has_one_value_a_day_in_a_version(person, version, start, end):
    run(ADD, person, version, True, "2022-01-01", "2022-02-01")
    with pytest.raises(IntegrityError, match="spell_one_value_a_day"):
        run(ADD, person, version, False, start, end)


def test_what_is_no_longer_known_may_overlap(person, version):
    old = run(ADD, person, version, True, "2022-01-01", None)
    run("UPDATE membership_spell SET known_to = now() + interval '1 second' WHERE id = %s", old)
    run(ADD, person, version, True, "2022-01-01", "2023-01-01")


def test_a_spell_goes_forward(person, version):
    with pytest.raises(IntegrityError, match="spell_forward"):
        run(ADD, person, version, True, "2022-02-01", "2022-02-01")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE membership_spell SET start = '2000-01-01'",
        "UPDATE membership_spell SET certain = false",
        "DELETE FROM membership_spell",
        "DELETE FROM membership_change",
        "UPDATE membership_change SET what = 'in'",
        "UPDATE membership_groupversion SET digest = 'y'",
    ],
)
def test_the_program_cannot_rewrite_what_was_counted(statement):
    with pytest.raises(ProgrammingError, match="permission denied"):
        run(statement)
