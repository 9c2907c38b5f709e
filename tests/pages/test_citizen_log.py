"""Hvem har set mine oplysninger: whose line, on whose behalf, why in an emergency; periods, pages, names by rule, the proof."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from helhed.audit import proofs
from helhed.audit.actions import SYSTEM, note
from helhed.audit.models import Event
from helhed.sharing import log
from helhed.sharing.log import MOST
from helhed.sharing.safeguards.actions import judge_emergency, open_emergency
from pages.world import World, mandate_to, user


def text_of(response) -> str:
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def looked(person: UUID, by: str = "bente", **more) -> Event:
    return note(
        by=user(by), action="look", person_key=person, purpose="sagsbehandling", fields={"benefit"}, **more
    )


def test_the_employee_has_no_name_unless_the_municipality_says_so(pages, world: World, settings):
    looked(world.anna)
    page = text_of(pages("anna").get("/mig/opslag"))
    assert "En sagsbehandler" in page and "Bente Holm" not in page and "Derfor står der ikke navne" in page
    settings.SHOW_EMPLOYEE_NAMES = True
    page = text_of(pages("anna").get("/mig/opslag"))
    assert "<strong>Bente Holm</strong>" in page and "Derfor kan du se navne" in page


def test_who_acted_under_a_mandate_is_named_and_for_whom(pages, world: World):
    mandate = mandate_to("karin", world.anna)
    looked(world.anna, "karin", mandate=mandate)
    assert "<strong>Karin Madsen</strong> på dine vegne" in text_of(pages("anna").get("/mig/opslag"))
    theirs = text_of(pages("karin").get(f"/for/{mandate}/opslag"))
    assert "<strong>Dig selv</strong> på borgerens vegne" in theirs and "Du handler for Anna Åkær" in theirs


def test_reading_the_log_for_somebody_is_a_line_of_it(pages, world: World):
    mandate = mandate_to("karin", world.anna)
    pages("karin").get(f"/for/{mandate}/opslag")
    line = Event.objects.get(action="log-read", person_key=world.anna)
    assert line.mandate == mandate and line.actor == "karin"


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("", "Lederen har endnu ikke set på den."),
        ("justified", "fundet, at den var nødvendig"),
        ("not-justified", "fundet, at den ikke var nødvendig"),
    ],
)
def test_an_emergency_says_when_and_whether_the_leader_has_looked(pages, world: World, verdict, said):
    kim, reason = user("kim"), "Borgeren var bevidstløs, da vi kom."
    opened = open_emergency(by=kim, person=world.anna, reason=reason)
    if verdict:
        judge_emergency(by=user("lene"), emergency=opened.pk, verdict=verdict, words="Set på den.")
    Event.objects.create(
        at=timezone.now(),
        actor="kim",
        actor_role="caseworker",
        action="look",
        person_key=world.anna,
        purpose="noedadgang",
        outcome="allowed",
    )
    page = text_of(pages("anna").get("/mig/opslag"))
    assert "Nødadgang" in page and said in page
    assert reason not in page


def test_a_period_and_what_is_no_day(pages, world: World):
    looked(world.anna)
    client = pages("anna")
    tomorrow = timezone.localdate() + timedelta(days=1)
    today = f"/mig/opslag?fra={timezone.localdate():%Y-%m-%d}&til={timezone.localdate():%d-%m-%Y}"
    assert "En sagsbehandler" in text_of(client.get(today))
    assert "Ingen andre har set oplysningerne i den periode." in text_of(
        client.get(f"/mig/opslag?fra={tomorrow}")
    )
    assert "er ikke en dato" in text_of(client.get("/mig/opslag?fra=i-går"))


def test_more_lines_than_a_page_holds(pages, world: World):
    Event.objects.bulk_create(
        Event(actor="bente", actor_role="caseworker", action="list", person_key=world.anna, outcome="allowed")
        for _one in range(MOST + 5)
    )
    client = pages("anna")
    first, second = text_of(client.get("/mig/opslag")), text_of(client.get("/mig/opslag?side=2"))
    assert "Side 1 af 2" in first and "side=2" in first and "Side 2 af 2" in second
    assert len(log.who_looked(by=user("anna"), language="da").lines) == MOST


def test_the_proof_of_an_own_line_and_of_nobody_elses(pages, world: World, monkeypatch):
    own, other = looked(world.anna), looked(world.bo)
    client = pages("anna")
    monkeypatch.setattr(log, "of_event", lambda event: {"line": event})
    answer = client.get(f"/mig/opslag/{own.pk}/bevis.json")
    assert answer.json() == {"line": own.pk} and "attachment" in answer["Content-Disposition"]
    assert client.get(f"/mig/opslag/{other.pk}/bevis.json").status_code == 404


def test_a_line_too_new_to_be_sealed_says_so(pages, world: World, monkeypatch):
    own = looked(world.anna)

    def too_new(event):
        raise proofs.NotSealed

    monkeypatch.setattr(log, "of_event", too_new)
    answer = pages("anna").get(f"/mig/opslag/{own.pk}/bevis.json")
    assert answer.status_code == 409 and "ikke forseglet endnu" in text_of(answer)


def test_the_program_itself_is_told_as_such(pages, world: World):
    note(by=SYSTEM, action="look", person_key=world.anna)
    assert "Systemet selv" in text_of(pages("anna").get("/mig/opslag"))


def test_what_one_did_oneself_is_shown_when_asked_for(pages, world: World):
    client = pages("anna")
    client.get("/mig")
    assert "Dig selv" not in text_of(client.get("/mig/opslag"))
    assert "<strong>Dig selv</strong>" in text_of(client.get("/mig/opslag?egne=ja"))
