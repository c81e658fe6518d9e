"""How far a piece of work is, and what is raised while it is not done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Progress", "StillWorking", "Stopped", "Tell"]

#: What a piece of work calls to say where it is: the step in words, how many steps are done, of how many (0: unknown).
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Progress:
    """The step that is being worked on, in words, and how many are done of how many. ``of`` 0: nobody knows."""

    words: str = "Waiting for a free place"
    done: int = 0
    of: int = 0

    @property
    def share(self) -> float | None:
        """How much is done, from 0 to 1; None where nobody knows.

        >>> Progress("Where is nobody?", 3, 12).share
        0.25
        """
        return self.done / self.of if self.of else None


class StillWorking(Exception):
    """What was asked for is being worked out. ``job`` names the work, ``ticket`` the one who waits for it."""

    def __init__(self, progress: Progress, job: str, ticket: str) -> None:
        self.progress, self.job, self.ticket = progress, job, ticket
        super().__init__(progress.words)


class Stopped(Exception):
    """The work was cancelled, ran out of its time, or broke off; ``args`` hold the reason as a sentence."""
