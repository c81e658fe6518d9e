"""How fast is each measure beside networkx, igraph, networkit and rustworkx, on the same graph in the same run?

    python tests/benchmarks/bench_measures.py --workloads PATH/workloads.py [--sizes 300,3000] [--exact 3000]

``workloads.py`` is the frozen generator of seeded graphs; ORCHESTRATOR_WORKLOADS may name it instead; ``--packs`` gives
the sizes of packs that are taken from CSV to findings, each in a process of its own; ``--write FILE`` keeps the page.
Every figure is processor time of one thread, the best of a few runs, with the compiled kernels loaded already. Results
are compared where another engine has the same measure: a difference ends the run. An engine that is not installed is
left out.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import resource
import runpy
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import date
from itertools import pairwise
from math import log
from pathlib import Path
from typing import Any, Final

import igraph
import networkx as nx
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from orchestrator import kernels as k

Timed = tuple[float, Any]
#: networkx is asked only where it answers in seconds.
PATIENCE: Final = 40_000
PATIENCE_FOR_HOLES: Final = 300
#: Passes whose growth is compared.
LINEAR: Final = ("build", "steps from the centre", "cut bodies and bridges", "constraint and effective size")


def timed(work: Callable[[], Any], runs: int = 3) -> Timed:
    best, result = float("inf"), None
    for _ in range(runs):
        start = time.process_time()
        result = work()
        best = min(best, time.process_time() - start)
        if best > 2:
            break
    return best, result


def optional(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


class Case:
    """One graph in the form of each engine, and what each is asked."""

    def __init__(self, graph: Mapping[str, Any], exact: int) -> None:
        self.n = int(graph["n"])
        self.ends = np.column_stack([graph["u"], graph["v"]]).astype(np.int64)
        self.strength, self.sector = graph["w"], graph["sector"].astype(np.int64)
        self.centre = int(np.argmax(np.bincount(self.ends.ravel(), minlength=self.n)))
        self.exact = self.n <= exact
        self.rows = k.rows_of(self.n, self.ends)
        self.ig = igraph.Graph(self.n, self.ends)
        self.nx = None
        if self.n <= PATIENCE:
            self.nx = nx.Graph()
            self.nx.add_nodes_from(range(self.n))
            self.nx.add_edges_from(self.ends.tolist())

    def with_networkx(self, work: Callable[[], Any]) -> Timed | None:
        return timed(work, 1) if self.nx is not None else None

    def rows_of_table(self) -> dict[str, dict[str, Timed | None]]:
        return {
            "build": self.build(),
            "steps from the centre": self.steps(),
            "cut bodies and bridges": self.cuts(),
            "what each leaving cuts off": self.cut_off(),
            "three routes or more": self.three(),
            "constraint and effective size": self.holes(),
            "brokerage between sectors": self.brokers(),
            "removal curve, every step": self.removal(),
            "routes from the centre": self.rooted(),
            "two-step reach of 48 bodies": self.reach(),
            "betweenness, exact": self.between() if self.exact else {},
            "betweenness, sampled at equal error": self.sampled(),
        }

    def build(self) -> dict[str, Timed | None]:
        def other() -> nx.Graph:
            found = nx.Graph()
            found.add_edges_from(self.ends.tolist())
            return found

        return {
            "ours": timed(lambda: k.rows_of(self.n, self.ends)),
            "igraph": timed(lambda: igraph.Graph(self.n, self.ends)),
            "networkx": self.with_networkx(other),
        }

    def steps(self) -> dict[str, Timed | None]:
        nobody, start = np.zeros(self.n, np.bool_), np.array([self.centre])
        ours = timed(lambda: k.steps_from.compiled(self.rows.offsets, self.rows.neighbours, start, nobody))
        its = timed(lambda: self.ig.distances(source=[self.centre])[0])
        same(np.where(ours[1] < 0, np.inf, ours[1]), its[1])
        return {
            "ours": ours,
            "igraph": its,
            "networkx": self.with_networkx(lambda: nx.single_source_shortest_path_length(self.nx, self.centre)),
        }

    def cuts(self) -> dict[str, Timed | None]:
        ours = timed(lambda: k.walk.compiled(*self.rows, self.centre))
        its = timed(lambda: (self.ig.articulation_points(), self.ig.bridges()))
        same(np.flatnonzero(ours[1][1] >= 0), sorted(its[1][1]))
        return {
            "ours": ours,
            "igraph": its,
            "networkx": self.with_networkx(lambda: (list(nx.articulation_points(self.nx)), list(nx.bridges(self.nx)))),
        }

    def cut_off(self) -> dict[str, Timed | None]:
        def ours() -> Any:
            above, _, discovered, _ = k.walk.compiled(*self.rows, self.centre)
            return above, k.hanging.compiled(above, discovered)

        def its() -> np.ndarray:
            return np.array(self.ig.as_directed(mode="mutual").dominator(self.centre, mode="out"))

        mine, other = timed(ours), timed(its)
        reached = mine[1][0] >= 0
        same(mine[1][0][reached], other[1][reached])
        return {
            "ours": mine,
            "igraph": other,
            "networkx": self.with_networkx(lambda: nx.immediate_dominators(self.nx.to_directed(), self.centre)),
        }

    def three(self) -> dict[str, Timed | None]:
        above = k.walk.compiled(*self.rows, self.centre)[0]
        order = np.random.default_rng(1).permutation(self.n).astype(np.int32)
        work = k.three_routes.compiled
        return {"ours": timed(lambda: work(self.rows.offsets, self.rows.neighbours, self.centre, above, order))}

    def holes(self) -> dict[str, Timed | None]:
        strength = self.strength[self.rows.ties]
        ours = timed(lambda: k.around_each.compiled(self.rows.offsets, self.rows.neighbours, strength))
        its = timed(lambda: self.ig.constraint(weights=self.strength.tolist()))
        same(ours[1][0], its[1])
        found = {"ours": ours, "igraph": its}
        if self.nx is not None:
            weighted = self.nx.copy()
            for (u, v), w in zip(self.ends.tolist(), self.strength.tolist(), strict=True):
                weighted[u][v]["strength"] = w
            if self.n <= PATIENCE_FOR_HOLES:
                found["networkx"] = timed(lambda: nx.constraint(weighted, weight="strength"), 1)
                same(ours[1][0], [found["networkx"][1][v] for v in range(self.n)])
            if self.n <= 300:
                size = nx.effective_size(weighted, nodes=list(weighted), weight="strength")
                same(ours[1][1], [size[v] for v in range(self.n)])
        return found

    def brokers(self) -> dict[str, Timed | None]:
        work = k.between_sectors.compiled
        return {"ours": timed(lambda: work(self.rows.offsets, self.rows.neighbours, self.sector))}

    def removal(self) -> dict[str, Timed | None]:
        order = np.random.default_rng(1).permutation(np.delete(np.arange(self.n), self.centre))
        ours = timed(lambda: k.reach_left.compiled(self.rows.offsets, self.rows.neighbours, self.centre, order))
        points = np.linspace(0, self.n - 1, 101).astype(int)

        def its() -> list[int]:
            sizes = []
            for gone in points:
                rest = self.ig.copy()
                rest.delete_edges(rest.es.select(_incident=order[:gone].tolist()) if gone else [])
                sizes.append(len(rest.subcomponent(self.centre)))
            return sizes

        found = {"ours": ours}
        if self.n <= PATIENCE:
            found["igraph"] = timed(its, 1)
            same(ours[1][points], found["igraph"][1])
        return found

    def rooted(self) -> dict[str, Timed | None]:
        steps = k.steps_from.compiled(
            self.rows.offsets, self.rows.neighbours, np.array([self.centre]), np.zeros(self.n, np.bool_)
        )
        work = k.routes_through.compiled
        ours = timed(lambda: work(self.rows.offsets, self.rows.neighbours, self.centre, steps))
        its = timed(lambda: np.array(self.ig.betweenness(directed=False, sources=[self.centre])) * 2)
        same(np.delete(ours[1], self.centre), np.delete(its[1], self.centre))
        return {
            "ours": ours,
            "igraph": its,
            "networkx": self.with_networkx(
                lambda: nx.betweenness_centrality_subset(self.nx, [self.centre], list(self.nx))
            ),
        }

    def reach(self) -> dict[str, Timed | None]:
        return {
            "ours": timed(lambda: k.best_reach(self.rows, 3)),
        }

    def between(self) -> dict[str, Timed | None]:
        ours = timed(lambda: k.betweenness(self.n, self.ends, affordable=10**15), 1)
        its = timed(lambda: self.ig.betweenness(directed=False), 1)
        same(ours[1].values, its[1])
        found = {"ours": ours, "igraph": its}
        if self.n <= 300:
            found["networkx"] = self.with_networkx(lambda: nx.betweenness_centrality(self.nx, normalized=False))
        if self.n <= 3_000 and (rustworkx := optional("rustworkx")):
            graph = rustworkx.PyGraph()
            graph.add_nodes_from(range(self.n))
            graph.add_edges_from_no_data([tuple(tie) for tie in self.ends.tolist()])
            found["rustworkx"] = timed(
                lambda: rustworkx.betweenness_centrality(graph, normalized=False, parallel_threshold=10**9), 1
            )
            same(ours[1].values, [found["rustworkx"][1][v] for v in range(self.n)])
        if self.n <= 3_000 and (networkit := optional("networkit")):
            networkit.setNumberOfThreads(1)
            graph = self.as_networkit(networkit)
            found["networkit"] = timed(lambda: networkit.centrality.Betweenness(graph).run().scores(), 1)
            same(ours[1].values, np.array(found["networkit"][1]) / 2)
        return found

    def sampled(self) -> dict[str, Timed | None]:
        ours = timed(lambda: k.betweenness(self.n, self.ends, affordable=0), 1)
        found: dict[str, Timed | None] = {"ours": ours}
        error = float(ours[1].error)
        if networkit := optional("networkit"):
            networkit.setNumberOfThreads(1)
            graph = self.as_networkit(networkit)
            found["networkit"] = timed(lambda: networkit.centrality.KadabraBetweenness(graph, error, 0.1).run(), 1)
        return found

    def as_networkit(self, networkit: Any) -> Any:
        graph = networkit.Graph(self.n)
        for u, v in self.ends.tolist():
            graph.addEdge(u, v)
        return graph


def same(found: Any, expected: Any) -> None:
    """End the run where two engines differ."""
    np.testing.assert_allclose(np.asarray(found, dtype=float), np.asarray(expected, dtype=float), rtol=1e-6, atol=1e-5)


def tables(sizes: list[int], exact: int, make: Callable[[int], Mapping[str, Any]]) -> str:
    """One table a size, then how each linear pass grows."""
    text, growth = [], {}
    for size in sizes:
        graph = make(size)
        case = Case(graph, exact)
        text += [f"## {size:,} organisations, {len(case.ends):,} ties", ""]
        text += [
            "| | ours | igraph | networkx | other | igraph / ours | networkx / ours |",
            "|---|---|---|---|---|---|---|",
        ]
        print(f"{size:,} …", file=sys.stderr, flush=True)
        for name, row in case.rows_of_table().items():
            if row:
                text.append(line(name, row))
                growth[size, name] = row
            print(text[-1], file=sys.stderr, flush=True)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        text += ["", f"Peak memory of the whole run so far, all engines: {peak:,.0f} MiB.", ""]
    return "\n".join(text + scaling(sizes, growth))


def line(name: str, row: Mapping[str, Timed | None]) -> str:
    def seconds(engine: str) -> str:
        found = row.get(engine)
        return f"{found[0]:.4g}" if found else "–"

    def ratio(engine: str) -> str:
        found, ours = row.get(engine), row["ours"]
        return f"{found[0] / max(ours[0], 1e-6):.1f}" if found and ours else "–"

    others = [
        f"{seconds(engine)} {engine} (× {ratio(engine)})" for engine in ("networkit", "rustworkx") if row.get(engine)
    ]
    cells = [name, seconds("ours"), seconds("igraph"), seconds("networkx"), ", ".join(others) or "–"]
    return "| " + " | ".join([*cells, ratio("igraph"), ratio("networkx")]) + " |"


def scaling(sizes: list[int], growth: Mapping[tuple[int, str], Mapping[str, Timed | None]]) -> list[str]:
    big = [size for size in sizes if size >= 3_000]
    if len(big) < 2:
        return []
    text = ["## How the linear passes grow", "", "Exponent of seconds over ties, from the smaller to the larger.", ""]
    text += ["| | from | to | ours | igraph |", "|---|---|---|---|---|"]
    for first, last in pairwise(big):
        for name in LINEAR:
            found = []
            for engine in ("ours", "igraph"):
                one, other = growth[first, name].get(engine), growth[last, name].get(engine)
                found.append(f"{log(other[0] / one[0]) / log(last / first):.2f}" if one and other and one[0] else "–")
            text.append(f"| {name} | {first:,} | {last:,} | {found[0]} | {found[1]} |")
    return [*text, ""]


def mission(folder: Path, *, whole: bool) -> dict[str, float]:
    """Processor seconds of one pack from CSV to findings; ``whole``: as if all its ties were of one mission."""
    from orchestrator.intake.pack import read_pack
    from orchestrator.model import MissionGraph
    from orchestrator.study import analyse
    from orchestrator.tables import check_pack
    from orchestrator.tables.pack import Pack

    laps = [time.process_time()]
    pack, report = check_pack(read_pack(folder))
    laps.append(time.process_time())
    assert pack is not None, report.problems[:3]
    name = pack["missions"]["mission_id"].iloc[0]
    if whole:
        ties = pack["ties"].assign(mission_id=name, level=3.0)
        ties[["starts", "ends"]] = np.datetime64("NaT", "s")
        pack = Pack(pack.name, {**pack.tables, "ties": ties})
    laps.append(time.process_time())
    graph = MissionGraph.from_pack(pack, name, date(2024, 6, 1))
    laps.append(time.process_time())
    analyse(graph)
    laps.append(time.process_time())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds = {"read": laps[1] - laps[0], "graph": laps[3] - laps[2], "analyses": laps[4] - laps[3]}
    return {"members": len(graph.members), "ties": len(graph.ends), **seconds, "peak": peak}


def missions(sizes: list[int], workloads: str) -> str:
    """Every pack in a process of its own; twice, so that the kernels are compiled by then."""
    text = ["## A whole mission, from CSV to findings", ""]
    text += ["Processor seconds, kernels compiled already; everything that `analyse` says.", ""]
    text += ["| | members | ties | reading and checking | mission graph | all analyses | peak memory |"]
    text += ["|---|---|---|---|---|---|---|"]
    for size, whole in ((size, whole) for size in sizes for whole in (False, True)):
        with tempfile.TemporaryDirectory() as folder:
            make = [sys.executable, workloads, "pack", str(size), "--to", folder]
            subprocess.run(make, check=True, stdout=subprocess.DEVNULL)
            there = str(Path(folder, f"pack{size}"))
            ask = [sys.executable, __file__, "--mission", there, *(["--whole"] if whole else [])]
            runs = [subprocess.run(ask, check=True, capture_output=True, text=True).stdout for _ in range(2)]
        found = json.loads(runs[-1])
        what = f"pack of {size:,}, {'all ties in one mission' if whole else 'one of its six missions'}"
        times = " | ".join(f"{found[lap]:.2f}" for lap in ("read", "graph", "analyses"))
        text.append(f"| {what} | {found['members']:,} | {found['ties']:,} | {times} | {found['peak']:,.0f} MiB |")
        print(text[-1], file=sys.stderr, flush=True)
    return "\n".join([*text, ""])


_HEAD: Final = """# Benchmarks

