"""Tables: the vocabulary, the schema, and the checks that every pack passes."""

from orchestrator.tables.cells import split_list
from orchestrator.tables.check import check_pack
from orchestrator.tables.nearest import nearest
from orchestrator.tables.pack import Pack
from orchestrator.tables.raw import RawPack, RawTable
from orchestrator.tables.report import Report, TableCount
from orchestrator.tables.schema import Schema, packaged_folder, read_schema

__all__ = [
    "Pack",
    "RawPack",
    "RawTable",
    "Report",
    "Schema",
    "TableCount",
    "check_pack",
    "nearest",
    "packaged_folder",
    "read_schema",
    "split_list",
]
