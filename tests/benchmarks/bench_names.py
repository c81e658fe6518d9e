"""How well, how fast and in how much memory are names matched, beside rapidfuzz alone and Splink?

    python tests/benchmarks/bench_names.py --generator PATH/names_benchmark.py [--sizes 2000,200000] [--seeds 11,907]
        [--splink PYTHON] [--write docs/benchmarks-names.md]

The generator makes a register, aliases and as many mentions with the truth; one in ten is of a body that the register
does not have. It is run as it is. Every method runs in a process of its own. ``--splink`` is a Python that has splink.

Precision: of the names that were decided, how many are right. Recall: of the names whose body is on the register, how
many were decided and are right. Seed 11 was looked at while the rules were written; the others were not.
"""

from __future__ import annotations

import argparse
import io
import json
import multiprocessing
import os
import platform
import resource
import runpy
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from orchestrator.matching import Matcher, Matching, Register, Verdict, candidates, mentions_sql
from orchestrator.matching.identifiers import read_identifiers
from orchestrator.matching.register import IDENTIFIER_COLUMNS, NAME_COLUMNS

LOOKED_AT = 11
BY_SPLINK = Path(__file__).with_name("names_by_splink.py")
SPLINK_SIZES = (2_000, 20_000)
RAPIDFUZZ_SIZES = (2_000,)
SURE = 90
MARGIN = 8


# ── what the generator made ───────────────────────────────────────────────────────────────────────


def generated(generator: Path, size: int, seed: int, folder: Path) -> None:
    """Run the generator. It writes with pandas' ``to_parquet``, which wants a package that we do without."""

    def to_parquet(frame: pd.DataFrame, path: str, *_: Any, **__: Any) -> None:
        with duckdb.connect() as connection:
            connection.register("frame", frame)
            connection.execute(f"COPY (SELECT * FROM frame) TO '{path}' (FORMAT parquet)")

    pd.DataFrame.to_parquet = to_parquet  # type: ignore[method-assign, assignment]
    sys.path.insert(0, str(generator.parent))
    sys.argv = [str(generator), str(size), str(seed), str(folder)]
    sys.stdout = io.StringIO()
    runpy.run_path(str(generator), run_name="__main__")


def frame(folder: Path, name: str) -> pd.DataFrame:
    with duckdb.connect() as connection:
        found: pd.DataFrame = connection.execute(f"SELECT * FROM '{folder / name}.parquet'").df()
    return found


def text(cell: Any) -> str:
    return "" if cell is None or cell != cell else str(cell)


def register_of(folder: Path) -> Register:
    bodies, aliases = frame(folder, "register"), frame(folder, "alias")
    towns = dict(zip(bodies["org_id"], bodies["area"], strict=True))
    kinds = {"acronym": "acronym", "former": "former-name", "trading": "alias"}
    named = zip(bodies["org_id"], bodies["name"], strict=True)
    known = zip(aliases["org_id"], aliases["alias"], aliases["kind"], strict=True)
    names = [(str(body), name, "name", "", "", towns[body], "") for body, name in named]
    names += [(str(body), name, kinds[kind], "", "", towns[body], "made") for body, name, kind in known]
    numbered = zip(bodies["org_id"], bodies["scheme"], bodies["ident"], strict=True)
    marks = [(str(body), *each) for body, scheme, mark in numbered for each in read_identifiers(f"{scheme}-{mark}")]
    called = {str(body): name for body, name in zip(bodies["org_id"], bodies["name"], strict=True)}
    return Register(
        pd.DataFrame(names, columns=list(NAME_COLUMNS)), pd.DataFrame(marks, columns=list(IDENTIFIER_COLUMNS)), called
    )


def store_of(folder: Path, *, identifiers: bool = True) -> Path:
    """The mentions as evidence of payments; the mention's number is the id."""
    store = folder / "store"
    (store / "evidence").mkdir(parents=True, exist_ok=True)
    marks = "CASE WHEN scheme IS NULL OR scheme = 'nan' THEN '' ELSE scheme || '-' || ident END"
    blank = ("from_identifiers", "from_town", "title", "file", "row")
    with duckdb.connect() as connection:
        connection.execute(
            f"""COPY (SELECT CAST(mid AS VARCHAR) AS evidence_id, 'payment' AS kind, '' AS from_name, raw AS to_name,
            {marks if identifiers else "''"} AS to_identifiers,
            CASE WHEN area IS NULL OR area = 'nan' THEN '' ELSE area END AS to_town,
            DATE '2020-06-01' AS starts, CAST(100 AS BIGINT) AS amount_pence, 'GBP' AS currency,
            {", ".join(f"'' AS {name}" for name in blank)}
            FROM '{folder}/mentions.parquet') TO '{store}/evidence/made.parquet' (FORMAT parquet)"""
        )
    return store


