"""``orchestrator evidence`` as it is typed: what it prints, what is in the store then, with which code it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from orchestrator.cli import main
from orchestrator.cli.arguments import EVIDENCE_FORMATS as TYPED
from orchestrator.intake.evidence import EVIDENCE_FORMATS
from orchestrator.tables.evidence_store import evidence_files, read_reports

Typed = Callable[..., tuple[int, str, str]]

HEAD = "Entity,Date,Supplier,Amount\n"
GOOD = HEAD + "A trust,30/04/2020,A firm,25000\nA trust,30/04/2020,REDACTED,25000\n"
BAD = HEAD + "A trust,30/04/2020,A firm,lots\nA trust,30/04/2020,B firm,25000\n"


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str]) -> Typed:
    """Type a command: exit code, standard output, standard error."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        code = main([str(each) for each in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.csv").write_text(GOOD)
    (tmp_path / "bad.csv").write_text(BAD)
    return tmp_path


def test_formats_at_the_command_line_are_those_that_are_read() -> None:
    assert tuple(each.name for each in EVIDENCE_FORMATS) == TYPED


def test_a_file_is_brought_in_once_with_a_report_that_balances(typed: Typed, folder: Path) -> None:
    for _ in range(2):
        code, out, err = typed("evidence", folder / "good.csv", "--into", folder / "store")
        assert code == 0
        assert "        2 =         1 +       0 +       1   good.csv (spending)" in out
        assert "1   set aside: redacted: who it is is not said" in out
        assert "now: 1 row of evidence from 1 file." in err
    assert len(evidence_files(folder / "store")) == 1
    (report,) = read_reports(folder / "store")
    assert (report.read, report.kept, report.rejected, report.set_aside) == (2, 1, 0, 1)


def test_a_rejected_record_writes_nothing_unless_asked(typed: Typed, folder: Path) -> None:
    code, out, err = typed("evidence", folder / "good.csv", folder / "bad.csv", "--into", folder / "store")
    assert code == 3
    assert "bad.csv, row 2, column Amount: 'lots' is not an amount." in out
    assert "Nothing was written: records were rejected." in err
    assert not (folder / "store").exists()
    code, _, _ = typed("evidence", folder / "good.csv", folder / "bad.csv", "--into", folder / "store", "--keep-valid")
    assert code == 0
    assert len(evidence_files(folder / "store")) == 2


def test_a_file_that_cannot_be_read_keeps_the_others_out_too(typed: Typed, folder: Path) -> None:
    (folder / "page.csv").write_text("<html></html>")
    code, _, err = typed(
        "evidence", folder / "good.csv", folder / "page.csv", folder / "no.csv", "--into", folder / "s"
    )
    assert code == 3
    assert "page.csv: this is a web page." in err
    assert "no.csv: this is not a plain file." in err
    assert not (folder / "s").exists()


def test_the_report_as_json(typed: Typed, folder: Path) -> None:
    code, out, _ = typed("evidence", folder / "good.csv", "--into", folder / "store", "--format", "spending,json")
    document = json.loads(out)
    assert code == 0
    assert document["written"] is True
    counts = {name: document["files"][0][name] for name in ("read", "kept", "rejected", "set_aside")}
    assert counts == {"read": 2, "kept": 1, "rejected": 0, "set_aside": 1}
    assert document["files"][0]["reasons"][0]["first"][0]["row"] == 3


def test_records_that_two_files_tell_are_noticed(typed: Typed, folder: Path) -> None:
    (folder / "again.csv").write_text(GOOD + "A trust,30/04/2020,C firm,1\n")
    typed("evidence", folder / "good.csv", "--into", folder / "store")
    _, out, _ = typed("evidence", folder / "again.csv", "--into", folder / "store")
    assert "1 of its records stand in other files of the store too" in out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--format", "spendin"), 4, "Did you mean 'spending'?"),
        (("--format", "spending,ocds"), 2, "The files are of one format; spending and ocds were named."),
        (("--mapping", "no.toml"), 3, "no.toml: this is not a plain file."),
    ],
)
def test_what_is_typed_wrongly_is_told(typed: Typed, folder: Path, arguments: tuple[str], code: int, said: str) -> None:
    found, _, err = typed("evidence", folder / "good.csv", "--into", folder / "store", *arguments)
    assert (found, said in err) == (code, True)
    assert not (folder / "store").exists()


def test_stopping_the_database_in_the_middle_of_its_work_is_stopping(folder: Path) -> None:
    """DuckDB makes an error of its own of Ctrl-C."""
    program = """
import signal, sys, threading, time
import orchestrator.tables.evidence_store as store
from orchestrator.cli import main
from pathlib import Path

def written(connection, path, batches):
    list(batches)
    threading.Timer(0.3, signal.raise_signal, [signal.SIGINT]).start()
    connection.execute(f"COPY (SELECT sum(a.i * b.i) FROM range(1000000) a(i), range(1000000) b(i)) TO '{path}'")

store._write_parquet = written
sys.exit(main(["evidence", "good.csv", "--into", "store"]))
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, timeout=60, text=True)
    assert (done.returncode, done.stderr) == (130, "Stopped.\n")
    assert not (folder / "store").exists()


def test_stopping_it_leaves_nothing(folder: Path) -> None:
    lines = "".join(f"A trust,30/04/2020,Firm {at},25000\n" for at in range(150_000))
    (folder / "long.csv").write_text(HEAD + lines)
    run = [sys.executable, "-c", "import sys; from orchestrator.cli import main; sys.exit(main())"]
    command = [*run, "evidence", folder / "long.csv", "--into", folder / "store"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    until = time.monotonic() + 60
    while not list(folder.glob("store/.writing-*/rows.csv")) and time.monotonic() < until and process.poll() is None:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert err.decode().splitlines()[-1] == "Stopped."
    assert not (folder / "store").exists()
