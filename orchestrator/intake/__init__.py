"""Intake: what lies in a folder, an archive or a workbook becomes tables of text; nothing is interpreted here."""

from orchestrator.intake.pack import read_pack

__all__ = ["read_pack"]