class Made(Matcher):
    """A store with the register of the generator instead of a pack's."""

    def __init__(self, store: Path, folder: Path) -> None:
        super().__init__(store, None)  # type: ignore[arg-type]
        self.made = register_of(folder)

    def register(self, holds: Sequence[Verdict]) -> Register:
        return self.made


# ── methods: each gives what it decided, as mention → body, and what else it found ────────────────

Found = tuple[dict[str, str], dict[str, Any]]


def rules(folder: Path, _: str) -> Found:
    matcher = Made(store_of(folder), folder)
    read, processor = time.perf_counter(), time.process_time()
    matcher.match()
    seconds, processor = time.perf_counter() - read, time.process_time() - processor
    rows = matcher.mentions()
    rows = rows[rows["part"] == 1]
    decided = dict(zip(rows["evidence_id"], rows["organisation_id"], strict=True))
    how = dict(zip(rows["evidence_id"], rows["how"], strict=True))
    return {mid: body for mid, body in decided.items() if body}, {
        "how": how,
        "seconds": seconds,
        "spent": processor,
    }


def with_candidates(folder: Path, _: str) -> Found:
    """The rules, then candidates for what they leave open: the truth first, among five; nothing more is decided."""
    matcher = Made(store_of(folder), folder)
    matching = matcher.match()
    started, processor = time.perf_counter(), time.process_time()
    keys, ranked = _ranked(matching)
    seconds, processor = time.perf_counter() - started, time.process_time() - processor
    rows = matcher.mentions()
    rows = rows[(rows["part"] == 1) & (rows["organisation_id"] == "")]
    truth = frame(folder, "mentions").set_index("mid")["truth"]
    there = [(key, str(truth[int(mid)])) for mid, key in zip(rows["evidence_id"], rows["name_key"], strict=True)]
    there = [(key, body) for key, body in there if body != "-1"]
    first = sum(ranked[key][:1] == [body] for key, body in there)
    five = sum(body in ranked[key][:5] for key, body in there)
    sure = {
        mid: ranked[key][0]
        for mid, key in zip(rows["evidence_id"], rows["name_key"], strict=True)
        if _sure(matching, key)
    }
    decided, _more = _rules_of(matcher)
    more = {
        "seconds": seconds,
        "spent": processor,
        "open": len(keys),
        "first": first / max(len(there), 1),
        "five": five / max(len(there), 1),
        "had": len(there),
        "sure": {**decided, **sure},
    }
    return decided, more


_SCORES: dict[str, list[int]] = {}


def _ranked(matching: Matching) -> tuple[list[str], dict[str, list[str]]]:
    left = matching.resolutions
    keys = left.loc[left["how"] == "", "name_key"].tolist()
    found = candidates(matching, keys)
    _SCORES.update({key: [each.score for each in found[key]] for key in keys})
    return keys, {key: [each.organisation_id for each in found[key]] for key in keys}


def _sure(_matching: Matching, key: str) -> bool:
    scores = [*_SCORES.get(key, []), 0, 0]
    return SURE <= scores[0] < 100 and scores[0] - scores[1] >= MARGIN


def _rules_of(matcher: Matcher) -> Found:
    rows = matcher.mentions()
    rows = rows[(rows["part"] == 1) & (rows["organisation_id"] != "")]
    return dict(zip(rows["evidence_id"], rows["organisation_id"], strict=True)), {}


def rapidfuzz_alone(folder: Path, _: str) -> Found:
    """Each name against every name of the register: the best by WRatio, if it has 90 of 100."""
    from rapidfuzz import fuzz, process, utils

    register = register_of(folder)
    names, bodies = register.names["name"].tolist(), register.names["organisation_id"].tolist()
    processed = [utils.default_process(name) for name in names]
    mentions = frame(folder, "mentions")
    decided = {}
    for mid, raw in zip(mentions["mid"], mentions["raw"], strict=True):
        found = process.extractOne(utils.default_process(raw), processed, scorer=fuzz.WRatio, score_cutoff=SURE)
        if found is not None:
            decided[str(mid)] = bodies[found[2]]
    return decided, {}


