"""Ministers' meetings in the published layout: the rows are made up, and no name of a person is in them."""

from __future__ import annotations

import pytest

from tests.unit.intake.evidence.read import read, reasons, refusal

HEADINGS = "Minister,Date,Name of Organisation(s),Purpose of meeting\n"
FIRST = '"Secretary of State for Weather, somebody",18/01/2024,Rain Council,To discuss rain\n'


def met(*lines: str, headings: str = HEADINGS) -> str:
    return headings + "".join(lines)


@pytest.mark.parametrize(
    "headings",
    [
        HEADINGS,
        "Minister,Date,Name of Individual or Organisation,Purpose of Meeting\n",
        "MINISTER,DATE OF MEETING,Name of External Organisation,Purpose\n",
        "Minister ,Date ,Organisation ,Purpose of Meeting \n",
    ],
)
def test_a_meeting_becomes_a_row_in_every_spelling_of_the_headings(headings: str) -> None:
    (row,), _ = read("a.csv", met(FIRST, headings=headings), publisher="Department for Weather")
    assert (row.kind, row.from_name, row.to_name) == ("meeting", "Department for Weather", "Rain Council")
    assert (row.starts, row.title, row.programme) == ("2024-01-18", "To discuss rain", "Secretary of State")


def test_nothing_of_the_minister_is_kept_but_the_office() -> None:
    (row,), report = read("a.csv", met(FIRST), publisher="A department")
    assert "somebody" not in str(row)
    assert "somebody" not in str(report.document())


def test_blank_means_the_same_as_above() -> None:
    lines = (FIRST, ",,Sun Trust,To discuss sun\n", ",19/01/2024,Wind Ltd,Wind\n", "Minister for Fog,,Fog Ltd,Fog\n")
    rows, report = read("a.csv", met(*lines), publisher="D")
    assert [row.starts for row in rows] == ["2024-01-18", "2024-01-18", "2024-01-19", ""]
    assert [row.programme for row in rows] == ["Secretary of State"] * 3 + ["Minister"]
    assert "1 has no date" in str(report.notices[0])


@pytest.mark.parametrize("nil", ["Nil return", "NIL RETURN", "None", "N/A", "No meetings held"])
def test_nil_returns_are_set_aside(nil: str) -> None:
    lines = (FIRST, f"Minister for Fog,,{nil},\n", f"Minister for Snow,{nil},{nil},{nil}\n")
    rows, report = read("a.csv", met(*lines), publisher="D")
    assert len(rows) == 1
    assert reasons(report) == {"set aside: a nil return": 2}


def test_several_bodies_in_one_cell_stay_one_row_as_written() -> None:
    many = ", ".join(f"Body {at}" for at in range(50))
    (row,), _ = read("a.csv", met(f'Minister for Fog,18/01/2024,"{many}",Round table\n'), publisher="D")
    assert row.to_name == many


@pytest.mark.parametrize("month", ["Oct-12", "October 2012", "Oct 2012"])
def test_a_month_stands_for_its_first_day_and_that_is_said(month: str) -> None:
    (row,), report = read("a.csv", met(f"Minister for Fog,{month},Fog Ltd,Fog\n"), publisher="D")
    assert row.starts == "2012-10-01"
    assert "1 names a month only" in str(report.notices[0])


def test_the_department_has_to_be_named() -> None:
    assert "--publisher" in refusal("a.csv", met(FIRST))
