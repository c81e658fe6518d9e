"""The check of a whole pack: what is kept as it stands, what is refused, and where the report says so."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from orchestrator.errors import BadData, Problem, UnknownName
from orchestrator.tables import Pack, RawPack, RawTable, Report, check_pack

TABLES = {
    "organisations": "organisation_id,name,sector\ncab,Cabinet,central\nnhs,NHS England,central\nkent,Kent,local",
    "missions": "mission_id,title,centre_id\nhealth,Health,cab",
    "ties": "source_id,target_id\ncab,nhs\nnhs,kent",
}


def table(name: str, text: str, ragged: tuple[Problem, ...] = ()) -> RawTable:
    """A small table, cells apart by commas, blank lines and all."""
    heading, *rows = [line.split(",") for line in text.split("\n")]
    cells = tuple([row[at] for row in rows] for at in range(len(heading)))
    return RawTable(name, f"{name}.csv", tuple(heading), cells, range(2, len(rows) + 2), ragged)


def raw(**changes: str | None) -> RawPack:
    """The small pack with other or further tables; None leaves one out."""
    texts = {**TABLES, **changes}
    return RawPack("small", tuple(table(name, text) for name, text in texts.items() if text is not None))


def told(report: Report) -> list[str]:
    return [str(problem) for problem in report.problems]


def noticed(report: Report) -> list[str]:
    return [str(notice) for notice in report.notices]


def clean(**changes: str | None) -> Pack:
    pack, report = check_pack(raw(**changes))
    assert told(report) == []
    assert pack is not None
    return pack


def faults(**changes: str | None) -> list[str]:
    pack, report = check_pack(raw(**changes))
    assert pack is None
    return told(report)


def counts(report: Report) -> dict[str, tuple[int, int, int]]:
    return {count.table: (count.read, count.kept, count.rejected) for count in report.counts}


def test_a_clean_pack_is_kept_and_every_row_counted() -> None:
    pack, report = check_pack(raw())
    assert pack is not None
    assert report.clean
    assert counts(report) == {"organisations": (3, 3, 0), "missions": (1, 1, 0), "ties": (2, 2, 0)}
    report.raise_for_problems()


def test_rows_stand_as_they_were_written_and_in_their_order() -> None:
    pack = clean(organisations=TABLES["organisations"] + "\n007,NA,firm\nNA,=1+1,firm\nnan,TRUE,firm")
    assert pack["organisations"]["organisation_id"].tolist() == ["cab", "nhs", "kent", "007", "NA", "nan"]
    assert pack["organisations"]["name"].tolist()[3:] == ["NA", "=1+1", "TRUE"]


def test_a_blank_is_nothing_not_zero_and_not_a_text() -> None:
    row = clean()["ties"].iloc[0]
    assert np.isnan(row["strength"])
    assert pd.isna(row["starts"])
    assert row["kind"] == ""


def test_dates_and_numbers_have_types() -> None:
    pack = clean(ties="source_id,target_id,starts,level\ncab,nhs,2024-02-29,2.0")
    assert pack["ties"]["starts"].tolist() == [pd.Timestamp("2024-02-29")]
    assert pack["ties"]["level"].tolist() == [2.0]
    assert pack["ties"]["strength"].dtype == np.float64


def test_an_organisation_without_a_tie_is_kept() -> None:
    assert len(clean(ties="source_id,target_id\ncab,nhs")["organisations"]) == 3


def test_a_tie_of_a_body_to_itself_is_no_fault() -> None:
    assert len(clean(ties="source_id,target_id\ncab,cab")["ties"]) == 1


def test_the_other_tables_may_be_missing_and_are_then_empty() -> None:
    assert len(clean()["requirements"]) == 0


@pytest.mark.parametrize("name", ["organisations", "missions", "ties"])
def test_a_required_table_that_is_missing_is_named_with_what_was_found(name: str) -> None:
    (first, *_) = faults(**{name: None})
    assert first.startswith(f"{name}: the table {name} is missing. A pack needs organisations, missions, ties. Found: ")


def test_a_pack_without_any_table_says_so() -> None:
    _, report = check_pack(RawPack("nothing", ()))
    assert len(report.problems) == 3
    assert all("No table was found." in line for line in told(report))


def test_an_unknown_id_is_named_with_file_row_column_and_the_nearest() -> None:
    (found,) = faults(ties="source_id,target_id\ncab,nhs\nnsh,kent")
    assert found == (
        "ties.csv, row 3, column source_id: 'nsh' is not in the table organisations. "
        "Name a row of organisations. Did you mean 'nhs'?"
    )


def test_every_unknown_id_of_a_row_is_named_not_only_the_first() -> None:
    found = faults(ties="source_id,target_id,level\nx1,y1,high")
    assert [line.split(": ")[0] for line in found] == [
        "ties.csv, row 2, column level",
        "ties.csv, row 2, column source_id",
        "ties.csv, row 2, column target_id",
    ]


def test_every_unknown_name_of_a_list_is_named() -> None:
    found = faults(places="place_id,name,level,parent_id\nuk,UK,nation,\nleeds,Leeds,area,uk|q1|q2")
    assert [line.split(". ")[0] for line in found] == [
        "places.csv, row 3, column parent_id: 'q1' is not in the table places",
        "places.csv, row 3, column parent_id: 'q2' is not in the table places",
    ]


def test_a_row_whose_reference_was_rejected_falls_too_and_is_told_to_mend_that_first() -> None:
    own, falls = faults(organisations=TABLES["organisations"].replace("Kent,local", "Kent,"))
    assert own.startswith("organisations.csv, row 4, column sector: the cell is blank.")
    assert falls == (
        "ties.csv, row 3, column target_id: 'kent' is not in the table organisations. "
        "Name a row of organisations. Its own row in organisations was rejected: mend that first."
    )


def test_what_falls_takes_with_it_what_names_it_all_the_way_down() -> None:
    places = "place_id,name,level,parent_id\nc,C,area,b\nb,B,area,a\na,A,area,nowhere"
    pack, report = check_pack(raw(places=places, organisations=TABLES["organisations"]), keep_valid=True)
    assert pack is not None
    assert counts(report)["places"] == (3, 0, 3)
    assert [line.endswith("mend that first.") for line in told(report)] == [True, True, False]


def test_a_chain_of_ten_thousand_that_falls_is_no_long_wait() -> None:
    """Step by step from the far end it would be a hundred million steps."""
    ids = [f"p{number}" for number in range(10_000)]
    columns = (ids, ids, ["area"] * len(ids), ["nowhere", *ids[:-1]])
    places = RawTable("places", "places.csv", ("place_id", "name", "level", "parent_id"), columns, range(2, 10_002))
    _, report = check_pack(RawPack("deep", (*raw().tables, places)))
    assert counts(report)["places"] == (10_000, 0, 10_000)


def test_a_second_row_of_an_id_is_refused_and_the_first_is_named() -> None:
    (found,) = faults(organisations=TABLES["organisations"] + "\nnhs,Another,local")
    assert found == (
        "organisations.csv, row 5, column organisation_id: 'nhs' stands in row 3 already. "
        "Each id once. Remove one of the rows or give it another id."
    )


def test_a_second_row_of_an_id_does_not_speak_for_the_first() -> None:
    """Its parent is no reason to find the first row in a circle."""
    places = "place_id,name,level,parent_id\na,A,area,\nb,B,area,a\na,A again,area,b"
    assert [line.split(": ")[0] for line in faults(places=places)] == ["places.csv, row 4, column place_id"]


def test_ids_that_only_look_alike_are_different() -> None:
    pack = clean(
        organisations=TABLES["organisations"] + "\n7,Seven,firm\n007,Bond,firm\n7.0,Seven again,firm\nNHS,Nhs,firm"
    )
    assert len(pack["organisations"]) == 7


def test_a_circle_of_parents_is_told_of_every_row_in_it() -> None:
    organisations = "organisation_id,name,sector,parent_id\ncab,C,central,kent\nnhs,N,central,cab\nkent,K,local,nhs"
    assert [line.split(": ")[0] for line in faults(organisations=organisations)][:3] == [
        f"organisations.csv, row {row}, column parent_id" for row in (2, 3, 4)
    ]


def test_a_missing_column_is_told_once_with_the_heading_that_might_be_it() -> None:
    (found,) = [line for line in faults(ties="source_id,target\ncab,nhs\nnhs,kent") if line.startswith("ties.csv")]
    assert found == (
        "ties.csv, row 1, column target_id: the column is missing. It is required. "
        "Is it 'target'? Then rename that heading."
    )


def test_a_heading_that_stands_twice_is_refused() -> None:
    (found,) = faults(ties="source_id,target_id,source_id\ncab,nhs,kent")
    assert found == "ties.csv, row 1, column source_id: the heading stands twice. Each heading once."


def test_an_unknown_column_is_kept_and_reported() -> None:
    pack, report = check_pack(raw(ties="source_id,target_id,strenght,ZZZZ\ncab,nhs,5,007"))
    assert pack is not None
    assert pack["ties"]["ZZZZ"].tolist() == ["007"]
    kept = "the column is not part of the schema; it is kept as it is."
    assert noticed(report) == [
        f"ties.csv, column strenght: {kept} Did you mean 'strength'?",
        f"ties.csv, column ZZZZ: {kept}",
    ]


def test_a_required_cell_that_is_blank_is_refused_with_what_it_is_for() -> None:
    (found,) = faults(organisations=TABLES["organisations"].replace("kent,Kent", "kent,  "))[:1]
    assert found.startswith("organisations.csv, row 4, column name: the cell is blank. A value is required.")


def test_something_that_ends_before_it_starts_is_kept_and_noticed() -> None:
    pack, report = check_pack(raw(ties="source_id,target_id,starts,ends\ncab,nhs,2025-01-01,2025-01-01"))
    assert pack is not None
    assert noticed(report) == [
        "ties.csv, row 2, column ends: it ends on 2025-01-01, not after it starts on 2025-01-01, so it never holds."
    ]


def test_a_source_is_free_text_unless_the_pack_lists_its_sources() -> None:
    ties = "source_id,target_id,source\ncab,nhs,anything at all"
    assert len(clean(ties=ties)["ties"]) == 1
    listed = "source_id,title\nplan,The plan"
    assert "'anything at all' is not in the table sources" in faults(ties=ties, sources=listed)[0]
    assert len(clean(ties=ties.replace("anything at all", "plan|https://example.org/x"), sources=listed)["ties"]) == 1


def test_rows_that_a_reader_could_not_lay_out_count_as_read_and_rejected() -> None:
    ragged = Problem("the row has 3 cells, the heading has 2.", "ties.csv", 4)
    pack = RawPack("small", (*raw(ties=None).tables, table("ties", TABLES["ties"], (ragged,))))
    _, report = check_pack(pack)
    assert counts(report)["ties"] == (3, 2, 1)
    assert told(report) == [str(ragged)]


def test_nothing_is_kept_from_a_pack_with_a_fault_unless_that_is_asked_for() -> None:
    faulty = raw(ties="source_id,target_id,strength\ncab,nhs,inf\nnhs,kent,2")
    assert check_pack(faulty)[0] is None
    pack, report = check_pack(faulty, keep_valid=True)
    assert pack is not None
    assert pack["ties"]["source_id"].tolist() == ["nhs"]
    with pytest.raises(BadData, match=r"ties\.csv, row 2, column strength: 'inf' is not a number\."):
        report.raise_for_problems()


def test_problems_come_in_the_order_of_tables_and_rows() -> None:
    found = faults(
        ties="source_id,target_id,level,strength\ncab,nhs,,0\ncab,nhs,9,\ncab,cat,,",
        organisations=TABLES["organisations"].replace("Kent,local", ",loca"),
    )
    places = [line.split(", column")[0] for line in found]
    assert places == [
        "organisations.csv, row 4",
        "organisations.csv, row 4",
        "ties.csv, row 2",
        "ties.csv, row 3",
        "ties.csv, row 4",
    ]


def test_a_frame_that_is_handed_out_can_be_changed_without_changing_the_pack() -> None:
    pack = clean()
    frame = pack["ties"]
    frame["source_id"] = "changed"
    frame.loc[0, "target_id"] = "changed"
    assert pack["ties"]["source_id"].tolist() == ["cab", "nhs"]
    assert pack["ties"]["target_id"].tolist() == ["nhs", "kent"]


def test_an_unknown_mission_or_organisation_is_named_with_the_nearest() -> None:
    pack = clean()
    with pytest.raises(UnknownName, match=r"There is no mission 'helth'\. Did you mean 'health'\?"):
        pack.mission("helth")
    with pytest.raises(UnknownName, match=r"There is no organisation 'zzz'\."):
        pack.organisation("zzz")
    assert pack.organisation("nhs")["name"] == "NHS England"
