"""Figures that follow from a mission graph are computed once and live as long as it does."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, TypeVar

__all__ = ["Remembers", "derived"]


class Remembers(Protocol):
    """A value that carries a place for what was derived from it."""

    @property
    def remembered(self) -> dict[str, Any]:
        """What was derived so far, by the name of the function."""


G = TypeVar("G", bound=Remembers)
R = TypeVar("R")


def derived(function: Callable[[G], R]) -> Callable[[G], R]:
    """Make a function of one mission graph compute once a graph. What it returns must never be changed.

    Two threads may both compute it; they get equal results, and one of them is kept.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def once(graph: G) -> R:
        if name not in graph.remembered:
            graph.remembered[name] = function(graph)
        result: R = graph.remembered[name]
        return result

    return once
