"""Who is meant by a name: what the rules decide, what they leave to people, and what a decision changes."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
import sqlglot

from orchestrator.errors import BadData
from orchestrator.matching import (
    Matcher,
    Tables,
    Verdict,
    candidates,
    mentions_sql,
    progress_of,
    questions,
    resolving_sql,
)
from orchestrator.matching.matcher import Matching
from orchestrator.tables.pack import Pack
from tests.unit.matching.evidence import record, register, store

BODIES = """
apex; Apex Care Limited;; GB-COH-01234567; Leeds
oak; Oak Energy plc; OEP|Green Oak
elm-leeds; Elm Trust;; GB-CHC-1; Leeds
elm-york; Elm Trust;; GB-CHC-2; York
trade; Department for Trade
science; Department for Science
camden; London Borough of Camden
health; Department of Wellbeing
health-ni; Department of Wellbeing (Northern Ireland)
"""
NAMES = """
trade; Department for Industry; former-name; 2016-07-14;
science; Department for Industry; former-name; 2016-07-14;
trade; Office of Sales; former-name; ; 2018-01-08
science; Office of Sales; former-name; 2018-01-08;
"""


@pytest.fixture(scope="module")
def pack() -> Pack:
    return register(BODIES, NAMES)


def matched(folder: Path, pack: Pack, *rows: dict[str, object], decisions: tuple[Verdict, ...] = ()) -> Matching:
    return Matcher(store(folder, rows), pack).match(decisions)


def meant(matching: Matching) -> dict[str, tuple[str, str]]:
    rows = matching.resolutions
    told = zip(rows["name"], rows["organisation_id"], rows["how"], strict=True)
    return {name: (body, how) for name, body, how in told if name != "Ministry of Tests"}


#: A name as written, what else the record says, whom the rules mean by it and by which rule.
RULED = (
    ("Anything", {"to_identifiers": "companies house: 1234567"}, ("apex", "identifier")),
    ("APEX CARE LTD.", {}, ("apex", "strict")),
    ("Apex Care", {}, ("apex", "loose")),
    ("Apex Care LLP", {}, ("", "")),  # another legal form is another body
    ("Apex Care Ltd", {"to_identifiers": "GB-COH-7654321"}, ("", "")),  # another number in the same list
    ("Apex Care Ltd", {"to_identifiers": "GB-CHC-9"}, ("apex", "strict")),  # a list that the body is not in
    ("Green Oak", {}, ("oak", "alias")),
    ("oep", {}, ("oak", "acronym")),
    ("OEP", {"to_identifiers": "GB-CHC-9"}, ("", "")),  # too little for a body with a number of its own
    ("Green Oak", {"to_identifiers": "GB-CHC-9"}, ("oak", "alias")),
    ("OEP Ltd", {}, ("", "")),  # acronyms are never read loosely
    ("MoT", {}, ("unit", "acronym")),
    ("Elm Trust", {}, ("", "")),  # two bodies have it
    ("Elm Trust", {"to_town": "YORK"}, ("elm-york", "strict")),
    ("Elm Trust", {"to_town": "Hull"}, ("", "")),
    ("Elm Trust", {"to_identifiers": "GB-CHC-2"}, ("elm-york", "identifier")),
    ("Camden Council", {}, ("camden", "loose")),
    ("Department for Industry", {}, ("", "")),  # it was split: no single heir
    ("Office of Sales", {"starts": "2018-01-07"}, ("trade", "former-name")),
    ("Office of Sales", {"starts": "2018-01-08"}, ("science", "former-name")),
    ("Office of Sales", {"starts": None}, ("", "")),
    ("???", {}, ("", "")),
    ("1927", {}, ("", "")),
)


@pytest.fixture(scope="module")
def ruled(tmp_path_factory: pytest.TempPathFactory, pack: Pack) -> dict[str, tuple[str, str]]:
    """Whom each record of ``RULED`` means, by its number."""
    folder = store(tmp_path_factory.mktemp("ruled"), [record(written, **cells) for written, cells, _ in RULED])
    matcher = Matcher(folder, pack)
    matcher.match()
    rows = matcher._connection.execute(
        f"SELECT m.evidence_id, r.organisation_id, r.how FROM ({mentions_sql()}) AS m"
        " JOIN resolutions AS r USING (name_key) WHERE m.side = 'to'"
    ).fetchall()
    return {each: (body, how) for each, body, how in rows}


@pytest.mark.parametrize("at", range(len(RULED)), ids=lambda at: f"{RULED[at][0]} {RULED[at][1] or ''}")
def test_rules_decide_what_is_sure_and_nothing_else(at: int, ruled: dict[str, tuple[str, str]]) -> None:
    assert ruled[f"e{at + 1}"] == RULED[at][2]


def test_a_joined_cell_is_shared_in_whole_millionths(tmp_path: Path, pack: Pack) -> None:
    matching = matched(tmp_path, pack, record("Apex Care Ltd / Oak Energy plc / Nobody Known", 1001))
    assert meant(matching) == {
        "Apex Care Ltd": ("apex", "strict"),
        "Oak Energy plc": ("oak", "strict"),
        "Nobody Known": ("", ""),
    }
    matcher = Matcher(tmp_path, pack)
    matcher.match()
    shares = matcher._connection.execute(
        f"SELECT evidence_id, side, count(*), sum(share) FROM ({mentions_sql()}) GROUP BY ALL ORDER BY side"
    ).fetchall()
    assert shares == [("e1", "from", 1, 1_000_000), ("e1", "to", 3, 1_000_000)]


def test_a_decision_holds_and_teaches_other_spellings(tmp_path: Path, pack: Pack) -> None:
    rows = (record("Appex Caire Ltd", 500), record("APPEX CAIRE", 200), record("Oak Enrgy", 100))
    decided = Verdict("accept", "appex caire LIMITED", "AB", organisation_id="apex", number=1, decided="2026-01-02T")
    matching = matched(tmp_path, pack, *rows, decisions=(decided,))
    assert meant(matching) == {
        "Appex Caire Ltd": ("apex", "decision"),
        "APPEX CAIRE": ("apex", "loose"),
        "Oak Enrgy": ("", ""),
    }
    by = dict(zip(matching.resolutions["name"], matching.resolutions["decided_by"], strict=True))
    assert by["Appex Caire Ltd"] == by["APPEX CAIRE"] == "decision 1 by AB on 2026-01-02"
    assert progress_of(matching).decided == 2
    assert progress_of(matching).money == 700 / 800


def test_a_rejected_body_is_not_meant_even_by_a_rule(tmp_path: Path, pack: Pack) -> None:
    rejected = Verdict("reject", "Apex Care", "AB", organisation_id="apex", number=1)
    matching = matched(tmp_path, pack, record("Apex Care"), record("Apex Care Ltd"), decisions=(rejected,))
    assert meant(matching) == {"Apex Care": ("", ""), "Apex Care Ltd": ("apex", "strict")}
    (key,) = questions(Matcher(tmp_path, pack), matching, persons=True)[0].name_keys
    assert candidates(matching, [key])[key] == ()


def test_a_decision_about_a_town_holds_there_only(tmp_path: Path, pack: Pack) -> None:
    rows = (record("Ash Club", to_town="Leeds"), record("Ash Club", to_town="York"))
    here = Verdict("accept", "Ash Club", "AB", town="Leeds", organisation_id="apex", number=1)
    rows_of_it = matched(tmp_path, pack, *rows, decisions=(here,)).resolutions
    told = {row["town"]: row["organisation_id"] for row in rows_of_it.to_dict("records") if row["name"] == "Ash Club"}
    assert told == {"Leeds": "apex", "York": ""}


def test_new_bodies_and_what_is_no_body_are_decided(tmp_path: Path, pack: Pack) -> None:
    decisions = (
        Verdict("new", "Birch Ltd", "AB", organisation_id="birch-limited", sector="firm", number=1),
        Verdict("none", "Petty cash", "AB", reason="heading", number=2),
    )
    rows = (record("Birch Ltd"), record("Birch"), record("Petty Cash"))
    assert meant(matched(tmp_path, pack, *rows, decisions=decisions)) == {
        "Birch Ltd": ("birch-limited", "decision"),
        "Birch": ("birch-limited", "loose"),
        "Petty Cash": ("", "decision"),
    }


def test_questions_come_by_mission_then_money_then_frequency(tmp_path: Path, pack: Pack) -> None:
    rows = (
        record("Beside a member", 1),
        record("Rich", 900, from_name="Stranger"),
        record("Often", 50, from_name="Stranger"),
        record("Often", 50, from_name="Stranger"),
        record("Once", 100, from_name="Stranger"),
        record("Dr N Example", 5000),
    )
    matcher = Matcher(store(tmp_path, rows), pack)
    matching = matcher.match()
    asked = questions(matcher, matching, ["unit"])
    assert [each.name for each in asked] == ["Beside a member", "Stranger", "Rich", "Often", "Once"]
    assert [each.beside_members for each in asked] == [1, 0, 0, 0, 0]
    assert "Dr N Example" in [each.name for each in questions(matcher, matching, persons=True)]
    where = matcher.records(asked[3].name_keys)
    assert list(where["row"]) == ["row 3", "row 4"]


def test_candidates_say_why(tmp_path: Path, pack: Pack) -> None:
    rows = (
        record("Apex Crae Ltd", to_town="Leeds", to_identifiers="GB-COH-7654321"),
        record("Elm Trust"),
        record("Department for Industry"),
        record("Zzz"),
    )
    matching = matched(tmp_path, pack, *rows)
    keys = {row["name"]: row["name_key"] for row in matching.asked.to_dict("records")}
    found = candidates(matching, list(keys.values()))
    (apex,) = found[keys["Apex Crae Ltd"]]
    assert (apex.organisation_id, apex.known_as) == ("apex", "Apex Care Limited")
    assert apex.why == (
        "one letter differs",
        "shares ‘apex’",
        "the same town, Leeds",
        "but it has another number in GB-COH",
    )
    assert [each.organisation_id for each in found[keys["Elm Trust"]]] == ["elm-leeds", "elm-york"]
    heirs = found[keys["Department for Industry"]]
    assert [each.organisation_id for each in heirs] == ["science", "trade"]
    assert heirs[0].why == (
        "one of 2 bodies that have or had this name",
        "was called Department for Industry (from 2016-07-14)",
    )
    assert found[keys["Zzz"]] == ()


def test_the_tables_are_written_beside_the_evidence(tmp_path: Path, pack: Pack) -> None:
    matching = matched(tmp_path, pack, record("Apex Care Ltd", 10), record("Nobody", 20))
    matching.save(tmp_path)
    with duckdb.connect() as connection:
        tables = {name: f"'{tmp_path / name}.parquet'" for name in ("parts", "towns", "marks")}
        evidence = f"'{tmp_path}/evidence/*.parquet'"
        rows = connection.execute(
            f"SELECT m.name, r.organisation_id FROM ({mentions_sql(evidence, **tables)}) AS m"
            f" JOIN '{tmp_path}/resolutions.parquet' AS r USING (name_key) ORDER BY ALL"
        ).fetchall()
    assert rows == [
        ("Apex Care Ltd", "apex"),
        ("Ministry of Tests", "unit"),
        ("Ministry of Tests", "unit"),
        ("Nobody", ""),
    ]


def test_a_folder_without_evidence_is_told(tmp_path: Path, pack: Pack) -> None:
    with pytest.raises(BadData, match="there is no evidence in this folder"):
        Matcher(tmp_path, pack)


@pytest.mark.parametrize("dialect", ["postgres", "spark"])
def test_the_queries_can_be_told_to_other_engines(dialect: str) -> None:
    for sql in (mentions_sql(), resolving_sql(Tables())):
        assert sqlglot.transpile(sql, read="duckdb", write=dialect)[0]
