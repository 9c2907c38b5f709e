"""The four weeks to complain: from the day the decision reached the citizen, by page or by post, to the end of a working day."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from handover import acts
from helhed.coordination.handover.letters import actions as letters
from helhed.coordination.handover.letters.models import Letter
from helhed.coordination.handover.letters.reached import reached_on, working_days
from helhed.coordination.handover.sanctions import complaints, own
from helhed.coordination.handover.sanctions.four_weeks import FourWeeks, four_weeks
from helhed.sharing.safeguards.workdays import after, works
from pages.world import user
from sanctions.acted import complained, effected, only, today
from sanctions.split import WHY


def told_in(row) -> Letter:
    return Letter.objects.get(about=row.pk, kind="sanction-effected")


def laid(letter: Letter, **days: date | None) -> None:
    """Time and the post in the owner's hands: when a letter was written, sent on paper and opened."""
    for name, day in days.items():
        moment = None if day is None else timezone.make_aware(datetime(day.year, day.month, day.day, 12))
        by = "" if day is None else "test"
        more = "" if name == "written" else f", {name}_by = '{by}'"
        said = "NULL" if moment is None else f"'{moment.isoformat()}'"
        altered(f"UPDATE letters_letter SET {name}_at = {said}{more} WHERE id = '{letter.pk}'")


def on_paper(letter: Letter) -> None:
    altered(f"UPDATE letters_letter SET channel = 'print' WHERE id = '{letter.pk}'")


def altered(statement: str) -> None:
    acts.alter("letters_letter", statement)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_the_post_takes_as_long_as_its_data_say():
    assert (working_days("portal"), working_days("print")) == (0, 6)


def test_on_the_own_page_the_time_runs_from_the_day_it_is_there(world):
    row = effected(world.eva)
    time = four_weeks(row)
    assert time.told_on == today() and time.last_day >= today() + timedelta(days=28) and works(time.last_day)
    view = own.sanctions(by=user("eva"), language="da")[0]
    assert view.complain_until == time.last_day and not view.complain_late


@pytest.mark.parametrize(
    ("written", "told", "last"),
    [
        (date(2026, 3, 2), date(2026, 3, 2), date(2026, 3, 30)),
        (date(2026, 2, 28), date(2026, 2, 28), date(2026, 3, 30)),
        (date(2026, 3, 5), date(2026, 3, 5), date(2026, 4, 7)),
        (date(2025, 11, 27), date(2025, 11, 27), date(2025, 12, 29)),
    ],
)
def test_it_ends_on_a_working_day(owner, world, written, told, last):
    """A Monday; a Saturday; what would end on Maundy Thursday, and on Christmas Day."""
    row = effected(world.eva)
    laid(told_in(row), written=written)
    assert four_weeks(row) == FourWeeks(told, last)


def test_on_paper_it_runs_from_when_the_post_has_come(owner, world):
    row = effected(world.eva)
    letter = told_in(row)
    on_paper(letter)
    laid(letter, written=date(2026, 2, 20))
    assert four_weeks(row) == FourWeeks() and not FourWeeks().over(today())
    laid(letter, printed=date(2026, 3, 26))
    assert reached_on(letter.pk) == date(2026, 4, 8), "six working days, with Easter between"
    assert four_weeks(row).last_day == date(2026, 5, 6)
    laid(letter, printed=None)
    assert letters.printed(by=user("bente"), letters=[letter.pk]) == 1
    assert four_weeks(row).told_on == after(today(), 6)


def test_what_lay_unread_and_went_on_paper_came_with_the_paper_or_when_it_was_opened(owner, world):
    row = effected(world.eva)
    letter = told_in(row)
    laid(letter, written=date(2026, 2, 2), printed=date(2026, 2, 16))
    assert reached_on(letter.pk) == date(2026, 2, 24)
    laid(letter, read=date(2026, 2, 18))
    assert reached_on(letter.pk) == date(2026, 2, 18)


def test_a_complaint_is_in_time_while_the_letter_waits_to_be_sent(owner, world):
    row = effected(world.eva)
    on_paper(told_in(row))
    complaints.complain(by=user("eva"), sanction=row.pk, words="", received_on=today(), own=True)
    assert (only(row).in_time, only(row).told_on) == (True, None)


def test_late_it_is_taken_all_the_same_and_said_to_be_late(owner, world):
    row = effected(world.eva)
    laid(told_in(row), written=today() - timedelta(days=60))
    assert own.sanctions(by=user("eva"), language="da")[0].complain_late
    complaints.complain(by=user("eva"), sanction=row.pk, words="", received_on=today(), own=True)
    assert not only(row).in_time
    assert "Klagen kom sent" in str(Letter.objects.get(about=row.pk, kind="complaint-received").texts["da"])


def test_what_is_decided_again_has_its_own_four_weeks(owner, world):
    row = complained(world.eva, "returned")
    laid(told_in(row), written=today() - timedelta(days=60))
    assert four_weeks(row).over(today())
    complaints.keep(by=user("bente"), sanction=row.pk, why=WHY)
    assert four_weeks(row).told_on == today()
    complaints.complain(by=user("eva"), sanction=row.pk, words="", received_on=today(), own=True)
    assert row.complaints.get(state="received").in_time


def test_decided_again_in_part_the_letter_about_the_money_counts(owner, world):
    row = complained(world.eva, "returned")
    laid(told_in(row), written=today() - timedelta(days=60))
    complaints.agree_in_part(by=user("bente"), sanction=row.pk, why=WHY)
    assert four_weeks(row).told_on == today()
