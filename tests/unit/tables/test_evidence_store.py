"""The store of evidence: whole or not at all, the same bytes for the same rows, everything comes back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator.errors import CannotWrite
from orchestrator.tables.evidence import EVIDENCE_COLUMNS, Evidence, EvidenceReport, Reason
from orchestrator.tables.evidence_store import EvidenceWriter, evidence_files, read_reports

DIGEST = "ab" * 32


def row(number: int = 1, **said: object) -> Evidence:
    texts = {column.name: "" for column in EVIDENCE_COLUMNS}
    return Evidence(**{**texts, "evidence_id": f"{number:032x}", "amount_pence": None, **said})  # type: ignore[arg-type]


def report(kept: int, digest: str = DIGEST) -> EvidenceReport:
    return EvidenceReport("a.csv", digest, "spending", "", kept, kept, 0)


def stored(store: Path) -> list[tuple[object, ...]]:
    return duckdb.sql(f"SELECT * FROM read_parquet('{store}/evidence/*.parquet')").fetchall()


def test_columns_and_types_are_those_of_the_schema_even_without_rows(tmp_path: Path) -> None:
    with EvidenceWriter(tmp_path / "store") as writer:
        writer.add([], report(0))
        (path,) = writer.commit()
    found = duckdb.sql(f"DESCRIBE SELECT * FROM read_parquet('{path}')").fetchall()
    types = {"text": "VARCHAR", "date": "DATE", "whole": "BIGINT"}
    assert [(name, kind) for name, kind, *_ in found] == [(each.name, types[each.kind]) for each in EVIDENCE_COLUMNS]


def test_what_is_not_given_is_empty_text_but_no_date_and_no_amount(tmp_path: Path) -> None:
    with EvidenceWriter(tmp_path) as writer:
        writer.add([row(starts="2020-04-30"), row(2, amount_pence=-5)], report(2))
        writer.commit()
    first, second = (dict(zip(Evidence._fields, each, strict=True)) for each in stored(tmp_path))
    assert (first["starts"], first["ends"], first["amount_pence"], first["title"]) == (
        date(2020, 4, 30),
        None,
        None,
        "",
    )
    assert (second["starts"], second["amount_pence"]) == (None, -5)


def test_the_same_file_twice_is_there_once_with_the_same_bytes(tmp_path: Path) -> None:
    written = []
    for _ in range(2):
        with EvidenceWriter(tmp_path) as writer:
            writer.add([row(each, to_name=f"Firm {each}") for each in range(3000)], report(3000))
            (path,) = writer.commit()
        written.append(path.read_bytes())
    assert written[0] == written[1]
    assert len(evidence_files(tmp_path)) == 1


def test_a_store_may_be_called_as_one_likes(tmp_path: Path) -> None:
    store = tmp_path / "it's [my] *store*?"
    with EvidenceWriter(store) as writer:
        writer.add([row(file_digest=DIGEST), row(2, file_digest=DIGEST)], report(2))
        writer.add([row(file_digest="cd" * 32)], report(1, "cd" * 32))
        assert writer.told_twice() == {DIGEST: 1, "cd" * 32: 1}
        assert len(writer.commit()) == 2


def test_reports_come_back(tmp_path: Path) -> None:
    told = EvidenceReport("a.csv", DIGEST, "spending", "", 1, 0, 0, (Reason("set aside", "redacted", 1),))
    with EvidenceWriter(tmp_path) as writer:
        writer.add([], told)
        writer.commit()
    assert read_reports(tmp_path) == (told,)


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_what_is_stopped_leaves_nothing(tmp_path: Path, error: type[BaseException]) -> None:
    store = tmp_path / "new" / "store"

    def bring_in() -> None:
        with EvidenceWriter(store) as writer:
            writer.add([row()], report(1))
            raise error

    with pytest.raises(error):
        bring_in()
    assert list(tmp_path.iterdir()) == []


def test_without_commit_a_store_stays_as_it_was(tmp_path: Path) -> None:
    with EvidenceWriter(tmp_path) as writer:
        writer.add([row()], report(1))
        writer.commit()
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with EvidenceWriter(tmp_path) as writer:
        writer.add([row(2)], report(1))
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("")
    with pytest.raises(CannotWrite, match="Nothing was written"), EvidenceWriter(tmp_path / "store"):
        pass


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\r\n,\"'\\N"), max_size=12)


@settings(max_examples=40, deadline=None)
@given(names=st.lists(TEXTS, min_size=1, max_size=5))
def test_every_text_comes_back(names: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    store = tmp_path_factory.mktemp("store")
    with EvidenceWriter(store) as writer:
        writer.add([row(at, to_name=name, row="\\N") for at, name in enumerate(names)], report(len(names)))
        writer.commit()
    at = Evidence._fields.index("to_name")
    assert [each[at] for each in stored(store)] == names


def test_a_report_that_does_not_balance_cannot_be_made() -> None:
    with pytest.raises(AssertionError, match="2 read, 1 kept"):
        EvidenceReport("a.csv", DIGEST, "spending", "", 2, 1, 0)
