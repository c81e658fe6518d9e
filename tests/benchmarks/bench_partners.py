"""How fast and how good is the advice, beside a plain greedy by gain and a plain HiGHS model?

    python tests/benchmarks/bench_partners.py --generator PATH/workloads.py [--seconds 20] [--to FILE]

Made instances: bodies offer 1 to 40 needs, popular ones more often; weights 1 to 5, costs 1 to 5, every need wants two.
Introductions run on a network of the generator that is named (3,000 organisations, 15,000 ties), its most connected
body as the centre; without a generator they are left out.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy

from orchestrator.kernels import hanging, rows_of, walk
from orchestrator.partners.bound import relaxed
from orchestrator.partners.greedy import greedy
from orchestrator.partners.hanging import hanging_tree
from orchestrator.partners.highs import exactly
from orchestrator.partners.introductions import new_ties, secured
from orchestrator.partners.linear import linear_model
from orchestrator.partners.pairing import fewest
from orchestrator.partners.problem import Limits, Problem, Tally
from orchestrator.partners.solve import likely, solve

SECTORS = 6


@dataclass(frozen=True)
class Row:
    """One line of the table: what ran, its value, the bound it is held against, and how long it took."""

    what: str
    value: float | None
    bound: float | None
    wall: float
    processor: float

    def __str__(self) -> str:
        share = "" if not self.value or not self.bound else f"{self.value / self.bound:.2%}"
        value = "" if self.value is None else f"{self.value:,.1f}"
        bound = "" if self.bound is None else f"{self.bound:,.1f}"
        return f"| {self.what} | {value} | {bound} | {share} | {self.wall:.2f} | {self.processor:.2f} |"


def made(bodies: int, needs: int, budget: float, *, shares: bool = False, seed: int = 1) -> Problem:
    luck = np.random.default_rng([seed, bodies, needs])
    size = np.minimum(1 + luck.geometric(1 / 6, bodies), 40)
    popular = luck.zipf(1.6, needs).clip(1, 50) ** -0.5
    pairs = np.unique(
        np.repeat(np.arange(bodies), size) * needs + luck.choice(needs, int(size.sum()), p=popular / popular.sum())
    )
    weight, cost = luck.integers(1, 6, needs).astype(float), luck.integers(1, 6, bodies).astype(float)
    limits = Limits(budget=budget)
    if shares:
        most = np.full(SECTORS, np.ceil(budget / (2 * SECTORS)))
        limits = Limits(None, budget, luck.integers(0, SECTORS, bodies), np.ones(SECTORS, np.int64), most)
    return Problem(
        cost, pairs // needs, np.arange(len(pairs)), pairs % needs, weight, weight / 2, np.full(needs, 2), limits
    )


def plain_greedy(problem: Problem) -> float:
    """By gain alone: each time every body is looked at, and the first of the best that can be paid comes in."""
    tally, left, full = Tally(problem), problem.limits.budget or np.inf, np.zeros(problem.bodies, np.bool_)
    group = problem.limits.group if len(problem.limits.least) else np.full(problem.bodies, -1)
    count = np.zeros(SECTORS)
    while True:
        gains = np.where(full | (problem.cost > left), 0.0, tally.gains())
        body = int(np.argmax(gains))
        if gains[body] <= 0:
            return tally.value
        tally.add(body)
        left -= problem.cost[body]
        if group[body] >= 0:
            count[group[body]] += 1
            if count[group[body]] >= problem.limits.most[group[body]]:
                full |= group == group[body]


def timed(run: Callable[[], Any]) -> tuple[Any, float, float]:
    wall, processor = time.perf_counter(), time.process_time()
    return run(), time.perf_counter() - wall, time.process_time() - processor


def choosing(problem: Problem, seconds: float) -> Iterator[Row]:
    model = linear_model(problem)
    tally, *took = timed(lambda: greedy(problem))
    loose, *took_bound = timed(lambda: relaxed(model, 300, likely(tally)))
    bound = loose.bound
    yield Row("greedy by gain per cost, lazily", tally.value, bound, *took)
    yield Row("bound of the relaxation", None, bound, *took_bound)
    value, *took = timed(lambda: plain_greedy(problem))
    yield Row("plain greedy by gain", value, bound, *took)
    found, *took = timed(lambda: solve(problem, seconds))
    yield Row(f"all of it: {found.method}", found.value, found.bound, *took)
    plain, *took = timed(lambda: exactly(model, seconds))
    value = None if plain.columns is None else float(model.gain @ plain.columns)
    yield Row(f"plain HiGHS, {seconds:.0f} s at most", value, plain.bound, *took)


def introducing(generator: Path) -> Iterator[Row]:
    found = importlib.util.spec_from_file_location("workloads", generator)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    made = module.make(3000)
    size, ends = int(made["n"]), np.sort(np.column_stack([made["u"], made["v"]]), axis=1)
    centre = int(np.bincount(ends.ravel(), minlength=size).argmax())

    def _ties() -> tuple[list[tuple[int, int]], int]:
        rows = rows_of(size, ends)
        above, _, order, _ = walk(rows.offsets, rows.neighbours, rows.ties, centre)
        tree = hanging_tree(centre, above, hanging(above, order)[0], ends)
        return new_ties(tree, lambda v: int(rows.offsets[v + 1] - rows.offsets[v])), fewest(tree)

    (pairs, least), *took = timed(_ties)
    yield Row("introductions, 3,000 organisations", len(pairs), least, *took)
    _, *took = timed(lambda: secured(size, ends, centre, pairs))
    yield Row("checked, and whom each secures", None, None, *took)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--generator", type=Path)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--to", type=Path)
    options = parser.parse_args()
    lines = []
    cases = (
        ("5,000 candidates × 400 requirements, budget", made(5000, 400, 60)),
        ("50,000 × 2,000, budget and shares by sector", made(50_000, 2000, 300, shares=True)),
    )
    for title, problem in cases:
        lines += table(title, choosing(problem, options.seconds))
    if options.generator:
        lines += table("Introductions (value: new ties; bound: fewer cannot do it)", introducing(options.generator))
    load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
    lines.append(f"scipy {scipy.__version__}; {os.cpu_count()} processors; load at the end {load}.")
    print("\n".join(lines))
    if options.to:
        options.to.write_text(f"{HEAD}\n" + "\n".join(lines) + "\n", encoding="utf-8")


def table(title: str, rows: Iterator[Row]) -> list[str]:
    head = ["", f"## {title}", "", "| | value | bound | of the bound | seconds by the clock | of a processor |"]
    return [*head, "|---|---|---|---|---|---|", *map(str, rows), ""]


HEAD = """# How fast, how good: choosing partners

Made by `tests/benchmarks/bench_partners.py`, run once on a machine that several others were using at the same time:
read the seconds of a processor rather than those of the clock, and the ratios of one run rather than either."""


if __name__ == "__main__":
    main()
