"""The steward's log: whole lines in words, narrowed in the address, page by page; refused tries are in it."""

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
    assert "no. 59" in client.get("/log?handling=count").content.decode()
    second = client.get("/log?handling=count&side=2").content.decode()
    assert "no. 0" in second and "no. 59" not in second
    assert client.get("/log?handling=count&side=999").status_code == 200


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
