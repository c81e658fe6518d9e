"""What leaves the tool: findings as JSON, as text, as CSV; files that are whole or not there."""

from orchestrator.export.findings_json import findings_document, findings_json
from orchestrator.export.findings_text import findings_csv, findings_table
from orchestrator.tables.files import write_whole

__all__ = ["findings_csv", "findings_document", "findings_json", "findings_table", "write_whole"]
