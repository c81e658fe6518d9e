"""One source for each kernel: plain Python for a small network, the same text compiled for a large one.

Importing numba costs about as much processor time as everything that is said of a small mission. So a kernel counts
the work that it was given, and only from ``WORTH_COMPILING`` steps on is numba imported and the function compiled, or
taken from numba's cache on disk. Where no folder for the cache can be written, it is compiled anew in each process.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cached_property, update_wrapper
from typing import Any, Final, Generic, ParamSpec, TypeVar

import numpy as np

__all__ = ["WORTH_COMPILING", "Kernel", "cells_times", "kernel", "part"]

#: From how many steps on, each about a microsecond of plain Python, numba repays its import; and once it is there.
#: Measured, see docs/decisions/0004-kernels.md.
WORTH_COMPILING: Final = 400_000
WORTH_LOADING: Final = 20_000

P = ParamSpec("P")
R = TypeVar("R")


def cells(*arguments: Any) -> int:
    """How many steps will it take? Two for every cell of the arrays among the arguments."""
    return 2 * sum(given.size for given in arguments if isinstance(given, np.ndarray))


def cells_times(factor: int) -> Callable[..., int]:
    """The measure of work of a kernel that takes so many steps for every cell of its arrays."""
    return lambda *arguments: factor * cells(*arguments) // 2


def worth_it(steps: int) -> bool:
    """Is so much work done faster compiled?"""
    return steps >= (WORTH_LOADING if "numba" in sys.modules else WORTH_COMPILING)


def _was_cancelled(error: BaseException | None) -> bool:
    """Did an interrupt from the keyboard lead to this error, however far back?"""
    while error is not None:
        if isinstance(error, KeyboardInterrupt):
            return True
        error = error.__cause__ or error.__context__
    return False


class Kernel(Generic[P, R]):
    """A function in the subset of Python that numba compiles, run as it is while its work is small."""

    def __init__(self, function: Callable[P, R], work: Callable[..., int] | None) -> None:
        self.function = function
        self.work = work
        update_wrapper(self, function)

    def __call__(self, *given: P.args, **named: P.kwargs) -> R:
        """Run it: compiled if the work is worth it."""
        if self.work is None or not worth_it(self.work(*given)):
            return self.function(*given, **named)
        try:
            result: R = self.compiled(*given, **named)
        except SystemError as error:  # what numba makes of Ctrl-C while a result is handed over
            if _was_cancelled(error):
                raise KeyboardInterrupt from None
            raise
        return result

    @cached_property
    def compiled(self) -> Any:
        """The function compiled by numba, from its cache on disk where there is one."""
        import numba

        compile_: Any = numba.njit
        try:
            return compile_(self.function, nogil=True, error_model="numpy", cache=True)
        except RuntimeError:  # no folder that the cache could be written to
            return compile_(self.function, nogil=True, error_model="numpy")

    @property
    def _numba_type_(self) -> Any:
        """What numba takes this for where a compiled kernel calls it: its compiled form."""
        return self.compiled._numba_type_


def kernel(*, work: Callable[..., int] = cells) -> Callable[[Callable[P, R]], Kernel[P, R]]:
    """Make a kernel. ``work`` gives the steps that a call takes from its arguments; by itself two a cell of its arrays.

    >>> @kernel()
    ... def doubled(numbers):
    ...     return numbers * 2
    >>> doubled(np.array([1, 2])).tolist()
    [2, 4]
    """
    return lambda function: Kernel(function, work)


def part(function: Callable[P, R]) -> Kernel[P, R]:
    """Make a part of kernels in the same file: compiled within them, otherwise run as it is."""
    return Kernel(function, None)