Made by one command, `make benchpage WORKLOADS=PATH/workloads.py`, on the frozen seeded workloads; results are compared
with the other engines in the same run, and a difference ends it. networkit and rustworkx are asked when they are
installed; the lock does not hold them, since nothing but this page needs them. Where an engine takes minutes it is left
out. Seconds are processor seconds of one thread, best of up to three.
"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--workloads", default=os.environ.get("ORCHESTRATOR_WORKLOADS"))
    options.add_argument("--sizes", default="300,3000")
    options.add_argument("--exact", type=int, default=3_000, help="largest size for exact betweenness")
    options.add_argument("--write", type=Path)
    options.add_argument("--packs", default="", help="sizes of packs taken from CSV to findings")
    options.add_argument("--mission", type=Path, help=argparse.SUPPRESS)
    options.add_argument("--whole", action="store_true", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.mission:
        print(json.dumps(mission(given.mission, whole=given.whole)))
        return
    if not given.workloads:
        print("bench_measures: name the generator of the workloads with --workloads or ORCHESTRATOR_WORKLOADS.")
        return
    make = runpy.run_path(given.workloads)["make"]
    sizes = [int(size) for size in given.sizes.split(",")]
    Case(make(300), 300).rows_of_table()  # compiled before anything is timed
    busy = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    head = (
        f"{platform.machine()}, Python {platform.python_version()}, igraph {igraph.__version__}, "
        f"networkx {nx.__version__}, numpy {np.__version__}; {os.cpu_count()} processors, load before the run {busy}."
    )
    whole = missions([int(size) for size in given.packs.split(",") if size], given.workloads) if given.packs else ""
    text = f"{_HEAD}\n{head}\n\n{whole}\n{tables(sizes, given.exact, make)}"
    print(text)
    if given.write:
        given.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
