"""Receipts: every field the standard asks for, genuine as they are, and not with one byte changed. An outside library agrees.

The fields: ts27560.csv, after ISO/IEC TS 27560:2023 and GDPR as mapped by the guide of the DPV community group.
"""

import csv
import json
from pathlib import Path
from random import Random

import pytest
from joserfc import jws
from joserfc.jwk import KeySet

from consent.conftest import asked, citizen
from helhed.audit.canonical import canonical
from helhed.audit.keys import from_base64url, public_keys
from helhed.commands.main import parse
from helhed.project.entry import main
from helhed.sharing.consent import actions
from helhed.sharing.consent.models import EVENTS, Receipt, Record
from helhed.sharing.consent.receipts import as_file
from helhed.sharing.consent.verifying import NotGenuine, verify

TABLE = Path(__file__).with_name("ts27560.csv")
FIELDS = [
    row for row in csv.DictReader(TABLE.open(), delimiter=";") if "mandatory" in (row["iso"], row["gdpr"])
]


@pytest.fixture
def receipts(db) -> dict[str, Receipt]:
    """One of each event, in both languages."""
    who = citizen()
    first, second = asked(who), asked(who, "helhedsorienteret-plan")
    return {
        "given": actions.give(by=who, consent=first, language="da"),
        "refused": actions.refuse(by=who, consent=second, language="en"),
        "withdrawn": actions.withdraw(by=who, consent=first),
    }


@pytest.mark.parametrize("event", EVENTS)
def test_every_mandatory_field_is_there(receipts, event):
    receipt = json.loads(receipts[event].content)
    record = receipt["dpv:hasRecordOfActivity"]
    places = {
        "header": [receipt | record],
        "processing": [record["processing"]],
        "data": record["processing"]["dpv:hasPersonalData"],
        "party": record["parties"],
        "event": record["events"][-1:],
    }
    missing = [
        (row["section"], row["field"])
        for row in FIELDS
        for place in places[row["section"]]
        if not place.get(row["relation"])
    ]
    assert FIELDS and not missing
    assert receipt["dct:identifier"] != record["dct:identifier"]
    assert {"dpv:hasLocation", "dpv:hasDuration"} <= record["processing"]["dpv:hasStorageCondition"].keys()
    assert record["events"][-1]["dpv:hasConsentStatus"] == f"dpv:Consent{event.title()}"


def test_it_tells_the_version_of_the_record(receipts):
    said = json.loads(receipts["withdrawn"].content)
    record = Record.objects.get(consent=receipts["withdrawn"].consent, version=said["helhed:record_version"])
    assert record.hash == said["helhed:record_hash"]
    assert json.loads(record.content)["state"] == "withdrawn"


@pytest.mark.parametrize("event", EVENTS)
def test_it_is_genuine(receipts, event):
    receipt = receipts[event]
    found = verify(as_file(receipt), public_keys())
    assert (found.receipt, found.consent, found.event) == (str(receipt.pk), str(receipt.consent_id), event)


@pytest.mark.parametrize("event", EVENTS)
def test_an_outside_library_agrees(receipts, event):
    receipt = receipts[event]
    keys = KeySet.import_key_set(public_keys())
    read = jws.deserialize_compact(
        receipt.signature, keys, algorithms=["EdDSA"], payload=receipt.content.encode()
    )
    assert read.payload == receipt.content.encode()


def test_one_byte_changed_is_found(receipts):
    """Every byte, each to another; a byte that makes no text is no receipt either."""
    whole, keys, random = as_file(receipts["given"]), public_keys(), Random(1)
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] = (changed[place] + random.randrange(1, 256)) % 256
        with pytest.raises(NotGenuine):
            verify(bytes(changed), keys)


@pytest.mark.parametrize("change", ["cut", "longer", "spaced", "swapped", "unsigned", "none", "another"])
def test_other_changes_are_found(receipts, change, settings, tmp_path):
    whole, keys = as_file(receipts["given"]), public_keys()
    said = json.loads(whole)
    if change == "another":
        settings.KEY_FOLDER = tmp_path
        keys = public_keys()
    changed = {
        "cut": whole[:-1],
        "longer": whole + b"\n",
        "spaced": json.dumps(said, ensure_ascii=False, sort_keys=True).encode(),
        "swapped": canonical(said | {"signature": receipts["withdrawn"].signature}).encode(),
        "unsigned": canonical(said | {"signature": ""}).encode(),
        "none": canonical(said | {"signature": "eyJhbGciOiJub25lIn0.."}).encode(),
        "another": whole,
    }[change]
    with pytest.raises(NotGenuine) as refusal:
        verify(changed, keys)
    assert str(refusal.value).endswith(".") and "Traceback" not in str(refusal.value)


def test_the_command_verifies_without_a_store(receipts, tmp_path, capsys):
    file, keys = tmp_path / "kvittering.json", tmp_path / "keys.json"
    file.write_bytes(as_file(receipts["given"]))
    keys.write_text(json.dumps(public_keys()))
    command = ["consent", "verify", str(file), "--keys", str(keys)]
    assert parse(command).needs.name == "NOTHING"
    assert main(command) == 0
    assert "Genuine" in capsys.readouterr().out
    file.write_bytes(file.read_bytes().replace(b"S-17", b"S-18"))
    assert main(command) == 1
    assert "has been changed" in capsys.readouterr().err


@pytest.mark.parametrize("keys", ["[]", "x", '{"keys": 1}'])
def test_keys_that_are_none_are_refused(receipts, tmp_path, keys, capsys):
    file, held = tmp_path / "kvittering.json", tmp_path / "keys.json"
    file.write_bytes(as_file(receipts["given"]))
    held.write_text(keys)
    assert main(["consent", "verify", str(file), "--keys", str(held)]) == 1
    assert "no set of keys" in capsys.readouterr().err


def test_the_signature_names_no_key_of_its_own(receipts):
    """Only algorithm and name of the key: a forger cannot bring a key along."""
    header = json.loads(from_base64url(receipts["given"].signature.split("..")[0]))
    assert header.keys() == {"alg", "kid"}
