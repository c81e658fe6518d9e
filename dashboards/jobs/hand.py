"""One worker as the server sees it: a process that is started when it is needed, and again after it was ended."""

from __future__ import annotations

import subprocess
import sys
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Final

from dashboards.jobs.messages import read_message, unwrap, wrap, write_message
from dashboards.jobs.progress import Progress, Stopped
from orchestrator.tables.pack import Pack

__all__ = ["Hand"]

_PACKS: Final = 4
_COMMAND: Final = (sys.executable, "-P", "-m", "dashboards.jobs.worker")
_BROKE_OFF: Final = "The work broke off before it was done."


class Hand:
    """Does one task at a time. Only ``end`` may be called by another thread."""

    def __init__(self, name_of: Callable[[Pack], str]) -> None:
        self._name_of = name_of
        self._process: subprocess.Popen[bytes] | None = None
        self._knows: OrderedDict[str, None] = OrderedDict()
        #: Bytes of the last outcome, as it was sent.
        self.weight = 0

    def do(
        self, function: Callable[..., Any], arguments: tuple[Any, ...], told: Callable[[Progress], None]
    ) -> tuple[str, Any]:
        """The outcome of a task: "done" with the value, "refused" with the error, "failed" with the traceback.

        Raises Stopped where the process ended before it was done.
        """
        met: dict[str, Pack] = {}

        def name(pack: Pack) -> str:
            found = self._name_of(pack)
            met[found] = pack
            return found

        task = wrap(("task", function, arguments), name)
        process = self._running()
        try:
            self._hand_over(process, met)
            _send(process, task)
            return self._outcome(process, told)
        except OSError as gone:
            raise Stopped(_BROKE_OFF) from gone
        finally:
            if process.poll() is not None:
                self._process = None

    def start(self) -> None:
        """Start the process before it is needed."""
        self._running()

    def end(self) -> None:
        """End the process, whatever it is doing."""
        process = self._process
        if process is not None:
            process.kill()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(_COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
            self._knows.clear()
        return self._process

    def _hand_over(self, process: subprocess.Popen[bytes], packs: dict[str, Pack]) -> None:
        """Make the process know these packs, and forget those that it has not met for longest."""
        for name, pack in packs.items():
            if name not in self._knows:
                _send(process, wrap(("pack", name, pack)))
            self._knows[name] = None
            self._knows.move_to_end(name)
        while len(self._knows) > max(_PACKS, len(packs)):
            _send(process, wrap(("forget", self._knows.popitem(last=False)[0])))

    def _outcome(self, process: subprocess.Popen[bytes], told: Callable[[Progress], None]) -> tuple[str, Any]:
        if process.stdout is None:
            raise Stopped(_BROKE_OFF)
        while (data := read_message(process.stdout)) is not None:  # type: ignore[arg-type]
            self.weight = len(data)
            kind, *rest = unwrap(data, self._no_pack)
            if kind != "progress":
                return kind, rest[0]
            told(Progress(*rest))
        process.wait()
        raise Stopped(_BROKE_OFF)

    @staticmethod
    def _no_pack(name: str) -> Pack:
        raise LookupError(f"a worker answered with the pack {name} by name")


def _send(process: subprocess.Popen[bytes], data: bytes) -> None:
    if process.stdin is None:
        raise BrokenPipeError
    write_message(process.stdin, data)  # type: ignore[arg-type]
