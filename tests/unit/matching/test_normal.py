"""Names are read alike in Python and in SQL, on whatever the SQL is told to."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest
import sqlglot
from hypothesis import example, given, settings
from hypothesis import strategies as st

from orchestrator.matching import normalising_sql, read_name

ALIKE = [
    ("Apex Care Ltd", "THE APEX CARE LIMITED"),
    ("Guy's & St Thomas'", "GUYS AND ST THOMAS"),
    ("Kensington&Chelsea", "kensington and chelsea"),
    ("V&amp;A Automotive L.T.D.", "V & A AUTOMOTIVE LTD"),
    ("Y Gŵyl Cyf", "Y Gwyl CYF"),
    ("Apex\u00a0Care  Limited", " Apex\nCare Limited "),
    ("Cafe\u0301 Ltd", "CAFÉ LTD"),
    ("Apex Ltd T/A Oak", "Apex Ltd (trading as Elm)"),
    ("Apex Ltd t/as Oak", "Apex Ltd (formerly Elm)"),
    ("Royal Marsden NHS Foundation Trust (The)", "The Royal Marsden NHS Foundation Trust"),
    ("Apex Ltd - Leeds Office", "Apex Ltd (Head Office)"),
]
LOOSELY_ALIKE = [
    ("Apex Care Limited", "Apex Care"),
    ("London Borough of Camden", "LB Camden"),
    ("London Borough of Camden", "Camden London Borough Council"),
    ("Leeds City Council", "City of Leeds Council"),
    ("Leeds City Council", "Council of Leeds"),
    ("City and County of Swansea Council", "Swansea Council"),
    ("Royal Free London NHS Foundation Trust", "Royal Free London NHSFT"),
    ("Dept for Transport", "Department for Transport"),
    ("Leeds Univ", "Leeds University"),
    ("Kent Constabulary", "Kent Police"),
]
APART = [
    ("Department for Education", "Department of Health"),
    ("Cambridge City Council", "Cambridgeshire County Council"),
    ("City of Bristol College", "Bristol Council"),
    ("Council of Deans of Health", "Deans of Health Council"),
    ("Apex Care North", "Apex Care South"),
]
LETTERS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=30)
WORDS = st.lists(
    st.sampled_from(
        ("LTD", "Ltd.", "&", "and", "The", "of", "p.l.c.", "T/A", "City", "Council", "Borough", "London", "(", ")")
    )
    | st.sampled_from(("NHS", "FT", "-", "Office", "Éa", "x", "CC", "/")),
    max_size=8,
).map(" ".join)


@pytest.fixture(scope="module")
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def in_sql(connection: duckdb.DuckDBPyConnection, names: list[str]) -> dict[str, tuple[str, ...]]:
    connection.register("given", pd.DataFrame({"name": names}, dtype=object))
    return {row[0]: row[1:4] for row in connection.execute(normalising_sql("given", "name")).fetchall()}


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_two_ways_of_writing_a_name_are_one(one: str, other: str) -> None:
    assert read_name(one).strict == read_name(other).strict != ""


@pytest.mark.parametrize(("one", "other"), LOOSELY_ALIKE)
def test_legal_forms_abbreviations_and_councils_are_read_loosely(one: str, other: str) -> None:
    assert read_name(one).strict != read_name(other).strict
    assert read_name(one).loose == read_name(other).loose != ""


@pytest.mark.parametrize(("one", "other"), APART)
def test_names_of_different_bodies_stay_apart(one: str, other: str) -> None:
    assert read_name(one).loose != read_name(other).loose


def test_the_form_says_what_the_loose_name_left_out() -> None:
    said = {name: read_name(name).form for name in ("A plc", "A L.L.P.", "A Ltd", "A", "A County Council", "A BC")}
    assert list(said.values()) == ["plc", "llp", "limited", "", "county council", ""]


@settings(max_examples=60, deadline=None)
@given(st.lists(LETTERS | WORDS, min_size=1, max_size=20))
@example([name for pair in (*ALIKE, *LOOSELY_ALIKE, *APART) for name in pair])
@example(["", " ", "???", "the", "مجلس المدينة", "ß", "1927", "'", "a\x1fb", "…"])
def test_sql_reads_every_name_as_python_does(connection: duckdb.DuckDBPyConnection, names: list[str]) -> None:
    read = {name: read_name(name) for name in names}
    expected = {name: (each.strict, each.loose, each.form) for name, each in read.items()}
    assert in_sql(connection, names) == expected


@given(WORDS)
@settings(max_examples=60, deadline=None)
def test_a_name_that_was_read_is_read_as_itself(name: str) -> None:
    strict = read_name(name).strict
    assert read_name(strict).strict == strict


@pytest.mark.parametrize("dialect", ["postgres", "spark"])
def test_the_query_can_be_told_to_other_engines(dialect: str) -> None:
    told = sqlglot.transpile(normalising_sql("names", "name"), read="duckdb", write=dialect)[0]
    assert "REGEXP_MATCHES" not in told.upper()
    assert ("'g'" in told) == (dialect == "postgres")
