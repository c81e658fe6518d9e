"""Exports read back: strictly, each format by a reader of its own, to the same mission graph to the last bit."""

from orchestrator.intake.snapshots.formats import READERS, read_export

__all__ = ["READERS", "read_export"]
