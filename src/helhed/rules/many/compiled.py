"""Compiling the inner loops, once: the machine code is kept beside the package or in the user's cache."""

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

_Function = TypeVar("_Function", bound=Callable[..., object])


def kernel(function: _Function) -> _Function:
    """The function compiled at its first call, and kept for the next process if there is a place to keep it.

    With neither the package directory nor a home to write to, it is compiled anew in each process.
    """
    try:
        return cast(_Function, njit(cache=True)(function))
    except RuntimeError:
        return cast(_Function, njit(function))
