"""The other administration's witness: takes what continues, refuses forks, shrinking and strangers, forgets nothing."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from helhed.audit import trees
from helhed.audit.heads import NOTHING_BEFORE, SignedHead
from helhed.audit.keys import jwk, thumbprint
from helhed.audit.witness import Refuses, Witness, read_statement
from helhed.commands.witness import server

KEY = Ed25519PrivateKey.generate()
LOG = thumbprint(KEY.public_key())
AT = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
LEAVES = [trees.leaf_hash(f"line {n}".encode()) for n in range(40)]


def nodes(level: int, index: int, leaves: list[bytes] = LEAVES) -> bytes:
    if level == 0:
        return leaves[index]
    return trees.node_hash(nodes(level - 1, 2 * index, leaves), nodes(level - 1, 2 * index + 1, leaves))


def head(
    size: int, *, key: Ed25519PrivateKey = KEY, minutes: int | None = None, leaves: list[bytes] = LEAVES
) -> SignedHead:
    root = trees.tree_hash(0, size, lambda level, index: nodes(level, index, leaves))
    at = AT + timedelta(minutes=size if minutes is None else minutes)
    return SignedHead(size, root, at, NOTHING_BEFORE, thumbprint(key.public_key())).signed(key)


def words(new: SignedHead, since: int = 0, leaves: list[bytes] = LEAVES) -> dict:
    path = (
        trees.consistency(since, new.size, lambda level, index: nodes(level, index, leaves)) if since else []
    )
    return {"head": new.to_json(), "key": jwk(KEY.public_key()), "consistency": [step.hex() for step in path]}


@pytest.fixture
def witness(tmp_path) -> Witness:
    return Witness(tmp_path / "witness")


def test_it_countersigns_what_continues(witness):
    for size, since in ((3, 0), (17, 3), (40, 17)):
        statement = witness.take(LOG, words(head(size), since))
        assert read_statement(statement, head(size)) == thumbprint(witness.key.public_key())
    assert witness.last(LOG).head == head(40) and len(witness.everything(LOG)) == 3


def test_the_same_head_twice_gets_the_same_word(witness):
    assert witness.take(LOG, words(head(3))) == witness.take(LOG, words(head(3)))
    assert len(witness.everything(LOG)) == 1


def test_it_remembers_after_a_restart(witness):
    witness.take(LOG, words(head(9)))
    again = Witness(witness.folder)
    with pytest.raises(Refuses, match="shrunk"):
        again.take(LOG, words(head(3, minutes=60)))
    again.take(LOG, words(head(12), 9))


FORK = [LEAVES[0], *reversed(LEAVES[1:])]


@pytest.mark.parametrize(
    ("attack", "reason"),
    [
        (words(head(8, minutes=99)), "shrunk"),
        (words(head(20, leaves=FORK), 12, FORK), "does not continue"),
        (words(head(12, leaves=FORK), 12, FORK), "does not continue"),
        (words(head(20)), "does not continue"),
        (words(head(20, minutes=1), 12), "older"),
        (words(head(20, key=Ed25519PrivateKey.generate()), 12), "not signed"),
        ({**words(head(20), 12), "head": {**head(20).to_json(), "size": 21}}, "not signed"),
    ],
)
def test_it_refuses(witness, attack, reason):
    witness.take(LOG, words(head(12)))
    with pytest.raises(Refuses, match=reason):
        witness.take(LOG, attack)
    assert witness.last(LOG).head == head(12)


@pytest.mark.parametrize(
    "nonsense",
    [{}, {"head": 3}, {"head": head(3).to_json(), "consistency": "x"}, {"head": head(3).to_json(), "consistency": [3]},
     {"head": {**head(3).to_json(), "root": "00"}}, {"head": {**head(3).to_json(), "form": "another"}}],
)  # fmt: skip
def test_what_cannot_be_read_is_said_to_be_so(witness, nonsense):
    with pytest.raises(ValueError):
        witness.take(LOG, nonsense)
    with pytest.raises(ValueError):
        witness.take("../../etc/passwd", words(head(3)))


def test_a_stranger_cannot_open_a_log_in_anothers_name(witness):
    stranger = Ed25519PrivateKey.generate()
    with pytest.raises(Refuses, match="not signed"):
        witness.take(LOG, {**words(head(3, key=stranger)), "key": jwk(stranger.public_key())})


def test_half_a_line_left_by_a_crash_never_counted(witness):
    witness.take(LOG, words(head(3)))
    file = witness.folder / f"{LOG}.jsonl"
    with file.open("a") as opened:
        opened.write('{"head": {"si')
    assert witness.last(LOG).head == head(3)
    witness.take(LOG, words(head(7), 3))
    assert [each["head"]["size"] for each in witness.everything(LOG)] == [3, 7]


@pytest.mark.parametrize("name", ["size", "root", "at", "head"])
def test_a_statement_that_was_altered_does_not_hold(witness, name):
    statement = witness.take(LOG, words(head(3)))
    other = 4 if name == "size" else "00" * 32
    with pytest.raises(ValueError, match="does not hold|another head"):
        read_statement({**statement, name: other}, head(3))
    with pytest.raises(ValueError, match="another head"):
        read_statement(statement, head(4))


@contextmanager
def listening(folder: Path) -> Iterator[str]:
    """The witness as a program answers."""
    with server(folder, "127.0.0.1", 0) as serving:
        thread = Thread(target=serving.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{serving.server_port}"
        serving.shutdown()
        thread.join()


def test_over_http(tmp_path):
    with listening(tmp_path) as url:
        assert httpx.get(url).json()["key"]["kty"] == "OKP"
        assert httpx.get(f"{url}/log/{LOG}").status_code == 404
        assert httpx.get(f"{url}/log/{LOG}/heads").status_code == 404
        assert httpx.post(f"{url}/log/{LOG}", json=words(head(3))).json()["size"] == 3
        assert httpx.get(f"{url}/log/{LOG}").json()["head"] == head(3).to_json()
        assert len(httpx.get(f"{url}/log/{LOG}/heads").json()["heads"]) == 1
        refused = httpx.post(f"{url}/log/{LOG}", json=words(head(2, minutes=9)))
        assert refused.status_code == 409 and "shrunk" in refused.json()["error"]
        for body in (b"not json", b"[]", b"", json.dumps({"head": "x" * 70_000}).encode()):
            assert httpx.post(f"{url}/log/{LOG}", content=body).status_code == 400
        assert httpx.get(f"{url}/log/..%2f..%2fetc").status_code == 400
        for path in ("/nothing", f"/log/{LOG}/other/x"):
            assert httpx.get(url + path).status_code == 404
        assert httpx.post(f"{url}/elsewhere", json={}).status_code == 404
