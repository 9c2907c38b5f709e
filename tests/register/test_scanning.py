"""Files handed in go past the virus scanner, and stay outside when it finds something or is not there."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.exceptions import ImproperlyConfigured

from helhed.audit.models import Event
from helhed.project.entrances import scanner
from helhed.register import scanning
from helhed.register.models import Fact
from helhed.register.scanning import Verdict, scan
from helhed.sharing import scans
from helhed.sharing.refusal import Refused
from register.clamd import FIND, clamd
from register.sent import BENEFITS, BIF, PEOPLE

PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def listening(settings):
    with clamd() as server:
        settings.CLAMD = server.server_address
        yield server


def test_what_is_clean_and_what_is_found(listening):
    file = BytesIO(b"a" * 200_000)
    file.seek(7)
    assert scan(file) is Verdict.CLEAN and file.tell() == 0
    assert listening.seen == [b"a" * 200_000]
    assert scan(BytesIO(b"before " + FIND + b" after")) is Verdict.FOUND
    assert scan(BytesIO()) is Verdict.CLEAN


def test_over_a_socket_of_the_machine(settings):
    with TemporaryDirectory() as folder, clamd(Path(folder) / "clamd.ctl"):
        settings.CLAMD = f"{folder}/clamd.ctl"
        assert scan(BytesIO(FIND)) is Verdict.FOUND and scan(BytesIO(PDF)) is Verdict.CLEAN


@pytest.mark.parametrize(
    "says",
    [b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK but not quite\0", b"OK\0", b"\0", b"x" * 9000],
)
def test_an_answer_that_is_none_lets_nothing_in(settings, says):
    with clamd(says=says) as server:
        settings.CLAMD = server.server_address
        assert scan(BytesIO(PDF)) is Verdict.UNKNOWN


@pytest.mark.parametrize("away", [("127.0.0.1", 1), "/nowhere/clamd.ctl"])
def test_a_scanner_that_is_away_lets_nothing_in(settings, away):
    settings.CLAMD = away
    assert scan(BytesIO(PDF)) is Verdict.UNKNOWN


def test_a_scanner_that_never_answers_is_not_waited_for(settings, monkeypatch, listening):
    monkeypatch.setattr(scanning, "ANSWER", 0.2)
    monkeypatch.setattr("register.clamd.Scanner.handle", lambda self: self.rfile.read())
    assert scan(BytesIO(PDF)) is Verdict.UNKNOWN


def test_without_a_scanner_files_go_in(settings):
    settings.CLAMD = None
    assert scan(BytesIO(FIND)) is Verdict.CLEAN


@pytest.mark.django_db
def test_a_delivery_goes_past_it(listening, deliver, delivery_folder):
    delivery = deliver(BIF, {"BIF_PERSONER": PEOPLE, "BIF_YDELSER": BENEFITS})
    assert delivery.status == "received" and len(listening.seen) == 2
    facts = Fact.objects.count()
    infected = [*BENEFITS, FIND.decode()]
    delivery = deliver(BIF, {"BIF_PERSONER": PEOPLE, "BIF_YDELSER": infected})
    assert delivery.status == "refused" and "virusscanneren" in delivery.message_da
    assert "BIF_YDELSER" in delivery.message_en and "virus scanner" in delivery.message_en
    assert Fact.objects.count() == facts and len(list(delivery_folder.iterdir())) == 1
    assert Event.objects.filter(action="deliver", object__endswith="refused").count() == 1


@pytest.mark.django_db
def test_a_delivery_waits_outside_while_it_is_away(settings, deliver, delivery_folder):
    settings.CLAMD = ("127.0.0.1", 1)
    delivery = deliver(BIF, {"BIF_PERSONER": PEOPLE})
    assert delivery.status == "refused" and "svarer ikke" in delivery.message_da
    assert not delivery_folder.exists()


def test_a_signed_paper_goes_past_it(listening, settings, tmp_path):
    settings.DATA_FOLDER = tmp_path
    kept = scans.keep(PDF)
    assert scans.kept(kept.file, kept.hash) == PDF and listening.seen == [PDF]
    with pytest.raises(Refused, match="irus"):
        scans.keep(PDF + FIND)
    settings.CLAMD = ("127.0.0.1", 1)
    with pytest.raises(Refused, match="svarer ikke"):
        scans.keep(PDF)
    assert len(list((tmp_path / "scans").iterdir())) == 1


def test_where_the_scanner_is():
    assert scanner({}) is None and scanner({"HELHED_CLAMD": ""}) is None
    assert scanner({"HELHED_CLAMD": "scanner.example.dk:3310"}) == ("scanner.example.dk", 3310)
    assert scanner({"HELHED_CLAMD": "[::1]:3310"}) == ("::1", 3310)
    assert scanner({"HELHED_CLAMD": "/run/clamav/clamd.ctl"}) == "/run/clamav/clamd.ctl"


@pytest.mark.parametrize("said", ["scanner", "scanner:", "scanner:x", ":3310", "scanner:70000"])
def test_an_address_that_is_none_is_refused_at_the_start(said):
    with pytest.raises(ImproperlyConfigured, match="HELHED_CLAMD"):
        scanner({"HELHED_CLAMD": said})
