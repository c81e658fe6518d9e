"""Evidence to ties: how long, and with how much memory? ``--write FILE`` puts what it prints into a page.

DuckDB makes the rows itself, in a temporary folder; making them is not timed.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb

from orchestrator.evidence import SpillSettings, connected, infer_ties, of_mission, packaged_rules, save_records
from tests.unit.evidence.made_up import MENTIONS, make_evidence

MISSION = "clean-energy"
AS_OF = date(2026, 11, 23)


def run(rows: int, engine: str, memory: str, folder: Path) -> Iterator[str]:
    """One size on one engine, as rows of a table."""
    files = make_evidence(folder, rows)
    rules = of_mission(packaged_rules(), MISSION)
    steps: list[tuple[str, float]] = []
    wall, cpu = time.perf_counter(), time.process_time()
    lookups = {name: files[name] for name in ("cells", "resolutions")}
    with connected(engine, SpillSettings(memory, folder)) as running:
        found = infer_ties(
            running,
            rules,
            AS_OF,
            evidence=[files["evidence"]],
            mentions=MENTIONS,
            lookups=lookups,
            progress=lambda step: steps.append((step, time.perf_counter())),
        )
        done = time.perf_counter()
        save_records(running, rules, folder / "records.parquet")
    taken, used = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)
    size = files["evidence"].stat().st_size / 1e9
    yield f"| {rows:,} | {size:.2f} GB | {found.use.used:,} | {len(found.ties):,} | {taken:.1f} s | {used:.1f} s | {peak:.1f} GB |"
    ends = [*(at for _, at in steps[1:]), done]
    yield from (f"    {end - at:6.1f} s  {step}" for (step, at), end in zip(steps, ends, strict=True) if end - at > 0.5)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sizes", default="200000,2000000", help="rows of evidence, such as 2000000,20000000")
    asked.add_argument("--engine", default="duckdb")
    asked.add_argument("--memory", default="4GB")
    asked.add_argument("--write", type=Path)
    options = asked.parse_args()
    lines, steps = [], []
    for size in options.sizes.split(","):
        with tempfile.TemporaryDirectory() as name:
            row, *parts = run(int(size), options.engine, options.memory, Path(name))
        lines.append(row)
        steps = parts
        print(row, *parts, sep="\n", flush=True)
    if options.write:
        options.write.write_text("\n".join(_page(options, lines, steps)) + "\n", encoding="utf-8")


def _page(options: argparse.Namespace, lines: list[str], steps: list[str]) -> Iterator[str]:
    load = os.getloadavg()[2]
    yield "# Evidence to ties, measured\n"
    yield f"`tests/benchmarks/bench_evidence_ties.py --sizes {options.sizes} --write docs/benchmarks-evidence.md`: the ties of one"
    yield f"mission ({MISSION}) from rows of every kind, by the packaged rules, with the records of every tie written out."
    yield f"DuckDB {duckdb.__version__}, Python {platform.python_version()}, {os.cpu_count()} cores, memory limit {options.memory}.\n"
    yield f"Other work ran on the machine: its load over the last quarter of an hour was {load:.1f} where {os.cpu_count()} is full, so the"
    yield "elapsed times are longer than on a machine of its own; seconds of the processor, over all threads, are what it costs.\n"
    yield "| rows | evidence | rows used | ties | elapsed | processor | peak memory |\n|---:|---:|---:|---:|---:|---:|---:|"
    yield from lines
    yield "\nThe steps of the last line that take more than half a second, elapsed:\n\n```"
    yield from steps
    yield "```"


if __name__ == "__main__":
    main()
