"""Ties as rows of neighbours (compressed sparse rows), the form that every kernel reads."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

__all__ = ["Rows", "rows_of"]


class Rows(NamedTuple):
    """Neighbours of member v: ``neighbours[offsets[v] : offsets[v + 1]]``, ascending; ``ties`` beside it: which tie.

    ``offsets`` int64 (members + 1), ``neighbours`` int32 and ``ties`` int32 (twice the number of ties).
    """

    offsets: np.ndarray
    neighbours: np.ndarray
    ties: np.ndarray


def rows_of(members: int, ends: np.ndarray) -> Rows:
    """The rows of a simple undirected graph from its ties: one pair of positions a tie, no tie twice, none to itself.

    Empty rows for no ties. Cost grows with members and ties, and with sorting the ties.

    >>> rows_of(3, np.array([[0, 1], [1, 2]])).neighbours.tolist()
    [1, 0, 2, 1]
    """
    count = len(ends)
    near = np.concatenate([ends[:, 0], ends[:, 1]]).astype(np.int64)
    far = np.concatenate([ends[:, 1], ends[:, 0]]).astype(np.int64)
    order = np.argsort(near * max(1, members) + far, kind="stable")
    offsets = np.zeros(members + 1, dtype=np.int64)
    np.cumsum(np.bincount(near, minlength=members), out=offsets[1:])
    tie = np.tile(np.arange(count, dtype=np.int32), 2)
    return Rows(offsets, far[order].astype(np.int32), tie[order])
