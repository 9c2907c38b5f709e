"""Compiling ahead of time: every loop is called once on a tiny case, and whoever waits is told why."""

from collections.abc import Callable
from typing import Any

import pyarrow as pa
from numba.core import event

from helhed.periods import Duration, Span
from helhed.rules.criteria import Age, All, AnyChild, Group, Leaf, Version
from helhed.rules.errors import Message
from helhed.rules.many.engine import evaluate
from helhed.rules.vocabulary import Vocabulary

GETTING_READY = Message(
    "Regnemaskinen gøres klar første gang (ca. 10 sekunder) …",
    "The engine is made ready for its first use (about 10 seconds) …",
)


def warm(say: Callable[[Message], object] | None = None) -> bool:
    """Compile what is not yet compiled, or load it. Whether anything had to be compiled.

    `say` is called once, before the wait, and only if there is one: after installation, or where compiled code
    cannot be kept. It gets the sentence in both languages; printed as it is, it is English.
    """
    listener = _Listener(say)
    with event.install_listener("numba:compile", listener):
        evaluate(*_facts(), {"G": _group()}, Vocabulary(frozenset({"k"})), Span(0, 100))
    return listener.heard


class _Listener(event.Listener):
    """Hears when compiling begins; loading what is kept makes no sound."""

    def __init__(self, say: Callable[[Message], object] | None) -> None:
        self.heard = False
        self._say = say

    def on_start(self, event: Any) -> None:
        if not self.heard:
            self.heard = True
            if self._say is not None:
                self._say(GETTING_READY)

    def on_end(self, event: Any) -> None:
        pass


def _facts() -> tuple[Any, Any, Any]:
    """Two people with a spell each, one the child of the other."""
    numbers, words, days = pa.int64(), pa.string(), pa.int32()
    people = {"person": pa.array([1, 2], numbers), "birth_date": pa.array([0, None], days)}
    spells = {
        "person": pa.array([1, 2], numbers),
        **{name: pa.array(["k", "k"], words) for name in ("kind", "code", "unit")},
        "start": pa.array([1, 2], days),
        "end": pa.array([9, None], days),
    }
    relations = {
        "parent": pa.array([1], numbers),
        "child": pa.array([2], numbers),
        "start": pa.array([0], days),
        "end": pa.array([None], days),
    }
    return pa.table(people), pa.table(spells), pa.table(relations)


def _group() -> Group:
    asked = All((Age(1, 2), Leaf("k", within=Duration(1, "M")), AnyChild(Leaf("k"))))
    return Group("G", (Version(0, asked, ""),))
