"""Which names lie inside themselves, where each may have several parents?"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["circles"]


def circles(above: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    """Which names reach themselves by going from parent to parent, and by which parent first?

    ``above`` gives the parents of each name. One pair (name, parent) for each name in a circle, in the order of
    ``above``; empty where there is none. Source: Sharir (1981) for who reaches each other. Cost grows with the parents.

    >>> circles({"district": ("county", "region"), "county": ("region",), "region": ()})
    []
    >>> circles({"a": ("x", "b"), "b": ("a",), "c": ("a",)})
    [('a', 'b'), ('b', 'a')]
    """
    left = _without_ways_out(above)
    group = _groups(left)
    return [
        (name, parent)
        for name in above
        for parent in [up for up in left.get(name, ()) if group.get(up) == group[name]][:1]
    ]


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


def _groups(above: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Names that reach each other get one number: up as far as can be, then down again in the order of leaving."""
    left = _in_order_of_leaving(above)
    below: dict[str, list[str]] = {name: [] for name in above}
    for name, parents in above.items():
        for parent in parents:
            if parent in below:
                below[parent].append(name)
    group: dict[str, int] = {}
    for number, start in enumerate(reversed(left)):
        todo = [start]
        while todo:
            name = todo.pop()
            if name not in group:
                group[name] = number
                todo.extend(below[name])
    return group


def _in_order_of_leaving(above: Mapping[str, tuple[str, ...]]) -> list[str]:
    seen: set[str] = set()
    left: list[str] = []
    for start in above:
        todo = [(start, False)]
        while todo:
            name, done = todo.pop()
            if done:
                left.append(name)
            elif name not in seen:
                seen.add(name)
                todo.append((name, True))
                todo.extend((parent, False) for parent in above[name] if parent in above)
    return left
