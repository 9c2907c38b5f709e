"""Heads outside the database: in a file, with the witness, with a time stamp; and what it means when they are late."""

import subprocess
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest
from django.utils import timezone

from audit.log_world import with_every_right, write, write_and_seal
from audit.test_witness import listening
from helhed.audit import anchoring
from helhed.audit.anchors import files, timestamps, witnesses
from helhed.audit.anchors.receipts import NotTaken
from helhed.audit.heads import NOTHING_BEFORE, SignedHead
from helhed.audit.keys import signing_key
from helhed.audit.models import Anchor
from helhed.audit.questions import health
from helhed.audit.sealing import seal
from helhed.audit.verifying import Held, verify

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def findings(held: list[SignedHead]) -> list[str]:
    portions = verify([Held("outside", head) for head in held], signing_key("log").public_key())
    return [found.kind for portion in portions for found in portion.findings]


def test_nowhere_to_leave_it():
    write_and_seal(2)
    assert anchoring.anchor() == [] and anchoring.state().sharing_paused is False
    assert anchoring.state().last_sealed_at and anchoring.state().last_anchored_at is None


def test_in_a_file(settings, tmp_path):
    settings.ANCHOR_FILE = str(tmp_path / "deep" / "heads.jsonl")
    heads = write_and_seal(3)
    anchoring.anchor()
    heads += write_and_seal(4, 5)
    (row,) = anchoring.anchor()
    assert (row.kind, row.held, row.size) == ("file", True, 12)
    assert anchoring.anchor() == [], "it is there already"
    assert files.read(Path(settings.ANCHOR_FILE)) == [heads[0], heads[2]]
    assert findings(files.read(Path(settings.ANCHOR_FILE))) == []
    assert health().is_anchored and not health().is_alarm


def test_a_file_of_another_log_is_not_continued(owner, settings, tmp_path):
    settings.ANCHOR_FILE = str(tmp_path / "heads.jsonl")
    write_and_seal(3, 4)
    anchoring.anchor()
    kept = Path(settings.ANCHOR_FILE).read_text()
    with_every_right("DELETE FROM audit_event")
    for table in ("leaf", "tile", "head"):
        with_every_right(f"DELETE FROM audit_{table}")
    write_and_seal(2)
    (row,) = anchoring.anchor()
    assert row.refused and "holds a head of 7" in row.words and health().is_alarm
    write_and_seal(9)
    (row,) = anchoring.anchor()
    assert row.refused and "not those" in row.words
    assert Path(settings.ANCHOR_FILE).read_text() == kept


def test_a_file_that_cannot_be_written_is_tried_again(settings, tmp_path):
    (tmp_path / "wall").write_text("")
    settings.ANCHOR_FILE = str(tmp_path / "wall" / "heads.jsonl")
    write_and_seal(1)
    (row,) = anchoring.anchor()
    assert not row.held and "cannot be written" in row.words
    assert anchoring.anchor() == [], "the same no is not written down each minute"
    (tmp_path / "wall").unlink()
    assert anchoring.anchor()[0].held


def test_with_the_witness(settings, tmp_path):
    with listening(tmp_path / "w") as url:
        settings.WITNESS_URL = url
        heads = write_and_seal(3)
        assert anchoring.anchor()[0].held
        heads += write_and_seal(300)
        (row,) = anchoring.anchor()
        assert row.held and b"helhed-witness/1" in bytes(row.answer)
        assert witnesses.heads(url, heads[0].key) == heads
        assert findings(heads) == []
        assert anchoring.state().last_anchored_at is not None


def test_the_witness_finds_a_log_made_anew_with_the_key(owner, settings, tmp_path):
    with listening(tmp_path / "w") as url:
        settings.WITNESS_URL = url
        heads = write_and_seal(3, 5)
        anchoring.anchor()
        with_every_right("UPDATE audit_event SET actor = 'other'")
        for table in ("leaf", "tile", "head", "anchor"):
            with_every_right(f"DELETE FROM audit_{table}")
        seal()
        assert findings([]) == [], "the store itself shows nothing"
        assert findings(heads[1:]) == ["anchor-other"]
        write_and_seal(4)
        (row,) = anchoring.anchor()
        assert row.refused and "does not continue" in row.words
        assert health().refusing and health().is_alarm


def test_a_witness_that_is_away_stops_nothing(settings):
    settings.WITNESS_URL = "http://127.0.0.1:9"
    write_and_seal(2)
    (row,) = anchoring.anchor()
    assert not row.held and not row.refused and "does not answer" in row.words
    assert write_and_seal(2)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "http://[", "vidne", ""])
def test_an_address_that_is_none_is_a_no_like_any_other(settings, url):
    settings.WITNESS_URL, settings.TSA_URL = url, url
    write_and_seal(1)
    assert all(not row.held and row.words for row in anchoring.anchor())


def test_a_store_without_its_own_leaves_and_heads_does_not_end_the_work(owner, settings, tmp_path):
    with listening(tmp_path / "w") as url:
        settings.WITNESS_URL, settings.ANCHOR_FILE = url, str(tmp_path / "heads.jsonl")
        write_and_seal(3, 6)
        anchoring.anchor()
        write_and_seal(4)
        with_every_right("DELETE FROM audit_head WHERE size = 9")
        with_every_right("DELETE FROM audit_leaf WHERE position = 2")
        assert [row.refused and "No proof" in row.words for row in anchoring.anchor()] == [True, True]
        with_every_right("UPDATE audit_anchor SET answer = 'x'")
        with pytest.raises(LookupError, match="7 of 8"):
            write_and_seal(1)
        assert any("cannot be read" in row.words for row in anchoring.anchor())


