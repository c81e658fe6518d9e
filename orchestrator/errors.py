"""The tree of errors, and the form of a message.

OrchestratorError        70  our fault, unless a child says otherwise
├── WrongUsage            2  the command was called wrongly
├── BadData               3  what was read breaks a rule; carries every problem
├── UnknownName           4  a mission, body or analysis that is not there; carries the nearest
└── CannotWrite           5  the result could not be written

A message says what is wrong, with the value; where (file, row, column); what is allowed; what to try next:

    ties.csv, row 41, column level: 'high' is not a whole number. Use 1, 2, 3 or 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["BadData", "CannotWrite", "OrchestratorError", "Problem", "UnknownName", "WrongUsage", "quoted"]

LONGEST_QUOTE = 200


def quoted(value: str) -> str:
    """How is a value from outside shown in a message? Quoted, without control characters, never longer than a line.

    >>> quoted("high")
    "'high'"
    """
    shown = value if len(value) <= LONGEST_QUOTE else value[:LONGEST_QUOTE] + "…"
    return "'" + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in shown) + "'"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with what was read: where, what, what is allowed, what to try.

    ``row`` counts as a spreadsheet does: the heading is row 1. ``line`` is a line of the text and is used where
    the text itself is broken, so that it has no rows. Both are None where the whole file is meant.

    >>> print(Problem("'high' is not a whole number.", "ties.csv", 41, "level", "high", "Use 1, 2, 3 or 4."))
    ties.csv, row 41, column level: 'high' is not a whole number. Use 1, 2, 3 or 4.
    """

    what: str
    file: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    allowed: str = ""
    hint: str = ""
    line: int | None = None

    def where(self) -> str:
        """Where is it? File, then row or line, then column.

        >>> Problem("x", "ties.csv", 41).where()
        'ties.csv, row 41'
        """
        parts = [self.file]
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.line is not None:
            parts.append(f"line {self.line}")
        if self.column is not None:
            parts.append(f"column {self.column}")
        return ", ".join(parts)

    def __str__(self) -> str:
        return f"{self.where()}: " + " ".join(part for part in (self.what, self.allowed, self.hint) if part)


class OrchestratorError(Exception):
    """Something that a user is told in one clear message. ``exit_code`` is what the command line ends with."""

    exit_code = 70


class WrongUsage(OrchestratorError):
    """The command was called in a way that makes no sense."""

    exit_code = 2


class BadData(OrchestratorError):
    """What was read breaks a rule. ``problems`` lists everything that was found, not the first thing only."""

    exit_code = 3

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[BadData], tuple[tuple[Problem, ...]]]:
        return BadData, (self.problems,)


class UnknownName(OrchestratorError):
    """A name that is not there, with the nearest ones that are.

    >>> print(UnknownName("mission", "clean-enrgy", ["clean-energy"]))
    There is no mission 'clean-enrgy'. Did you mean 'clean-energy'?
    """

    exit_code = 4

    def __init__(self, kind: str, name: str, nearest: Sequence[str] = ()) -> None:
        self.kind, self.name, self.nearest = kind, name, tuple(nearest)
        hint = f" Did you mean {' or '.join(quoted(n) for n in self.nearest)}?" if self.nearest else ""
        super().__init__(f"There is no {kind} {quoted(name)}.{hint}")

    def __reduce__(self) -> tuple[type[UnknownName], tuple[str, str, tuple[str, ...]]]:
        return UnknownName, (self.kind, self.name, self.nearest)


class CannotWrite(OrchestratorError):
    """The result could not be written; nothing is left half written."""

    exit_code = 5
