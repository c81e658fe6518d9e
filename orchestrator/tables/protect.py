"""Cells that a spreadsheet would take for a formula, and the apostrophe that keeps them text in a CSV file.

The exporters put the apostrophe on, the reader of CSV files takes it off; the two undo each other for every text.
"""

from __future__ import annotations

import re

__all__ = ["protect", "unprotect"]

#: A text that a spreadsheet would run, or one that already looks protected.
_WOULD_RUN = re.compile(r"'*[=+\-@\t\r]")


def protect(cell: str) -> str:
    """How is this text written to a CSV file so that no spreadsheet runs it? With an apostrophe before = + - @ TAB CR.

    A text that already has such an apostrophe gets one more, so that ``unprotect`` gives back exactly what was there.

    >>> protect("=1+1"), protect("'=1+1"), protect("'s-Hertogenbosch")
    ("'=1+1", "''=1+1", "'s-Hertogenbosch")
    """
    return "'" + cell if _WOULD_RUN.match(cell) else cell


def unprotect(cell: str) -> str:
    """What did the text say before it was protected? One apostrophe before = + - @ TAB CR is taken off.

    >>> unprotect("'=1+1"), unprotect("=1+1"), unprotect("'tis")
    ('=1+1', '=1+1', "'tis")
    """
    return cell[1:] if cell.startswith("'") and _WOULD_RUN.match(cell) else cell