def splink(folder: Path, python: str) -> Found:
    """Splink on DuckDB for what the same rules leave open, in a Python that has it."""
    matcher = Made(store_of(folder), folder)
    matching = matcher.match()
    decided, _more = _rules_of(matcher)
    sql = (
        "SELECT m.evidence_id AS unique_id, p.loose AS name, nullif(lower(e.to_town), '') AS town"
        f" FROM ({mentions_sql()}) AS m"
        " JOIN resolutions AS r ON r.name_key = m.name_key AND r.organisation_id = ''"
        " JOIN parts AS p ON p.written = m.part_of AND p.part = m.part"
        " JOIN evidence AS e ON e.evidence_id = m.evidence_id WHERE m.part = 1"
    )
    connection = matcher._connection
    connection.execute(f"COPY ({sql}) TO '{folder}/open.parquet' (FORMAT parquet)")
    connection.register("names", matching.names)
    connection.execute(
        "COPY (SELECT row_number() OVER () || '|' || organisation_id AS unique_id, loose AS name,"
        f" nullif(town, '') AS town FROM names WHERE kind <> 'acronym') TO '{folder}/known.parquet' (FORMAT parquet)"
    )
    done = subprocess.run(
        [python, str(BY_SPLINK), str(folder)], capture_output=True, text=True, timeout=3000, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    told = json.loads(done.stdout.strip().splitlines()[-1])
    return {**decided, **told["decided"]}, {"seconds": told["seconds"], "memory": told["memory"]}


# ── running ───────────────────────────────────────────────────────────────────────────────────────


def measured(method: Callable[[Path, str], Found], folder: Path, python: str, into: Any) -> None:
    started, processor = time.perf_counter(), time.process_time()
    try:
        decided, more = method(folder, python)
    except Exception as error:  # told in the table
        into.put({"failed": f"{type(error).__name__}: {error}"[:200]})
        return
    scored = {"rules": score(folder, decided)}
    if "how" in more:
        how = more.pop("how")
        scored["marks"] = score(folder, {mid: body for mid, body in decided.items() if how[mid] == "identifier"})
    if "sure" in more:
        scored["sure"] = score(folder, more.pop("sure"))
    into.put(
        {
            "wall": time.perf_counter() - started,
            "processor": time.process_time() - processor + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]),
            "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2,
            **more,
            **scored,
        }
    )


def score(folder: Path, decided: dict[str, str]) -> tuple[float, float, int]:
    """Precision, recall, and how many were decided."""
    mentions = frame(folder, "mentions")
    truth = {str(mid): str(body) for mid, body in zip(mentions["mid"], mentions["truth"], strict=True)}
    right = sum(truth[mid] == body for mid, body in decided.items())
    return right / max(len(decided), 1), right / sum(body != "-1" for body in truth.values()), len(decided)


def run(method: Callable[[Path, str], Found], folder: Path, python: str = "") -> dict[str, Any]:
    context = multiprocessing.get_context("spawn")
    queue: Any = context.Queue()
    child = context.Process(target=measured, args=(method, folder, python, queue))
    child.start()
    found: dict[str, Any] = queue.get()
    child.join()
    return found


def lines(generator: Path, sizes: Sequence[int], seeds: Sequence[int], python: str) -> list[str]:
    told = []
    for size in sizes:
        for seed in seeds:
            with tempfile.TemporaryDirectory() as aside:
                folder = Path(aside)
                context = multiprocessing.get_context("spawn")
                child = context.Process(target=generated, args=(generator, size, seed, folder))
                child.start()
                child.join()
                told += of_one(folder, size, seed, python)
    return told


HEAD = (
    "| method | decided | precision | recall | seconds by the clock | of a processor | memory, GB |",
    "|---|---|---|---|---|---|---|",
)


