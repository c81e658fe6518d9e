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
#: A family that is called like a body is still not that body.
FAMILIES: Final = ("", "", "", "", "A", "007", "group")

Draw = Callable[[st.SearchStrategy[Any]], Any]


def _mostly(usual: str, *others: str) -> st.SearchStrategy[str]:
    return st.sampled_from((usual,) * 3 * len(others) + others)


STARTS: Final = _mostly("", "", *DAYS[:4])
ENDS: Final = _mostly("", "", *DAYS[1:])
STATUS: Final = st.sampled_from(
    ("committed", "delivering", "committed", "delivering", "proposed", "approached", "withdrawn")
)
SIZES: Final = st.sampled_from((9, 8, 7, 6, 5, 4, 3, 2, 1, 9, 8, 7, 6, 9, 8, 7))


def _organisations(draw: Draw) -> list[Row]:
    ids = draw(st.permutations(IDS))[: draw(SIZES)]
    return [
        {
            "organisation_id": body,
            "name": f"Body {body}",
            "sector": draw(st.sampled_from(SECTORS[:3])),
            "family": draw(st.sampled_from(FAMILIES)),
            "capacity": draw(st.sampled_from(("", "", "0", "2", "2.5"))),
        }
        for body in ids
    ]


def _places(draw: Draw) -> list[Row]:
    """A wood: each place alone, or inside one that was drawn before it."""
    found: list[Row] = []
    for number in range(draw(st.sampled_from((3, 2, 4, 5, 1)))):
        inside = ["", *(row["place_id"] for row in found)]
        parent = draw(st.sampled_from(inside[-2:] + inside))
        found.append({"place_id": f"p{number}", "name": f"Place {number}", "level": "area", "parent_id": parent})
    return found


def _requirements(draw: Draw, places: Sequence[str], capabilities: Sequence[str]) -> list[Row]:
    return [
        {
            "requirement_id": f"r{number}",
            "mission_id": draw(_mostly(MISSION, "n")),
            "capability_id": draw(st.sampled_from(capabilities)),
            "place_id": draw(st.sampled_from(places)),
            "sector": draw(_mostly("", *SECTORS[:3])),
            "minimum": draw(st.sampled_from(("", "1", "2", "3", "2.0"))),
            "weight": draw(st.sampled_from(("", "0", "1", "2.5", "10"))),
        }
        for number in range(draw(st.sampled_from((4, 3, 5, 2, 6, 1, 0))))
    ]


def _offers(draw: Draw, bodies: Sequence[str], places: Sequence[str], capabilities: Sequence[str]) -> list[Row]:
    some = st.tuples(st.sampled_from(bodies), st.sampled_from(capabilities), st.sampled_from(places))
    least = draw(st.sampled_from((8, 4, 0)))
    rows = draw(st.lists(some, min_size=least, max_size=14))
    return [{"organisation_id": body, "capability_id": what, "place_id": where} for body, what, where in rows]


def _engagement(draw: Draw, body: str, mission: str) -> Row:
    return {
        "organisation_id": body,
        "mission_id": mission,
        "status": draw(STATUS),
        "load": draw(st.sampled_from(("", "0", "0.5", "3"))),
        "starts": draw(STARTS),
        "ends": draw(ENDS),
    }


def _engagements(draw: Draw, bodies: Sequence[str]) -> list[Row]:
    in_it = [body for body in bodies if draw(st.integers(0, 3))]
    more = draw(st.lists(st.tuples(st.sampled_from(bodies), st.sampled_from((MISSION, "n"))), max_size=3))
    return [_engagement(draw, body, mission) for body, mission in [*((body, MISSION) for body in in_it), *more]]


def tie(draw: Draw, source: str, target: str) -> Row:
    """A tie row between two bodies, with whatever a tie row can say. Two in three say little, and count."""
    plain = draw(st.integers(0, 2)) > 0
    return {
        "source_id": source,
        "target_id": target,
        "mission_id": MISSION if plain else draw(st.sampled_from((MISSION, "", "", "n"))),
        "kind": draw(st.sampled_from(KINDS if plain else ("", "meets", "meets"))),
        "level": "" if plain else draw(st.sampled_from(("", "1", "2", "3", "4", "3.0"))),
        "strength": draw(st.sampled_from(("", "", "0.25", "1.5", "7"))),
        "confidence": draw(st.sampled_from(("", "", "0.25", "0.9", "1"))),
        "starts": "" if plain else draw(STARTS),
        "ends": "" if plain else draw(ENDS),
    }


def _ties(draw: Draw, bodies: Sequence[str]) -> list[Row]:
    """From no tie over trees to dense graphs, with doubled pairs and ties of a body to itself."""
    least = draw(st.sampled_from((3, 2, 1, 0))) * (len(bodies) - 1)
    tree = draw(st.booleans())
    some = st.sampled_from(bodies)
    ends = [(body, draw(st.sampled_from(bodies[:at]))) for at, body in enumerate(bodies) if at and tree]
    ends += draw(st.lists(st.tuples(some, some), min_size=max(0, least - len(ends)), max_size=3 * len(bodies)))
    return [tie(draw, source, target) for source, target in ends]


@st.composite
def packs(draw: Draw) -> Tables:
    """Clean tables of 1 to 9 bodies; the mission is ``MISSION``, with another one called ``n`` beside it."""
    organisations, places = _organisations(draw), _places(draw)
    bodies = [row["organisation_id"] for row in organisations]
    areas = [row["place_id"] for row in places]
    capabilities = ["c0", "c1", "c2"][: draw(st.integers(1, 3))]
    return {
        "organisations": organisations,
        "places": places,
        "missions": [
            {"mission_id": MISSION, "title": "Ours", "centre_id": bodies[0]},
            {"mission_id": "n", "title": "Another", "centre_id": draw(st.sampled_from(bodies))},
        ],
        "capabilities": [{"capability_id": name, "name": name} for name in capabilities],
        "requirements": _requirements(draw, areas, capabilities),
        "offers": _offers(draw, bodies, areas, capabilities),
        "engagements": _engagements(draw, bodies),
        "ties": _ties(draw, bodies),
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
