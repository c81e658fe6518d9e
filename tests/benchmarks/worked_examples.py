"""The worked examples of docs/examples, made again from the published files: python worked_examples.py NAME FOLDER.

NAME is ``clean-energy``, ``london-health``, ``trafford``, or ``matches`` for the hundred matches that were checked by
hand. FOLDER holds the published files; they are read and never copied. ``--write`` puts the page into docs/examples.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

import duckdb

from orchestrator.evidence import packaged_rules, read_rules
from orchestrator.evidencing import Evidenced, infer, write_ties
from orchestrator.holdings import holdings
from orchestrator.intake.evidence import read_evidence, read_mapping
from orchestrator.matching import mentions_sql, read_decisions
from orchestrator.model.mission_graph import MissionGraph
from orchestrator.study import open_pack
from orchestrator.tables.evidence_store import EvidenceWriter, evidence_files

ROOT: Final = Path(__file__).resolve().parents[2]
PAGES: Final = ROOT / "docs" / "examples"
CHECKED: Final = PAGES / "checked.csv"
DRAWN: Final = 100
SEED: Final = 8


@dataclass(frozen=True)
class Example:
    """One example: its files, how they are read, the mission, the day, and what its numbers can and cannot show."""

    name: str
    title: str
    files: tuple[str, ...]
    mission: str
    as_of: date
    shows: str
    cannot: tuple[str, ...]
    mapping: str = ""
    rules: str = ""


EXAMPLES: Final = MappingProxyType(
    {
        each.name: each
        for each in (
            Example(
                "clean-energy",
                "Clean energy: the operators and authorities of the Renewable Energy Planning Database",
                ("repd-2021/*.csv",),
                "clean-energy",
                date(2021, 6, 30),
                "which planning authority dealt with which operator of a renewable project that runs, is being built or "
                "has consent",
                (
                    "A consent is a decision of an authority on an application. It does not show that the two work "
                    "together, so the tie is called *regulates*.",
                    "Most projects are run by companies made for one project, whose names say nothing of who owns them. "
                    "They are not in the register and stay open.",
                    "The register of projects leaves out what is below its threshold of size.",
                ),
            ),
            Example(
                "london-health",
                "Health in London: spending over £25,000 of 34 NHS bodies, 2020–21",
                ("nhs-spend-london-2020/*.csv",),
                "nhs",
                date(2021, 3, 31),
                "which NHS body in London paid which body of the register, how often and how much",
                (
                    "A payment shows that money went, not for what kind of work together. Rents and rates are in it.",
                    "Suppliers that are no body of the register stay open; most of them are firms and care homes.",
                    "The files were merged by others from what each body published; months are missing for some.",
                    "The clinical commissioning groups of that year are bodies of their own here. They were abolished in "
                    "2022; their heirs are not put in their place.",
                ),
                mapping="docs/mappings/nhs-spend-london-2020.toml",
            ),
            Example(
                "trafford",
                "One council: Trafford's grants, and contracts that name it",
                ("360giving-trafford/*grants.json", "contracts-finder-ocds/*.json"),
                "levelling-up-08-well-being",
                date(2024, 6, 30),
                "whom the council funds and from whom it buys, as far as they are named",
                (
                    "Nobody says for which mission a small grant is. It is laid to well-being by a rule of this example.",
                    "The hundred contract notices are a sample of all England, so nearly all of them are of others.",
                    "Many recipients are clubs and groups without a number in a public register.",
                ),
                rules="docs/examples/trafford.rules.toml",
            ),
        )
    }
)


@dataclass(frozen=True)
class Made:
    """An example that was made: the ties, the store that they came from, and its folder."""

    example: Example
    found: Evidenced
    store: Path


def make(example: Example, files: Path, folder: Path) -> Made:
    """Read the files, match the names, infer the ties and write the pack, all inside ``folder``."""
    store = folder / example.name
    mapping = read_mapping(ROOT / example.mapping) if example.mapping else None
    paths = sorted(path for pattern in example.files for path in files.glob(pattern))
    if not paths:
        sys.exit(f"In {files} there is none of {', '.join(example.files)}.")
    with EvidenceWriter(store) as writer:
        for path in paths:
            reading = read_evidence(path, None, mapping)
            writer.write(reading.digest, reading.batches())
            writer.report(reading.report)
        writer.commit()
    decisions = PAGES / f"{example.name}.matches.csv"
    found = infer(
        store,
        open_pack(),
        read_rules(ROOT / example.rules) if example.rules else packaged_rules(),
        folder / f"{example.name}.records.parquet",
        as_of=example.as_of,
        mission=example.mission,
        decisions=read_decisions(decisions) if decisions.is_file() else (),
    )
    write_ties(found, folder / f"{example.name}-pack")
    return Made(example, found, store)


# ── the page ──────────────────────────────────────────────────────────────────────────────────────
def page(made: Made, folder: Path) -> Iterator[str]:
    """The page of an example. Every number in it is computed."""
    example, found, held = made.example, made.found, holdings(made.store)
    ties, use = found.inference.ties, found.use
    read, kept = sum(each.read for each in held.reports), sum(each.kept for each in held.reports)
    rejected = sum(each.rejected for each in held.reports)
    yield f"# {example.title}\n"
    yield f"Made by `make example NAME={example.name} FILES=FOLDER` from the published files; seen on {example.as_of}.\n"
    yield f"**What it shows:** {example.shows}.\n"
    yield "## In numbers\n"
    yield "| | |\n|---|---:|"
    yield f"| files | {len(held.reports):,} |"
    yield f"| records read = kept + set aside + rejected | {read:,} = {kept:,} + {read - kept - rejected:,} + {rejected:,} |"
    yield f"| rows of evidence used for ties | {use.used:,} of {use.read:,} |"
    yield f"| ties of the mission {example.mission} | {len(ties):,} |"
    levels = Counter(tie.level for tie in ties)
    yield f"| of level 1, of level 2 | {levels[1]:,}, {levels[2]:,} |"
    money = sum(tie.amount_pence or 0 for tie in ties)
    yield f"| money on them | £{money // 100:,} |"
    yield from _members(made, folder)
    yield "\n## What was left out, and why\n\n| reason | rows | money |\n|---|---:|---:|"
    yield from (f"| {each.reason} | {each.rows:,} | {_pounds(each.pence)} |" for each in use.left_out)
    yield "\n## Names\n\n| how | names | mentions | money |\n|---|---:|---:|---:|"
    for each in held.matched:
        yield f"| {each.how or '**left open**'} | {each.names:,} | {each.mentions:,} | {_pounds(each.pence)} |"
    yield "\n## The largest ties\n\n| from | to | kind | level | confidence | records | money |\n|---|---|---|---:|---:|---:|---:|"
    names = _names(made)
    most = sorted(ties, key=lambda tie: (-(tie.amount_pence or 0), -tie.evidence, tie.source_id, tie.target_id))
    for tie in most[:12]:
        ends = f"{names.get(tie.source_id, tie.source_id)} | {names.get(tie.target_id, tie.target_id)}"
        cells = f"{tie.kind} | {tie.level} | {tie.confidence / 1e6:g} | {tie.evidence:,}"
        yield f"| {ends} | {cells} | {_pounds(tie.amount_pence or 0)} |"
    yield "\n## What it cannot show\n"
    yield from (f"- {each}" for each in example.cannot)
    missed = next((each for each in held.matched if not each.how), None)
    if missed:
        whole = sum(each.names for each in held.matched)
        yield f"- {missed.names:,} of {whole:,} names were left open: nobody decided whom they mean, so they make no tie."


def _members(made: Made, folder: Path) -> Iterator[str]:
    example = made.example
    before = MissionGraph.from_pack(made.found.pack, example.mission, example.as_of, 1)
    after = MissionGraph.from_pack(open_pack(folder / f"{example.name}-pack"), example.mission, example.as_of, 1)
    was, now = set(before.members), set(after.members)
    yield f"| members of the mission on that day, before and with the ties | {len(was):,}, {len(now):,} |"


def _names(made: Made) -> dict[str, str]:
    bodies = made.found.pack["organisations"]
    called = dict(zip(bodies["organisation_id"], bodies["name"], strict=True))
    return called | {each.organisation_id: each.name for each in made.found.decisions if each.verdict == "new"}


def _pounds(pence: int) -> str:
    return f"{'-' if pence < 0 else ''}£{abs(pence) // 100:,}"


# ── matches to check by hand ──────────────────────────────────────────────────────────────────────
def matched_names(made: Made) -> list[tuple[str, str, str, str]]:
    """Every distinct name that a rule matched: example, name as written, organisation, how."""
    with duckdb.connect() as connection:
        listed = ", ".join(f"'{file}'" for file in evidence_files(made.store))
        connection.execute(f"CREATE VIEW evidence AS SELECT * FROM read_parquet([{listed}])")
        for name in ("parts", "towns", "marks", "resolutions"):
            connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{made.store / name}.parquet')")
        rows = connection.execute(
            f"SELECT DISTINCT m.name, r.organisation_id, r.how FROM ({mentions_sql()}) AS m JOIN resolutions AS r "
            "USING (name_key) WHERE r.organisation_id <> '' AND r.how <> 'decision'"
        ).fetchall()
    return sorted((made.example.name, *row) for row in rows)


def matches_page(every: list[Made]) -> Iterator[str]:
    """The hundred matches, each with the verdict of whoever checked it, and how many were wrong."""
    pool = [row for made in every for row in matched_names(made)]
    names = {body: name for made in every for body, name in _names(made).items()}
    drawn = sorted(random.Random(SEED).sample(pool, min(DRAWN, len(pool))))
    with CHECKED.open(encoding="utf-8", newline="") as file:
        verdicts = {(row["name"], row["organisation_id"]): row for row in csv.DictReader(file)}
    found = [verdicts.get((name, body), {}) for _, name, body, _ in drawn]
    counts = Counter(each.get("verdict", "not checked") for each in found)
    yield "# A hundred matches, checked by hand\n"
    yield f"Drawn at random (seed {SEED}) from {len(pool):,} distinct names that rules matched in the three examples;"
    yield "made by `make example NAME=matches FILES=FOLDER`. Each was read one by one against the register and what is"
    yield "publicly known of the two names; no company record was looked up. The verdicts stand in [checked.csv](checked.csv).\n"
    yield "Verdicts: " + ", ".join(f"{many:,} {verdict}" for verdict, many in counts.most_common()) + ".\n"
    yield "| example | name as written | organisation | how | verdict | note |\n|---|---|---|---|---|---|"
    for (example, name, body, how), each in zip(drawn, found, strict=True):
        cells = (example, name, names.get(body, body), how, each.get("verdict", "not checked"), each.get("note", ""))
        yield "| " + " | ".join(" ".join(cell.replace("|", "/").split()) for cell in cells) + " |"
    yield "\n*right*: the same body, or the name that it had before. *successor*: the name is that of a body that was merged into the other,"
    yield "which is recorded as its alias without a date. *group*: a company or fund of the same group, whose names the register lists as"
    yield "aliases of the group. *cannot tell*: two bodies could have that name."


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("name", choices=(*EXAMPLES, "matches"))
    asked.add_argument("files", type=Path, help="folder of the published files")
    asked.add_argument("--write", action="store_true", help="write the page into docs/examples")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.name == "matches":
            text = "\n".join(matches_page([make(each, options.files, folder) for each in EXAMPLES.values()]))
        else:
            text = "\n".join(page(make(EXAMPLES[options.name], options.files, folder), folder))
    if options.write:
        (PAGES / f"{options.name}.md").write_text(f"{text}\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
