"""Limits that make no sense and missions that leave nothing to choose: one clear error each, naming what and where."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from orchestrator.errors import BadData, OrchestratorError, UnknownName, WrongUsage
from orchestrator.model import MissionGraph
from orchestrator.partners import Request, SectorLimit, advice, read_sectors
from tests.laws.oracle import Tables
from tests.packs import DAY, MISSION, mission, pack


def graph(tables: Tables) -> MissionGraph:
    return MissionGraph.from_pack(pack(tables), MISSION, DAY)


def with_column(tables: Tables, column: str, **values: str) -> Tables:
    for row in tables["organisations"]:
        row[column] = values.get(row["organisation_id"], "")
    return tables


TWO = mission(ties="ca", needs="s-w:2", works="a:s-w", could="b:s-w d:s-w")

SAID: dict[str, tuple[Callable[[], object], type[OrchestratorError], str]] = {
    "an empty need grid": (
        lambda: advice(graph(mission(ties="ca"))),
        BadData,
        (
            "requirements.csv: The mission 'm' has no requirements, so nobody can be missing. "
            "Add what the mission needs where, one row a need."
        ),
    ),
    "a budget of nothing": (
        lambda: Request(budget=0.0),
        WrongUsage,
        "--budget 0 leaves nothing to choose. Use a number above 0.",
    ),
    "nobody at most": (lambda: Request(max_new=0), WrongUsage, "--max-new 0 leaves nothing to choose. Use 1 or more."),
    "no step": (lambda: Request(within=0), WrongUsage, "--within 0 reaches nobody. Use 1 or more steps."),
    "no candidates": (
        lambda: advice(graph(mission(ties="ca", needs="s-w:2", works="a:s-w"))),
        BadData,
        (
            "organisations.csv: There is no candidate for the mission 'm': every body works in it or withdrew. "
            "Add organisations that are not in the mission yet."
        ),
    ),
    "capacities exceeded": (
        lambda: advice(graph(with_column(mission("ca", "s-w:2", "a:s-w", could="b:s-w"), "capacity", b="0"))),
        BadData,
        (
            "organisations.csv, column capacity: Every candidate would carry more than its capacity: Body B (1 of 0). "
            "End engagements or add organisations."
        ),
    ),
    "more of a sector than there are": (
        lambda: advice(graph(TWO), Request(sectors={"local": SectorLimit(3, 4)})),
        WrongUsage,
        (
            "--sectors local: at least 3 asked for, but 2 of that sector (local government) could fill an open need "
            "and may come in. Ask for 2 or fewer."
        ),
    ),
    "more by sector than in all": (
        lambda: Request(max_new=2, sectors={"local": SectorLimit(2), "firm": SectorLimit(1)}),
        WrongUsage,
        "--sectors asks for at least 3 bodies, and --max-new allows 2.",
    ),
    "more by sector than the budget": (
        lambda: advice(graph(TWO), Request(budget=1.0, sectors={"local": SectorLimit(2)})),
        WrongUsage,
        "--sectors asks for more than --max-new and --budget allow together: no choice keeps to all of them.",
    ),
    "at least above at most": (
        lambda: read_sectors("firm:3-1"),
        WrongUsage,
        "--sectors: 'firm:3-1' asks for at least 3 and at most 1.",
    ),
    "one sector twice": (
        lambda: read_sectors("firm:1-,firm:-2"),
        WrongUsage,
        "--sectors names 'firm' twice with different limits. Name it once.",
    ),
    "an unknown sector": (
        lambda: read_sectors("firms"),
        UnknownName,
        "There is no sector 'firms'. Did you mean 'firm'?",
    ),
    "limits that cannot be read": (
        lambda: read_sectors("firm:a"),
        WrongUsage,
        "--sectors: 'firm:a' cannot be read. Write firm, firm:1-3, firm:2- or firm:-3.",
    ),
    "no number": (
        lambda: read_sectors("firm:-"),
        WrongUsage,
        "--sectors: 'firm:-' has no number. Write firm:1-3, firm:2- or firm:-3.",
    ),
    "no sector": (
        lambda: read_sectors(","),
        WrongUsage,
        "--sectors names no sector. Use some of central, regional, local, firm, civil-society, research.",
    ),
    "a cost that is none": (
        lambda: advice(graph(with_column(mission("ca", "s-w:2", "a:s-w", could="b:s-w"), "cost", b="dear"))),
        BadData,
        (
            "organisations.csv, column cost: 'dear' is not a cost (b). "
            "Use a number from 0 on, or leave all of the column out: then each counts 1."
        ),
    ),
}


@pytest.mark.parametrize("case", SAID)
def test_one_clear_error(case: str) -> None:
    ask, kind, message = SAID[case]
    with pytest.raises(kind) as told:
        ask()
    assert str(told.value) == message
