"""Where a command's result goes: to standard output, or whole into a file."""

from __future__ import annotations

import sys
from pathlib import Path

from orchestrator.tables.files import write_whole

__all__ = ["put", "say"]


def put(text: str, out: Path | None) -> None:
    """Give the result to whoever asked. Raises CannotWrite."""
    if out is None:
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
        sys.stdout.flush()
        return
    write_whole(out, text.encode())
    say(f"Written to {out}.")


def say(message: str) -> None:
    """Tell progress, or what happened, without mixing it into the result."""
    print(message, file=sys.stderr)
