"""The steward's log: whole lines in words, narrowed in the address, page by page; refused tries are in it."""

import re
from uuid import uuid4

from helhed.audit.actions import SYSTEM, note
from helhed.audit.models import Event
from pages.world import World, user


def test_a_refused_try_is_in_the_log_and_on_the_front_page(pages):
    pages("anders").get("/borgere")
    page = pages("dorte").get("/log?udfald=denied").content.decode()
    assert "anders" in page and "blev afvist på en side" in page and "/borgere" in page
    assert "anders" in pages("dorte").get("/tilsyn").content.decode()


def test_filters(pages, world: World):
    note(
        by=user("bente"),
        action="look",
        person_key=world.anna,
        purpose="sagsbehandling",
        ground="egen-sag",
        fields=["benefit"],
    )
    client = pages("dorte")
    for query in ("handling=look", "hvem=bente", f"borger={world.anna}&handling=look"):
        page = client.get(f"/log?{query}").content.decode()
        assert "så en borgers side" in page and "sag i egen forvaltning" in page
    assert "Ingen linjer passer" in client.get("/log?hvem=ingen").content.decode()


def test_filters_that_cannot_be_read_are_left_out(pages):
    assert pages("dorte").get("/log?dag=i-gaar&borger=anna&udfald=maaske").status_code == 200


def test_pages_of_fifty(pages):
    for number in range(60):
        note(by=SYSTEM, action="count", object=f"no. {number}")
    client = pages("dorte")
    first = client.get("/log?handling=count").content.decode()
    assert "no. 59" in first and "no. 5<" not in first and "Nyere" not in first
    second = client.get(f"/log?{turn(first, 'foer')}").content.decode()
    assert "no. 0" in second and "no. 59" not in second
    assert "no. 59" in client.get(f"/log?{turn(second, 'efter')}").content.decode()
    newest = Event.objects.latest("pk").pk
    assert "no. 59" in client.get(f"/log?handling=count&efter={newest}").content.decode(), (
        "nothing newer: the newest"
    )


def turn(page: str, way: str) -> str:
    """The query of the way to the page beside."""
    return re.search(rf'href="\?([^"]*{way}=\d+)"', page)[1].replace("&amp;", "&")


def test_a_decision_a_mandate_a_purpose_and_a_unit_narrow_it(pages, world: World):
    decision, mandate = uuid4(), uuid4()
    note(
        by=user("bente"),
        action="look",
        person_key=world.anna,
        purpose="noedadgang",
        decision=decision,
        mandate=mandate,
    )
    client = pages("dorte")
    for query in (
        f"afgoerelse={decision}",
        f"fuldmagt={mandate}",
        "formaal=noedadgang",
        "enhed=bif&handling=look",
    ):
        page = client.get(f"/log?{query}").content.decode()
        assert str(decision)[:8] in page and "Efter fuldmagt" in page, query
    assert "Ingen linjer passer" in client.get(f"/log?afgoerelse={mandate}").content.decode()
    assert "Ingen linjer passer" in client.get("/log?enhed=sof&handling=look&hvem=bente").content.decode()


def test_the_log_names_no_citizen(pages, world: World):
    pages("anders").get(f"/borger/{world.anna}")
    page = pages("dorte").get("/log").content.decode()
    assert "Åkær" not in page and str(world.anna) not in page and "/borger/&lt;uuid:person&gt;" in page


def test_to_read_the_log_of_one_citizen_is_a_line_in_it(pages, world: World):
    line = note(by=user("bente"), action="look", person_key=world.anna)
    client = pages("dorte")
    assert f"/log?linje={line.pk}" in client.get("/log").content.decode()
    assert not Event.objects.filter(action="see-log").exists()
    page = client.get(f"/log?linje={line.pk}&handling=look").content.decode()
    assert "så en borgers side" in page and "bente" in page
    assert Event.objects.get(action="see-log").person_key == world.anna


def test_every_line_of_a_request_carries_its_name(pages):
    answer = pages("anders").get("/borgere", headers={"x-request-id": "mine"})
    line = Event.objects.get(actor="anders", action="refused")
    assert line.request_id == answer.headers["X-Request-ID"] and len(line.request_id) == 36
    other = pages("anders").get("/borgere")
    assert other.headers["X-Request-ID"] not in {line.request_id, "mine"}
    assert note(by=SYSTEM, action="count").request_id == ""
