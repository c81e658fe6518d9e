"""A pack from wherever it lies: a folder, a zip archive or a workbook, chosen by what it really is."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from orchestrator.errors import BadData, Problem, quoted
from orchestrator.intake.archive import read_archive
from orchestrator.intake.folder import read_folder, read_whole
from orchestrator.intake.reading import file_label
from orchestrator.intake.signature import foreign_kind, is_zip
from orchestrator.intake.workbook import read_workbook
from orchestrator.intake.zip_kinds import ZipKind, zip_kind
from orchestrator.intake.zip_parts import LARGEST_ARCHIVE, Parts, open_parts
from orchestrator.tables.nearest import nearest
from orchestrator.tables.raw import RawPack
from orchestrator.tables.schema import read_schema

__all__ = ["read_pack"]

_A_PACK_IS: Final = "A pack is a folder of CSV files, a .zip of such a folder, or an .xlsx or .ods workbook."
_ZIP_NAMES: Final = (".zip", ".xlsx", ".xlsm", ".xltx", ".xlsb", ".ods")
_LISTED_AT_MOST: Final = 10_000


def read_pack(path: Path) -> RawPack:
    """Which tables does the pack at this path hold? Every cell as text, with every problem of every file.

    A folder of ``NAME.csv``, a ``.zip`` of such a folder, or one ``.xlsx`` or ``.ods`` workbook with a sheet a table;
    a file is told by its content, and refused where its name says something else. Bad content never raises: it is in
    ``problems``, and what was only seen is in ``notices``. The tables stand in the order of the schema's names as
    they were found; a pack without a table has none and one problem or more.

    Raises BadData with one problem if the path does not exist or cannot be read.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "ties.csv").write_text("source_id,target_id\\na,b\\n")
    ...     [table.name for table in read_pack(Path(folder)).tables]
    ['ties']
    """
    try:
        if path.is_dir():
            return read_folder(path)
        if not path.exists():
            raise BadData([_not_there(path)])
    except (OSError, ValueError) as error:
        raise BadData([_unreadable(path, error)]) from error
    data = read_whole(path, LARGEST_ARCHIVE)
    if isinstance(data, Problem):
        raise BadData([data])
    return _read_file(path, data)


def _not_there(path: Path) -> Problem:
    near = nearest(path.name, _beside(path), most=1)
    hint = f"Did you mean {quoted(str(path.parent / near[0]))}?" if near else ""
    return Problem("there is no such file or folder.", quoted(str(path))[1:-1], allowed=_A_PACK_IS, hint=hint)


def _beside(path: Path) -> list[str]:
    """What lies in the folder in which the path should be? Nothing where that is not there either."""
    try:
        return [each.name for each, _ in zip(path.parent.iterdir(), range(_LISTED_AT_MOST), strict=False)]
    except OSError:
        return []


def _unreadable(path: Path, error: OSError | ValueError) -> Problem:
    reason = (error.strerror or "it fails").lower() if isinstance(error, OSError) else str(error)
    return Problem(f"this cannot be read: {reason}.", quoted(str(path))[1:-1], allowed=_A_PACK_IS)


def _read_file(path: Path, data: bytes) -> RawPack:
    if not is_zip(data):
        return RawPack(_stem(path), (), (_no_pack(path, data),))
    parts = open_parts(file_label(path), data)
    if isinstance(parts, tuple):
        return RawPack(_stem(path), (), parts)
    return _read_zip(path, data, parts)


def _read_zip(path: Path, data: bytes, parts: Parts) -> RawPack:
    kind = zip_kind(parts)
    if not kind.suffix:
        problem = Problem(f"this is {kind.called}, not a pack.", file_label(path), allowed=_A_PACK_IS)
        return RawPack(_stem(path), (), (problem,))
    if path.suffix.lower() in _ZIP_NAMES and path.suffix.lower() != kind.suffix:
        return RawPack(_stem(path), (), (_misnamed(path, kind),))
    if kind.suffix == ".zip":
        return read_archive(file_label(path), data)
    return read_workbook(file_label(path), data)


def _misnamed(path: Path, kind: ZipKind) -> Problem:
    what = f"the name ends in {path.suffix}, but this is {kind.called}."
    hint = f"Rename it to {quoted(path.stem + kind.suffix)} or save it again."
    return Problem(what, file_label(path), allowed="The name says what the file is.", hint=hint)


def _stem(path: Path) -> str:
    return file_label(Path(path.stem))


def _no_pack(path: Path, data: bytes) -> Problem:
    """What is wrong with a file that is no archive at all?"""
    what, hint = _why_no_pack(path, data)
    return Problem(what, file_label(path), allowed=_A_PACK_IS, hint=hint)


def _why_no_pack(path: Path, data: bytes) -> tuple[str, str]:
    kind, suffix = foreign_kind(data), path.suffix.lower()
    if not data:
        return "the file is empty.", ""
    if kind is not None:
        return f"this is {kind}, not a pack.", ""
    if suffix in _ZIP_NAMES:
        return f"this is not a {suffix} file, whatever its name says.", "It may be damaged: copy it or save it again."
    if path.stem.casefold() in read_schema().names:
        return "this is one table, not a pack.", f"Give the folder {quoted(str(path.parent))} that it lies in."
    return "this is a single file, not a pack.", ""
