"""The list of analyses: one question a file. To add one, write the file and name it here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from orchestrator.analysis.between import analyse_between
from orchestrator.analysis.board_reach import analyse_board_reach
from orchestrator.analysis.bottlenecks import analyse_bottlenecks
from orchestrator.analysis.brokers import analyse_brokers
from orchestrator.analysis.coverage import analyse_coverage
from orchestrator.analysis.funding_cliff import analyse_funding_cliff
from orchestrator.analysis.gateways import analyse_gateways
from orchestrator.analysis.key_sets import analyse_key_sets
from orchestrator.analysis.load import analyse_load
from orchestrator.analysis.local_ties import analyse_local_ties
from orchestrator.analysis.mixing import analyse_mixing
from orchestrator.analysis.overlap import analyse_overlap
from orchestrator.analysis.principles import analyse_principles
from orchestrator.analysis.reach import analyse_reach
from orchestrator.analysis.removal_curve import analyse_removal_curve
from orchestrator.analysis.remove_centre import analyse_remove_centre
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
    Analysis("remove_centre", "What if the centre itself steps out?", analyse_remove_centre),
    Analysis("gateways", "Who stands between us and a whole sector or place?", analyse_gateways),
    Analysis("mixing", "Where are holes between sectors and places?", analyse_mixing),
    Analysis("overlap", "Which missions share their partners?", analyse_overlap),
    Analysis("removal_curve", "How fast does contact fall?", analyse_removal_curve),
    Analysis("funding_cliff", "Will it last?", analyse_funding_cliff),
    Analysis("board_reach", "How far does the board reach?", analyse_board_reach),
    Analysis("local_ties", "Which places have no local voice?", analyse_local_ties),
    Analysis("principles", "What does the network say of the six principles?", analyse_principles),
)
