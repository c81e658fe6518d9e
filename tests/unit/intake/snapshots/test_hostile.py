"""Exports that somebody damaged, or made to do harm, are refused in a message; none is half read, none hangs."""

from __future__ import annotations

import random
import shutil
import time
from contextlib import suppress
from pathlib import Path

import pytest

from orchestrator.errors import BadData
from orchestrator.export.formats import FORMATS
from orchestrator.freezing import open_snapshot
from orchestrator.intake.snapshots import READERS, read_export
from orchestrator.model import MissionGraph
from orchestrator.model.snapshot import Snapshot
from tests.packs import DAY, MISSION, SHAPES, pack

BOMB = '<!DOCTYPE g [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("sound")
    snapshot = Snapshot(MissionGraph.from_pack(pack(SHAPES["many gaps"]), MISSION, DAY), marking="OFFICIAL")
    found = {}
    for each in FORMATS:
        for name, write in each.files(snapshot).items():
            (folder / name).parent.mkdir(exist_ok=True)
            with (folder / name).open("wb") as file:
                write(file)
        if each.complete:
            found[each.name] = folder / Path(next(iter(each.files(snapshot)))).parts[0]
    return found


def changed(path: Path, old: str, new: str, folder: Path) -> Path:
    text = path.read_text(encoding="utf-8")
    assert old in text
    (folder / path.name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder / path.name


def refused(path: Path) -> str:
    with pytest.raises(BadData) as told:
        read_export(path)
    return str(told.value)


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_a_document_type_is_refused_with_its_line(name: str, exports: dict[str, Path], tmp_path: Path) -> None:
    said = refused(changed(exports[name], "?>\n", f"?>\n{BOMB}\n", tmp_path))
    assert "document type" in said
    assert "line 2" in said


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("graphml", "<node ", "<hyperedge/><node ", "'hyperedge' in 'graph'"),
        ("graphml", "</graph>", '<edge id="x" source="nobody" target="c"/></graph>', "'nobody' is no node"),
        ("graphml", "</graph>", '<node id="c"><data key="o0">c</data></node></graph>', "'c' stands twice"),
        ("graphml", "</graph>", "</grap>", "no sound XML: mismatched tag"),
        ("gexf", "</gexf>", "", "no sound XML"),
        ("gexf", "<nodes>", "<nodes><nodes/>", "'nodes' in 'nodes'"),
        ("gexf", "</edges>", '<edge id="x" source="nobody" target="c"/></edges>', "'nobody' is no node"),
        ("json", '"decisions":', '"decision":', "the part decisions is missing"),
        ("json", '"decisions":', '"mission":{},"decisions":', "'mission' stands twice"),
        ("json", '"decisions":[', '"decisions":[NaN', "NaN is no number"),
        ("json", '"min_level": 2', '"min_level": 9', "'9' is not a level"),
        ("json", '"marking": "OFFICIAL"', '"marking": "PRIVATE"', "'PRIVATE' is not a protective marking"),
        ("json", '"form_version": 1', '"form_version": 99', "version '99'"),
    ],
)
def test_what_is_not_of_the_form_is_named(
    name: str, old: str, new: str, said: str, exports: dict[str, Path], tmp_path: Path
) -> None:
    assert said in refused(changed(exports[name], old, new, tmp_path))


@pytest.mark.parametrize("name", ["graphml", "gexf", "json"])
def test_a_changed_fact_is_found_by_the_digest(name: str, exports: dict[str, Path], tmp_path: Path) -> None:
    old = 'value="Body A"' if name == "gexf" else "Body A"
    assert "digest" in refused(changed(exports[name], old, old.replace("A", "Z"), tmp_path))


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_deep_nesting_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / f"x.{name}").write_text(f"<{name}>" + "<graph>" * 100_000)
    assert "line 1" in refused(tmp_path / f"x.{name}")


def test_deep_json_is_refused(tmp_path: Path) -> None:
    for depth in (100, 200_000):
        (tmp_path / "x.json").write_text("[" * depth + "]" * depth)
        assert "too deeply" in refused(tmp_path / "x.json")


def test_a_csv_table_outside_the_folder_is_refused(exports: dict[str, Path], tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(exports["csv"], folder)
    package = folder / "datapackage.json"
    package.write_text(package.read_text().replace('"ties_OFFICIAL.csv"', '"../ties_OFFICIAL.csv"'))
    assert "is not beside it" in refused(folder)


def test_a_row_too_many_in_a_csv_table_is_named(exports: dict[str, Path], tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(exports["csv"], folder)
    with (folder / "ties_OFFICIAL.csv").open("a") as file:
        file.write("a,b\r\n")
    assert "ties_OFFICIAL.csv, row" in refused(folder)


def test_a_name_that_no_reader_has_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.pickle").write_bytes(b"cos\nsystem\n")
    said = refused(tmp_path / "x.pickle")
    assert all(ending in said for ending in READERS)


@pytest.mark.parametrize("name", ["json", "graphml", "gexf", "xlsx", "ods"])
def test_mutated_files_end_in_an_answer(name: str, exports: dict[str, Path], tmp_path: Path) -> None:
    data = exports[name].read_bytes()
    luck = random.Random(name)
    for _ in range(15 if name in ("xlsx", "ods") else 150):
        broken = bytearray(data)
        for _ in range(luck.randrange(1, 4)):
            at = luck.randrange(len(broken))
            broken[at : at + luck.randrange(3)] = luck.randbytes(luck.randrange(4))
        path = tmp_path / f"x{exports[name].suffix}"
        path.write_bytes(broken)
        start = time.monotonic()
        with suppress(BadData):
            read_export(path)
        assert time.monotonic() - start < 5


def test_a_marking_that_fell_in_one_place_is_read_as_the_higher(exports: dict[str, Path], tmp_path: Path) -> None:
    path = changed(exports["graphml"], '"marking":"OFFICIAL"', '"marking":""', tmp_path)
    assert open_snapshot(path).marking == "OFFICIAL"
