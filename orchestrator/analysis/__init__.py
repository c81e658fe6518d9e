"""Analyses: one question a file, each a pure function from a mission graph to findings."""

from orchestrator.analysis.catalogue import ANALYSES, Analysis

__all__ = ["ANALYSES", "Analysis"]
