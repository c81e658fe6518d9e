"""Public registers: one reader a published format, and the import that adds what they say to a pack."""

from orchestrator.intake.registers.contribution import Contribution, SourceFile
from orchestrator.intake.registers.formats import FORMATS, Format
from orchestrator.intake.registers.import_report import ImportReport
from orchestrator.intake.registers.importing import import_files

__all__ = ["FORMATS", "Contribution", "Format", "ImportReport", "SourceFile", "import_files"]
