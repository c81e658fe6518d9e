"""Which names lie inside themselves, where each may have several parents?"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["circles"]


def circles(above: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    """Which names reach themselves by going from parent to parent, and by which parent first?

    ``above`` gives the parents of each name. One pair (name, parent) for each name in a circle, in the order of
    ``above``; empty where there is none. Cost grows with the parents; only names in and between circles cost more.

    >>> circles({"district": ("county", "region"), "county": ("region",), "region": ()})
    []
    >>> circles({"a": ("x", "b"), "b": ("a",), "c": ("a",)})
    [('a', 'b'), ('b', 'a')]
    """
    left = _without_ways_out(above)
    found = []
    for name in above:
        for parent in left.get(name, ()):
            if name in _reached(parent, left):
                found.append((name, parent))
                break
    return found


def _without_ways_out(above: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Take away, again and again, whatever has no parent left: what stays is in a circle or below one."""
    waiting = {name: len(parents) for name, parents in above.items()}
    below: dict[str, list[str]] = {}
    for name, parents in above.items():
        for parent in parents:
            below.setdefault(parent, []).append(name)
    free = [name for name in {*above, *below} if not waiting.get(name)]
    while free:
        for name in below.get(free.pop(), ()):
            waiting[name] -= 1
            if not waiting[name]:
                free.append(name)
    return {name: above[name] for name, count in waiting.items() if count}


def _reached(start: str, above: Mapping[str, tuple[str, ...]]) -> set[str]:
    seen = {start}
    todo = [start]
    while todo:
        for parent in above.get(todo.pop(), ()):
            if parent not in seen:
                seen.add(parent)
                todo.append(parent)
    return seen
