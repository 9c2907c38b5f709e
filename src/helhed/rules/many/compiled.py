"""Compiling the inner loops, once: the machine code is kept beside the package or in the user's cache."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

_Function = TypeVar("_Function", bound=Callable[..., object])

# Compiled code lets other threads run. It makes no arrays of its own and counts no references to those it is
# given: threads that count references to the same arrays wait for each other at every step.
_OPTIONS: dict[str, Any] = {"nogil": True, "_nrt": False}


def kernel(function: _Function) -> _Function:
    """The function compiled at its first call, and kept for the next process if there is a place to keep it.

    It works on arrays made outside. With neither the package directory nor a home to write to, it is compiled
    anew in each process.
    """
    try:
        return cast(_Function, njit(cache=True, **_OPTIONS)(function))
    except RuntimeError:
        return cast(_Function, njit(**_OPTIONS)(function))


def part(function: _Function) -> _Function:
    """A function that only kernels call: compiled as a part of each, and kept with it.

    So a change to it takes effect when the kernel's own file has changed, or what is kept is removed.
    """
    return cast(_Function, njit(**_OPTIONS)(function))
