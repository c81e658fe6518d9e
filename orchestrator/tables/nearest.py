"""Which known names come nearest to one that is not known?"""

from __future__ import annotations

from collections.abc import Collection

from rapidfuzz import fuzz, process

__all__ = ["nearest"]

ALIKE_ENOUGH = 65.0
SEARCHED_AT_MOST = 50_000


def nearest(name: str, known: Collection[str], most: int = 3) -> tuple[str, ...]:
    """Which known names are spelt most like this one? The likest first, at most ``most``; empty if none is near.

    Beyond 50,000 known names nothing is looked for, so that a wrong file cannot make a long wait.

    >>> nearest("clean-enrgy", ["clean-energy", "nhs"])
    ('clean-energy',)
    """
    if len(known) > SEARCHED_AT_MOST:
        return ()
    found = process.extract(
        name[:200], tuple(known), scorer=fuzz.WRatio, processor=str.casefold, limit=most, score_cutoff=ALIKE_ENOUGH
    )
    return tuple(str(match) for match, _, _ in found)
