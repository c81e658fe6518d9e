"""A file is written whole or not at all; so are several that belong together."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from orchestrator.errors import CannotWrite, quoted

__all__ = ["write_all", "write_whole"]


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
