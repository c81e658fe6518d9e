"""What the code under test says of a situation, laid out so that the referee's word can stand beside it."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import currently_in_test_context, note

from orchestrator.export import findings_json
from orchestrator.model import MissionGraph
from orchestrator.study import analyse
from tests.laws.oracle import Oracle, Tables
from tests.laws.packs import MISSION, Situation, checked

Said = dict[str, Any]

#: The analyses whose every figure the referee can work out.
REFEREED = ("coverage", "reach", "bottlenecks", "single_ties", "between", "shape", "load")


def graph_of(tables: Tables, day: str, min_level: int = 2) -> MissionGraph:
    return MissionGraph.from_pack(checked(tables), MISSION, date.fromisoformat(day), min_level)


@lru_cache(maxsize=1_000)
def _judged(situation: str) -> tuple[MissionGraph, str]:
    """Once a situation, however many laws look at it."""
    graph = graph_of(*json.loads(situation))
    return graph, findings_json(analyse(graph, REFEREED))


def graph(situation: Situation) -> MissionGraph:
    return _judged(str(situation))[0]


def document(situation: Situation) -> Said:
    """Everything that ``analyse --format json`` says, read back as a program would."""
    return dict(json.loads(_judged(str(situation))[1]))


def what_follows(tables: Tables, day: str = Situation.day, min_level: int = 2) -> Said:
    """The document without its digest: what the numbers and sentences are, whatever the facts are called."""
    said = document(Situation(tables, day, min_level))
    return {name: part for name, part in said.items() if name != "digest"}


def referee(situation: Situation) -> Oracle:
    if currently_in_test_context():
        note(f"The situation: {situation}")
    return Oracle(situation.tables, MISSION, situation.day, situation.min_level)


def column(rows: list[Said], *names: str) -> list[Any]:
    """One or more columns of a list of rows."""
    return [tuple(row[name] for name in names) if len(names) > 1 else row[names[0]] for row in rows]


def assert_same(found: list[Any], expected: list[Any]) -> None:
    """Equal, None where None, numbers to nine digits."""
    assert found == [pytest.approx(e, rel=1e-9, abs=1e-9) if isinstance(e, float) else e for e in expected]
