"""One world that the evidence allows: which reported ties are right in it, and which are there that nobody told of?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orchestrator.worlds.doubt import Doubt
from orchestrator.worlds.unreported import Unreported

__all__ = ["Drawing"]


@dataclass(frozen=True)
class Drawing:
    """Draws worlds. ``ends``: the reported ties; world number w of a seed is the same however many are drawn."""

    ends: np.ndarray
    doubt: Doubt
    unreported: Unreported
    seed: int

    def world(self, number: int) -> tuple[np.ndarray, np.ndarray]:
        """The ties of a world: ends and strengths.

        For every class of source that was audited θ is drawn once from Beta(1 + confirmed, 1 + refuted) and holds for
        all its rows, so that errors go together. Then every row is drawn alone. A tie is there if one of its rows is.
        """
        luck = np.random.default_rng([self.seed, number])
        right = luck.beta(1.0 + self.doubt.confirmed, 1.0 + self.doubt.refuted)
        chance = self.doubt.chance * np.append(right, 1.0)[self.doubt.source]
        there = luck.random(len(chance)) < chance
        found = np.bincount(self.doubt.tie[there], self.doubt.strength[there], minlength=len(self.ends))
        kept = np.bincount(self.doubt.tie[there], minlength=len(self.ends)) > 0
        more, strength = self.unreported.draw(luck)
        ends = np.concatenate([self.ends[kept].astype(np.int64), more])
        return ends, np.concatenate([found[kept], strength])
