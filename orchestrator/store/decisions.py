"""The table of decisions: a CSV file that people can read, and to which decisions are only ever added."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from orchestrator.errors import BadData, Problem
from orchestrator.model.decision import COLUMNS, Decision
from orchestrator.tables.files import write_whole
from orchestrator.tables.locking import locked
from orchestrator.tables.protect import protect

__all__ = ["add_decision"]


def add_decision(path: Path, decision: Decision) -> None:
    """Add a decision to the end of the table, which is made if it is missing; what stands there stays as it is.

    Of several who add at once, threads or programs, none loses what another added. Raises BadData if the file is there
    and is no table of decisions, CannotWrite if it cannot be written.
    """
    _checked(path)  # before a lock is left beside something that is no table of decisions
    with locked(path):
        before = _checked(path)
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        if not before:
            writer.writerow(COLUMNS)
        writer.writerow([protect(cell) for cell in decision.row()])
        joint = "" if not before or before.endswith("\n") else "\n"
        write_whole(path, f"{before}{joint}{text.getvalue()}".encode())


def _checked(path: Path) -> str:
    """What stands in the file; blank if there is none yet."""
    if not path.exists():
        return ""
    try:
        before = path.read_text(encoding="utf-8")
        head = next(csv.reader(io.StringIO(before), strict=True), [])
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadData([Problem(f"it cannot be read as a table of decisions: {error}.", str(path))]) from error
    if before and tuple(head) != COLUMNS:
        what = "it is there and is no table of decisions."
        raise BadData([Problem(what, str(path), 1, allowed=f"Its headings are {', '.join(COLUMNS)}.")])
    return before
