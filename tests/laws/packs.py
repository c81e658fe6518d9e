"""Small random packs: plain rows for the referee, the same rows as a pack of texts for the code that it judges.

They are biased so that every state of a requirement and every number of routes comes up; ``test_packs_reach_all``
counts that they do. Ids look like numbers, blanks and one another on purpose; dates stand around ``DAY``.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from hypothesis import strategies as st

from orchestrator.tables import Pack, RawPack, RawTable, check_pack, read_schema
from tests.laws.oracle import Row, Tables

DAY: Final = date(2026, 6, 1)
#: Long before, just before, on the day, just after, long after.
DAYS: Final = ("2020-02-29", "2026-05-31", "2026-06-01", "2026-06-02", "2031-12-31")
MISSION: Final = "m"

#: In the order of their letters: not in the order of their numbers, and not what a spreadsheet makes of them.
IDS: Final = ("007", "10", "9", "A", "NA", "a", "b c", "nan", "ö")
SECTORS: Final = ("central", "regional", "local", "firm", "civil-society", "research")
KINDS: Final = ("governs", "funds", "commissions", "delivers-with", "convenes", "advises", "regulates", "shares-data")

STATUSES: Final = ("committed", "delivering") * 3 + ("proposed", "approached", "withdrawn", "proposed")


@dataclass(frozen=True)
class _Make:
    """Makes rows. A calm pack has few capabilities, places and dates, so that what is in it meets; a wild one all."""

    luck: random.Random
    calm: bool

    def one_of(self, *some: Any) -> Any:
        return self.luck.choice(some)

    def dates(self) -> Row:
        """Most rows of a wild pack are open too, or hardly anything would hold on a day."""
        if self.calm:
            return {"starts": "", "ends": ""}
        return {"starts": self.one_of(*[""] * 12, *DAYS[:4]), "ends": self.one_of(*[""] * 12, *DAYS[1:])}

    def organisations(self) -> list[Row]:
        ids = self.luck.sample(IDS, self.one_of(9, 8, 7, 6, 5, 4, 3, 2, 1, 9, 8, 7, 6, 5, 8, 7, 9, 8, 7))
        return [
            {
                "organisation_id": body,
                "name": f"Body {body}",
                "sector": self.one_of(*SECTORS[:3]),
                # A family that is called like a body is still not that body's.
                "family": "" if body in ids[1:3] else self.one_of("group", *ids[1:3], ""),
                "capacity": self.one_of("", "", "0", "2", "2.5"),
            }
            for body in ids
        ]

    def places(self) -> list[Row]:
        """Hierarchies: each place alone, or inside one or two that came before it."""
        found: list[Row] = []
        for number in range(self.one_of(1, 2) if self.calm else self.one_of(3, 2, 4, 5)):
            before = [row["place_id"] for row in found]
            parents = self.luck.sample(before, min(len(before), self.one_of(0, 1, 1, 1, 2)))
            row = {"place_id": f"p{number}", "name": f"Place {number}", "level": "area", "parent_id": "|".join(parents)}
            found.append(row)
        return found

    def requirements(self, places: Sequence[str], capabilities: Sequence[str]) -> list[Row]:
        return [
            {
                "requirement_id": f"r{number}",
                "mission_id": MISSION if self.calm else self.one_of(MISSION, MISSION, "n"),
                "capability_id": self.one_of(*capabilities),
                "place_id": self.one_of(*places),
                "sector": "" if self.calm else self.one_of("", "", *SECTORS[:3]),
                "minimum": self.one_of("1", "", "1", "2", "3", "2.0"),
                "weight": self.one_of("", "0", "1", "2.5", "10"),
            }
            for number in range(self.one_of(4, 3, 5, 2, 6, 1, 0, 4, 5, 6))
        ]

    def offers(self, bodies: Sequence[str], places: Sequence[str], capabilities: Sequence[str]) -> list[Row]:
        return [
            {
                "organisation_id": self.one_of(*bodies),
                "capability_id": self.one_of(*capabilities),
                "place_id": self.one_of(*places),
            }
            for _ in range(self.one_of(0, 3, 5, 8, 8, 12, 12))
        ]

    def engagement(self, body: str, mission: str = MISSION) -> Row:
        status, load = self.one_of(*STATUSES), self.one_of("", "0", "0.5", "3")
        return {"organisation_id": body, "mission_id": mission, "status": status, "load": load, **self.dates()}

    def engagements(self, bodies: Sequence[str]) -> list[Row]:
        """Most bodies take part once; some twice, some in the other mission."""
        in_it = [self.engagement(body) for body in bodies if self.luck.random() < 0.9]
        more = 0 if self.calm else self.one_of(0, 1, 2, 3)
        return in_it + [self.engagement(self.one_of(*bodies), self.one_of(MISSION, "n")) for _ in range(more)]

    def tie(self, source: str, target: str) -> Row:
        """Whatever a tie row can say; but two in three say little, and count."""
        plain = self.calm or self.luck.random() < 0.75
        return {
            "source_id": source,
            "target_id": target,
            "mission_id": MISSION if plain else self.one_of(MISSION, "", "", "n"),
            "kind": self.one_of(*KINDS) if plain else self.one_of("", "meets", "meets"),
            "level": "" if plain else self.one_of("", "1", "2", "3", "4", "3.0"),
            "strength": self.one_of("", "", "0.25", "1.5", "7"),
            "confidence": self.one_of("", "", "0.25", "0.9", "1"),
            **({"starts": "", "ends": ""} if plain else self.dates()),
        }

    def ties(self, bodies: Sequence[str]) -> list[Row]:
        """From no tie over long trees to dense graphs, with doubled pairs and ties of a body to itself."""
        tree = self.calm or self.luck.random() < 0.5
        ends = [(body, self.one_of(*bodies[max(0, at - 2) : at])) for at, body in enumerate(bodies) if at and tree]
        more = int(self.one_of(0, 0.3, 1, 2) * len(bodies))
        ends += [(self.one_of(*bodies), self.one_of(*bodies)) for _ in range(more)]
        return [self.tie(source, target) for source, target in ends]

    def tables(self) -> Tables:
        organisations, places = self.organisations(), self.places()
        bodies = [row["organisation_id"] for row in organisations]
        areas = [row["place_id"] for row in places]
        capabilities = ["c0"] if self.calm else ["c0", "c1", "c2"][: self.one_of(1, 2, 3)]
        return {
            "organisations": organisations,
            "places": places,
            "missions": [
                {"mission_id": MISSION, "title": "Ours", "centre_id": bodies[0]},
                {"mission_id": "n", "title": "Another", "centre_id": self.one_of(*bodies)},
            ],
            "capabilities": [{"capability_id": name, "name": name} for name in capabilities],
            "requirements": self.requirements(areas, capabilities),
            "offers": self.offers(bodies, areas, capabilities),
            "engagements": self.engagements(bodies),
            "ties": self.ties(bodies),
        }


@dataclass(frozen=True)
class Situation:
    """Tables, with the day and the least level of ties to look at them with."""

    tables: Tables
    day: str = DAY.isoformat()
    min_level: int = 2

    def __str__(self) -> str:
        return json.dumps([self.tables, self.day, self.min_level])


def _pack(drawn: bytes) -> tuple[Tables, random.Random]:
    """Clean tables, and the luck that made them for whatever else a law wants to choose.

    The first bytes stand for a whole pack, so that no two packs are alike. The others say of each row that can be
    done without whether it stays: nearly all do, and a failing pack shrinks to those that matter.
    """
    luck = random.Random(drawn[:8])
    tables = _Make(luck, luck.random() < 0.5).tables()
    stays = iter(drawn[8:])
    for name in ("requirements", "offers", "engagements", "ties"):
        tables[name] = [row for row in tables[name] if next(stays, 1)]
    return tables, luck


def _situation(tables: Tables, luck: random.Random) -> Situation:
    return Situation(tables, luck.choice((DAYS[2],) * 10 + DAYS), luck.choice((2,) * 12 + (1, 3, 4)))


_DRAWN: Final = st.binary(min_size=100, max_size=100)


def packs() -> st.SearchStrategy[Tables]:
    """Clean tables of 1 to 9 bodies; the mission is ``MISSION``, with another one called ``n`` beside it."""
    return _DRAWN.map(_pack).map(lambda drawn: drawn[0])


def packs_and_luck() -> st.SearchStrategy[tuple[Tables, random.Random]]:
    """A pack, and luck to change it with."""
    return _DRAWN.map(_pack)


def situations() -> st.SearchStrategy[Situation]:
    """Packs, looked at on the usual day and others, with the usual level and others."""
    return _DRAWN.map(lambda drawn: _situation(*_pack(drawn)))


def raw_table(name: str, rows: Sequence[Row]) -> RawTable:
    """A table as a reader hands it over. Without rows it still has the headings that it must have."""
    must = [column.name for column in read_schema()[name].columns if column.required]
    columns = tuple(dict.fromkeys([*(rows[0] if rows else ()), *must]))
    cells = tuple(tuple(row.get(column, "") for row in rows) for column in columns)
    return RawTable(name, f"{name}.csv", columns, cells, range(2, len(rows) + 2))


def raw(tables: Tables) -> RawPack:
    """Tables as a reader hands them over."""
    return RawPack("random", tuple(raw_table(name, rows) for name, rows in tables.items()))


def checked(tables: Tables) -> Pack:
    """The checked pack of clean tables. A problem is a fault of the test, or of the check."""
    pack, report = check_pack(raw(tables))
    report.raise_for_problems()
    return pack


def shuffled(tables: Tables, luck: random.Random) -> Tables:
    """The same facts in another order: of tables, of rows, of columns."""
    found: Tables = {}
    for name in luck.sample(list(tables), len(tables)):
        rows = luck.sample(tables[name], len(tables[name]))
        columns = luck.sample(list(rows[0]), len(rows[0])) if rows else []
        found[name] = [{column: row[column] for column in columns} for row in rows]
    return found
