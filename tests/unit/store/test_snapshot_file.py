"""A snapshot file gives back what was frozen, byte for byte the same again, and no changed byte goes unseen."""

from __future__ import annotations

import io
import json
import random
import zipfile

import pytest

from orchestrator.errors import BadData
from orchestrator.freezing import freeze
from orchestrator.model.snapshot import Snapshot
from orchestrator.store import read_snapshot_file, snapshot_file
from tests.packs import DAY, MISSION, SHAPES, library, pack


def frozen(shape: str = "many gaps") -> Snapshot:
    return freeze(pack(SHAPES[shape]), library(SHAPES[shape]).results(MISSION, DAY), [{"organisation_id": "a"}])


def file_of(snapshot: Snapshot) -> bytes:
    return b"".join(snapshot_file(snapshot))


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_opening_gives_the_same_digest_findings_and_decisions(shape: str) -> None:
    was = frozen(shape)
    found = read_snapshot_file("x", file_of(was))
    assert found.graph.digest == was.graph.digest
    assert found.graph.members == was.graph.members
    assert json.dumps(dict(found.findings)) == json.dumps(dict(was.findings))
    assert found.decisions == was.decisions
    assert found.header == was.header


def test_a_snapshot_written_again_is_the_same_file() -> None:
    data = file_of(frozen())
    assert file_of(read_snapshot_file("x", data)) == data


def test_it_is_a_zip_that_every_program_opens() -> None:
    with zipfile.ZipFile(io.BytesIO(file_of(frozen()))) as found:
        assert found.testzip() is None
        assert found.namelist()[0] == "manifest.json"


def test_no_byte_can_change_unseen() -> None:
    data = file_of(frozen("one of each"))
    luck = random.Random(7)
    tried = {*range(100), *range(len(data) - 600, len(data)), *luck.sample(range(len(data)), 600)}
    for at in sorted(tried):
        changed = bytearray(data)
        changed[at] ^= 1 << luck.randrange(8)
        with pytest.raises(BadData):
            read_snapshot_file("x", bytes(changed))


@pytest.mark.parametrize("part", ["mission.json", "tables.json", "findings.json", "sources.json", "decisions.json"])
def test_the_part_that_was_changed_is_named(part: str) -> None:
    data = file_of(frozen())
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        info = found.getinfo(part)
    changed = bytearray(data)
    changed[info.header_offset + 30 + len(part) + info.file_size // 2] ^= 1
    with pytest.raises(BadData, match=f"the part {part} was changed") as told:
        read_snapshot_file("board.snapshot.zip", bytes(changed))
    assert "board.snapshot.zip" in str(told.value)


@pytest.mark.parametrize("keep", [0, 3, 40, 1000, -1])
def test_a_file_that_is_cut_off_is_refused(keep: int) -> None:
    with pytest.raises(BadData):
        read_snapshot_file("x", file_of(frozen())[:keep])


def test_bytes_that_were_added_are_found() -> None:
    data = file_of(frozen())
    for changed in (data + b"\n", b"\n" + data):
        with pytest.raises(BadData):
            read_snapshot_file("x", changed)
