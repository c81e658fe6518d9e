"""Files that are tables: is this one laid out so, and what do its sheets say?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from orchestrator.errors import BadData, Problem, quoted
from orchestrator.intake.evidence.layouts import Headed, Layout, ask, find_headings, not_laid_out
from orchestrator.intake.evidence.mapping import IGNORE
from orchestrator.intake.evidence.opening import Opened
from orchestrator.intake.evidence.statement import Statement
from orchestrator.intake.evidence.table import Refine, Table

__all__ = ["fits_layout", "read_layout"]

_SHOWN: Final = 12


def fits_layout(opened: Opened, layout: Layout) -> bool:
    """Has one of its sheets the headings that this layout needs? Raises BadData where the file is no table."""
    return opened.form == "table" and any(find_headings(sheet, layout, opened.mapping) for sheet in opened.sheets)


def read_layout(opened: Opened, layout: Layout, refine: Callable[[], Refine] | None = None) -> Iterator[Statement]:
    """What the sheets that are laid out so say, one after the other; the others are told and left alone.

    Raises BadData where no sheet is laid out so, where headings are not known, and where nobody says who pays.
    """
    found = [find_headings(sheet, layout, opened.mapping) for sheet in opened.sheets]
    headed = [each for each in found if each is not None]
    if not layout.may_be_windows:
        opened.refuse_windows()
    if not headed:
        where = opened.sheets or []
        raise BadData([not_laid_out(sheet, layout, opened.mapping) for sheet in where] or [_empty(opened)])
    problems = [problem for each in headed for problem in ask(each, layout, opened.mapping)]
    problems += [_no_payer(each) for each in headed if _payer_missing(each, layout, opened)]
    if problems:
        raise BadData(problems)
    for sheet, each in zip(opened.sheets, found, strict=True):
        if each is None:
            what = f"it is not laid out as {layout.called} and was left alone."
            opened.tally.notices.append(Problem(what, sheet.file))
    for each in headed:
        opened.tally.notices.extend(_not_taken(each))
        done = refine() if refine is not None else None
        yield from Table(each, layout, opened.mapping, opened.publisher, opened.tally, done).statements()


def _payer_missing(headed: Headed, layout: Layout, opened: Opened) -> bool:
    given = headed.columns("from_name") or opened.mapping.fixed.get("from_name") or opened.publisher
    return layout.payer_is_publisher and not given


def _not_taken(headed: Headed) -> Iterator[Problem]:
    """Which columns are known, or passed over as the mapping file says, and nothing is taken from them?"""
    pairs = zip(headed.headings, headed.roles, strict=True)
    names = [heading.strip() for heading, role in pairs if heading.strip() and role in ("", IGNORE)]
    if names:
        listed = ", ".join(map(quoted, names[:_SHOWN])) + (" …" if len(names) > _SHOWN else "")
        columns = "1 column" if len(names) == 1 else f"{len(names):,} columns"
        yield Problem(f"nothing was taken from {columns}: {listed}.", headed.sheet.file, headed.number)


def _no_payer(headed: Headed) -> Problem:
    given = ", ".join(heading.strip() for heading in headed.headings if heading.strip())
    what = f"no column says from whom it is; the headings are {quoted(given[:300])}."
    hint = 'Say who published it: --publisher NAME, or publisher = "…" in the mapping file.'
    return Problem(what, headed.sheet.file, headed.number, hint=hint)


def _empty(opened: Opened) -> Problem:
    return Problem("no sheet holds anything.", opened.source.name, allowed="One of its first rows holds the headings.")
