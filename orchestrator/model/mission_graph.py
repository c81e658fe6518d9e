"""The mission graph: everything that one mission's findings follow from, as one immutable value.

The definitions of active, engaged, member and of the graph itself live here; what follows from them (routes,
coverage) lives beside. Equality and hash are the content digest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from orchestrator.errors import WrongUsage
from orchestrator.model.digest import Coded, digest_of_coded
from orchestrator.tables.pack import Pack
from orchestrator.tables.schema import read_schema
from orchestrator.tables.vocabulary import WORKING_STATUSES

__all__ = ["DEFAULT_LEVEL", "MissionGraph", "active_on"]

#: Ties below cooperation are contact, not collaboration.
DEFAULT_LEVEL = 2
_MEETS_LEVEL = 1

_TABLES = ("organisations", "places", "capabilities", "requirements", "offers", "engagements", "ties", "responses")


def active_on(table: pd.DataFrame, day: date) -> np.ndarray:
    """Which rows hold on a day? True where starts ≤ day < ends; a blank start or end is open.

    >>> days = pd.to_datetime(["2024-01-01", None]), pd.to_datetime(["2025-01-01"] * 2)
    >>> rows = pd.DataFrame({"starts": days[0], "ends": days[1]})
    >>> active_on(rows, date(2025, 1, 1)).tolist(), active_on(rows, date(2024, 1, 1)).tolist()
    ([False, False], [True, True])
    """
    when = np.datetime64(day, "s")
    starts, ends = table["starts"].to_numpy(), table["ends"].to_numpy()
    begun = np.isnat(starts) | (starts <= when)
    over = ~np.isnat(ends) & (ends <= when)
    return np.asarray(begun & ~over)


@dataclass(frozen=True, eq=False, repr=False)
class MissionGraph:
    """One mission on one day: the register, who takes part, the need grid, and the simple undirected graph of members.

    Frames, each in the order of its ids, with defaults filled in:

    - ``organisations``: the whole register, for whoever is missing is in there too
    - ``places``, ``capabilities``
    - ``requirements`` of this mission; ``offers`` of everybody
    - ``engagements`` of all missions, since load counts over all of them
    - ``tie_rows``: rows of this mission and standing ones, of every date and level, as they were reported
    - ``responses`` of this mission

    The graph: ``members`` (ids, sorted) and ``ties`` (one row a pair, ``source_id`` < ``target_id``, with
    ``strength`` summed and ``confidence`` combined). ``ends`` are the same ties as positions in ``members``.
    """

    mission: Mapping[str, str]
    as_of: date
    min_level: int
    tables: Mapping[str, pd.DataFrame]
    digest: str
    members: tuple[str, ...]
    ends: np.ndarray
    strength: np.ndarray
    confidence: np.ndarray
    remembered: dict[str, Any] = field(default_factory=dict)

    # ── making one ────────────────────────────────────────────────────────────────────────────────

    @classmethod
    def from_pack(
        cls, pack: Pack, mission_id: str, as_of: date | None = None, min_level: int = DEFAULT_LEVEL
    ) -> MissionGraph:
        """What is this mission on this day? ``as_of`` defaults to today, ``min_level`` (1 to 4) to cooperation.

        Raises UnknownName for a mission that is not in the pack, WrongUsage for a level that there is not.
        """
        mission = {str(name): str(value) for name, value in pack.mission(mission_id).items() if not pd.isna(value)}
        mine = {name: pack[name] for name in _TABLES}
        for name in ("requirements", "responses"):
            mine[name] = mine[name][mine[name]["mission_id"] == mission_id]
        mine["ties"] = mine["ties"][mine["ties"]["mission_id"].isin([mission_id, ""])]
        filled = {name: _with_defaults(name, table) for name, table in mine.items()}
        return cls.from_tables(mission, filled, as_of or date.today(), min_level)

    @classmethod
    def from_tables(
        cls, mission: Mapping[str, str], tables: Mapping[str, pd.DataFrame], as_of: date, min_level: int
    ) -> MissionGraph:
        """A mission graph over tables that were checked, with defaults filled in and cut to the mission."""
        if min_level not in (1, 2, 3, 4):
            raise WrongUsage(f"{min_level} is not a level of ties. Use 1, 2, 3 or 4.")
        coded = {name: Coded.of(tables[name]) for name in _TABLES}
        ordered = {name: _in_order(name, tables[name], coded[name]) for name in _TABLES}
        members = _members(mission, ordered, as_of)
        ends, strength, confidence = _collapse(ordered["ties"], members, as_of, min_level)
        parameters = {"as_of": as_of.isoformat(), "min_level": str(min_level), **mission}
        return cls(
            mission=MappingProxyType(dict(mission)),
            as_of=as_of,
            min_level=min_level,
            tables=MappingProxyType(ordered),
            digest=digest_of_coded(coded, parameters),
            members=members,
            ends=ends,
            strength=strength,
            confidence=confidence,
        )

    def at(self, as_of: date) -> MissionGraph:
        """The same facts on another day."""
        return MissionGraph.from_tables(self.mission, self.tables, as_of, self.min_level)

    # ── reading it ────────────────────────────────────────────────────────────────────────────────

    @property
    def mission_id(self) -> str:
        """The mission's id."""
        return self.mission["mission_id"]

    @property
    def title(self) -> str:
        """The mission's title."""
        return self.mission["title"]

    @property
    def centre_id(self) -> str:
        """The orchestrating centre's id."""
        return self.mission["centre_id"]

    @property
    def centre(self) -> int:
        """The position of the centre among the members."""
        return int(np.searchsorted(np.array(self.members, dtype=object), self.centre_id))

    @property
    def organisations(self) -> pd.DataFrame:
        """The whole register, by organisation_id."""
        return self.tables["organisations"].copy(deep=False)

    @property
    def places(self) -> pd.DataFrame:
        """All places."""
        return self.tables["places"].copy(deep=False)

    @property
    def capabilities(self) -> pd.DataFrame:
        """All capabilities."""
        return self.tables["capabilities"].copy(deep=False)

    @property
    def requirements(self) -> pd.DataFrame:
        """The requirements of this mission."""
        return self.tables["requirements"].copy(deep=False)

    @property
    def offers(self) -> pd.DataFrame:
        """What anybody offers anywhere."""
        return self.tables["offers"].copy(deep=False)

    @property
    def responses(self) -> pd.DataFrame:
        """Who was asked about this mission, and who answered."""
        return self.tables["responses"].copy(deep=False)

    @property
    def tie_rows(self) -> pd.DataFrame:
        """Tie rows of this mission and standing ones, of every date and level."""
        return self.tables["ties"].copy(deep=False)

    @property
    def engagements(self) -> pd.DataFrame:
        """Active engagements of all missions."""
        rows = self.tables["engagements"]
        return rows[active_on(rows, self.as_of)]

    @property
    def mission_engagements(self) -> pd.DataFrame:
        """Active engagements in this mission, withdrawn ones included."""
        rows = self.engagements
        return rows[rows["mission_id"] == self.mission_id]

    @property
    def engaged(self) -> frozenset[str]:
        """Bodies that are committed or delivering in this mission."""
        rows = self.mission_engagements
        return frozenset(rows.loc[rows["status"].isin(WORKING_STATUSES), "organisation_id"].tolist())

    @property
    def taking_part(self) -> frozenset[str]:
        """Bodies with an active engagement in this mission that is not withdrawn."""
        rows = self.mission_engagements
        return frozenset(rows.loc[rows["status"] != "withdrawn", "organisation_id"].tolist())

    @property
    def ties(self) -> pd.DataFrame:
        """The ties of the mission graph: source_id, target_id, strength, confidence; sorted, one row a pair."""
        names = np.array(self.members, dtype=object)
        return pd.DataFrame(
            {
                "source_id": pd.Series(names[self.ends[:, 0]], dtype="str"),
                "target_id": pd.Series(names[self.ends[:, 1]], dtype="str"),
                "strength": self.strength,
                "confidence": self.confidence,
            }
        )

    def name_of(self, organisation_id: str) -> str:
        """The name of a body of the register. Raises KeyError."""
        names: dict[str, str] = self.remembered.setdefault("names", {})
        if not names:
            table = self.tables["organisations"]
            names.update(zip(table["organisation_id"], table["name"], strict=True))
        return names[organisation_id]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, MissionGraph) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        shape = f"{len(self.members)} members, {len(self.ends)} ties"
        return f"MissionGraph({self.mission_id!r}, {self.as_of}, {shape}, {self.digest[:12]})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (dict(self.mission), dict(self.tables), self.as_of, self.min_level)


