"""What comes of reading one file: a table, or the reasons why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from orchestrator.errors import Problem, quoted
from orchestrator.tables.raw import RawTable

__all__ = ["Reading", "file_label", "refused"]


@dataclass(frozen=True)
class Reading:
    """One file after reading. ``table`` is None where the file could not be read; ``problems`` then says why.

    Rows that could not be laid under the headings are not here but in ``table.ragged``.
    """

    table: RawTable | None
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()


def refused(*problems: Problem) -> Reading:
    """What comes of a file that is refused as a whole? No table, and why.

    >>> refused(Problem("the file is empty.", "ties.csv")).table is None
    True
    """
    return Reading(None, problems)


def file_label(path: Path) -> str:
    """What is this file or folder called in a message? Its own name, with nothing in it that cannot be printed.

    >>> file_label(Path("packs/uk.zip"))
    'uk.zip'
    """
    return quoted(path.name or path.resolve().name or str(path))[1:-1]