def of_one(folder: Path, size: int, seed: int, python: str) -> list[str]:
    looked = "looked at while the rules were written" if seed == LOOKED_AT else "not looked at"
    told = [f"## {size:,} names, seed {seed} ({looked})", "", *HEAD]
    ruled = run(rules, folder)
    told.append(line("**the rules**", ruled))
    if "marks" in ruled:
        precision, recall, decided = ruled["marks"]
        told.append(f"| by identifier alone | {decided:,} | {precision:.4f} | {recall:.3f} | | | |")
    found = run(with_candidates, folder)
    sure = {**found, "rules": found.get("sure", (0, 0, 0))}
    told.append(line(f"rules, then the first candidate from {SURE} with {MARGIN} more than the next", sure))
    told.append(
        line("rapidfuzz alone (WRatio from 90)", run(rapidfuzz_alone, folder))
        if size in RAPIDFUZZ_SIZES
        else f"| rapidfuzz alone | not run: {size:,} × {size:,} comparisons | | | | | |"
    )
    if not python:
        told.append("| rules, then Splink | not run: it is not installed | | | | | |")
    elif size in SPLINK_SIZES:
        told.append(line("rules, then Splink (DuckDB)", run(splink, folder, python)))
    else:
        told.append(f"| rules, then Splink | not run at {size:,} | | | | | |")
    told.append("")
    if "seconds" in ruled:
        told.append(
            f"The rules themselves, reading and splitting the names included: {ruled['seconds']:.1f} s by the clock,"
            f" {ruled['spent']:.1f} s of a processor."
        )
    if "five" in found:
        told.append(
            f"Candidates for the {found['open']:,} names left open: {found['seconds']:.1f} s by the clock,"
            f" {found['spent']:.1f} s of a processor, {found['memory']:.2f} GB with everything."
            f" Of the {found['had']:,} whose body is on the register, the truth is the first for {found['first']:.1%}"
            f" and among five for {found['five']:.1%}."
        )
    for row in told:
        print(row, flush=True)
    return [*told, ""]


def line(what: str, found: dict[str, Any]) -> str:
    if "failed" in found:
        return f"| {what} | not run: {found['failed']} | | | | | |"
    precision, recall, decided = found["rules"]
    return (
        f"| {what} | {decided:,} | {precision:.4f} | {recall:.3f} | {found['wall']:.1f} | {found['processor']:.1f} "
        f"| {found['memory']:.2f} |"
    )


HEADING = """# Names: how well, how fast

Made by `{command}`, on a machine whose {count} processors others used at the same time: read the seconds of a
processor rather than those of the clock. The generator makes a register with legal forms, renamed departments,
councils, trusts, trading names, homonyms and groups; as many mentions of it, with typing errors, cut names and
other forms. One mention in ten is of a body that the register does not have.

Precision: of the names that were decided, how many are right. Recall: of the names whose body is on the register,
how many were decided and are right. Every method runs in a process of its own, from reading the files on. The line
that decides by score is there to compare: the product decides nothing by score. Splink runs on what the rules leave
open, with the comparisons and blocks of `tests/benchmarks/names_by_splink.py`, and decides from a probability of
0.9; somebody who knows it well may get more out of it. Seed {looked} was looked at while the rules were written.
Generator and rules know of the same sorts of noise: trust the differences, not the levels.

"""


def document(told: Sequence[str], command: str) -> str:
    head = HEADING.format(command=command, count=os.cpu_count(), looked=LOOKED_AT)
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    foot = f"Python {platform.python_version()}, DuckDB {duckdb.__version__}; load at the end {load}.\n"
    return head + "\n".join([*told, foot])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--generator", type=Path, help="the generator of the names benchmark")
    parser.add_argument("--sizes", default="2000,200000")
    parser.add_argument("--seeds", default="11,907")
    parser.add_argument("--splink", default="", metavar="PYTHON", help="a Python that has splink")
    parser.add_argument("--write", type=Path)
    options, _others = parser.parse_known_args()
    if options.generator is None:
        print("Names: not run. Say where the generator is: --generator PATH/names_benchmark.py")
        return
    sizes, seeds = (tuple(map(int, text.split(","))) for text in (options.sizes, options.seeds))
    told = lines(options.generator, sizes, seeds, options.splink)
    if options.write:
        command = f"bench_names.py --generator {options.generator.name} --sizes {options.sizes} --seeds {options.seeds}"
        options.write.write_text(document(told, command), encoding="utf-8")


if __name__ == "__main__":
    main()