def _again(mission: dict[str, str], tables: dict[str, pd.DataFrame], as_of: date, min_level: int) -> MissionGraph:
    return MissionGraph.from_tables(mission, tables, as_of, min_level)


def _with_defaults(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """Fill blanks in with the defaults of the schema, and level and strength of ties from the kind."""
    for column in read_schema()[name].columns:
        if column.default:
            table[column.name] = table[column.name].fillna(float(column.default))
    if name == "ties":
        usual = np.where(table["kind"] == "meets", _MEETS_LEVEL, DEFAULT_LEVEL)
        table["level"] = table["level"].where(table["level"].notna(), usual)
        table["strength"] = table["strength"].fillna(table["level"])
    return table


def _in_order(name: str, table: pd.DataFrame, coded: Coded) -> pd.DataFrame:
    key = read_schema()[name].key
    by = [key] if key else list(table.columns)
    return table.take(coded.order(by)).reset_index(drop=True)


def _members(mission: Mapping[str, str], tables: Mapping[str, pd.DataFrame], as_of: date) -> tuple[str, ...]:
    engagements = tables["engagements"]
    taking_part = active_on(engagements, as_of) & (engagements["mission_id"] == mission["mission_id"])
    taking_part &= engagements["status"] != "withdrawn"
    ties = tables["ties"]
    own = ties[active_on(ties, as_of) & (ties["mission_id"] == mission["mission_id"])]
    found = {mission["centre_id"], *engagements.loc[taking_part, "organisation_id"].tolist()}
    return tuple(sorted(found.union(own["source_id"].tolist(), own["target_id"].tolist())))


def _collapse(
    ties: pd.DataFrame, members: tuple[str, ...], as_of: date, min_level: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Ends, strength and confidence of one tie a pair; positions in ``members``, the smaller first, sorted."""
    at = pd.Index(members)
    rows = ties[active_on(ties, as_of) & (ties["level"] >= min_level).to_numpy()]
    source, target = (at.get_indexer(pd.Index(rows[end])) for end in ("source_id", "target_id"))
    between = (source >= 0) & (target >= 0) & (source != target)
    low, high = np.minimum(source, target)[between], np.maximum(source, target)[between]
    pairs = pd.DataFrame(
        {
            "pair": low.astype(np.int64) * len(members) + high,
            "strength": rows["strength"].to_numpy()[between],
            "doubt": 1.0 - rows["confidence"].to_numpy()[between],
        }
    ).sort_values(["pair", "strength", "doubt"], kind="stable")
    grouped = pairs.groupby("pair", sort=True)
    strength, doubt = grouped["strength"].sum(), grouped["doubt"].prod()
    key = strength.index.to_numpy()
    ends = np.column_stack([key // max(1, len(members)), key % max(1, len(members))]).astype(np.int32)
    frozen = ends, strength.to_numpy(), 1.0 - doubt.to_numpy()
    for array in frozen:
        array.setflags(write=False)
    return frozen
