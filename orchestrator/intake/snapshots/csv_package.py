"""A folder of CSV tables with its ``datapackage.json``, read back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd

from orchestrator.errors import BadData, Problem, quoted
from orchestrator.intake.csv_text import read_csv
from orchestrator.intake.folder import LARGEST_FILE, read_whole
from orchestrator.intake.reading import file_label
from orchestrator.model.restoring import GRAPH_TABLES, restore
from orchestrator.model.snapshot import Snapshot
from orchestrator.tables.columns import MisfitError, column_of
from orchestrator.tables.escapes import unescape
from orchestrator.tables.raw import RawTable
from orchestrator.tables.strict_json import read_json

__all__ = ["mission_of", "read_csv_package", "typed_table"]

_PACKAGE: Final = "datapackage.json"
_KINDS: Final = {"string": "text", "number": "number", "date": "date"}
_LARGEST_PACKAGE: Final = 16 << 20


def read_csv_package(folder: Path) -> Snapshot:
    """The snapshot in this folder. Raises BadData that names file, row and column of what is wrong."""
    package = read_json(_PACKAGE, _bytes(folder, _PACKAGE, _LARGEST_PACKAGE))
    header = package.get("snapshot") if isinstance(package, dict) else None
    resources = package.get("resources") if isinstance(package, dict) else None
    if not isinstance(header, dict) or not isinstance(resources, list):
        raise _bad(f"{file_label(folder)}/{_PACKAGE}", "this is no package of ours.", "It has snapshot and resources.")
    tables = {}
    for resource in resources:
        name, path, kinds = _resource(resource)
        if name in (*GRAPH_TABLES, "missions"):
            tables[name] = _table(folder, name, path, kinds)
    texts = {name: value for name, value in header.items() if isinstance(value, str)}
    return restore(texts, mission_of(tables.pop("missions", None), _PACKAGE), tables, file_label(folder))


def mission_of(table: pd.DataFrame | None, file: str) -> dict[str, str]:
    """The mission in the one row of this table. Raises BadData if there is none or more."""
    if table is None or len(table) != 1:
        raise _bad(file, "it does not hold one mission.", "The table missions has one row.")
    return {str(name): str(table[name].iloc[0]) for name in table.columns}


def typed_table(raw: RawTable, kinds: Mapping[str, str], file: str) -> pd.DataFrame:
    """The typed table of these texts; ``kinds`` must name exactly its columns. Raises BadData with row and column."""
    names = [unescape(name) for name in raw.columns]
    if sorted(names) != sorted(kinds):
        allowed = f"Columns: {', '.join(kinds)}."
        raise _bad(file, "the headings are not those that the description names.", allowed)
    found = {}
    for name, cells in zip(names, raw.cells, strict=True):
        try:
            found[name] = column_of(kinds[name], [unescape(cell) for cell in cells])
        except MisfitError as misfit:
            row, shown = raw.rows[misfit.row], quoted(name)[1:-1]
            raise BadData([Problem(misfit.what, file, row, shown, allowed=misfit.allowed)]) from None
    return pd.DataFrame(found)


def _table(folder: Path, name: str, path: str, kinds: Mapping[str, str]) -> pd.DataFrame:
    reading = read_csv(name, path, _bytes(folder, path, LARGEST_FILE))
    if reading.table is None or reading.problems or reading.table.ragged:
        raise BadData((*reading.problems, *(reading.table.ragged if reading.table else ())))
    return typed_table(reading.table, kinds, path)


def _resource(found: Any) -> tuple[str, str, dict[str, str]]:
    """Name, file and columns of a table."""
    resource = found if isinstance(found, dict) else {}
    name, path, schema = resource.get("name"), resource.get("path"), resource.get("schema")
    fields = schema.get("fields") if isinstance(schema, dict) else None
    if not isinstance(name, str) or not isinstance(path, str) or not isinstance(fields, list):
        raise _bad(_PACKAGE, "a table is described badly.", "Each has name, path and schema with fields.")
    if Path(path).name != path or "\\" in path or path in ("", ".", ".."):
        raise _bad(_PACKAGE, f"{quoted(path)} is not beside it.", "Each file lies in the folder itself.")
    kinds: dict[str, str] = {}
    for field in fields:
        column, kind = (field.get("name"), field.get("type")) if isinstance(field, dict) else (None, None)
        if not isinstance(column, str) or not isinstance(kind, str) or kind not in _KINDS or column in kinds:
            raise _bad(_PACKAGE, f"a column of {quoted(name)} is described badly.", f"Types: {', '.join(_KINDS)}.")
        kinds[column] = _KINDS[kind]
    return name, path, kinds


def _bytes(folder: Path, name: str, largest: int) -> bytes:
    path = folder / name
    if path.is_symlink():
        raise _bad(name, "this is a link.", "Put the file itself into the folder.")
    data = read_whole(path, largest)
    if isinstance(data, Problem):
        raise BadData([data])
    return data


def _bad(file: str, what: str, allowed: str) -> BadData:
    return BadData([Problem(what, file, allowed=allowed)])