def test_another_witness_at_the_same_address(settings, tmp_path, monkeypatch):
    with listening(tmp_path / "w") as url:
        settings.WITNESS_URL = url
        write_and_seal(2)
        anchoring.anchor()
    with listening(tmp_path / "another") as other:
        Anchor.objects.create(
            kind="witness", size=2, held=True, place=other, answer=Anchor.objects.get().answer
        )
        settings.WITNESS_URL = other
        write_and_seal(2)
        (row,) = anchoring.anchor()
        assert row.refused and "another key" in row.words


@pytest.mark.parametrize(("hours", "late", "rests"), [(0.5, 0, False), (2, 1, False), (5, 1, True)])
def test_lines_that_wait_for_a_head_outside(owner, settings, tmp_path, hours, late, rests):
    settings.ANCHOR_FILE = str(tmp_path / "heads.jsonl")
    write_and_seal(2)
    anchoring.anchor()
    write(1)
    with_every_right(
        "UPDATE audit_event SET at = now() - %s WHERE id = (SELECT max(id) FROM audit_event)",
        [timedelta(hours=hours)],
    )
    anchoring.forget()
    assert len(health().late_places) == late and anchoring.state().sharing_paused is rests
    seal()
    anchoring.anchor()
    anchoring.forget()
    assert not health().is_alarm and anchoring.state().sharing_paused is False


def test_one_place_that_works_is_enough_to_go_on_sharing_but_not_to_be_quiet(owner, settings, tmp_path):
    settings.ANCHOR_FILE = str(tmp_path / "heads.jsonl")
    settings.WITNESS_URL = "http://127.0.0.1:9"
    write_and_seal(2)
    with_every_right("UPDATE audit_head SET at = at - interval '5 hours'")
    assert anchoring.state().sharing_paused is True
    anchoring.anchor()
    anchoring.forget()
    assert anchoring.state().sharing_paused is False
    assert [place.place.kind for place in health().late_places] == ["witness"]


# ---- time stamps


CONFIGURATION = """
[ req ]
distinguished_name = dn
[ dn ]
[ root ]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[ stamper ]
basicConstraints = CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[ tsa ]
default_tsa = it
[ it ]
serial = serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
"""


def openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def authority(tmp_path_factory) -> Path:
    """A time-stamping authority of our own: a root and a stamper, made with openssl."""
    folder = tmp_path_factory.mktemp("tsa")
    (folder / "c.cnf").write_text(CONFIGURATION)
    (folder / "serial").write_text("01\n")
    key = ("-newkey", "rsa:2048", "-nodes", "-config", "c.cnf")
    openssl(
        folder,
        "req",
        "-x509",
        *key,
        "-keyout",
        "root.key",
        "-out",
        "root.pem",
        "-subj",
        "/CN=Root",
        "-extensions",
        "root",
    )
    openssl(folder, "req", *key, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Stamper")
    openssl(folder, "x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial",
            "-out", "tsa.pem", "-extfile", "c.cnf", "-extensions", "stamper", "-days", "30")  # fmt: skip
    return folder


@pytest.fixture
def stamping(authority):
    """The authority as it answers over HTTP."""

    class Stamp(BaseHTTPRequestHandler):
        def do_POST(self):
            (authority / "query").write_bytes(self.rfile.read(int(self.headers["content-length"])))
            openssl(authority, "ts", "-reply", "-config", "c.cnf", "-section", "it", "-queryfile", "query",
                    "-signer", "tsa.pem", "-inkey", "tsa.key", "-out", "answer")  # fmt: skip
            self.send_response(200)
            self.end_headers()
            self.wfile.write((authority / "answer").read_bytes())

        def log_message(self, *arguments):
            pass

    with HTTPServer(("127.0.0.1", 0), Stamp) as serving:
        Thread(target=serving.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{serving.server_port}"
        serving.shutdown()


def test_with_a_time_stamp(owner, settings, authority, stamping):
    settings.TSA_URL, settings.TSA_ROOT = stamping, str(authority / "root.pem")
    (head,) = write_and_seal(3)
    (row,) = anchoring.anchor()
    assert row.held, row.words
    timestamps.hold(bytes(row.answer), head.body(), authority / "root.pem")
    with pytest.raises(NotTaken, match="does not hold"):
        timestamps.hold(bytes(row.answer), head.body() + b" ", authority / "root.pem")
    assert findings([]) == []
    with_every_right("UPDATE audit_anchor SET answer = 'x'")
    assert findings([]) == ["anchor-bad"]


def test_a_stamp_by_a_stranger_is_not_taken(settings, authority, stamping, tmp_path):
    openssl(
        tmp_path,
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "k",
        "-out",
        "other.pem",
        "-subj",
        "/CN=Other",
    )
    settings.TSA_URL, settings.TSA_ROOT = stamping, str(tmp_path / "other.pem")
    write_and_seal(1)
    (row,) = anchoring.anchor()
    assert not row.held and "does not hold" in row.words


def test_an_authority_that_is_away(settings, tmp_path):
    head = SignedHead(1, b"r" * 32, datetime(2026, 1, 1, tzinfo=UTC), NOTHING_BEFORE, "k" * 43)
    with pytest.raises(NotTaken, match="does not answer"):
        timestamps.leave("http://127.0.0.1:9", head, tmp_path / "none")


def test_a_witness_that_talks_nonsense(settings, monkeypatch):
    write_and_seal(1)
    monkeypatch.setattr(httpx.Client, "get", lambda self, url: httpx.Response(200, text="<html>"))
    settings.WITNESS_URL = "http://127.0.0.1:9"
    (row,) = anchoring.anchor()
    assert "something else" in row.words and row.at <= timezone.now()
