"""A kernel says the same compiled and as plain Python, on any graph, and is compiled only when that pays."""

from __future__ import annotations

import random
import subprocess
import sys
from typing import Any

import networkx as nx
import numpy as np
import pytest

import orchestrator.kernels as k
from orchestrator.kernels.between import carried_from, fold_pendants
from orchestrator.kernels.compiled import Kernel


def arguments(seed: int) -> dict[str, tuple[Any, ...]]:
    """For every kernel arguments that follow from one random graph."""
    luck = random.Random(seed)
    n = luck.randint(1, 60)
    graph = nx.gnp_random_graph(n, luck.random() * 4 / n, seed=seed)
    rows = k.rows_of(n, np.array(graph.edges, dtype=np.int64).reshape(-1, 2))
    draw = np.random.default_rng(seed)
    two = rows.offsets, rows.neighbours
    above, _, discovered, _ = k.walk.function(*rows, 0)
    order = draw.permutation(n).astype(np.int32)
    steps = k.steps_from.function(*two, np.array([0]), np.zeros(n, np.bool_))
    tree = k.Tree(above, *k.hanging.function(above, discovered))
    tops = discovered.astype(np.int64)
    starts = np.array([0, len(tops) // 2, len(tops)])
    return {
        "walk": (*rows, 0),
        "hanging": (above, discovered),
        "three_routes": (*two, 0, above, order),
        "steps_from": (*two, order[:3].astype(np.int64), draw.random(n) < 0.2),
        "routes_through": (*two, 0, steps),
        "pieces": (*two, draw.random(n) < 0.3),
        "only_through": (*two, 0),
        "pairs_left": (*two, order[:1].astype(np.int64)),
        "best_after": (*two, order[: n // 2 * 2].reshape(-1, 2).astype(np.int64)),
        "around_each": (*two, draw.uniform(0.1, 4, len(graph.edges))[rows.ties]),
        "between_sectors": (*two, draw.integers(0, 4, n)),
        "reach_left": (*two, 0, order[order != 0].astype(np.int64)),
        "smallest_cut": (*two, 0, draw.random(n) < 0.4, 5),
        "fold_pendants": two,
        "carried_from": (*two, np.ones(n), order, np.ones(n)),
        "routes_drawn": (*two, draw.integers(0, n, 40), draw.integers(0, n, 40), draw.random(40)),
        "shared_above": (tree.above, tree.enter, tree.size, tops, starts[starts < len(tops)][[0, -1]]),
        "worsened_by": (tree.above, 0, tops, starts, np.array([1, 2])),
    }


def kernels() -> dict[str, Kernel[..., Any]]:
    public = {name: getattr(k, name) for name in k.__all__}
    return {n: f for n, f in public.items() if isinstance(f, Kernel)} | {
        "fold_pendants": fold_pendants,
        "carried_from": carried_from,
    }


def test_every_kernel_is_compared() -> None:
    assert set(kernels()) == set(arguments(1))


@pytest.mark.parametrize("name", sorted(kernels()))
def test_compiled_and_plain_say_the_same(name: str) -> None:
    for seed in range(25):
        plain = kernels()[name].function(*arguments(seed)[name])
        compiled = kernels()[name].compiled(*arguments(seed)[name])
        pairs = zip(plain, compiled, strict=True) if isinstance(plain, tuple) else [(plain, compiled)]
        for one, other in pairs:
            np.testing.assert_array_equal(one, other)


def test_a_small_mission_never_loads_numba() -> None:
    code = (
        "import sys; from orchestrator.study import *; from orchestrator.model import MissionGraph;"
        "analyse(MissionGraph.from_pack(open_pack(), 'clean-energy')); print('numba' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_work_without_a_folder_for_the_cache_is_done_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    import numba

    compile_ = numba.njit

    def refusing(function: Any, **options: Any) -> Any:
        if options.get("cache"):
            raise RuntimeError("cannot cache function: no locator available")
        return compile_(function, **options)

    monkeypatch.setattr(numba, "njit", refusing)
    doubled = k.kernel()(lambda numbers: numbers * 2)
    assert doubled.compiled(np.array([1, 2])).tolist() == [2, 4]
