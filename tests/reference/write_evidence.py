"""The tables in docs/evidence.md: columns, formats and, with a folder of published files, what became of their records.

python -m tests.reference.write_evidence [FOLDER]
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from orchestrator.intake.evidence import EVIDENCE_FORMATS, EvidenceMapping, read_evidence, read_mapping
from orchestrator.tables.evidence import EVIDENCE_COLUMNS, EvidenceReport

__all__ = ["PAGE", "with_tables"]

_DOCS: Final = Path(__file__).resolve().parents[2] / "docs"
PAGE: Final = _DOCS / "evidence.md"
#: What is read: the folder, which of its files, and the mapping file that goes with them.
_READ: Final = (
    ("360giving-lloyds", "*.json", ""),
    ("360giving-trafford", "*_grants.json", ""),
    ("360giving-trafford", "*_grants.csv", ""),
    ("contracts-finder-ocds", "*.json", ""),
    ("nhs-spend-london-2020", "*.csv", "nhs-spend-london-2020.toml"),
    ("repd-2021", "renewable*.csv", ""),
)


def with_tables(page: str) -> str:
    """The page with the tables that follow from the code."""
    page = _between(page, "columns", "\n".join(_columns()))
    return _between(page, "formats", "\n".join(_formats()))


def _between(page: str, name: str, text: str) -> str:
    block = re.compile(rf"(<!-- {name}: [^\n]*-->\n).*?(<!-- end -->)", re.DOTALL)
    return block.sub(lambda found: f"{found[1]}{text}\n{found[2]}", page, count=1)


def _columns() -> Iterator[str]:
    yield "| column | type | meaning |\n|---|---|---|"
    for column in EVIDENCE_COLUMNS:
        yield f"| `{column.name}` | {column.kind} | {column.meaning.replace('|', '&#124;')} |"


def _formats() -> Iterator[str]:
    yield "| format | files | kind of evidence |\n|---|---|---|"
    kinds = {"360giving": "grant", "ocds": "contract"}
    for each in EVIDENCE_FORMATS:
        kind = each.layout.kind if each.layout is not None else kinds.get(each.name, "tie")
        yield f"| `{each.name}` | {each.files} | {kind} |"


def _figures(folder: Path) -> Iterator[str]:
    yield "| files | read | = kept | + rejected | + set aside |\n|---|--:|--:|--:|--:|"
    every: list[tuple[str, list[EvidenceReport]]] = []
    for name, pattern, mapping in _READ:
        said = read_mapping(_DOCS / "mappings" / mapping) if mapping else EvidenceMapping()
        reports = [_report(path, said) for path in sorted((folder / name).glob(pattern)) if path.name != "SOURCE.txt"]
        files = f"{len(reports)} files" if len(reports) > 1 else "1 file"
        every.append((f"{name}, {pattern.rpartition('.')[2].upper()}, {files}", reports))
    for name, reports in every:
        counts = (sum(getattr(each, count) for each in reports) for count in ("read", "kept", "rejected", "set_aside"))
        yield f"| {name} | {' | '.join(f'{count:,}' for count in counts)} |"
    for name, reports in every:
        yield from _why(name, reports)


def _why(name: str, reports: list[EvidenceReport]) -> Iterator[str]:
    reasons: Counter[str] = Counter()
    for report in reports:
        for reason in report.reasons:
            reasons[f"{reason.outcome}: {reason.reason}"] += reason.count
    notices = Counter(_general(each.what) for report in reports for each in report.notices)
    if reasons or notices:
        yield f"\n{name}:\n"
        yield from (f"- {count:,} {reason}" for reason, count in reasons.most_common())
        for what, count in notices.most_common():
            yield f"- noticed {'once' if count == 1 else f'{count:,} times'}: {what}"


def _general(what: str) -> str:
    """A notice without its numbers and without the part of the file that it is about."""
    if what.startswith("nothing was taken from"):
        return "nothing was taken from known columns that hold nothing of the evidence table"
    what = re.sub(r"^of [^)]*\), ", "", what).replace(" has ", " have ")
    return re.sub(r"(?<![\w-])\d[\d,]*(?=[ ,;])", "…", what)


def _report(path: Path, mapping: EvidenceMapping) -> EvidenceReport:
    reading = read_evidence(path, mapping=mapping)
    for _ in reading.batches():
        pass
    return reading.report


if __name__ == "__main__":
    written = with_tables(PAGE.read_text(encoding="utf-8"))
    if len(sys.argv) > 1:
        written = _between(written, "figures", "\n".join(_figures(Path(sys.argv[1]))))
    PAGE.write_text(written, encoding="utf-8")
