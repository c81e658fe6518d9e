"""Ways to break a pack, each of which says where its fault has to be reported."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from hypothesis import strategies as st

from orchestrator.tables import RawPack, RawTable
from tests.laws.oracle import Row, Tables
from tests.laws.packs import packs_and_luck, raw_table

#: Texts that are wrong wherever a number, a whole number, a date or a word of a list is wanted.
NO_NUMBERS: Final = ("high", "NaN", "inf", "-Infinity", "1e999", "0x10", "1_000", "1,5", "٣", "--1")
NO_DATES: Final = ("2024-02-30", "20241123", "23.11.2024", "2024-11", "2024-11-23T00:00", "soon", "2024-1-2")

#: What no cell of the column may hold: by table and column, (texts).
UNREADABLE: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("organisations", "sector"): ("centre", "Central", "local "[:-1] + "s", "0"),
    ("organisations", "capacity"): (*NO_NUMBERS, "-1"),
    ("organisations", "name"): ("", "  "),
    ("requirements", "minimum"): (*NO_NUMBERS, "0", "1.5", "-2"),
    ("requirements", "weight"): (*NO_NUMBERS, "-0.5"),
    ("engagements", "status"): ("engaged", "Committed", ""),
    ("engagements", "starts"): NO_DATES,
    ("engagements", "ends"): NO_DATES,
    ("ties", "level"): (*NO_NUMBERS, "0", "5", "2.5"),
    ("ties", "strength"): (*NO_NUMBERS, "0", "-3", "1e-999"),
    ("ties", "confidence"): (*NO_NUMBERS, "0", "1.01"),
    ("ties", "kind"): ("fund", "meeting"),
}

#: Where a name has to be the name of a row of some table.
REFERENCES: Final = (
    ("organisations", "parent_id"),
    ("places", "parent_id"),
    ("missions", "centre_id"),
    ("requirements", "mission_id"),
    ("requirements", "capability_id"),
    ("requirements", "place_id"),
    ("offers", "organisation_id"),
    ("offers", "place_id"),
    ("engagements", "organisation_id"),
    ("engagements", "mission_id"),
    ("ties", "source_id"),
    ("ties", "target_id"),
    ("ties", "mission_id"),
)
KEYS: Final = {
    "organisations": "organisation_id",
    "places": "place_id",
    "missions": "mission_id",
    "capabilities": "capability_id",
    "requirements": "requirement_id",
}


@dataclass
class Broken:
    """Tables with faults in them, and where each was planted: table, row as a spreadsheet counts, column.

    Cells that are ``needed`` make the fault of another cell one, so they are left alone.
    """

    tables: Tables
    luck: random.Random
    planted: set[tuple[str, int, str]] = field(default_factory=set)
    needed: set[tuple[str, int, str]] = field(default_factory=set)
    without: dict[str, list[str]] = field(default_factory=dict)

    def plant(self, table: str, column: str, text: str, least: int = 0) -> None:
        """Write a text in a cell of a random row (not among the first ``least``), unless a fault is there already."""
        rows = self.tables[table]
        free = [at for at in range(least, len(rows)) if (table, at + 2, column) not in self.planted | self.needed]
        if free:
            at = self.luck.choice(free)
            rows[at][column] = text
            self.planted.add((table, at + 2, column))

    def raw(self) -> RawPack:
        """The pack as a reader hands it over; files are called otherwise than their tables."""
        found = []
        for name, rows in self.tables.items():
            gone = self.without.get(name, [])
            table = raw_table(name, [{c: text for c, text in row.items() if c not in gone} for row in rows])
            columns = [(c, cells) for c, cells in zip(table.columns, table.cells, strict=True) if c not in gone]
            found.append(
                RawTable(
                    name, f"{name} (1).csv", tuple(c for c, _ in columns), tuple(t for _, t in columns), table.rows
                )
            )
        return RawPack("broken", tuple(found))


def unreadable(pack: Broken) -> None:
    (table, column), texts = pack.luck.choice(list(UNREADABLE.items()))
    pack.plant(table, column, pack.luck.choice(texts))


def unknown_name(pack: Broken) -> None:
    table, column = pack.luck.choice(REFERENCES)
    pack.plant(table, column, pack.luck.choice(("nobody", "0007", "na", "A|B" if table == "places" else "a b")))


def repeated(pack: Broken) -> None:
    """A row takes the id of the first row: the second of them is the fault."""
    table, key = pack.luck.choice(list(KEYS.items()))
    if pack.tables[table] and (table, 2, key) not in pack.planted:
        pack.plant(table, key, pack.tables[table][0][key], least=1)
        pack.needed.add((table, 2, key))


def circle(pack: Broken) -> None:
    """A place inside itself, or two inside each other."""
    table, key = pack.luck.choice((("places", "place_id"), ("organisations", "organisation_id")))
    rows = pack.tables[table]
    ring = pack.luck.sample(range(len(rows)), min(len(rows), pack.luck.choice((1, 2, 3))))
    cells = {(table, at + 2, column) for at in range(len(rows)) for column in (key, "parent_id")}
    if not cells & pack.planted:
        pack.needed |= cells
        for at, after in zip(ring, ring[1:] + ring[:1], strict=True):
            rows[at]["parent_id"] = rows[after][key]
            pack.planted.add((table, at + 2, "parent_id"))


def no_id(pack: Broken) -> None:
    table, key = pack.luck.choice(list(KEYS.items()))
    pack.plant(table, key, pack.luck.choice(("", " ", "a|b", "tab\there", "x" * 201)))


def no_column(pack: Broken) -> None:
    """A heading is missing: the fault is the heading's, in row 1."""
    table, column = pack.luck.choice((("organisations", "sector"), ("ties", "target_id"), ("offers", "place_id")))
    pack.without.setdefault(table, []).append(column)
    pack.planted = {found for found in pack.planted if (found[0], found[2]) != (table, column)}
    pack.planted.add((table, 1, column))


FAULTS: Final[tuple[Callable[[Broken], None], ...]] = (
    *(unreadable,) * 6,
    *(unknown_name,) * 4,
    repeated,
    circle,
    no_id,
)


def _break(tables: Tables, luck: random.Random) -> Broken:
    rows: dict[str, list[Row]] = {name: [dict(row) for row in rows] for name, rows in tables.items()}
    for organisation in rows["organisations"]:
        organisation["parent_id"] = ""
    pack = Broken(rows, luck)
    for fault in luck.choices(FAULTS, k=luck.choice((1, 1, 2, 4, 8, 20))):
        fault(pack)
    if luck.random() < 0.1:
        no_column(pack)
    if not pack.planted:
        pack.plant("organisations", "name", " ")
    return pack


def broken_packs() -> st.SearchStrategy[Broken]:
    """Small packs with one to a score of faults."""
    return packs_and_luck().map(lambda drawn: _break(*drawn))
