"""Findings for people: a page of text for a terminal, and a table of findings for a spreadsheet."""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Iterator

from orchestrator.export.findings_json import finding_row
from orchestrator.model.findings import Finding
from orchestrator.model.results import Results
from orchestrator.model.wording import counted, number
from orchestrator.model.worlds import Worlds
from orchestrator.tables.protect import protect
from orchestrator.tables.vocabulary import STATE_LABELS, STATES

__all__ = ["findings_csv", "findings_table"]

_WIDTH = 100


def findings_csv(results: Results) -> str:
    """The findings as CSV, one row each, what matters most first; only the heading if there are none.

    A text that a spreadsheet would run as a formula is written with an apostrophe before it.
    """
    columns = tuple(finding_row(_BLANK))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for finding in results.findings:
        row = finding_row(finding) | {"evidence": "|".join(finding.evidence)}
        writer.writerow([protect(v) if isinstance(v, str) else "" if v is None else v for v in row.values()])
    return text.getvalue()


_BLANK = Finding("", "info", "", "", "", None, "", "", "")


def findings_table(results: Results) -> str:
    """The findings as a page of text: the mission, its need grid in counts, then each finding with what to do."""
    return "\n".join(_lines(results)) + "\n"


def _lines(results: Results) -> Iterator[str]:
    graph = results.graph
    yield f"{graph.title}, on {graph.as_of.isoformat()}"
    yield f"Centre: {graph.name_of(graph.centre_id)}"
    yield f"{counted(len(graph.members), 'member').capitalize()}, {counted(len(graph.ends), 'tie')}"
    states = results.measure("requirement", "state")
    if states is not None and len(states.values):
        counts = [f"{list(states.values).count(state)} {STATE_LABELS[state].casefold()}" for state in STATES]
        yield f"{counted(len(states.values), 'requirement').capitalize()}: {', '.join(counts)}"
    if results.worlds is not None:
        yield from _how_sure(results.worlds)
    yield f"Digest {graph.digest}"
    yield ""
    if not results.findings:
        yield "No findings."
    for at, finding in enumerate(results.findings, start=1):
        yield from _entry(at, finding)


def _how_sure(worlds: Worlds) -> Iterator[str]:
    yield (
        f"Recomputed in {counted(worlds.count, 'world')} that the evidence allows (seed {worlds.seed}): "
        "robust from 90% on, likely from 50% on, below that we cannot tell."
    )
    for line in (*(each.why_not_ranked for each in worlds.not_ranked), *worlds.assumptions):
        yield from textwrap.wrap(line, _WIDTH, initial_indent="  · ", subsequent_indent="    ")


def _entry(at: int, finding: Finding) -> Iterator[str]:
    stake = f" (requirement weight at stake: {number(finding.stake)})" if finding.stake else ""
    head = f"{at:>3}. [{finding.severity}] "
    yield from textwrap.wrap(finding.statement + stake, _WIDTH, initial_indent=head, subsequent_indent="     ")
    yield from textwrap.wrap(finding.action, _WIDTH, initial_indent="     → ", subsequent_indent="       ")
