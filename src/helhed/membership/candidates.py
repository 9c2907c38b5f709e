"""Who can be in a criterion at all: found without looking at a day, so that only they need be evaluated."""

from collections.abc import Mapping
from functools import reduce

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from helhed.rules.criteria import (
    All,
    AnyChild,
    AnyOf,
    AnyParent,
    AtLeast,
    Criterion,
    Group,
    GroupRef,
    Leaf,
    parts,
)
from helhed.rules.matching import terms_of
from helhed.rules.values import Value
from helhed.rules.vocabulary import Vocabulary

Mask = NDArray[np.bool_]


class Holders:
    """Who has ever had a fact of which kind, code and unit; and who is whose parent."""

    def __init__(self, spells: pa.Table, relations: pa.Table, persons: NDArray[np.int64]) -> None:
        who = np.searchsorted(persons, np.asarray(spells["person"]))
        columns = [spells[name].combine_chunks() for name in ("kind", "code", "unit")]
        words = [column.dictionary.to_pylist() for column in columns]
        kind, code, unit = (np.asarray(column.indices.fill_null(-1), np.int64) for column in columns)
        number = (kind * len(words[1]) + code) * (len(words[2]) + 1) + unit + 1
        pairs = np.unique(number * len(persons) + who)
        number, self._person = pairs // max(len(persons), 1), pairs % max(len(persons), 1)
        distinct, first = np.unique(number, return_index=True)
        self._first = np.append(first, len(pairs))
        self._combos = [_spelled(int(each), words) for each in distinct]
        self.size = len(persons)
        self._parent, self._child = (
            np.searchsorted(persons, np.asarray(relations[name])) for name in ("parent", "child")
        )

    def of(self, leaf: Leaf, vocabulary: Vocabulary) -> Mask:
        """Those who have ever had a fact that the leaf means, or may mean."""
        terms, found = terms_of(leaf, vocabulary), np.zeros(self.size, bool)
        for combo, (first, end) in zip(
            self._combos, zip(self._first[:-1], self._first[1:], strict=True), strict=True
        ):
            if terms.match(*combo) is not Value.FALSE:
                found[self._person[first:end]] = True
        return found

    def parents_of(self, children: Mask | None) -> Mask:
        """The parents of some, or of anyone."""
        return self._related(self._parent, self._child, children)

    def children_of(self, parents: Mask | None) -> Mask:
        """The children of some, or of anyone."""
        return self._related(self._child, self._parent, parents)

    def _related(self, ends: NDArray[np.int64], starts: NDArray[np.int64], some: Mask | None) -> Mask:
        found = np.zeros(self.size, bool)
        found[ends if some is None else ends[some[starts]]] = True
        return found


def candidates(
    criterion: Criterion, holders: Holders, groups: Mapping[str, Group], vocabulary: Vocabulary
) -> Mask | None:
    """Those for whom a criterion can be true or unknown on some day; None for everyone.

    Nobody is left out who could be: what cannot be told without looking at days (an age, a negation) is everyone.
    """

    def of(one: Criterion) -> Mask | None:
        return candidates(one, holders, groups, vocabulary)

    match criterion:
        case Leaf():
            return holders.of(criterion, vocabulary)
        case All():
            return _in_all([of(one) for one in criterion.of])
        case AnyOf():
            return _in_any([of(one) for one in criterion.of])
        case AtLeast():
            join = _in_all if criterion.n == len(criterion.of) else _in_any
            return join([of(one) for one in parts(criterion)])
        case AnyChild():
            return holders.parents_of(of(criterion.of))
        case AnyParent():
            return holders.children_of(of(criterion.of))
        case GroupRef():
            return _in_any([of(version.criteria) for version in groups[criterion.key].versions])
    return None


def _in_all(masks: list[Mask | None]) -> Mask | None:
    known = [mask for mask in masks if mask is not None]
    return reduce(np.logical_and, known) if known else None


def _in_any(masks: list[Mask | None]) -> Mask | None:
    known = [mask for mask in masks if mask is not None]
    return reduce(np.logical_or, known) if len(known) == len(masks) else None


def _spelled(number: int, words: list[list[str]]) -> tuple[str, str, str | None]:
    """The kind, code and unit of a combination's number; no unit is None."""
    rest, unit = divmod(number, len(words[2]) + 1)
    kind, code = divmod(rest, len(words[1]))
    return words[0][kind], words[1][code], words[2][unit - 1] if unit else None
