"""A citizen's proof can be checked by anybody with nothing but the proof and the key; an outside library agrees."""

import json
from hashlib import sha256

import pytest
from pymerkle import InmemoryTree, verify_inclusion

from audit.log_world import ANNA, write, write_and_seal
from helhed.audit import proofs, trees
from helhed.audit.heads import read_head
from helhed.audit.keys import base64url, from_base64url, public_key, public_keys, signing_key
from helhed.audit.models import Event, Leaf
from helhed.audit.verifying import verify

pytestmark = pytest.mark.django_db


def checked(proof: dict) -> bytes:
    """Hold a proof as `how` says, with no code of helhed's but the walk along the path; answers the entry."""
    text = [proof["form"], *(value for _, value in proof["line"])]
    packed = b"".join(len(t.encode()).to_bytes(4, "big") + t.encode() for t in text)
    commitments = [
        bytes.fromhex(each["commitment"])
        if "commitment" in each
        else sha256(bytes.fromhex(each["salt"]) + each["value"].encode()).digest()
        for each in proof["personal"]
    ]
    entry = packed + sha256(b"".join(commitments)).digest()
    leaf = sha256(b"\x00" + entry).digest()
    head = read_head(proof["head"])
    path = [bytes.fromhex(step) for step in proof["path"]]
    assert leaf.hex() == proof["leaf"]
    assert trees.includes(leaf, proof["position"], head.size, path, head.root)
    (key,) = (key for key in public_keys()["keys"] if key["helhed"] == "log")
    assert head.is_signed_by(public_key(key))
    return entry


def test_every_line_can_be_proved():
    write_and_seal(5, 270, 8)
    for event in Event.objects.order_by("id")[::40]:
        checked(json.loads(json.dumps(proofs.of_event(event.pk))))


def test_the_citizen_sees_what_is_theirs_and_not_who_looked():
    write_and_seal(4)
    proof = proofs.of_event(Event.objects.filter(person_key=ANNA, actor="bente").first().pk)
    shown = {each["name"]: each.get("value") for each in proof["personal"]}
    assert shown["person"] == str(ANNA) and shown["unit"] == "bif/jobcenter-koebenhavn"
    assert shown["actor"] is None and shown["object"] is None and "bente" not in json.dumps(proof)
    assert dict(proof["line"])["purpose"] == "sagsbehandling"


def test_a_shown_salt_opens_no_other_value():
    write_and_seal(1)
    proof = proofs.of_event(Event.objects.get().pk)
    salts = [bytes.fromhex(each["salt"]) for each in proof["personal"] if "salt" in each]
    (actor,) = (each["commitment"] for each in proof["personal"] if each["name"] == "actor")
    assert all(sha256(salt + b"bente").hexdigest() != actor for salt in salts)


def test_an_altered_proof_does_not_hold():
    write_and_seal(9)
    proof = proofs.of_event(Event.objects.first().pk)
    proof["line"][3][1] = "leader"
    with pytest.raises(AssertionError):
        checked(proof)


def test_an_outside_library_builds_the_same_tree_from_the_entries():
    head = write_and_seal(20, 16)[-1]
    tree = InmemoryTree(algorithm="sha256")
    for event in Leaf.objects.order_by("position").values_list("event", flat=True):
        tree.append_entry(checked(proofs.of_event(event)))
    assert tree.get_root() == head.root
    proof = proofs.of_event(Leaf.objects.get(position=30).event)
    theirs = tree.prove_inclusion(31)
    verify_inclusion(bytes.fromhex(proof["leaf"]), head.root, theirs)
    assert [step.hex() for step in theirs.path[1:]] == proof["path"]


def test_the_proof_between_heads():
    first, _, last = write_and_seal(260, 41, 20)
    proof = proofs.of_heads(first.size, last.size)
    path = [bytes.fromhex(step) for step in proof["path"]]
    assert trees.extends(first.size, first.root, last.size, last.root, path)
    assert read_head(proof["first"]) == first and read_head(proof["second"]) == last
    for pair in ((first.size, 7), (last.size, first.size)):
        with pytest.raises(LookupError):
            proofs.of_heads(*pair)


def test_a_line_that_is_not_sealed_yet():
    write_and_seal(1)
    write(1)
    with pytest.raises(proofs.NotSealed):
        proofs.of_event(Event.objects.last().pk)
    with pytest.raises(LookupError):
        proofs.of_event(-1)


def test_a_log_of_several_portions_is_verified_whole():
    write_and_seal(90, 300, 45)
    portions = list(verify([], signing_key("log").public_key(), portion=100))
    assert [(p.start, p.end, p.size) for p in portions] == [
        (0, 100, 435),
        (100, 200, 435),
        (200, 300, 435),
        (300, 400, 435),
        (400, 435, 435),
    ]
    assert not any(p.findings for p in portions)


@pytest.mark.parametrize("length", [1, 2, 64])
def test_bytes_are_written_in_one_way_only(length):
    """The last sign of a text has bits to spare: another there would give the same bytes, and a receipt changed unseen."""
    text = base64url(bytes(length))
    assert from_base64url(text) == bytes(length)
    with pytest.raises(ValueError, match="one way"):
        from_base64url(text[:-1] + "B")
