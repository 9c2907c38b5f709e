"""Who must be looked at together: persons joined by relations, directly or through others."""

import numpy as np
from numpy.typing import NDArray

Int32s = NDArray[np.int32]


def families(size: int, one: Int32s, other: Int32s) -> Int32s:
    """For each of `size` persons the smallest number in the same family. one, other: the sides of each relation."""
    root = np.arange(size, dtype=np.int32)
    while True:
        first, second = root[one], root[other]
        low, high = np.minimum(first, second), np.maximum(first, second)
        apart = low < high
        if not apart.any():
            return root
        np.minimum.at(root, high[apart], low[apart])
        while (root != (above := root[root])).any():
            root = above


def within_steps(size: int, one: Int32s, other: Int32s, start: int, steps: int) -> NDArray[np.bool_]:
    """Which persons are at most so many relations away from `start`, who is one of them."""
    near = np.zeros(size, np.bool_)
    near[start] = True
    for _ in range(steps):
        reached = near.copy()
        reached[other[near[one]]] = True
        reached[one[near[other]]] = True
        near = reached
    return near
