"""`helhed audit` from the shell: how the log stands, whether it is whole, and the end of retention; the sealer beside the worker."""

import json
from pathlib import Path

import pytest
from django.db import OperationalError

from helhed.audit import anchoring
from helhed.audit.actions import SYSTEM, note
from helhed.audit.models import Anchor, Head
from helhed.commands import audit, sealer
from helhed.commands.main import Need, parse
from helhed.commands.refusal import RefusalError

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places(settings, tmp_path):
    settings.ANCHOR_FILE, settings.WITNESS_URL, settings.TSA_URL = str(tmp_path / "heads.jsonl"), "", ""
    anchoring.forget()
    yield settings
    anchoring.forget()


def sealed(lines: int) -> None:
    for _ in range(lines):
        note(by=SYSTEM, action="count")
    sealer.keep_log()


def test_each_act_is_known_and_says_what_it_needs():
    assert parse(["audit", "verify"]).needs is Need.PROGRAM
    assert parse(["audit", "retain"]).needs is Need.STORE
    assert parse(["audit", "witness", "--folder", "x", "--port", "8700"]).needs is Need.NOTHING
    with pytest.raises(RefusalError):
        parse(["audit"])


def test_status(capsys, places):
    sealed(3)
    note(by=SYSTEM, action="count")
    assert audit.status(parse(["audit", "status"])) == 0
    said = capsys.readouterr().out
    assert "4 lines, 3 sealed, 1 wait." in said and "file" in said and "holds 3 lines" in said
    Path(places.ANCHOR_FILE).write_text("nonsense\n")
    sealed(1)
    assert audit.status(parse(["audit", "status"])) == 1
    assert "file refuses the newest head" in capsys.readouterr().out


def test_a_whole_log(capsys):
    sealed(3)
    sealed(2)
    assert audit.prove(parse(["audit", "verify"])) == 0
    assert (
        "All 5 sealed lines are whole; 5 of them as others have seen them (2 heads)."
        in capsys.readouterr().out
    )


def test_a_log_that_others_saw_longer(capsys, tmp_path, places):
    sealed(3)
    words = json.loads(Path(places.ANCHOR_FILE).read_text())
    words["head"]["size"] = 8
    (tmp_path / "seen.jsonl").write_text(json.dumps(words) + "\n")
    assert audit.prove(parse(["audit", "verify", "--witness", str(tmp_path / "seen.jsonl")])) == 1
    said = capsys.readouterr().out
    assert "the witness saw 8 lines, but the log has only 3" in said and "not whole: 1 findings" in said


def test_nothing_from_outside_is_said(capsys, places):
    places.ANCHOR_FILE = ""
    sealed(1)
    assert audit.prove(parse(["audit", "verify"])) == 0
    assert "Two kinds of tampering leave no trace" in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize(
    "arguments", [["--witness", "http://127.0.0.1:9"], ["--anchor", "{folder}/bad.jsonl"]]
)
def test_heads_that_cannot_be_had_are_one_sentence(arguments, tmp_path):
    (tmp_path / "bad.jsonl").write_text("{}\n")
    with pytest.raises(RefusalError, match="does not answer|line 1 of bad.jsonl is no head"):
        audit.prove(parse(["audit", "verify", *(each.format(folder=tmp_path) for each in arguments)]))


def test_times_of_retention_that_cannot_be(capsys):
    with pytest.raises(RefusalError, match="six months"):
        audit.erase(parse(["audit", "retain", "--keep", "P1M"]))


def test_the_sealer_goes_on_whatever_goes_wrong(monkeypatch, caplog, places):
    place = Path(places.ANCHOR_FILE).parent / "wall"
    place.write_text("")
    places.ANCHOR_FILE = str(place / "heads.jsonl")
    note(by=SYSTEM, action="count")
    sealer.Sealer().round()
    assert Head.objects.count() == 1 and not Anchor.objects.get().held
    monkeypatch.setattr(sealer, "seal", lambda: (_ for _ in ()).throw(OperationalError("gone")))
    monkeypatch.setattr(sealer.connection, "close", lambda: None)
    sealer.Sealer().round()
    assert "could not be sealed" in caplog.text
