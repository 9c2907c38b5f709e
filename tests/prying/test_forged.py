"""Forms nobody meant to send, pages that must change nothing, buttons pressed twice, and forms that name what belongs elsewhere."""

import re
from datetime import time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from entrances.house import attached, opened, opened_for_8a
from handover import acts
from helhed.audit.models import Event
from helhed.coordination.handover.chain.models import Chain, Step
from helhed.coordination.handover.entrances import actions as entrances
from helhed.coordination.handover.entrances import keeping
from helhed.coordination.handover.entrances.keeping import Place
from helhed.coordination.handover.letters.models import Letter
from helhed.coordination.handover.sanctions.models import Sanction
from helhed.coordination.handover.tasks.models import Task
from helhed.pages.handovers.acts import ACTS
from helhed.sharing.consent.models import Consent
from pages.test_who_may import ROWS, Row, _bad_file
from pages.world import mandate_to, sent_draft, user
from prying import things
from sanctions.split import ASSESSMENT, REASON, yesterday

WITHOUT_A_SEAL = {"csp"}
"""The browser reports broken rules without one; it changes nothing but the program's own log."""
A_LOOK_WRITES = (
    "audit_event",
    "access_decision",
    "access_ruleset",
    "django_session",
    "accounts_visit",
    "accounts_context",
)
"""What looking leaves behind: its line, the decision, and that somebody is there."""
ITS_OWN = {"logout"}


def made(world, row: Row) -> str:
    parts: dict[str, Any] = {"anna": world.anna, "delivery": world.delivery.pk, "file": _bad_file(world)}
    if "{draft}" in row.path:
        parts["draft"] = sent_draft("anders").pk
    if "{mandate}" in row.path:
        parts["mandate"] = mandate_to("karin", world.anna)
    if "{entrance}" in row.path or "{attachment}" in row.path:
        house = opened_for_8a()
        parts |= {"entrance": house.entrance.pk, "attachment": attached(house, world.anna).pk}
    return row.path.format(**parts)


@pytest.mark.parametrize("name", sorted(name for name in ROWS if not name.startswith("api:")))
def test_a_form_from_elsewhere_is_refused(world, browser, name):
    row = ROWS[name]
    client = browser(sorted(row.may or {"bente"})[0], enforce_csrf_checks=True)
    path, last = made(world, row), Event.objects.latest("pk").pk
    answer = client.post(path, {"svar": "ja", "do": "goer", "goer": "slut", "formaal": "sagsbehandling"})
    if name in WITHOUT_A_SEAL:
        assert answer.status_code == 400
        return
    assert answer.status_code in (403, 405)
    assert not Event.objects.filter(pk__gt=last, outcome="allowed").exists()


@pytest.mark.parametrize(
    "name", sorted(name for name, row in ROWS.items() if row.may and name not in ITS_OWN)
)
def test_looking_changes_nothing(world, browser, name):
    """A link somebody was lured to, or a page fetched ahead, does nothing to anybody."""
    row = ROWS[name]
    client, path = browser(sorted(row.may)[0]), made(world, row)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(path)
    changed = [found[1] for each in asked if (found := WRITES.match(each["sql"])) is not None]
    assert [table for table in changed if not table.startswith(A_LOOK_WRITES)] == []


WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)', re.IGNORECASE)


def test_a_task_is_one_however_often_the_button_is_pressed(world, browser):
    client, due = browser("bente"), timezone.localdate() + timedelta(days=9)
    client.post(f"/borger/{world.eva}/opgaver", {"formaal": "sagsbehandling"})
    filled = {"ansvar": "sagsbehandleransvar", "titel": "Ring", "note": "", "frist": f"{due:%d-%m-%Y}"}
    for _each in range(2):
        assert client.post(f"/borger/{world.eva}/opgaver", filled).status_code == 302
    assert Task.objects.filter(person_key=world.eva).count() == 1
    task = Task.objects.get(person_key=world.eva).pk
    assert client.post(f"/opgaver/{task}/afslut").status_code == 302
    assert client.post(f"/borger/{world.eva}/opgaver", filled).status_code == 302
    assert Task.objects.filter(person_key=world.eva).count() == 2, "what is done can have to be done again"


def test_a_draft_of_a_sanction_is_one_too(world, browser):
    client = browser("bente")
    client.post(f"/borger/{world.eva}/sanktioner", {"formaal": "sagsbehandling"})
    day = f"{yesterday():%d-%m-%Y}"
    filled = {"bestemmelse": "LAS-36", "fra": day, "til": day, "begrundelse": REASON, "vurdering": ASSESSMENT}
    for _each in range(2):
        assert client.post(f"/borger/{world.eva}/sanktioner/ny", filled).status_code == 302
    assert Sanction.objects.filter(person_key=world.eva).count() == 1


def test_a_decision_is_one_however_often_it_is_sent(world, browser):
    """The same form twice, and one that was left open in another tab by the unit that has lost the case."""
    chain, client = acts.decided(world.eva), browser("soeren")
    letters = Letter.objects.filter(person_key=world.eva).count()
    for _each in range(3):
        client.post(f"/overdragelser/{chain.pk}/tag-imod", {})
    steps = list(Step.objects.filter(chain=chain).values_list("kind", flat=True))
    assert steps.count("accepted") == steps.count("effective") == 1
    assert Letter.objects.filter(person_key=world.eva).count() == letters + 1
    late = browser("bente").post(
        f"/overdragelser/{chain.pk}/opgiv", {"grund": "fejl", "ord": "Det var en fejl."}
    )
    assert late.status_code == 403 and Chain.objects.get(pk=chain.pk).state == "effective"


