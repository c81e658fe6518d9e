"""A file is written whole or not at all; so are several that belong together."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

from orchestrator.errors import CannotWrite, quoted

__all__ = ["write_all", "write_together", "write_whole"]


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all: to a temporary name beside it first, then renamed.

    Raises CannotWrite with the reason: no such folder, no right to write there, a full disk.
    """
    write_all({path: content})


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write files that belong together: every one to a temporary name first, and only then all of them renamed.

    Where one cannot be written, none is changed. Raises CannotWrite with the reason. Only a power cut between two
    renames can leave some new and some old, each of them whole.

    >>> write_all({})
    """
    temporary: dict[Path, Path] = {}
    path = Path()
    try:
        for path, content in files.items():
            temporary[path] = _beside(path, content)
        for path, whole in temporary.items():
            whole.replace(path)
    except OSError as error:
        for whole in temporary.values():
            whole.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise CannotWrite(f"Cannot write {quoted(str(path))}: {reason}. Nothing was written.") from error


def _beside(path: Path, content: bytes) -> Path:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    whole = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        whole.chmod(0o644)
    except OSError:
        whole.unlink(missing_ok=True)
        raise
    return whole


def write_together(
    folder: Path, files: Mapping[str, Callable[[BinaryIO], None]], progress: Callable[[str], None] | None = None
) -> tuple[Path, ...]:
    """Write files into a folder, all of them or none: first into a folder of their own in it, then renamed.

    ``files`` gives for each name the function that writes its bytes; a name may be in a folder inside, which is then
    replaced as a whole. The folder is made if it is not there. ``progress`` is told of each file before it is written.
    Gives the paths of what stands in the folder now. Raises CannotWrite with the reason; whatever a function raises
    goes through. In both cases nothing is left behind, and what was there before stays as it was.
    """
    made = _first_missing(folder)
    aside: Path | None = None
    path = folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=folder, prefix=".writing-"))
        for name, write in files.items():
            path = folder / name
            if progress is not None:
                progress(f"Writing {name}")
            _write_synced(aside / name, write)
        tops = tuple(dict.fromkeys(folder / Path(name).parts[0] for name in files))
        for path in tops:
            _put_in_place(aside / path.name, path)
    except OSError as error:
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)
        reason = error.strerror or str(error)
        raise CannotWrite(f"Cannot write {quoted(str(path))}: {reason}. Nothing was written.") from error
    finally:
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)
    return tops


def _first_missing(folder: Path) -> Path | None:
    """The outermost of the folders that will have to be made; None if the folder is there."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    return missing[-1] if missing else None


def _write_synced(path: Path, write: Callable[[BinaryIO], None]) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("xb") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(0o644)


def _put_in_place(made: Path, path: Path) -> None:
    """Rename a file or folder; a folder that stands there goes aside first and comes back if that fails."""
    if not path.is_dir() or path.is_symlink():
        made.replace(path)
        return
    old = made.with_name(f".old-{path.name}")
    path.replace(old)
    try:
        made.replace(path)
    except OSError:
        old.replace(path)
        raise
