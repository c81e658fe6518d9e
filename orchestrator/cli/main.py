"""Parse, run, and turn every ending into one message and one exit code."""

from __future__ import annotations

import argparse
import importlib
import keyword
import os
import sys
import traceback
from collections.abc import Sequence

from orchestrator.cli.arguments import parser
from orchestrator.errors import BadData, OrchestratorError

__all__ = ["main"]

_SHOWN_AT_MOST = 200
_TRACEBACK = "ORCHESTRATOR_TRACEBACK"
#: What DuckDB says, as a RuntimeError, of a query during which Ctrl-C was typed.
_INTERRUPTED = "Query interrupted"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, else as ``errors`` says; 70 where it is our fault."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    options = parser().parse_args(arguments)
    try:
        command = importlib.import_module(f"orchestrator.cli.{_module(options.command)}")
        return int(command.run(options))
    except OrchestratorError as error:
        _tell(error, options.command)
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return _stopped()
    except Exception as error:  # the last resort, so that nobody ever sees a traceback
        return _stopped() if str(error) == _INTERRUPTED else _our_fault(options, error)


def _module(command: str) -> str:
    """The module of a command; no module can be called as a word of the language, such as ``import``, is."""
    return f"{command}_" if keyword.iskeyword(command) else command


def _stopped() -> int:
    print("Stopped.", file=sys.stderr)
    return 130


def _tell(error: OrchestratorError, command: str) -> None:
    if not isinstance(error, BadData):
        print(error, file=sys.stderr)
        return
    for problem in error.problems[:_SHOWN_AT_MOST]:
        print(problem, file=sys.stderr)
    more = len(error.problems) - _SHOWN_AT_MOST
    if more > 0:
        hint = "" if command == "evidence" else " 'orchestrator check PACK' lists them all."
        print(f"… and {more:,} more.{hint}", file=sys.stderr)


def _our_fault(options: argparse.Namespace, error: Exception) -> int:
    if os.environ.get(_TRACEBACK):
        traceback.print_exc()
    name = f"{type(error).__name__}: {error}".splitlines()[0][:300]
    print(
        f"This is our fault, not yours: {name}. Please report it with the command "
        f"({options.command}); with {_TRACEBACK}=1 it prints where it happened.",
        file=sys.stderr,
    )
    return OrchestratorError.exit_code
