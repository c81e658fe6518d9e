"""A million lines of spending to evidence: seconds and memory. Prints, and judges nothing.

Type ``python tests/benchmarks/bench_evidence.py [LINES]``. The lines are made up: 4,000 suppliers, four layouts of
dates, amounts with signs, commas and brackets, one line in two hundred redacted.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from orchestrator.intake.evidence import read_evidence
from orchestrator.tables.evidence_store import EvidenceWriter

LINES = 1_000_000


def made(path: Path, lines: int, seed: int = 1) -> None:
    """Write a file of spending."""
    draw = random.Random(seed)
    with path.open("w") as file:
        file.write("Department Family,Entity,Date,Expense Type,Expense Area,Supplier,Transaction Number,Amount\n")
        for number in range(lines):
            file.write(f"Health,{entity(draw)},{day(draw)},{expense(draw)},{supplier(draw)},{number},{amount(draw)}\n")


def entity(draw: random.Random) -> str:
    """Who pays."""
    return f"Trust {draw.randrange(40)} NHS Foundation Trust"


def day(draw: random.Random) -> str:
    """A day of 2020 in one of four layouts."""
    month, day_ = draw.randrange(1, 13), draw.randrange(1, 29)
    names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return draw.choice(
        (
            f"{day_:02}/{month:02}/2020",
            f"2020-{month:02}-{day_:02} 00:00:00",
            f"{day_:02}-{names[month - 1]}-20",
            f"{day_} {names[month - 1]} 2020",
        )
    )


def expense(draw: random.Random) -> str:
    """Type and area."""
    return f"Type {draw.randrange(200)},Area {draw.randrange(900)}"


def supplier(draw: random.Random) -> str:
    """Who is paid; some are redacted."""
    return "REDACTED" if draw.random() < 0.005 else f"Supplier number {draw.randrange(4000)} Limited"


def amount(draw: random.Random) -> str:
    """An amount in one of the ways in which they are written."""
    value = draw.randrange(2_500_000, 50_000_000) / 100
    return draw.choice((f"{value}", f'"{value:,.2f}"', f'"£{value:,.2f}"', f'"({value:,.2f})"', f"-{value}"))


def main(lines: int) -> None:
    """Make, read, write, print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made(folder / "spending.csv", lines)
        started, used = time.perf_counter(), time.process_time()
        with EvidenceWriter(folder / "store") as writer:
            reading = read_evidence(folder / "spending.csv")
            writer.write(reading.digest, reading.batches())
            report = reading.report
            writer.report(report)
            (path,) = writer.commit()
        seconds, processor = time.perf_counter() - started, time.process_time() - used
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        size, stored = (folder / "spending.csv").stat().st_size, path.stat().st_size
    print(f"{report.read:,} lines ({size:,} bytes) = {report.kept:,} kept + {report.rejected:,} + {report.set_aside:,}")
    print(f"{seconds:.1f} s, {processor:.1f} s of processor, {memory:,.0f} MB at most, {stored:,} bytes of Parquet")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else LINES)
