"""What two have approved, two can call off before its day; from its day on it stands."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event
from helhed.coordination.advis.actions import rehouse
from helhed.coordination.handover.letters.models import Letter
from helhed.coordination.handover.reorganisation import actions, called_off, calling_off, shown
from helhed.coordination.handover.reorganisation.changes import changes_on
from helhed.coordination.handover.reorganisation.models import CallOff, Reorganisation
from helhed.sharing.answers import NoAccess
from helhed.sharing.refusal import Refused
from pages.conftest import _browser as browser
from pages.conftest import english
from pages.world import user
from reorganisation.conftest import ADULTS, Before
from reorganisation.test_pages import text

__all__ = ["english"]
PAST = date(2025, 1, 1)
OTHERWISE = {ADULTS: "sof/driftscenter-6/oevrige"}
WHY = "Byrådet har udsat omlægningen."
NO = "Den er stadig vedtaget i begge udvalg."


@pytest.fixture
def later(then: Before, monkeypatch) -> date:
    """The catalogue says of a day to come what it says of the first of January 2025."""
    day = timezone.localdate() + timedelta(days=40)
    for module in (actions, calling_off, called_off, shown):
        monkeypatch.setattr(module, "changes_on", lambda on: changes_on(PAST) if on == day else ())
    monkeypatch.setattr(shown, "days", lambda: (day,))
    return day


def approved(day: date) -> UUID:
    made = actions.propose(by=user("lene"), day=day, otherwise=OTHERWISE, reason="Vedtaget af byrådet.")
    actions.approve(by=user("birgit"), reorganisation=made)
    return made


def test_one_asks_another_agrees_and_it_can_be_proposed_again(later: date):
    made = approved(later)
    calling_off.ask(by=user("lene"), reorganisation=made, reason=WHY)
    assert Reorganisation.objects.get(pk=made).state == "approved", "one alone calls nothing off"
    with pytest.raises(NoAccess):
        calling_off.agree(by=user("lene"), reorganisation=made)
    calling_off.agree(by=user("birgit"), reorganisation=made)
    assert Reorganisation.objects.get(pk=made).state == "called_off"
    with pytest.raises(Refused):
        actions.carry_out(by=SYSTEM, reorganisation=made, notices=rehouse)
    lines = Event.objects.filter(action__startswith="reorganisation-call").order_by("pk")
    assert [(line.action, line.actor) for line in lines] == [
        ("reorganisation-call-off-asked", "lene"),
        ("reorganisation-called-off", "birgit"),
    ]
    assert approved(later) != made


def test_the_other_administration_agrees_where_both_are_concerned(later: date):
    made = approved(later)
    calling_off.ask(by=user("birgit"), reorganisation=made, reason=WHY)
    birte = user("birgit")
    birte.username = "birte"
    with pytest.raises(NoAccess):
        calling_off.agree(by=birte, reorganisation=made)
    assert called_off.waiting(by=birte) == 0 and called_off.waiting(by=user("lene")) == 1
    calling_off.agree(by=user("lene"), reorganisation=made)


@pytest.mark.parametrize("who", ["lene", "birgit"])
def test_it_stands_where_another_says_so_or_who_asked_takes_it_back(later: date, who: str):
    made = approved(later)
    calling_off.ask(by=user("lene"), reorganisation=made, reason=WHY)
    with pytest.raises(Refused):
        calling_off.ask(by=user("birgit"), reorganisation=made, reason=WHY)
    calling_off.keep(by=user(who), reorganisation=made, reason=NO)
    assert Reorganisation.objects.get(pk=made).state == "approved"
    with pytest.raises(Refused):
        calling_off.agree(by=user("birgit"), reorganisation=made)
    calling_off.ask(by=user("birgit"), reorganisation=made, reason=WHY)


def test_nobody_but_leaders(later: date):
    made = approved(later)
    for verb in (calling_off.ask, calling_off.keep):
        with pytest.raises(NoAccess):
            verb(by=user("bente"), reorganisation=made, reason=WHY)
    with pytest.raises(NoAccess):
        calling_off.agree(by=user("bente"), reorganisation=made)
    assert called_off.waiting(by=user("bente")) == 0 and called_off.lately(by=user("bente")) == ()


def test_from_its_day_on_it_stands(then: Before):
    made = approved(PAST)
    with pytest.raises(Refused):
        calling_off.ask(by=user("lene"), reorganisation=made, reason=WHY)
    said = {"reorganisation_id": made, "reason": WHY, "asked_by": "lene", "asked_unit": "sof"}
    with pytest.raises(IntegrityError, match="day has not come"), transaction.atomic():
        CallOff.objects.create(**said)
    with pytest.raises(IntegrityError, match="from its day on"), transaction.atomic():
        Reorganisation.objects.filter(pk=made).update(state="called_off")
    assert actions.carry_out_due(by=SYSTEM, notices=rehouse) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reorganisation_reorganisation SET state = 'called_off'",
        "UPDATE reorganisation_calloff SET state = 'agreed', answered_by = 'lene', answered_at = now()",
        "UPDATE reorganisation_calloff SET state = 'agreed', answered_by = 'birgit', answered_at = now()",
        "UPDATE reorganisation_calloff SET state = 'kept', answered_by = 'birgit', answered_at = NULL, answer = 'x', reason = 'y'",
        "UPDATE reorganisation_calloff SET reason = 'noget andet'",
        "DELETE FROM reorganisation_calloff",
    ],
)
def test_the_database_refuses(later: date, statement: str):
    """One alone, a word changed afterwards, a wish removed, a wish agreed to that calls nothing off."""
    calling_off.ask(by=user("lene"), reorganisation=approved(later), reason=WHY)
    with (
        pytest.raises((IntegrityError, ProgrammingError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_everybody_who_was_told_is_told(later: date):
    """Before the day the leaders know of it, and nobody else: no letter has been written."""
    letters = Letter.objects.count()
    address = f"/omlaegninger/{later}"
    approved(later)
    assert browser("lene").post(address, {"do": "bed-om-at-aflyse", "grund": "kort"}).status_code == 400
    assert browser("lene").post(address, {"do": "bed-om-at-aflyse", "grund": WHY}).status_code == 302
    assert "Du har bedt om at aflyse, fordi" in text(browser("lene").get(address))
    assert browser("lene").post(address, {"do": "aflys"}).status_code == 403
    assert "1 ønske om at aflyse en omlægning venter på dit svar" in text(browser("birgit").get("/leder"))
    assert "Aflys omlægningen" in text(browser("birgit").get(address))
    assert browser("birgit").post(address, {"do": "aflys"}).status_code == 302
    for who in ("lene", "birgit"):
        assert address in text(browser(who).get("/leder")), (
            "both leaders read on their front page that it is off"
        )
    shown = text(browser("lene").get(address))
    assert "Aflyst" in shown and WHY in shown and 'value="foreslaa"' in shown
    assert Letter.objects.count() == letters


def test_a_wish_is_turned_down_on_the_page(later: date):
    address = f"/omlaegninger/{later}"
    approved(later)
    browser("lene").post(address, {"do": "bed-om-at-aflyse", "grund": WHY})
    assert browser("birgit").post(address, {"do": "behold", "grund": NO}).status_code == 302
    shown = text(browser("lene").get(address))
    assert "Står ved magt" in shown and NO in shown and "Godkendt, ikke gennemført endnu" in shown
