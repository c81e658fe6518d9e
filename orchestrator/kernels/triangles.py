"""One pass over all triangles: constraint, effective size, and who brokers between sectors."""

from __future__ import annotations

import numpy as np

from orchestrator.kernels.compiled import cells_times, kernel, part

__all__ = ["around_each", "between_sectors"]


@part
def _ranked(offsets: np.ndarray, neighbours: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For every member the cells of its row that lead to a member of more ties: a triangle is then met once."""
    n = len(offsets) - 1
    starts = np.zeros(n + 1, np.int64)
    cells = np.empty(len(neighbours) // 2, np.int32)
    count = 0
    for v in range(n):
        mine = offsets[v + 1] - offsets[v]
        for e in range(offsets[v], offsets[v + 1]):
            w = neighbours[e]
            its = offsets[w + 1] - offsets[w]
            if its > mine or (its == mine and w > v):
                cells[count] = e
                count += 1
        starts[v + 1] = count
    back = np.empty(len(neighbours), np.int32)
    onward = offsets[:-1].copy()
    for v in range(n):
        for e in range(offsets[v], offsets[v + 1]):
            w = neighbours[e]
            back[onward[w]] = e
            onward[w] += 1
    return starts, cells, back


@kernel(work=cells_times(8))
def around_each(offsets: np.ndarray, neighbours: np.ndarray, strength: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Burt's constraint and effective size of every member, on strength (float64 a cell of the rows, above 0).

    NaN for members without ties. With p the share of a member's strength that goes to a partner, and m the strength
    of a tie over the strongest of its end: constraint is the sum over partners j of (p_ij + Σ_q p_iq p_qj)², effective
    size the sum of 1 − Σ_q p_iq m_jq. Burt (1992). Cost grows like ties to the power of 1.5 at worst, like triangles.
    """
    n = len(offsets) - 1
    starts, cells, back = _ranked(offsets, neighbours)
    total, most = np.zeros(n), np.zeros(n)
    for v in range(n):
        for e in range(offsets[v], offsets[v + 1]):
            most[v] = max(most[v], strength[e])
        for e in range(offsets[v], offsets[v + 1]):
            total[v] += strength[e] / most[v]
    share, level = np.empty(len(neighbours)), np.empty(len(neighbours))
    size = np.full(n, np.nan)
    for v in range(n):
        for e in range(offsets[v], offsets[v + 1]):
            level[e] = strength[e] / most[v]
            share[e] = level[e] / total[v]
        if offsets[v + 1] > offsets[v]:
            size[v] = float(offsets[v + 1] - offsets[v])
    around = share.copy()
    mark = np.full(n, -1, np.int64)
    for a in range(n):
        for i in range(starts[a], starts[a + 1]):
            mark[neighbours[cells[i]]] = cells[i]
        for i in range(starts[a], starts[a + 1]):
            ab = cells[i]
            b = neighbours[ab]
            for k in range(starts[b], starts[b + 1]):
                bc = cells[k]
                c = neighbours[bc]
                ac = mark[c]
                if ac < 0:
                    continue
                ba, cb, ca = back[ab], back[bc], back[ac]
                around[ab] += share[ac] * share[cb]
                around[ac] += share[ab] * share[bc]
                around[ba] += share[bc] * share[ca]
                around[bc] += share[ba] * share[ac]
                around[ca] += share[cb] * share[ba]
                around[cb] += share[ca] * share[ab]
                size[a] -= share[ac] * level[bc] + share[ab] * level[cb]
                size[b] -= share[bc] * level[ac] + share[ba] * level[ca]
                size[c] -= share[cb] * level[ab] + share[ca] * level[ba]
        for i in range(starts[a], starts[a + 1]):
            mark[neighbours[cells[i]]] = -1
    constraint = np.full(n, np.nan)
    for v in range(n):
        if offsets[v + 1] > offsets[v]:
            constraint[v] = 0.0
            for e in range(offsets[v], offsets[v + 1]):
                constraint[v] += around[e] * around[e]
    return constraint, size


@part
def _count(roles: np.ndarray, broker: int, a: int, c: int, classes: np.ndarray, ways: int) -> None:
    """Add ordered two-paths a–broker–c and c–broker–a, ``ways`` times each, to the roles."""
    mine, one, other = classes[broker], classes[a], classes[c]
    if one == other:
        roles[broker, 0 if one == mine else 1] += 2 * ways
    elif one == mine or other == mine:
        roles[broker, 2] += ways
        roles[broker, 3] += ways
    else:
        roles[broker, 4] += 2 * ways


@kernel(work=cells_times(8))
def between_sectors(offsets: np.ndarray, neighbours: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """How often does each member stand between two others that have no tie, by the sectors of the three?

    int64, members by (coordinator, itinerant, representative, gatekeeper, liaison), over ordered pairs: an undirected
    pair counts twice. ``classes`` int64 from 0. Gould and Fernandez (1989). All pairs of partners are counted from the
    partners by sector, those that have a tie are taken off again triangle by triangle: cost as ``around_each``.
    """
    n = len(offsets) - 1
    kinds = 1
    for v in range(n):
        kinds = max(kinds, classes[v] + 1)
    roles = np.zeros((n, 5), np.int64)
    by_class = np.zeros(kinds, np.int64)
    for v in range(n):
        degree = offsets[v + 1] - offsets[v]
        by_class[:] = 0
        for e in range(offsets[v], offsets[v + 1]):
            by_class[classes[neighbours[e]]] += 1
        own = by_class[classes[v]]
        roles[v, 0] = own * (own - 1)
        roles[v, 2] = own * (degree - own)
        roles[v, 3] = roles[v, 2]
        for s in range(kinds):
            if s != classes[v]:
                roles[v, 1] += by_class[s] * (by_class[s] - 1)
                roles[v, 4] += by_class[s] * (degree - own - by_class[s])
    starts, cells, _ = _ranked(offsets, neighbours)
    mark = np.zeros(n, np.bool_)
    for a in range(n):
        for i in range(starts[a], starts[a + 1]):
            mark[neighbours[cells[i]]] = True
        for i in range(starts[a], starts[a + 1]):
            b = neighbours[cells[i]]
            for k in range(starts[b], starts[b + 1]):
                c = neighbours[cells[k]]
                if mark[c]:
                    _count(roles, a, b, c, classes, -1)
                    _count(roles, b, a, c, classes, -1)
                    _count(roles, c, a, b, classes, -1)
        for i in range(starts[a], starts[a + 1]):
            mark[neighbours[cells[i]]] = False
    return roles
