"""Which ties may there be that nobody reported?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from orchestrator.worlds.answers import Answers

__all__ = ["MOST_MISSING", "Block", "Unreported", "unreported"]

#: However few answered, no more than this share of the ties between two sectors is taken to be missing.
MOST_MISSING: Final = 0.75
_TRIES: Final = 3


@dataclass(frozen=True)
class Block:
    """Two sectors between which ties may be missing.

    ``known`` ties between bodies of the two that were asked; ``missing``: the share of ties of which nobody can have
    told, as both ends kept silent. ``near`` and ``far`` are positions of the silent bodies of either sector,
    ``near_weight`` and ``far_weight`` their weights (degree + ½).
    """

    known: int
    missing: float
    near: np.ndarray
    far: np.ndarray
    near_weight: np.ndarray
    far_weight: np.ndarray

    @property
    def expected(self) -> float:
        """How many ties are missing on average?"""
        return (self.known + 0.5) * self.missing / (1.0 - self.missing)


@dataclass(frozen=True)
class Unreported:
    """The blocks in which ties may be missing, and the keys of the ties that are known: low · members + high."""

    members: int
    known: np.ndarray
    strengths: np.ndarray
    blocks: tuple[Block, ...]

    def draw(self, luck: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """Ties of one world that nobody reported: their ends (pairs of positions, no tie twice), and strengths.

        Per block a rate is drawn from Gamma(known + ½, missing / (1 − missing)), a number from Poisson(rate), and ends
        in proportion to degree + ½. Strengths are those of ties that were reported. Pairs that are known are left out.
        """
        found = [self._in_block(block, luck) for block in self.blocks]
        keys = np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)
        ends = np.column_stack([keys // self.members, keys % self.members])
        strength = luck.choice(self.strengths, len(keys)) if len(self.strengths) else np.full(len(keys), 2.0)
        return ends, strength

    def _in_block(self, block: Block, luck: np.random.Generator) -> np.ndarray:
        rate = luck.gamma(block.known + 0.5, block.missing / (1.0 - block.missing))
        wanted = int(luck.poisson(rate))
        if not wanted:
            return np.zeros(0, np.int64)
        tries = _TRIES * wanted + 8
        one = _ends(block.near, block.near_weight, tries, luck)
        other = _ends(block.far, block.far_weight, tries, luck)
        keys = np.minimum(one, other) * self.members + np.maximum(one, other)
        at = np.minimum(np.searchsorted(self.known, keys), max(0, len(self.known) - 1))
        fresh = keys[(one != other) & ((self.known[at] != keys) if len(self.known) else True)]
        _, first = np.unique(fresh, return_index=True)
        return np.asarray(fresh[np.sort(first)[:wanted]])


def _ends(bodies: np.ndarray, weight: np.ndarray, many: int, luck: np.random.Generator) -> np.ndarray:
    """So many of these bodies, each as often as its weight says."""
    up_to = np.cumsum(weight)
    at = np.searchsorted(up_to, luck.random(many) * up_to[-1], side="right")
    return np.asarray(bodies[np.minimum(at, len(bodies) - 1)])


def unreported(members: int, ends: np.ndarray, strengths: np.ndarray, told: Answers) -> Unreported:
    """Between which sectors may ties be missing, and how many?

    A tie goes unreported where both ends were asked and neither answered. With silent shares of the pairs f and ties
    known between bodies that were asked O, about (O + ½) · f / (1 − f) are missing. No blocks where everybody answered,
    or nobody was asked. ``ends`` are the reported ties as positions of members. Cost grows with members and ties.
    """
    degree = np.bincount(ends.ravel(), minlength=members) + 0.5
    both_asked = ends[told.asked[ends].all(axis=1)] if len(ends) else ends
    blocks = []
    codes = np.unique(told.sector[told.asked]).tolist()
    for position, one in enumerate(codes):
        for other in codes[position:]:
            block = _block(one, other, both_asked, degree, told)
            if block is not None:
                blocks.append(block)
    known = np.sort(ends[:, 0].astype(np.int64) * members + ends[:, 1])
    return Unreported(members, known, strengths, tuple(blocks))


def _block(one: int, other: int, ends: np.ndarray, degree: np.ndarray, told: Answers) -> Block | None:
    near, far = (np.flatnonzero(told.silent & (told.sector == sector)) for sector in (one, other))
    asked_one, asked_other = (int((told.asked & (told.sector == sector)).sum()) for sector in (one, other))
    silent_pairs = _pairs(len(near), len(far), same=one == other)
    pairs = _pairs(asked_one, asked_other, same=one == other)
    if not silent_pairs:
        return None
    sectors = np.sort(told.sector[ends], axis=1)
    known = int((sectors == [min(one, other), max(one, other)]).all(axis=1).sum())
    missing = min(MOST_MISSING, silent_pairs / pairs)
    return Block(known, missing, near, far, degree[near], degree[far])


def _pairs(one: int, other: int, *, same: bool) -> int:
    return one * (one - 1) // 2 if same else one * other
