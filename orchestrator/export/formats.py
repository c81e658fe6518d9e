"""The formats that a snapshot can be written in. docs/formats.md says what each carries and what it cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Final

from orchestrator.errors import UnknownName
from orchestrator.export.csv_package import csv_package
from orchestrator.export.docx import docx
from orchestrator.export.gexf import gexf
from orchestrator.export.graphml import graphml
from orchestrator.export.kumu import kumu
from orchestrator.export.matrix_text import pajek, ucinet_dl
from orchestrator.export.node_link import node_link
from orchestrator.export.ods import ods
from orchestrator.export.page import page
from orchestrator.export.pdf import pdf
from orchestrator.export.snapshot_json import snapshot_json
from orchestrator.export.workbook import workbook
from orchestrator.export.xlsx import xlsx
from orchestrator.model.snapshot import Snapshot
from orchestrator.tables.nearest import nearest

__all__ = ["FORMATS", "Format", "chosen_formats"]

Write = Callable[[BinaryIO], None]


@dataclass(frozen=True)
class Format:
    """One format: its name, the ending of its files, whether it is read back to the same digest, and its files.

    ``files`` gives for a snapshot the name of every file with the function that writes it. ``advises``: it says whom to
    bring in, so the snapshot needs its advice.
    """

    name: str
    ending: str
    complete: bool
    files: Callable[[Snapshot], Mapping[str, Write]]
    advises: bool = False


def _one_file(ending: str, pieces: Callable[[Snapshot], Iterable[bytes]]) -> Callable[[Snapshot], Mapping[str, Write]]:
    """The one file of a format whose bytes come piece by piece."""

    def files(snapshot: Snapshot) -> Mapping[str, Write]:
        def write(file: BinaryIO) -> None:
            file.writelines(pieces(snapshot))

        return {f"{snapshot.stem}{ending}": write}

    return files


def _one_archive(ending: str, write: Callable[[Snapshot, BinaryIO], None]) -> Callable[[Snapshot], Mapping[str, Write]]:
    """The one file of a format that is written by parts."""
    return lambda snapshot: {f"{snapshot.stem}{ending}": lambda file: write(snapshot, file)}


FORMATS: Final = (
    Format("json", ".json", True, _one_file(".json", snapshot_json)),
    Format("graphml", ".graphml", True, _one_file(".graphml", graphml)),
    Format("gexf", ".gexf", True, _one_file(".gexf", gexf)),
    Format("csv", "-csv", True, csv_package),
    Format("xlsx", ".xlsx", True, _one_archive(".xlsx", xlsx)),
    Format("ods", ".ods", True, _one_archive(".ods", ods)),
    Format("kumu", ".kumu.json", False, _one_file(".kumu.json", kumu)),
    Format("pajek", ".net", False, _one_file(".net", pajek)),
    Format("dl", ".dl", False, _one_file(".dl", ucinet_dl)),
    Format("node-link", ".node-link.json", False, _one_file(".node-link.json", node_link)),
    Format("pdf", ".pdf", False, _one_archive(".pdf", pdf), advises=True),
    Format("docx", ".docx", False, _one_archive(".docx", docx), advises=True),
    Format("html", ".html", False, _one_file(".html", page), advises=True),
    Format("tables", ".tables.xlsx", False, _one_archive(".tables.xlsx", workbook), advises=True),
)


def chosen_formats(names: Iterable[str]) -> tuple[Format, ...]:
    """The formats of these names. Raises UnknownName for one that there is not.

    >>> [each.ending for each in chosen_formats(["json"])]
    ['.json']
    """
    names, known = tuple(names), {each.name: each for each in FORMATS}
    for name in names:
        if name not in known:
            raise UnknownName("format", name, nearest(name, list(known)) or list(known))
    return tuple(known[name] for name in dict.fromkeys(names))
