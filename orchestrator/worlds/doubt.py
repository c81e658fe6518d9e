"""How sure is every reported tie, and which of them are wrong together?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from orchestrator.model.mission_graph import MissionGraph, active_on
from orchestrator.worlds.answers import Answers

__all__ = ["GRACE_YEARS", "HALF_LIFE_YEARS", "Doubt", "doubt", "kept_since"]

#: A tie seen within this time is as sure as it was; after it, half of what is not seen again is gone each half-life.
GRACE_YEARS: Final = 1.0
HALF_LIFE_YEARS: Final = 5.0
_DAYS_A_YEAR: Final = 365.25


@dataclass(frozen=True)
class Doubt:
    """The rows behind the ties of a mission graph, by the tie they belong to.

    ``tie`` (position in the graph's ties), ``strength``, ``chance`` (that the row is right, its source apart) and
    ``source`` (position of its class of source, −1: no audit says anything of it) are columns of rows. ``confirmed``
    and ``refuted`` are counts for each class of source that was audited, ``classes`` their names.
    """

    tie: np.ndarray
    strength: np.ndarray
    chance: np.ndarray
    source: np.ndarray
    classes: tuple[str, ...]
    confirmed: np.ndarray
    refuted: np.ndarray

    @property
    def certain(self) -> bool:
        """Is no row in doubt?"""
        return bool((self.chance >= 1.0).all() and (self.source < 0).all())


def doubt(graph: MissionGraph, told: Answers) -> Doubt:
    """How sure is each row of a tie that counts?

    Confidence as stated, less for rows that were last seen long ago. The class of a source is the cell ``source``, else
    ``reported_by``. A class is audited if one of its rows is confirmed (``confirmed_by`` is filled); a row of it is
    refuted if one end reported it and the other end answered about the mission and confirmed nothing. Rows that are
    confirmed no longer hang on their source. Empty without ties. Cost grows with tie rows.
    """
    rows = _rows_that_count(graph)
    confirmed = _filled(rows["confirmed_by"])
    refuted = ~confirmed & _unconfirmed_by_the_other_end(rows, graph, told)
    classes = pd.Index(np.where(_filled(rows["source"]), rows["source"], rows["reported_by"])).fillna("")
    names = np.unique(np.asarray(classes[confirmed], dtype=object).astype(str))
    at = pd.Index(names).get_indexer(classes).astype(np.int64)
    in_audit = at >= 0
    return Doubt(
        tie=rows["tie"].to_numpy(),
        strength=rows["strength"].to_numpy(dtype=np.float64),
        chance=rows["confidence"].to_numpy(dtype=np.float64) * kept_since(rows["last_seen"], graph),
        source=np.where(in_audit & ~confirmed, at, -1),
        classes=tuple(names.tolist()),
        confirmed=np.bincount(at[in_audit & confirmed], minlength=len(names)),
        refuted=np.bincount(at[in_audit & refuted], minlength=len(names)),
    )


def kept_since(last_seen: pd.Series, graph: MissionGraph) -> np.ndarray:
    """With what chance is a tie still there that was last seen on a day? float64; 1 for a blank.

    1 within ``GRACE_YEARS`` of the graph's day, then half for every ``HALF_LIFE_YEARS``.
    """
    age = (np.datetime64(graph.as_of, "D") - last_seen.to_numpy().astype("datetime64[D]")).astype("timedelta64[D]")
    years = np.where(np.isnat(age), 0.0, age.astype(np.float64) / _DAYS_A_YEAR)
    return np.asarray(0.5 ** (np.maximum(0.0, years - GRACE_YEARS) / HALF_LIFE_YEARS))


def _rows_that_count(graph: MissionGraph) -> pd.DataFrame:
    """The active rows of enough level between two members, with the position of their ``tie``, in its order."""
    rows = graph.tie_rows
    rows = rows[active_on(rows, graph.as_of) & (rows["level"] >= graph.min_level).to_numpy()]
    members, width = pd.Index(graph.members), max(1, len(graph.members))
    ends = np.column_stack([members.get_indexer(pd.Index(rows[end])) for end in ("source_id", "target_id")])
    low, high = ends.min(axis=1).astype(np.int64), ends.max(axis=1)
    counts = (low >= 0) & (low != high)
    known = graph.ends[:, 0].astype(np.int64) * width + graph.ends[:, 1]
    rows = rows[counts].assign(tie=np.searchsorted(known, (low * width + high)[counts]))
    ordered: pd.DataFrame = rows.sort_values(
        ["tie", "strength", "confidence"], ascending=[True, True, False], kind="stable"
    )
    return ordered


def _filled(cells: pd.Series) -> np.ndarray:
    return np.asarray((cells.fillna("").astype(str) != "").to_numpy(dtype=bool))


def _unconfirmed_by_the_other_end(rows: pd.DataFrame, graph: MissionGraph, told: Answers) -> np.ndarray:
    answered = {name for name, yes in zip(graph.members, told.answered.tolist(), strict=True) if yes}
    by_source = (rows["reported_by"] == rows["source_id"]) & rows["target_id"].isin(answered)
    by_target = (rows["reported_by"] == rows["target_id"]) & rows["source_id"].isin(answered)
    return np.asarray((by_source | by_target).to_numpy(dtype=bool))
