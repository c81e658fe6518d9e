"""How long a large mission takes to be frozen, exported, read back and compared, beside networkx's own writers.

Prints a table and judges nothing. ``--pack FOLDER --mission ID`` measures a pack of yours; without it a made-up one of
30,000 organisations and 150,000 ties. Each step runs in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import networkx
import numpy as np
import pandas as pd

from orchestrator.export.formats import FORMATS
from orchestrator.intake.snapshots import read_export
from orchestrator.model import MissionGraph
from orchestrator.model.comparison import compare
from orchestrator.model.snapshot import Snapshot
from orchestrator.store import read_snapshot_file, snapshot_file
from orchestrator.study import open_pack
from orchestrator.tables.pack import Pack

DAY = date(2026, 11, 23)
_MAIN = "import sys; from orchestrator.cli import main; sys.exit(main(sys.argv[1:]))"


def made(organisations: int = 30_000, ties: int = 150_000) -> MissionGraph:
    """A mission of this size, the same every time."""
    luck = np.random.default_rng(1)
    ids = [f"GB-COH-{number:08d}" for number in range(organisations)]
    ends = luck.integers(0, organisations, (ties, 2))
    days = np.array(["2024-01-01", "2026-01-01", "2030-01-01"], dtype="datetime64[s]")
    places = [f"P{number}" for number in range(240)]
    tables = {
        "organisations": pd.DataFrame(
            {"organisation_id": ids, "name": [f"Body {name}" for name in ids], "sector": "firm", "kind": "company"}
        ),
        "missions": pd.DataFrame({"mission_id": ["m"], "title": ["Made up"], "centre_id": [ids[0]]}),
        "places": pd.DataFrame({"place_id": places, "name": places, "level": "district"}),
        "capabilities": pd.DataFrame({"capability_id": ["a", "b"], "name": ["A", "B"]}),
        "offers": pd.DataFrame(
            {
                "organisation_id": luck.choice(ids, 2 * organisations),
                "capability_id": luck.choice(["a", "b"], 2 * organisations),
                "place_id": luck.choice(places, 2 * organisations),
            }
        ),
        "requirements": pd.DataFrame(
            {
                "requirement_id": [f"q{at}" for at in range(240)],
                "mission_id": "m",
                "capability_id": "a",
                "place_id": places,
                "minimum": 2.0,
                "weight": 1.0,
            }
        ),
        "engagements": pd.DataFrame({"organisation_id": ids, "mission_id": "m", "status": "committed", "load": 1.0}),
        "ties": pd.DataFrame(
            {
                "source_id": np.array(ids)[ends[:, 0]],
                "target_id": np.array(ids)[ends[:, 1]],
                "mission_id": "m",
                "kind": luck.choice(["funds", "delivers-with", "convenes"], ties),
                "level": luck.integers(1, 5, ties).astype(float),
                "strength": np.exp(luck.normal(size=ties)),
                "confidence": luck.uniform(0.5, 1, ties),
                "starts": days[luck.integers(0, 2, ties)],
                "ends": days[2],
            }
        ),
    }
    whole = Pack("made up", {})
    for name, table in tables.items():
        empty = whole[name].reindex(range(len(table)))
        for column in table:
            empty[column] = table[column].to_numpy()
        texts = [column for column in empty if whole[name][column].dtype.kind not in "fM"]
        tables[name] = empty.fillna(dict.fromkeys(texts, "")).astype(whole[name].dtypes.to_dict())
    return MissionGraph.from_pack(Pack("made up", tables), "m", DAY)


Figures = tuple[float, float, float, float]


def measured(step: Callable[[], Any]) -> Figures:
    """Seconds, those of the processor, the megabytes that it took beyond what was there, and the whole process."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    start, work = time.perf_counter(), time.process_time()
    step()
    seconds, cpu = time.perf_counter() - start, time.process_time() - work
    whole = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    return seconds, cpu, whole - before, whole


