"""Which place contains which?"""

from __future__ import annotations

import pandas as pd

from orchestrator.tables.cells import split_list

__all__ = ["containment"]


def containment(places: pd.DataFrame) -> pd.DataFrame:
    """Which places contain a place, itself included?

    Takes the table of places (place_id, parent_id); ``parent_id`` holds the next place up in each hierarchy that the
    place lies in, separated by ``|``. Returns one row a pair, each pair once: ``place_id`` and ``container_id``, a
    place paired with itself, its parents, the parents of those and so on, nearest first. Empty for no places. Cost
    grows with the number of places times what contains each.

    >>> places = pd.DataFrame({"place_id": ["UK", "Wales"], "parent_id": ["", "UK"]})
    >>> containment(places).to_numpy().tolist()
    [['UK', 'UK'], ['Wales', 'Wales'], ['Wales', 'UK']]
    >>> places = pd.DataFrame({"place_id": ["E", "CA", "R", "Leeds"], "parent_id": ["", "E", "E", "CA|R"]})
    >>> containment(places).loc[lambda pairs: pairs["place_id"] == "Leeds", "container_id"].tolist()
    ['Leeds', 'CA', 'R', 'E']
    """
    above = {place: split_list(parents) for place, parents in zip(places["place_id"], places["parent_id"], strict=True)}
    pairs = [(place, container) for place in above for container in _containers(place, above)]
    return pd.DataFrame(pairs, columns=["place_id", "container_id"], dtype="str")


def _containers(place: str, above: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The place and everything above it, nearest first, each once."""
    found = dict.fromkeys([place])
    step = [place]
    while step:
        step = list(dict.fromkeys(up for name in step for up in above.get(name, ()) if up not in found))
        found.update(dict.fromkeys(step))
    return tuple(found)
