"""Small stores of evidence and small registers: what a test does not say of a row is left blank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pandas as pd

from orchestrator.tables.evidence import EVIDENCE_COLUMNS
from orchestrator.tables.pack import Pack
from tests.laws.packs import checked

_TYPES = {"text": "VARCHAR", "date": "DATE", "whole": "BIGINT"}


def record(to_name: str, pence: int | None = None, **cells: object) -> dict[str, object]:
    """A payment of the Ministry of Tests to a body, on 1 June 2020."""
    given: dict[str, object] = {"kind": "payment", "from_name": "Ministry of Tests", "to_name": to_name}
    given |= {"amount_pence": pence, "currency": "GBP", "starts": "2020-06-01", "file": "spend.csv"}
    return given | cells


def store(folder: Path, rows: Sequence[Mapping[str, object]]) -> Path:
    """A store with these rows, numbered in order."""
    (folder / "evidence").mkdir(parents=True, exist_ok=True)
    blank: dict[str, object] = {each.name: "" if each.kind == "text" else None for each in EVIDENCE_COLUMNS}
    numbered = [blank | {"evidence_id": f"e{at}", "row": f"row {at}"} | dict(row) for at, row in enumerate(rows, 1)]
    frame = pd.DataFrame(numbered, columns=list(blank), dtype=object)
    columns = ", ".join(f'CAST("{each.name}" AS {_TYPES[each.kind]}) AS "{each.name}"' for each in EVIDENCE_COLUMNS)
    with duckdb.connect() as connection:
        connection.register("rows", frame)
        path = folder / "evidence" / "made.parquet"
        connection.execute(f"COPY (SELECT {columns} FROM rows) TO '{path}' (FORMAT parquet)")
    return folder


def register(organisations: str, names: str = "", places: str = "") -> Pack:
    """A pack of bodies, ``id; name; aliases; identifiers; place``, and of names, ``id; name; kind; starts; ends``."""
    bodies = [_cells(line, 5) for line in organisations.strip().splitlines()]
    dated = [_cells(line, 5) for line in names.strip().splitlines()]
    seats = sorted({cells[4] for cells in bodies if cells[4]})
    keys = ("organisation_id", "name", "aliases", "identifiers", "seat_place_id")
    return checked(
        {
            "organisations": [
                {"sector": "central" if cells[0] == "unit" else "firm", **dict(zip(keys, cells, strict=True))}
                for cells in [["unit", "Ministry of Tests", "MoT", "", ""], *bodies]
            ],
            "places": [{"place_id": name, "name": name, "level": "area"} for name in seats],
            "missions": [{"mission_id": "m", "title": "Mission", "centre_id": "unit"}],
            "ties": [],
            "names": [
                dict(zip(("organisation_id", "name", "kind", "starts", "ends"), cells, strict=True)) for cells in dated
            ],
        }
    )


def _cells(line: str, count: int) -> list[str]:
    cells = [cell.strip() for cell in line.split(";")]
    return cells + [""] * (count - len(cells))
