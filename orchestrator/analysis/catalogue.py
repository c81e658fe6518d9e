"""The list of analyses: one question a file. To add one, write the file and name it here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from orchestrator.analysis.between import analyse_between
from orchestrator.analysis.bottlenecks import analyse_bottlenecks
from orchestrator.analysis.brokers import analyse_brokers
from orchestrator.analysis.coverage import analyse_coverage
from orchestrator.analysis.key_sets import analyse_key_sets
from orchestrator.analysis.load import analyse_load
from orchestrator.analysis.reach import analyse_reach
from orchestrator.analysis.shape import analyse_shape
from orchestrator.analysis.single_ties import analyse_single_ties
from orchestrator.model.findings import Findings
from orchestrator.model.mission_graph import MissionGraph

__all__ = ["ANALYSES", "Analysis"]


@dataclass(frozen=True)
class Analysis:
    """An analysis by name: the question that it answers, and the pure function that answers it."""

    name: str
    question: str
    function: Callable[[MissionGraph], Findings]


ANALYSES = (
    Analysis("coverage", "Where is nobody?", analyse_coverage),
    Analysis("reach", "Who cannot reach us?", analyse_reach),
    Analysis("bottlenecks", "Where does it hang on one body?", analyse_bottlenecks),
    Analysis("single_ties", "Which single ties does contact hang on?", analyse_single_ties),
    Analysis("between", "Through whom do our routes run?", analyse_between),
    Analysis("shape", "What shape has the network?", analyse_shape),
    Analysis("load", "Who is overloaded?", analyse_load),
    Analysis("brokers", "Who stands between sectors?", analyse_brokers),
    Analysis("key_sets", "Which two or three together?", analyse_key_sets),
)
