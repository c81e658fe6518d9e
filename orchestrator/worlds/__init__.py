"""Worlds: how sure are we of what was found, given which ties may be wrong and which may be missing?"""

from orchestrator.worlds.asking_again import ASKED_AGAIN
from orchestrator.worlds.judging import judged
from orchestrator.worlds.recompute import MOST_WORLDS, worlds

__all__ = ["ASKED_AGAIN", "MOST_WORLDS", "judged", "worlds"]
