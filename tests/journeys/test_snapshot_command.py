"""``snapshot`` and ``compare`` as they are typed: files, markings, refusals, and nothing half written."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from orchestrator import freezing
from orchestrator.cli import main
from orchestrator.tables import files
from tests.journeys.test_command_line import SMALL

Run = Callable[..., tuple[int, str, str]]
ALL = "json,graphml,gexf,csv,xlsx,ods,kumu,pajek,dl,node-link,pdf,docx,html,tables"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "small"
    folder.mkdir()
    for name, text in SMALL.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], pack: Path) -> Run:
    def typed(*words: object) -> tuple[int, str, str]:
        try:
            code = main([str(word) for word in words])
        except SystemExit as ended:
            code = int(ended.code or 0)
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    return typed


def freeze(run: Run, pack: Path, to: Path, *more: object) -> list[Path]:
    code, out, err = run("snapshot", "retrofit", "--pack", pack, "--as-of", "2026-11-23", "--to", to, *more)
    assert code == 0, err
    return [Path(line) for line in out.splitlines()]


def test_a_snapshot_and_every_format_are_written_and_open_to_one_digest(run: Run, pack: Path, tmp_path: Path) -> None:
    paths = freeze(run, pack, tmp_path / "a" / "b", "--format", ALL)
    assert len(paths) == 1 + len(ALL.split(","))
    assert all(path.exists() for path in paths)
    assert {path.name for path in (tmp_path / "a" / "b").iterdir()} == {path.name for path in paths}
    for path in paths[1:7]:
        code, out, err = run("compare", paths[0], path, "--format", "json")
        assert code == 0, err
        found = json.loads(out)
        assert found["before"]["digest"] == found["after"]["digest"]
        assert found["sentences"] == ["Nothing that is recorded changed."]


def test_progress_is_told_beside_the_result(run: Run, pack: Path, tmp_path: Path) -> None:
    _, out, err = run("snapshot", "retrofit", "--pack", pack, "--to", tmp_path / "o", "--format", "csv")
    assert "Writing" in err
    assert "Writing" not in out


def test_the_marking_of_the_mission_is_taken_and_never_falls_silently(run: Run, pack: Path, tmp_path: Path) -> None:
    (pack / "missions.csv").write_text(
        "mission_id,title,centre_id,marking\nretrofit,Warm homes,unit,Official-Sensitive\n"
    )
    (first, *_) = freeze(run, pack, tmp_path / "o")
    assert "OFFICIAL-SENSITIVE" in first.name
    lower = ("snapshot", "retrofit", "--pack", pack, "--to", tmp_path / "o", "--marking", "OFFICIAL")
    code, _, err = run(*lower)
    assert code == 2
    assert "--lower-marking" in err
    assert run(*lower, "--lower-marking")[0] == 0
    code, _, err = run("snapshot", "retrofit", "--again", first, "--to", tmp_path / "p", "--marking", "OFFICIAL")
    assert code == 2
    code, out, _ = run("snapshot", "retrofit", "--again", first, "--to", tmp_path / "p", "--format", "gexf")
    assert code == 0
    assert out.count("OFFICIAL-SENSITIVE") == 2


def test_compare_tells_what_changed(run: Run, pack: Path, tmp_path: Path) -> None:
    (before, *_) = freeze(run, pack, tmp_path / "one", "--marking", "official")
    (pack / "ties.csv").write_text(SMALL["ties"].replace("north,007", "unit,007"))
    (after, *_) = freeze(run, pack, tmp_path / "two")
    code, out, _ = run("compare", before, after)
    assert code == 0
    assert out.startswith("OFFICIAL\n")
    assert "One tie stayed, one tie formed, one tie dissolved." in out
    assert run("compare", before, after, "--out", tmp_path / "said.txt")[0] == 0


def test_large_snapshots_are_read_side_by_side_with_the_same_answer(
    run: Run, pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (before, *_) = freeze(run, pack, tmp_path / "one", "--marking", "official")
    (pack / "ties.csv").write_text(SMALL["ties"].replace("north,007", "unit,007"))
    (after, *_) = freeze(run, pack, tmp_path / "two")
    told = run("compare", before, after, "--format", "json")
    monkeypatch.setattr(freezing, "_LARGE", 0)
    assert run("compare", before, after, "--format", "json") == told
    after.write_bytes(after.read_bytes().replace(b"Northern Authority", b"Southern Authority"))
    code, _, err = run("compare", before, after)
    assert code == 3
    assert "the part tables.json was changed" in err


def test_decisions_are_kept_and_looked_at(run: Run, pack: Path, tmp_path: Path) -> None:
    (tmp_path / "decisions.csv").write_text("organisation_id,decision\n007,bring in\n")
    (path, *_) = freeze(run, pack, tmp_path / "o", "--decisions", tmp_path / "decisions.csv")
    _, out, _ = run("compare", path, path, "--format", "json")
    (advice,) = json.loads(out)["advice"]
    assert (advice["organisation_id"], advice["decision"], advice["taken"]) == ("007", "bring in", True)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--format", "graphm"), 4, "Did you mean 'graphml'?"),
        (("--marking", "PRIVATE"), 2, "'PRIVATE' is not a protective marking"),
        (("--decisions", "nowhere.csv"), 3, "nowhere.csv"),
        (("--again", "nowhere.json"), 3, "nowhere.json"),
    ],
)
def test_what_cannot_be_done_is_told(
    words: tuple[str, ...], code: int, said: str, run: Run, pack: Path, tmp_path: Path
) -> None:
    found, _, err = run("snapshot", "retrofit", "--pack", pack, "--to", tmp_path / "o", *words)
    assert found == code
    assert said in err
    assert not (tmp_path / "o").exists()


def test_a_changed_byte_ends_with_3_and_the_part(run: Run, pack: Path, tmp_path: Path) -> None:
    (path, *_) = freeze(run, pack, tmp_path / "o")
    data = bytearray(path.read_bytes())
    data[data.index(b"Northern Authority")] ^= 1
    path.write_bytes(data)
    code, _, err = run("compare", path, path)
    assert code == 3
    assert "the part tables.json was changed" in err


def test_a_file_in_the_way_ends_with_5(run: Run, pack: Path, tmp_path: Path) -> None:
    (tmp_path / "o").write_text("in the way")
    code, _, err = run("snapshot", "retrofit", "--pack", pack, "--to", tmp_path / "o")
    assert code == 5
    assert "Nothing was written." in err
    assert (tmp_path / "o").read_text() == "in the way"


@pytest.mark.parametrize("failing", [1, 3, 5, 12])
def test_a_full_disk_leaves_what_was_there(
    failing: int, run: Run, pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "o"
    freeze(run, pack, folder, "--format", ALL)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    calls = iter(range(1, 1_000))

    def full(descriptor: int) -> Any:
        if next(calls) == failing:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(files.os, "fsync", full)
    words = ("snapshot", "retrofit", "--pack", pack, "--as-of", "2026-11-23", "--to", folder, "--format", ALL)
    code, _, err = run(*words)
    assert code == 5
    assert "No space left" in err
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]
    new = tmp_path / "new" / "inner"
    calls = iter(range(1, 1_000))
    assert run(*words[:-4], "--to", new, "--format", ALL)[0] == 5
    assert not new.parent.exists()
