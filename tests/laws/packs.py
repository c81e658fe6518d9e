"""Small random packs: plain rows for the referee, the same rows as a pack of texts for the code that it judges.

They are biased so that every state of a requirement and every number of routes comes up; ``test_packs_reach_all``
counts that they do. Ids look like numbers, blanks and one another on purpose; dates stand around ``DAY``.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
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

Draw = Callable[[st.SearchStrategy[Any]], Any]


def _mostly(usual: str, *others: str) -> st.SearchStrategy[str]:
    return st.sampled_from((usual,) * max(1, 2 * len(others)) + others)


#: Blank for most rows.
STARTS: Final = _mostly("", "", *DAYS[:4])
ENDS: Final = _mostly("", "", *DAYS[1:])
OPEN: Final = st.just("")
STATUS: Final = st.sampled_from(("committed", "delivering") * 3 + ("proposed", "approached", "withdrawn"))
SIZES: Final = st.sampled_from((9, 8, 7, 6, 5, 4, 3, 2, 1, 9, 8, 7, 6, 9, 8, 7))


@dataclass(frozen=True)
class _Make:
    """Draws rows. A calm pack has few capabilities, places and dates, so that what is in it meets; a wild one all."""

    draw: Draw
    calm: bool

    def one_of(self, *some: Any) -> Any:
        return self.draw(st.sampled_from(some))

    def dates(self) -> Row:
        """Most rows of a wild pack are open too, or hardly anything would hold on a day."""
        starts, ends = (OPEN, OPEN) if self.calm else (STARTS, ENDS)
        return {"starts": self.draw(starts), "ends": self.draw(ends)}

    def organisations(self) -> list[Row]:
        ids = self.draw(st.permutations(IDS))[: self.draw(SIZES)]
        return [
            {
                "organisation_id": body,
                "name": f"Body {body}",
                "sector": self.one_of(*SECTORS[:3]),
                # A family that is called like a body is still not that body's.
                "family": "" if body == ids[-1] else self.one_of("group", ids[-1], ""),
                "capacity": self.one_of("", "", "0", "2", "2.5"),
            }
            for body in ids
        ]

    def places(self) -> list[Row]:
        """Hierarchies: each place alone, or inside one or two that were drawn before it."""
        found: list[Row] = []
        for number in range(self.one_of(1, 2) if self.calm else self.one_of(3, 2, 4, 5)):
            inside = ["", *(row["place_id"] for row in found)]
            some = st.lists(st.sampled_from(inside[-2:] + inside), min_size=1, max_size=2, unique=True)
            parents = "|".join(parent for parent in self.draw(some) if parent)
            found.append({"place_id": f"p{number}", "name": f"Place {number}", "level": "area", "parent_id": parents})
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
            for number in range(self.one_of(4, 3, 5, 2, 6, 1, 0))
        ]

    def offers(self, bodies: Sequence[str], places: Sequence[str], capabilities: Sequence[str]) -> list[Row]:
        some = st.tuples(st.sampled_from(bodies), st.sampled_from(capabilities), st.sampled_from(places))
        rows = self.draw(st.lists(some, min_size=self.one_of(8, 4, 0), max_size=14))
        return [{"organisation_id": body, "capability_id": what, "place_id": where} for body, what, where in rows]

    def engagement(self, body: str, mission: str = MISSION) -> Row:
        status, load = self.draw(STATUS), self.one_of("", "0", "0.5", "3")
        return {"organisation_id": body, "mission_id": mission, "status": status, "load": load, **self.dates()}

    def engagements(self, bodies: Sequence[str]) -> list[Row]:
        """Most bodies take part once; some twice, some in the other mission."""
        in_it = [self.engagement(body) for body in bodies if self.draw(st.integers(0, 4))]
        some = st.tuples(st.sampled_from(bodies), st.sampled_from((MISSION, "n")))
        return in_it + [self.engagement(*who) for who in self.draw(st.lists(some, max_size=0 if self.calm else 3))]

    def tie(self, source: str, target: str) -> Row:
        """Whatever a tie row can say; but two in three say little, and count."""
        plain = self.calm or self.draw(st.integers(0, 2)) > 0
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
        """From no tie over trees to dense graphs, with doubled pairs and ties of a body to itself."""
        tree = self.calm or self.draw(st.booleans())
        ends = [(body, self.one_of(*bodies[max(0, at - 2) : at])) for at, body in enumerate(bodies) if at and tree]
        some = st.tuples(st.sampled_from(bodies), st.sampled_from(bodies))
        most = self.one_of(0, 1, 3) * len(bodies)
        ends += self.draw(st.lists(some, min_size=most // 2, max_size=most))
        return [self.tie(source, target) for source, target in ends]


@st.composite
def packs(draw: Draw) -> Tables:
    """Clean tables of 1 to 9 bodies; the mission is ``MISSION``, with another one called ``n`` beside it."""
    make = _Make(draw, draw(st.booleans()))
    organisations, places = make.organisations(), make.places()
    bodies = [row["organisation_id"] for row in organisations]
    areas = [row["place_id"] for row in places]
    capabilities = ["c0"] if make.calm else ["c0", "c1", "c2"][: make.one_of(1, 2, 3)]
    return {
        "organisations": organisations,
        "places": places,
        "missions": [
            {"mission_id": MISSION, "title": "Ours", "centre_id": bodies[0]},
            {"mission_id": "n", "title": "Another", "centre_id": make.one_of(*bodies)},
        ],
        "capabilities": [{"capability_id": name, "name": name} for name in capabilities],
        "requirements": make.requirements(areas, capabilities),
        "offers": make.offers(bodies, areas, capabilities),
        "engagements": make.engagements(bodies),
        "ties": make.ties(bodies),
    }


@dataclass(frozen=True)
class Situation:
    """Tables, with the day and the least level of ties to look at them with."""

    tables: Tables
    day: str = DAY.isoformat()
    min_level: int = 2

    def __str__(self) -> str:
        return json.dumps([self.tables, self.day, self.min_level])


def situations() -> st.SearchStrategy[Situation]:
    """Packs, looked at on the usual day and others, with the usual level and others."""
    days = st.sampled_from((DAYS[2],) * 5 + DAYS)
    return st.builds(Situation, packs(), days, st.sampled_from((2, 2, 2, 2, 1, 3, 4)))


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