def commanded(*words: str) -> Figures:
    """The same of a whole command, from its start on."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", _MAIN, *words], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - start, cpu, float("nan"), float("nan")


def apart(step: Callable[[], Any]) -> Figures:
    """The same in a process of its own that starts with what this one has."""
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe(duplex=False)
    child = fork.Process(target=lambda: theirs.send(measured(step)))
    child.start()
    child.join()
    return ours.recv() if ours.poll() else (float("nan"),) * 4


def write(snapshot: Snapshot, name: str, folder: Path) -> list[Path]:
    """One format into a folder."""
    (each,) = (one for one in FORMATS if one.name == name)
    paths = []
    for file, writer in each.files(snapshot).items():
        paths.append(folder / file)
        paths[-1].parent.mkdir(exist_ok=True)
        with paths[-1].open("wb") as stream:
            writer(stream)
    return paths


def rows(snapshot: Snapshot, folder: Path) -> list[str]:
    """The table of results, a line each."""
    lines = [
        "| step | seconds | of the processor | MB more | MB in all | file MB |",
        "|---|---:|---:|---:|---:|---:|",
    ]

    def tell(step: str, found: Figures, size: float | None = None) -> None:
        seconds, cpu, more, whole = found
        memory = "  |  " if math.isnan(whole) else f"{more:.0f} | {whole:.0f}"
        written = "" if size is None else f"{size:.1f}"
        lines.append(f"| {step} | {seconds:.2f} | {cpu:.2f} | {memory} | {written} |")
        print(lines[-1], flush=True)

    def add(step: str, work: Callable[[], Any], paths: Iterable[Path] = ()) -> None:
        found = apart(work)
        tell(step, found, sum(path.stat().st_size for path in paths) / 1e6 or None)

    for each in FORMATS:
        paths = [folder / name for name in each.files(snapshot)]
        add(f"write {each.name}", lambda name=each.name: write(snapshot, name, folder), paths)
    for each in FORMATS:
        if each.complete:
            path = folder / Path(next(iter(each.files(snapshot)))).parts[0]
            add(f"read {each.name} back", lambda path=path: read_export(path))
    data = b"".join(snapshot_file(snapshot))
    add("write the snapshot file", lambda: b"".join(snapshot_file(snapshot)))
    add("open the snapshot file", lambda: read_snapshot_file("x", data))
    ties = snapshot.graph.tie_rows
    tables = dict(snapshot.graph.tables) | {"ties": ties.iloc[: len(ties) * 9 // 10]}
    graph = MissionGraph.from_tables(snapshot.graph.mission, tables, snapshot.graph.as_of, snapshot.graph.min_level)
    add("compare two that are open", lambda: compare(snapshot, replace(snapshot, graph=graph)))
    files = [folder / "before.snapshot.zip", folder / "after.snapshot.zip"]
    for file, one in zip(files, (snapshot, replace(snapshot, graph=graph)), strict=True):
        file.write_bytes(b"".join(snapshot_file(one)))
    tell("the whole command compare", commanded("compare", *map(str, files)))
    found = networkx.node_link_graph(_plain(snapshot), edges="edges")
    add("networkx: write_graphml", lambda: networkx.write_graphml(found, folder / "theirs.graphml"))
    add("networkx: write_gexf", lambda: networkx.write_gexf(found, folder / "theirs.gexf"))
    return lines


def _plain(snapshot: Snapshot) -> Any:
    """What networkx can hold of it: nodes and edges with their attributes, and no other table."""
    bodies = snapshot.graph.organisations.drop(columns="capacity").astype("str").to_dict("records")
    ties = snapshot.graph.tie_rows
    ties = ties.assign(**{name: ties[name].astype("str") for name in ("starts", "ends", "last_seen")}).to_dict(
        "records"
    )
    nodes = [{**row, "id": row["organisation_id"]} for row in bodies]
    edges = [{**row, "source": row["source_id"], "target": row["target_id"], "key": at} for at, row in enumerate(ties)]
    return {"directed": False, "multigraph": True, "graph": {}, "nodes": nodes, "edges": edges}


def main() -> None:
    """Measure and print; ``--out`` writes the table to a file too."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pack", type=Path)
    arguments.add_argument("--mission", default="growth")
    arguments.add_argument("--out", type=Path)
    options = arguments.parse_args()
    if options.pack:
        pack = open_pack(options.pack)
        ties = pack["ties"].assign(mission_id=options.mission)  # all of them in one mission
        graph = MissionGraph.from_pack(Pack(pack.name, {**pack.tables, "ties": ties}), options.mission, DAY)
    else:
        graph = made()
    head = (
        f"{len(graph.organisations):,} organisations, {len(graph.tie_rows):,} tie rows, {len(graph.members):,} members"
    )
    print(head)
    with tempfile.TemporaryDirectory() as folder:
        lines = rows(Snapshot(graph, marking="OFFICIAL"), Path(folder))
    if options.out:
        options.out.write_text(f"{head}\n\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
