"""The log's health: what the steward reads, and holding it good with a click; what others have seen counts."""

import pytest

from helhed.audit import anchoring
from helhed.audit.actions import SYSTEM, note
from helhed.audit.anchors import files
from helhed.audit.models import Event, Head
from helhed.audit.sealing import seal
from pages.world import World


@pytest.fixture
def anchored(settings, tmp_path):
    settings.ANCHOR_FILE, settings.WITNESS_URL = str(tmp_path / "heads.jsonl"), ""
    anchoring.forget()
    yield settings
    anchoring.forget()


def read(client, path: str = "/log/tilstand") -> str:
    return client.get(path).content.decode()


def test_nothing_is_sealed_yet(pages, anchored):
    assert "Ingen linjer er forseglet endnu" in read(pages("dorte"))


def test_sealed_and_anchored(pages, anchored):
    client = pages("dorte")
    seal()
    anchoring.anchor()
    page = read(client)
    assert "linjer er forseglet og forankret, senest kl." in page and "ny venter" not in page
    assert "I orden" in page and "Alle " in page
    note(by=SYSTEM, action="count")
    assert "1 ny venter på næste minut" in read(client, "/log")
    assert "er forseglet og forankret" in read(client, "/tilsyn")


def test_sealed_but_nowhere_outside(pages, anchored):
    anchored.ANCHOR_FILE = ""
    seal()
    page = read(pages("dorte"))
    assert "ikke forankret uden for databasen" in page and "HELHED_WITNESS_URL" in page


def test_a_place_that_does_not_answer_and_one_that_contradicts(pages, anchored, tmp_path):
    anchored.WITNESS_URL = "http://127.0.0.1:9"
    client = pages("dorte")
    seal()
    anchoring.anchor()
    page = read(client)
    assert "Prøver igen" in page and "does not answer" in page
    (tmp_path / "heads.jsonl").write_text('{"head": 3}\n')
    note(by=SYSTEM, action="count")
    seal()
    anchoring.anchor()
    assert "stemmer ikke med det, der er set udefra: Fil uden for databasen" in read(client)


def test_verified_with_a_click(pages, anchored):
    client = pages("dorte")
    seal()
    anchoring.anchor()
    page = client.post("/log/tilstand/efterproev", {"fra": "0"}).content.decode()
    assert "forseglede linjer er hele" in page and "1 hoved, der ligger uden for databasen" in page
    line = Event.objects.get(action="verify-log")
    assert line.actor == "dorte" and line.object.endswith("0 findings")
    part = client.post(
        "/log/tilstand/efterproev", {"fra": "x"}, headers={"hx-request": "true"}
    ).content.decode()
    assert "forseglede linjer er hele" in part and "<html" not in part


def test_a_long_log_is_verified_in_portions(pages, anchored, monkeypatch):
    monkeypatch.setattr("helhed.pages.steward.health.PORTION", 5)
    client = pages("dorte")
    seal()
    part = client.post("/log/tilstand/efterproev", headers={"hx-request": "true"}).content.decode()
    assert "5 af" in part and 'name="fra" value="5"' in part and "load" in part
    assert not Event.objects.filter(action="verify-log").exists()


def test_what_was_seen_outside_is_held_against_it(pages, anchored, tmp_path):
    seal()
    anchoring.anchor()
    file = tmp_path / "heads.jsonl"
    root = Head.objects.get().root.hex()
    file.write_text(file.read_text().replace(root, "00" * 32))
    page = pages("dorte").post("/log/tilstand/efterproev").content.decode()
    assert (
        "Loggen er ikke hel: 1 fund" in page and "nogle andre end dem, Fil uden for databasen har set" in page
    )


def test_heads_and_proofs_are_fetched(pages, anchored, tmp_path):
    seal()
    note(by=SYSTEM, action="count")
    seal()
    client = pages("dorte")
    (tmp_path / "fetched.jsonl").write_bytes(client.get("/log/tilstand/hoveder.jsonl").content)
    first, second = files.read(tmp_path / "fetched.jsonl")
    proof = client.get(f"/log/tilstand/{first.size}-{second.size}.json").json()
    assert proof["second"]["root"] == second.root.hex() and proof["path"]
    assert client.get("/log/tilstand/3-4.json").status_code == 404


def test_the_keys_are_public(pages):
    keys = pages().get("/.well-known/helhed-keys.json").json()["keys"]
    assert {key["helhed"] for key in keys} == {"log", "receipts"} and not any("d" in key for key in keys)


def test_the_citizen_fetches_the_proof_of_an_own_line(pages, anchored, world: World):
    line = note(by=SYSTEM, action="list", person_key=world.anna)
    other = note(by=SYSTEM, action="list", person_key=world.bo)
    client = pages("anna")
    assert client.get(f"/mig/opslag/{line.pk}/bevis.json").status_code != 200, "not sealed yet"
    seal()
    proof = client.get(f"/mig/opslag/{line.pk}/bevis.json").json()
    assert dict(proof["line"])["id"] == str(line.pk) and proof["head"]["signature"]
    assert client.get(f"/mig/opslag/{other.pk}/bevis.json").status_code == 404
