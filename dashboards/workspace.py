"""What was brought and taken: packs, snapshots and decisions, as files in one folder.

A folder that is named lasts; otherwise it is one of this run, and goes when the program stops. Keys of packs cannot be
guessed, so that a pack that was brought is seen by whoever has its address, and by nobody else. The pack that is served
is never written to.
"""

from __future__ import annotations

import re
import secrets
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Final

from orchestrator.errors import CannotWrite, UnknownName, quoted
from orchestrator.store import SUFFIX
from orchestrator.study import Library

__all__ = ["Workspace"]

_KEY: Final = re.compile(r"[A-Za-z0-9_-]{22}")
_SNAPSHOT: Final = re.compile(r"[A-Za-z0-9._-]{1,200}")
_NOT_IN_NAMES: Final = re.compile(r"[^\w.-]+")
_LONGEST_NAME: Final = 80
#: What belongs to the pack that is served lies in a folder of this name; no key is as short.
_SERVED: Final = "served"


class Workspace:
    """Packs that were brought, snapshots that were taken or brought, decisions; ``keep`` packs stay open at once.

    Raises CannotWrite where the folder cannot be made.
    """

    def __init__(self, folder: Path | None = None, keep: int = 8) -> None:
        self._own = None if folder else tempfile.TemporaryDirectory(prefix="orchestrator-", ignore_cleanup_errors=True)
        self.folder = folder or Path(self._own.name if self._own else "")
        self.lasts = folder is not None
        self._keep = keep
        self._libraries: OrderedDict[str, Library] = OrderedDict()
        self._lock = threading.Lock()
        self._made(self.folder)

    # ── packs ─────────────────────────────────────────────────────────────────────────────────────

    def arrive(self, name: str, save: Callable[[Path], object]) -> str:
        """Take a file in as it is, not looked into yet: ``save`` writes it to a path. The key that it can be had by."""
        key = secrets.token_urlsafe(16)
        safe = _NOT_IN_NAMES.sub("-", Path(name.replace("\\", "/")).name).strip(".-") or "pack"
        stem, dot, suffix = safe.rpartition(".")
        short = f"{stem[:_LONGEST_NAME]}.{suffix[:8]}" if dot else safe[:_LONGEST_NAME]
        save(self._made(self.folder / "packs" / key) / short)
        return key

    def file_of(self, key: str) -> Path:
        """The file that was brought under this key. Raises UnknownName."""
        folder = self.folder / "packs" / key
        if _KEY.fullmatch(key) and folder.is_dir():
            for path in sorted(folder.iterdir()):
                return path
        raise UnknownName("pack", key)

    def library(self, key: str) -> Library | None:
        """The library of a pack that was brought, if it is open."""
        with self._lock:
            if key in self._libraries:
                self._libraries.move_to_end(key)
            return self._libraries.get(key)

    def take(self, key: str, library: Library) -> Library:
        """Keep a library open; of two for one key the first stays."""
        with self._lock:
            kept = self._libraries.setdefault(key, library)
            self._libraries.move_to_end(key)
            while len(self._libraries) > self._keep:
                self._libraries.popitem(last=False)
            return kept

    # ── snapshots and decisions ───────────────────────────────────────────────────────────────────

    def snapshots(self, pack: str) -> tuple[Path, ...]:
        """The snapshot files that belong to a pack (blank: the one that is served), by name."""
        folder = self.folder / "snapshots" / self._of(pack)
        return tuple(sorted(folder.glob(f"*{SUFFIX}"))) if folder.is_dir() else ()

    def snapshot_file(self, pack: str, name: str) -> Path:
        """The snapshot file of this name, without its ending. Raises UnknownName."""
        path = self.folder / "snapshots" / self._of(pack) / f"{name}{SUFFIX}"
        if not _SNAPSHOT.fullmatch(name) or not path.is_file():
            raise UnknownName("snapshot", name)
        return path

    def snapshot_folder(self, pack: str) -> Path:
        """Where snapshots of a pack are written. Raises CannotWrite."""
        return self._made(self.folder / "snapshots" / self._of(pack))

    def decisions_file(self, pack: str) -> Path:
        """The table of decisions on advice about a pack; it may not be there yet."""
        return self._made(self.folder / "decisions" / self._of(pack)) / "decisions.csv"

    # ── exports ───────────────────────────────────────────────────────────────────────────────────

    def export_folder(self) -> Path:
        """Where exports are written until they are downloaded. Raises CannotWrite."""
        return self._made(self.folder / "exports")

    def export_file(self, key: str, name: str) -> Path:
        """The export of this key and name. Raises UnknownName."""
        folder = self.folder / "exports" / key
        if _KEY.fullmatch(key) and folder.is_dir():
            for path in folder.iterdir():
                if path.name == name and path.is_file():
                    return path
        raise UnknownName("export", name)

    def stamp(self, pack: str) -> tuple[tuple[str, int, int], ...]:
        """What stands in the snapshots and decisions of a pack: the same as long as none of it was changed."""
        found = []
        if pack and not _KEY.fullmatch(pack):
            return ()
        for kind in ("snapshots", "decisions"):
            folder = self.folder / kind / (pack or _SERVED)
            for path in sorted(folder.iterdir()) if folder.is_dir() else ():
                status = path.stat()
                found.append((path.name, status.st_mtime_ns, status.st_size))
        return tuple(found)

    def close(self) -> None:
        """Let go of the folder; one that was made for this run goes."""
        if self._own is not None:
            self._own.cleanup()

    def _of(self, pack: str) -> str:
        if pack and not _KEY.fullmatch(pack):
            raise UnknownName("pack", pack)
        return pack or _SERVED

    @staticmethod
    def _made(folder: Path) -> Path:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotWrite(f"Cannot make the folder {quoted(str(folder))}: {error.strerror}.") from error
        return folder
