"""The rules that decide about names, held against a slow referee, over small registers full of collisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from orchestrator.matching import Tables, looks_like_a_person, parts_of, read_name, resolving_sql
from orchestrator.matching.normal import ReadName
from orchestrator.matching.similar import nearest_names

NAMES = (
    "Elm",
    "Elm Ltd",
    "ELM LIMITED",
    "Elm LLP",
    "The Elm",
    "Elm Council",
    "LB Elm",
    "EL",
    "el",
    "Oak",
    "Oak & Elm",
    "?",
)
TOWNS = ("", "leeds", "york")
DAYS = ("", "2019-01-01", "2020-01-01", "2021-01-01")
MARKS = (("GB-COH", "GB-COH-1"), ("GB-COH", "GB-COH-2"), ("GB-CHC", "GB-CHC-1"))
KINDS = ("name", "alias", "former-name", "acronym", "decision")
BODIES = ("a", "b", "c")


@dataclass(frozen=True)
class Known:
    body: str
    name: str
    kind: str
    starts: str
    ends: str
    town: str


@dataclass(frozen=True)
class Mention:
    name: str
    town: str
    day: str
    marks: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Said:
    name: str
    town: str
    verdict: str
    body: str


KNOWN = st.builds(
    Known,
    *(st.sampled_from(each) for each in (BODIES, NAMES, KINDS, DAYS, DAYS, TOWNS)),
)
MENTION = st.builds(
    Mention,
    *(st.sampled_from(each) for each in (NAMES, TOWNS, DAYS)),
    st.lists(st.sampled_from(MARKS), max_size=2, unique=True).map(tuple),
)
SAID = st.builds(
    Said, *(st.sampled_from(each) for each in (NAMES, TOWNS, ("accept", "reject", "reject", "none"), BODIES))
)
HAS = st.lists(st.tuples(st.sampled_from(BODIES), st.sampled_from(MARKS)), max_size=4, unique=True)


def reading(name: str) -> str:
    return read_name(name).strict or f"={name}"


def referee(
    known: Sequence[Known], has: Sequence[tuple[str, tuple[str, str]]], said: Sequence[Said], one: Mention
) -> str:
    """Whom does this mention mean? The body, ``-`` for none decided, blank for a question."""
    named = {body for body, mark in has if mark in one.marks}
    if len(named) == 1:
        return named.pop()
    for town in [one.town, ""] if one.town else [""]:
        for each in said:
            if each.verdict != "reject" and (reading(each.name), each.town) == (reading(one.name), town):
                return each.body if each.verdict == "accept" else "-"
    strictly, loosely = (
        [each for each in known if _claims(each, one, way) and not _barred(each.body, has, said, one)]
        for way in ("strict", "loose")
    )
    strictly, loosely = ([each for each in claims if not _too_short(each, one)] for claims in (strictly, loosely))
    return _settled(strictly, one, own_first=True) if strictly else _settled(loosely, one, own_first=False)


def _too_short(each: Known, one: Mention) -> bool:
    """An alias of one word or an acronym says too little of a body that came with numbers of its own."""
    return bool(one.marks) and each.kind in ("alias", "acronym") and " " not in read_name(each.name).strict


def _claims(each: Known, one: Mention, way: str) -> bool:
    mine, theirs = read_name(one.name), read_name(each.name)
    if (each.starts and one.day and one.day < each.starts) or (each.ends and one.day and one.day >= each.ends):
        return False
    if way == "strict":
        short = each.kind == "acronym" and len(theirs.strict) <= 2
        return mine.strict == theirs.strict != "" and (not short or one.name == each.name)
    return _loosely(mine, theirs) and each.kind != "acronym"


def _loosely(mine: ReadName, theirs: ReadName) -> bool:
    alike = mine.loose == theirs.loose != "" and mine.strict != theirs.strict
    return alike and (mine.form == theirs.form or not mine.form or not theirs.form)


def _barred(body: str, has: Sequence[tuple[str, tuple[str, str]]], said: Sequence[Said], one: Mention) -> bool:
    """A person said that it is not meant, or both have a number in the same lists and no number in common there."""
    if any(
        each.verdict == "reject"
        and each.body == body
        and reading(each.name) == reading(one.name)
        and each.town in ("", one.town)
        for each in said
    ):
        return True
    theirs = {mark for whose, mark in has if whose == body}
    shared = {scheme for scheme, _ in theirs} & {scheme for scheme, _ in one.marks}
    return bool(shared) and not theirs & set(one.marks)


def _settled(claims: Sequence[Known], one: Mention, *, own_first: bool) -> str:
    bodies = {each.body for each in claims}
    if len(bodies) == 1:
        return bodies.pop()
    own = {each.body for each in claims if each.kind == "name"}
    if own_first and len(own) == 1 and not any(each.starts or each.ends for each in claims):
        return own.pop()
    here = {each.body for each in claims if one.town and each.town == one.town}
    return here.pop() if len(here) == 1 else ""


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as made:
        yield made


def ruled(
    connection: duckdb.DuckDBPyConnection,
    known: Sequence[Known],
    has: Sequence[tuple[str, tuple[str, str]]],
    said: Sequence[Said],
    mentions: Sequence[Mention],
) -> dict[str, str]:
    def table(name: str, columns: str, rows: Sequence[tuple[object, ...]]) -> None:
        heads = columns.split()
        connection.register("given_rows", pd.DataFrame(rows, columns=heads, dtype=object))
        dates = ("day", "starts", "ends")
        cells = ", ".join(
            f"CAST(nullif({head}, '') AS DATE) AS {head}" if head in dates else f"CAST({head} AS VARCHAR) AS {head}"
            for head in heads
        )
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT {cells} FROM given_rows")

    def read(name: str) -> tuple[str, str, str]:
        one = read_name(name)
        return one.strict, one.loose, one.form

    asked = [(str(at), m.name, *read(m.name), reading(m.name), m.town, m.day) for at, m in enumerate(mentions)]
    table("asked", "name_key name strict loose form reading town day", asked)
    marks = [(str(at), *mark) for at, m in enumerate(mentions) for mark in m.marks]
    table("asked_identifiers", "name_key scheme identifier", marks)
    names = [(k.body, k.name, k.kind, "", k.starts, k.ends, k.town, *read(k.name)) for k in known]
    table("register_names", "organisation_id name kind source starts ends town strict loose form", names)
    table("register_identifiers", "organisation_id scheme identifier", [(body, *mark) for body, mark in has])
    verdicts = [(reading(s.name), s.town, s.verdict, "" if s.verdict == "none" else s.body, "somebody") for s in said]
    table("verdicts", "reading town verdict organisation_id decided_by", verdicts)
    rows = connection.execute(resolving_sql(Tables())).fetchall()
    assert len({row[0] for row in rows}) == len(rows), "a name is decided twice"
    return {row[0]: row[1] or "-" for row in rows}


@settings(max_examples=80, deadline=None)
@given(
    st.lists(KNOWN, max_size=6),
    HAS,
    st.lists(SAID, max_size=3, unique_by=lambda each: (reading(each.name), each.town, each.verdict == "reject")),
    st.lists(MENTION, min_size=1, max_size=8),
)
def test_the_query_decides_as_the_referee_does(
    connection: duckdb.DuckDBPyConnection,
    known: list[Known],
    has: list[tuple[str, tuple[str, str]]],
    said: list[Said],
    mentions: list[Mention],
) -> None:
    expected = {str(at): referee(known, has, said, one) for at, one in enumerate(mentions)}
    decided = ruled(connection, known, has, said, mentions)
    assert decided == {key: body for key, body in expected.items() if body}


# ── the nearest names ─────────────────────────────────────────────────────────────────────────────

TEXTS = st.lists(st.text(st.sampled_from("abc "), min_size=1, max_size=9), min_size=1, max_size=12)


def cosines(written: list[str], names: list[str]) -> np.ndarray:
    """How alike are the groups of three letters? Counted one by one."""

    def groups(text: str) -> list[str]:
        padded = f" {text} "
        return [padded[at : at + 3] for at in range(len(padded) - 2)]

    every = sorted({each for name in names for each in groups(name)})
    having = {each: sum(each in groups(name) for name in names) for each in every}

    def weighed(text: str) -> np.ndarray:
        found = groups(text)
        row = [np.sqrt(found.count(each)) * (np.log((1 + len(names)) / (1 + having[each])) + 1) for each in every]
        length = np.linalg.norm(row)
        return np.array(row) / (length or 1)

    return np.array([[weighed(one) @ weighed(other) for other in names] for one in written])


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS)
def test_names_are_as_near_as_counted_one_by_one(written: list[str], names: list[str]) -> None:
    found = nearest_names(written, names)
    cosine = cosines(written, names)
    for one, other, score in zip(found.written, found.named, found.score, strict=True):
        whole = max(fuzz.ratio(written[one], names[other]), fuzz.token_sort_ratio(written[one], names[other]))
        assert score == pytest.approx(0.5 * whole + 50 * cosine[one, other], abs=0.01)
    alike = {(int(one), int(other)) for one, other in zip(*np.nonzero(cosine > 1e-9), strict=True)}
    assert {(int(one), int(other)) for one, other in zip(found.written, found.named, strict=True)} == alike


# ── cells and persons ─────────────────────────────────────────────────────────────────────────────

CELLS = st.lists(
    st.sampled_from(("Oak", "Elm Ltd", "/", ";", ",", "&", "and", "JV", "(", ")", "t/a", "A/S")), max_size=9
)


@given(CELLS.map(" ".join) | st.text(max_size=20))
@settings(max_examples=150, deadline=None)
def test_the_parts_of_any_cell_share_it_whole(cell: str) -> None:
    parts = parts_of([cell], lambda names: names & {"Oak", "Elm Ltd"})[cell]
    assert sum(part.share for part in parts) == 1_000_000
    assert [(part.part, part.parts) for part in parts] == [(at, len(parts)) for at in range(1, len(parts) + 1)]
    assert len({part.name for part in parts}) == len(parts)
    assert all(part.name in cell for part in parts) or len(parts) == 1


@given(st.text(max_size=30))
def test_any_text_can_be_judged(name: str) -> None:
    assert looks_like_a_person(name) in (True, False)
