"""Which place contains which?"""

from __future__ import annotations

import pandas as pd

__all__ = ["containment"]


def containment(places: pd.DataFrame) -> pd.DataFrame:
    """Which places contain a place, itself included?

    Takes the table of places (place_id, parent_id). Returns one row a pair: ``place_id`` and ``container_id``, a
    place paired with itself, its parent, the parent of that and so on. Empty for no places. Cost grows with the
    number of places times the depth of their nesting.

    >>> places = pd.DataFrame({"place_id": ["UK", "Wales"], "parent_id": ["", "UK"]})
    >>> containment(places).to_numpy().tolist()
    [['UK', 'UK'], ['Wales', 'Wales'], ['Wales', 'UK']]
    """
    parent = places.set_index("place_id")["parent_id"]
    parent = parent[parent != ""]
    step = pd.DataFrame({"place_id": places["place_id"], "container_id": places["place_id"]})
    steps = [step]
    while not step.empty:
        above = step["container_id"].map(parent)
        step = pd.DataFrame({"place_id": step["place_id"], "container_id": above}).dropna()
        steps.append(step)
    pairs = pd.concat(steps).sort_index(kind="stable")
    return pairs.reset_index(drop=True)
