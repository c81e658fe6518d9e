"""From evidence to ties: a readable rule file, SQL written once, and three engines that give the same ties."""

from orchestrator.evidence.connect import connected
from orchestrator.evidence.engines import DEFAULT_MEMORY, DuckEngine, Engine, SpillSettings, engine_kind
from orchestrator.evidence.inferring import (
    RECORD_COLUMNS,
    EvidenceUse,
    Inference,
    InferredTie,
    LeftOut,
    infer_ties,
    of_mission,
    save_records,
    tie_id,
)
from orchestrator.evidence.rules import MissionRule, Rules, Step, TieRule, packaged_rules, read_rules
from orchestrator.evidence.writing import BASIS, EXTRA_COLUMNS, tie_columns, tie_rows, ties_text

__all__ = [
    "BASIS",
    "DEFAULT_MEMORY",
    "EXTRA_COLUMNS",
    "RECORD_COLUMNS",
    "DuckEngine",
    "Engine",
    "EvidenceUse",
    "Inference",
    "InferredTie",
    "LeftOut",
    "MissionRule",
    "Rules",
    "SpillSettings",
    "Step",
    "TieRule",
    "connected",
    "engine_kind",
    "infer_ties",
    "of_mission",
    "packaged_rules",
    "read_rules",
    "save_records",
    "tie_columns",
    "tie_id",
    "tie_rows",
    "ties_text",
]
