"""What is written is read back to the identical mission graph: by every complete format, over random packs.

The packs hold what breaks exporters: bodies without a tie, doubled tie rows, dates on the edge, ids that look like
numbers or blanks, texts in every script and with every awkward character, weights with all their bits, unknown columns.
"""

from __future__ import annotations

import random
import struct
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from orchestrator.errors import WrongUsage
from orchestrator.export.formats import FORMATS, Format
from orchestrator.freezing import marked
from orchestrator.intake.snapshots import read_export
from orchestrator.model import MissionGraph
from orchestrator.model.marking import MARKINGS, highest
from orchestrator.model.snapshot import Snapshot
from orchestrator.store import read_snapshot_file, snapshot_file
from tests.laws.effort import tried
from tests.laws.oracle import Tables
from tests.laws.packs import MISSION, Situation, checked, situations

AWKWARD: Final = (
    "", " ", "=1+1", "'=1+1", "-5", "007", "NA", "1e5", "nan", "null", "true", "2026-01-01", "a|b", 'say "x", y',
    "two\nlines", "two\r\nlines", "cr\rhere", "tab\there", "  spaces  ", "a  b", "<b>&amp;</b>", "]]>", "?>", "<!--",
    "Ö ß 👩🏽‍🔬 مجلس", "\u200f\u202e", "bell\x07", "nul\x00", "␛7;", "␛", "_x000D_", "\x85\u2028", "\ufffe\uffff",
    "\ufeffbom", "\xa0", "#REF!", "@x", "+1", "https://example.org/?a=1&b=2", "javascript:alert(1)",
)  # fmt: skip
HEADINGS: Final = ("colour", "id", "label", "member", "Ö ", "=x", "weight", "a,b", "␛", "<c>")


def plain(situation: Situation) -> MissionGraph:
    """The mission graph of random tables."""
    day = date.fromisoformat(situation.day)
    return MissionGraph.from_pack(checked(situation.tables), MISSION, day, situation.min_level)


def wild(graph: MissionGraph, luck: random.Random) -> MissionGraph:
    """The same with awkward texts, weights of any bits and unknown columns."""
    tables = dict(graph.tables)
    for table, column in (
        ("organisations", "website"),
        ("organisations", "kind"),
        ("ties", "fund"),
        ("places", "name"),
    ):
        tables[table] = tables[table].assign(**{column: _texts(len(tables[table]), luck)})
    ties = tables["ties"]
    tables["ties"] = ties.assign(strength=[_bits(luck) for _ in range(len(ties))])
    for table in luck.sample(list(tables), 3):
        for heading in luck.sample(HEADINGS, 2):
            if heading.strip() not in tables[table]:
                tables[table] = tables[table].assign(**{heading.strip(): _texts(len(tables[table]), luck)})
    mission = {**graph.mission, "aim": luck.choice(AWKWARD), luck.choice(HEADINGS).strip(): luck.choice(AWKWARD)}
    return MissionGraph.from_tables(mission, tables, graph.as_of, graph.min_level)


def _texts(count: int, luck: random.Random) -> pd.Series:
    return pd.Series([luck.choice(AWKWARD) for _ in range(count)], dtype="str")


def _bits(luck: random.Random) -> float:
    """Any positive finite number: all bits count."""
    while True:
        (number,) = struct.unpack("<d", struct.pack("<Q", luck.getrandbits(63)))
        if np.isfinite(number) and 0 < number < 1e300:
            return float(number)


def written(snapshot: Snapshot, each: Format, folder: Path) -> Path:
    """As ``write_together`` does, but without waiting for the disk."""
    for name, write in each.files(snapshot).items():
        (folder / name).parent.mkdir(exist_ok=True)
        with (folder / name).open("wb") as file:
            write(file)
    return folder / Path(next(iter(each.files(snapshot)))).parts[0]


def frozen(graph: MissionGraph, luck: random.Random) -> Snapshot:
    return Snapshot(wild(graph, luck), marking=luck.choice(MARKINGS), pack="rändom", version="0")


def same(found: Snapshot, was: Snapshot) -> None:
    assert found.graph.digest == was.graph.digest
    assert found.graph.members == was.graph.members
    assert dict(found.graph.mission) == dict(was.graph.mission)
    assert found.graph.strength.tobytes() == was.graph.strength.tobytes()
    for name, table in was.graph.tables.items():
        assert list(found.graph.tables[name].columns) == list(table.columns)
        assert len(found.graph.tables[name]) == len(table)
    assert found.header == was.header


COMPLETE: Final = tuple(each for each in FORMATS if each.complete)
WORKBOOKS: Final = ("xlsx", "ods")
_FOLDER: Final = tempfile.TemporaryDirectory(prefix="round-trips-")


def trip(situation: Situation, formats: tuple[Format, ...]) -> None:
    """Each format gets a mission of its own: the same pack, made wild in another way."""
    graph = plain(situation)
    for each in formats:
        was = frozen(graph, random.Random(f"{situation}{each.name}"))
        same(read_export(written(was, each, Path(_FOLDER.name))), was)


@tried(250)
@given(situations())
def test_four_times_250_missions_come_back_the_same_through_texts(situation: Situation) -> None:
    texts = tuple(each for each in COMPLETE if each.name not in WORKBOOKS)
    assert len(texts) == 4
    trip(situation, texts)


@tried(12)
@given(situations())
def test_missions_come_back_the_same_through_workbooks(situation: Situation) -> None:
    trip(situation, tuple(each for each in COMPLETE if each.name in WORKBOOKS))


@tried(40)
@given(situations())
def test_a_snapshot_file_gives_back_the_same_graph(situation: Situation) -> None:
    was = frozen(plain(situation), random.Random(str(situation)))
    data = b"".join(snapshot_file(was))
    same(read_snapshot_file("x", data), was)
    assert b"".join(snapshot_file(read_snapshot_file("x", data))) == data


@tried(40)
@given(situations())
def test_the_order_of_rows_and_columns_does_not_matter(situation: Situation) -> None:
    luck = random.Random(str(situation))
    was = frozen(plain(situation), luck).graph
    tables = {name: table.sample(frac=1, random_state=1).iloc[:, ::-1] for name, table in was.tables.items()}
    assert MissionGraph.from_tables(was.mission, tables, was.as_of, was.min_level) == was


@pytest.mark.parametrize("stands", MARKINGS)
@pytest.mark.parametrize("asked", [None, *MARKINGS])
def test_a_marking_never_falls_silently(stands: str, asked: str | None) -> None:
    graph = MissionGraph.from_pack(checked(SMALL), MISSION, date(2026, 6, 1))
    was = Snapshot(graph, marking=stands)
    if asked is not None and MARKINGS.index(asked) < MARKINGS.index(stands):
        with pytest.raises(WrongUsage, match="--lower-marking"):
            marked(was, asked)
        assert marked(was, asked, may_fall=True).marking == asked
    else:
        assert marked(was, asked).marking == highest(stands, asked or "")
    assert replace(was, marking=highest(stands, "OFFICIAL")).marking != ""


SMALL: Final[Tables] = {
    "organisations": [{"organisation_id": "c", "name": "C", "sector": "central"}],
    "missions": [{"mission_id": MISSION, "title": "Ours", "centre_id": "c"}],
    "ties": [],
}
