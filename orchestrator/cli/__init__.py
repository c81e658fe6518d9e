"""The commands. The only place that prints errors and sets exit codes.

Each command lives in a module of its own name and is loaded when it is called, so that ``--help`` answers at once.
"""

from orchestrator.cli.main import main

__all__ = ["main"]
