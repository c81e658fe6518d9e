"""Advice for people: a page of text for a terminal, and a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Iterator
from typing import Any, Final

from orchestrator.model.advice import Advice, Partner
from orchestrator.model.wording import counted, number, percent
from orchestrator.tables.protect import protect

__all__ = ["advice_csv", "advice_table"]

_WIDTH: Final = 100
#: What is nearer to the best than this is no further from it than figures are rounded.
_ROUNDING: Final = 1e-4
_COLUMNS: Final = (
    "advice", "organisation_id", "name", "other_id", "other_name", "adds", "closes", "strengthens",
    "only_known_candidate_for", "secures", "load_before", "load_after", "capacity", "introducers", "next_best",
    "reason",
)  # fmt: skip


def advice_csv(advice: Advice) -> str:
    """One row a piece of advice: partners, introductions, needs without a known candidate; lists separated by ``|``.

    A text that a spreadsheet would run as a formula is written with an apostrophe before it.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for row in _rows(advice):
        cells = {name: "|".join(cell) if isinstance(cell, tuple) else cell for name, cell in row.items()}
        writer.writerow({n: protect(c) if isinstance(c, str) else "" if c is None else c for n, c in cells.items()})
    return text.getvalue()


def _rows(advice: Advice) -> Iterator[dict[str, Any]]:
    name_of = advice.graph.name_of
    for partner in advice.chosen:
        yield {
            "advice": "bring in",
            "organisation_id": partner.organisation_id,
            "name": name_of(partner.organisation_id),
            "adds": partner.adds,
            "closes": partner.closes,
            "strengthens": partner.strengthens,
            "only_known_candidate_for": partner.only_known_candidate_for,
            "load_before": partner.load_before,
            "load_after": partner.load_after,
            "capacity": partner.capacity,
            "introducers": partner.introducers,
            "next_best": partner.next_best.organisation_id if partner.next_best else None,
            "reason": partner.reason,
        }
    for tie in advice.introductions:
        yield {
            "advice": "introduce",
            "organisation_id": tie.source_id,
            "name": name_of(tie.source_id),
            "other_id": tie.target_id,
            "other_name": name_of(tie.target_id),
            "secures": tie.secures,
            "reason": tie.reason,
        }
    for need in advice.no_known_candidate:
        yield {"advice": "look for", "closes": (need.requirement_id,), "reason": need.look_for}


def advice_table(advice: Advice) -> str:
    """The advice as a page of text: how good it is, whom to bring in and why, whom to introduce, whom to look for."""
    return "\n".join(_lines(advice)) + "\n"


def _lines(advice: Advice) -> Iterator[str]:
    graph = advice.graph
    yield f"{graph.title}, on {graph.as_of.isoformat()}"
    yield f"Centre: {graph.name_of(graph.centre_id)}"
    yield from _wrapped(_how_good(advice), "")
    for note in advice.notes:
        yield from _wrapped(note, "  · ")
    yield f"Digest {graph.digest}"
    yield from _titled("Bring in", len(advice.chosen))
    if not advice.chosen:
        yield "Nobody: no candidate within the limits adds anything."
    for at, partner in enumerate(advice.chosen, start=1):
        sure = "" if partner.chosen_in is None else f" ({_sure(partner)})"
        yield from _wrapped(f"{graph.name_of(partner.organisation_id)}{sure}. {partner.reason}", f"{at:>3}. ")
    yield from _titled("Introduce to each other", len(advice.introductions))
    if not advice.introductions:
        yield "Nobody: no single body's leaving cuts off anyone who has a route to the centre."
    for at, tie in enumerate(advice.introductions, start=1):
        pair = f"{graph.name_of(tie.source_id)} – {graph.name_of(tie.target_id)}. "
        yield from _wrapped(pair + tie.reason, f"{at:>3}. ")
    if advice.no_known_candidate:
        yield from _titled("No known candidate", len(advice.no_known_candidate))
        for at, need in enumerate(advice.no_known_candidate, start=1):
            yield from _wrapped(need.look_for, f"{at:>3}. ")


def _sure(partner: Partner) -> str:
    return f"{partner.word}: chosen in {percent(partner.chosen_in or 0.0)} of the worlds"


def _how_good(advice: Advice) -> str:
    open_ = counted(len(advice.still_open), "requirement")
    bodies = counted(len(advice.chosen), "body", "bodies")
    text = (
        f"With {bodies} more, the need grid would go from {number(advice.objective_today)} to "
        f"{number(advice.objective)} points; {open_} would stay uncovered. "
    )
    if advice.within_percent > _ROUNDING:
        text += f"This is within {advice.within_percent:.2g}% of the best possible ({number(advice.bound)}). "
    else:
        text += "No choice within the limits reaches more. "
    if advice.chosen and advice.cost <= advice.cost_bound:
        text += "None that reaches as much is smaller or cheaper."
    elif advice.chosen:
        text += (
            f"It costs {number(advice.cost)}; none that reaches as much costs less than {number(advice.cost_bound)}."
        )
    return text


def _titled(title: str, count: int) -> Iterator[str]:
    yield ""
    yield f"{title} ({count})"


def _wrapped(text: str, head: str) -> Iterator[str]:
    yield from textwrap.wrap(text, _WIDTH, initial_indent=head, subsequent_indent=" " * len(head)) or [head]