def test_asking_twice_asks_once(world, browser):
    chain = acts.proposed(world.eva)
    for side, answers in acts.YES.items():
        acts.actions.assess(
            by=user(acts.WORKER[side]), chain=chain.pk, side=side, answers=acts.Answers(answers)
        )
    filled = {"hvordan": "portal", "dage": "365"}
    for _each in range(2):
        browser("bente").post(f"/overdragelser/{chain.pk}/spoerg", filled)
    browser("soeren").post(f"/overdragelser/{chain.pk}/spoerg", filled)
    assert Consent.objects.filter(person_key=world.eva).count() == 1


def test_the_order_of_acts_cannot_be_skipped(world, browser):
    """Deciding, accepting and taking before it is time changes nothing, whoever asks and whatever the form says."""
    chain = acts.proposed(world.eva)
    for who in ("bente", "soeren", "birgit", "lene"):
        for act in tuple(set(ACTS) - {"vurder", "opgiv"}):
            browser(who).post(
                f"/overdragelser/{chain.pk}/{act}", {"dag": "01-12-2030", "ord": "Nu skal det ske."}
            )
    assert Chain.objects.get(pk=chain.pk).state == "proposed"
    assert list(Step.objects.filter(chain=chain).values_list("kind", flat=True)) == ["proposed"]


@pytest.mark.parametrize(("act", "field"), [("sted-slut", "sted"), ("hold-slut", "hold"), ("person", "hold")])
def test_what_belongs_to_another_entrance_is_not_there(world, browser, act, field):
    """A leader who keeps one entrance ends nothing of another by naming it in the form."""
    own, other = opened_for_8a(), opened(world)
    place = Place("shelter", "Herberget", "Vej 1", time(10), time(12), weekday=1)
    outreach = keeping.add_outreach(by=user("lene"), entrance=other.entrance.pk, place=place)
    team = other.entrance.teams.get(unit__startswith="bif")
    number = outreach.pk if field == "sted" else team.pk
    answer = browser("birgit").post(
        f"/indgang/{own.entrance.pk}/opsaetning", {"goer": act, field: number, "hvem": "bente"}
    )
    assert answer.status_code == 404
    outreach.refresh_from_db()
    team.refresh_from_db()
    assert outreach.until is None and team.until is None and not team.members.exists()
    kind = "outreach" if field == "sted" else "team"
    assert Event.objects.filter(actor="birgit", object=f"{kind} {number}", ground="not-yours").count() == 1


def test_somebody_else_s_letter_is_not_marked_as_sent(world, browser):
    number = things.letter(world)
    browser("maja").post("/breve-til-print", {"brev": [str(number)]})
    assert Letter.objects.get(pk=number).printed_at is None
    assert Event.objects.get(actor="maja", object=f"letter {number}").ground == "not-yours"


def test_headers_that_pretend_open_nothing(world, browser):
    """Who asks as a part of a page, or from another address, is told what everybody is told."""
    chain, client = acts.proposed(world.eva).pk, browser("maja")
    plain = client.get(f"/overdragelser/{chain}").status_code
    for pretended in (
        {"HX-Request": "true", "HX-Boosted": "true", "HX-Current-URL": "/tilsyn"},
        {"X-Forwarded-User": "dorte", "X-Remote-User": "dorte", "X-Original-URL": "/tilsyn"},
        {"X-HTTP-Method-Override": "DELETE", "Referer": "https://helhed.example/tilsyn"},
    ):
        assert client.get(f"/overdragelser/{chain}", headers=pretended).status_code == plain == 404
        assert client.get("/tilsyn/overdragelser", headers=pretended).status_code == 403
        assert Client().get(f"/overdragelser/{chain}", headers=pretended).status_code == 302


def test_a_visit_is_served_once_by_each_side(world, browser):
    house = opened(world)
    number = entrances.arrive(by=user("kim"), attachment=attached(house).pk).pk
    for _each in range(3):
        browser("bente").post(f"/indgang/besoeg/{number}/betjent")
    served = Event.objects.filter(action="entrance-served", person_key=world.gry)
    assert served.count() == 1


@pytest.mark.parametrize("who", ["bente", ""])
def test_what_cannot_be_kept_is_refused_before_it_is_read(world, browser, who):
    """A NUL in a form or an address, by whoever reaches the thing and by a stranger: a designed answer, and nothing is done."""
    chain = acts.proposed(world.eva)
    client, path = browser(who) if who else Client(), f"/overdragelser/{chain.pk}/opgiv"
    answer = client.post(
        path, {"grund": "fejl", "ord": "En fejl\x00 i forslaget."}, headers={"accept-language": "da"}
    )
    assert answer.status_code == 400 and "Det kunne ikke læses" in answer.content.decode()
    assert client.get("/overdragelser", {"soeg": "\x00"}).status_code == 400
    assert Chain.objects.get(pk=chain.pk).state == "proposed"
