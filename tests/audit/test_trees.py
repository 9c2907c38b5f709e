"""The tree is RFC 6962's, and an outside library takes its proofs; a proof of anything else is refused."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree, verify_consistency, verify_inclusion

from helhed.audit import trees

ENTRIES = [f"line {n}".encode() for n in range(200)]
LEAVES = [trees.leaf_hash(entry) for entry in ENTRIES]


def nodes(level: int, index: int) -> bytes:
    """The hash of a whole subtree, worked out from the leaves."""
    if level == 0:
        return LEAVES[index]
    return trees.node_hash(nodes(level - 1, 2 * index), nodes(level - 1, 2 * index + 1))


def by_the_letter(entries: list[bytes]) -> bytes:
    """RFC 6962 §2.1, word for word."""
    n = len(entries)
    if n == 0:
        return sha256(b"").digest()
    if n == 1:
        return sha256(b"\x00" + entries[0]).digest()
    k = max(2**i for i in range(n.bit_length()) if 2**i < n)
    return sha256(b"\x01" + by_the_letter(entries[:k]) + by_the_letter(entries[k:])).digest()


@pytest.fixture(scope="module")
def outside() -> InmemoryTree:
    tree = InmemoryTree(algorithm="sha256")
    for entry in ENTRIES:
        tree.append_entry(entry)
    return tree


def test_the_tree_is_the_definitions_at_every_size(outside):
    edge = trees.Frontier()
    for size in range(1, 201):
        edge.push(LEAVES[size - 1])
        assert edge.root() == by_the_letter(ENTRIES[:size]) == outside.get_root(size)
        assert trees.tree_hash(0, size, nodes) == edge.root()
        assert trees.frontier(size, nodes).hashes == edge.hashes


def test_a_subtree_is_told_when_it_is_complete():
    edge, told = trees.Frontier(), []
    for leaf in LEAVES[:16]:
        told += edge.push(leaf)
    assert len(told) == 8 + 4 + 2 + 1
    assert all(found == nodes(level, index) for level, index, found in told)


def test_an_outside_library_holds_the_inclusion_proofs(outside):
    for size in range(1, 201):
        position = (size * 7) % size if size % 3 else size - 1
        path = trees.inclusion(position, size, nodes)
        theirs = outside.prove_inclusion(position + 1, size)
        verify_inclusion(LEAVES[position], outside.get_root(size), theirs)
        assert theirs.path[1:] == path, "the same path, after the leaf itself"
        assert trees.includes(LEAVES[position], position, size, path, outside.get_root(size))


def test_an_outside_library_holds_the_consistency_proofs(outside):
    """It splits the newer leaves further than RFC 6962 does; where both split alike, it is handed our hashes."""
    handed = 0
    for second in range(2, 65):
        for first in range(1, second):
            old, new = trees.tree_hash(0, first, nodes), trees.tree_hash(0, second, nodes)
            path = trees.consistency(first, second, nodes)
            assert trees.extends(first, old, second, new, path)
            proof = outside.prove_consistency(first, second)
            ours = {step: step for step in [*path, old]}
            if set(proof.path) <= set(ours):
                proof.path, handed = [ours[step] for step in proof.path], handed + 1
            verify_consistency(old, new, proof)
    assert handed > 500


@given(st.data())
def test_no_other_leaf_place_size_or_path_is_taken(data):
    size = data.draw(st.integers(2, 200))
    position = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size - 1).filter(lambda n: n != position))
    path, root = trees.inclusion(position, size, nodes), trees.tree_hash(0, size, nodes)
    assert trees.includes(LEAVES[position], position, size, path, root)
    assert not trees.includes(LEAVES[other], position, size, path, root)
    assert not trees.includes(LEAVES[position], other, size, path, root)
    assert not trees.includes(LEAVES[position], position, size, path[:-1], root)
    assert not trees.includes(LEAVES[position], position, size, [*path, root], root)


@given(st.data())
def test_no_other_past_is_taken(data):
    second = data.draw(st.integers(2, 200))
    first = data.draw(st.integers(1, second - 1))
    path = trees.consistency(first, second, nodes)
    old, new = trees.tree_hash(0, first, nodes), trees.tree_hash(0, second, nodes)
    assert trees.extends(first, old, second, new, path)
    forged = trees.node_hash(old, old)
    assert not trees.extends(first, forged, second, new, path)
    assert not trees.extends(first, old, second, forged, path)
    assert not trees.extends(second, new, first, old, path)
    assert not trees.extends(first, old, second, new, [*path, old])


def test_a_leaf_that_is_not_there_has_no_proof():
    with pytest.raises(ValueError, match="not among"):
        trees.inclusion(5, 5, nodes)
    with pytest.raises(ValueError, match="does not extend"):
        trees.consistency(6, 5, nodes)
