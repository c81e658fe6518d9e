"""One writer at a time, across threads and processes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from orchestrator.errors import CannotWrite, quoted

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)

    def _give(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)

    def _give(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)


__all__ = ["locked"]


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the right to write this file, and wait for whoever holds it now.

    The right hangs on a file of no bytes beside it, ``.NAME.lock``, which stays there: the file itself may be replaced
    while it is held. It ends with the process that held it, however that ends. Raises CannotWrite.
    """
    beside = path.with_name(f".{path.name}.lock")
    try:
        file = beside.open("ab")
    except OSError as error:
        raise CannotWrite(
            f"Cannot write {quoted(str(path))}: {error.strerror or error}. Nothing was written."
        ) from error
    with file:
        _take(file.fileno())
        try:
            yield
        finally:
            _give(file.fileno())
