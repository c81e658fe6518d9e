"""The process that does the work: started as ``python -m dashboards.jobs.worker``, it reads tasks and writes results.

Standard input brings messages, standard output takes them; it ends when its input does. Whatever goes wrong in a task,
the next one finds it ready. To cancel a task, end the process.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from typing import Any, BinaryIO

from dashboards.jobs.messages import read_message, unwrap, wrap, write_message
from orchestrator.errors import OrchestratorError
from orchestrator.tables.pack import Pack

__all__ = ["main", "serve"]

_BEHIND_THE_PAGES = 5


def serve(source: BinaryIO, into: BinaryIO) -> None:
    """Do what comes in until nothing comes any more."""
    packs: dict[str, Pack] = {}
    while (data := read_message(source)) is not None:
        kind, *rest = unwrap(data, packs.__getitem__)
        if kind == "pack":
            name, packs[name] = rest[0], rest[1]
        elif kind == "forget":
            packs.pop(rest[0], None)
        else:
            write_message(into, wrap(_outcome(into, *rest)))


def _outcome(into: BinaryIO, function: Any, arguments: tuple[Any, ...]) -> tuple[str, Any]:
    def tell(words: str, done: int, of: int) -> None:
        write_message(into, wrap(("progress", words, done, of)))

    try:
        return "done", function(tell, *arguments)
    except OrchestratorError as refused:
        return "refused", refused
    except Exception:
        return "failed", traceback.format_exc()


def main() -> None:
    """Serve on standard input and output, behind the pages where the system has manners."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the server, and with it the input
    if hasattr(os, "nice"):
        os.nice(_BEHIND_THE_PAGES)
    results = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no message
    serve(sys.stdin.buffer, results)


if __name__ == "__main__":
    main()
