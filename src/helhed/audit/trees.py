"""Merkle trees as RFC 6962 defines them: the tree hash, the two proofs, and how a stranger verifies them.

Nothing here knows the store: `nodes(level, index)` is asked for the hash of a whole subtree of 2**level leaves.
"""

from collections.abc import Callable, Iterable
from hashlib import sha256

EMPTY = sha256(b"").digest()
Nodes = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """The hash of a leaf (RFC 6962 §2.1)."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a growing tree: one whole subtree for each bit of its size, largest first."""

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        self.size = size
        self.hashes = list(hashes)

    def push(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Add a leaf. Answers the whole subtrees it completed: (level, index, hash), smallest first."""
        done = []
        level, index, rest = 0, self.size, self.size
        while rest & 1:
            leaf = node_hash(self.hashes.pop(), leaf)
            level, index, rest = level + 1, index >> 1, rest >> 1
            done.append((level, index, leaf))
        self.hashes.append(leaf)
        self.size += 1
        return done

    def root(self) -> bytes:
        """The tree hash of all leaves so far."""
        if not self.hashes:
            return EMPTY
        root = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            root = node_hash(left, root)
        return root


def frontier(size: int, nodes: Nodes) -> Frontier:
    """The right edge of the tree of the first `size` leaves."""
    hashes, start = [], 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            hashes.append(nodes(level, start >> level))
            start += 1 << level
    return Frontier(size, hashes)


def tree_hash(start: int, end: int, nodes: Nodes) -> bytes:
    """The tree hash of the leaves [start, end), where `start` is a multiple of the largest power of two that fits."""
    size = end - start
    if size == 0:
        return EMPTY
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return nodes(level, start >> level)
    middle = start + _largest_power_below(size)
    return node_hash(tree_hash(start, middle, nodes), tree_hash(middle, end, nodes))


def inclusion(position: int, size: int, nodes: Nodes) -> list[bytes]:
    """The audit path of one leaf in the tree of the first `size` (RFC 6962 §2.1.1), from the leaf upwards."""
    if not 0 <= position < size:
        raise ValueError(f"leaf {position} is not among the first {size}")
    path, start, end = [], 0, size
    while end - start > 1:
        middle = start + _largest_power_below(end - start)
        if position < middle:
            path.append(tree_hash(middle, end, nodes))
            end = middle
        else:
            path.append(tree_hash(start, middle, nodes))
            start = middle
    return path[::-1]


def consistency(first: int, second: int, nodes: Nodes) -> list[bytes]:
    """The proof that the first `first` of `second` leaves are those of the earlier tree (RFC 6962 §2.1.2)."""
    if not 0 < first <= second:
        raise ValueError(f"a tree of {second} leaves does not extend one of {first}")
    path, start, end, whole = [], 0, second, True
    while first != end:
        middle = start + _largest_power_below(end - start)
        if first <= middle:
            path.append(tree_hash(middle, end, nodes))
            end = middle
        else:
            path.append(tree_hash(start, middle, nodes))
            start, whole = middle, False
    if not whole:
        path.append(tree_hash(start, end, nodes))
    return path[::-1]


def includes(leaf: bytes, position: int, size: int, path: list[bytes], root: bytes) -> bool:
    """Whether an audit path leads from this leaf to this root (RFC 9162 §2.1.3.2)."""
    if not 0 <= position < size:
        return False
    here, last, found = position, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if here & 1 or here == last:
            found = node_hash(step, found)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            found = node_hash(found, step)
        here, last = here >> 1, last >> 1
    return last == 0 and found == root


def extends(first: int, first_root: bytes, second: int, second_root: bytes, path: list[bytes]) -> bool:
    """Whether a proof shows that the second tree begins with the first (RFC 9162 §2.1.4.2)."""
    if not 0 < first <= second:
        return False
    if first == second:
        return not path and first_root == second_root
    steps = [first_root, *path] if first & (first - 1) == 0 else list(path)
    if not steps:
        return False
    here, last = first - 1, second - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            new = node_hash(new, step)
        here, last = here >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


def _largest_power_below(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << (size - 1).bit_length() - 1
