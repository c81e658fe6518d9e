"""The schema is what data/tables.csv says, and that is what the contract says."""

from __future__ import annotations

import pytest

from orchestrator.tables import read_schema
from orchestrator.tables.pack import Pack
from orchestrator.tables.schema import Interval

#: CONTRACT §1: table → columns, the required ones with a star.
CONTRACT = {
    "organisations": "*organisation_id *name *sector kind tier parent_id family seat_place_id capacity aliases "
    "identifiers website source",
    "places": "*place_id *name *level parent_id tile_column tile_row source",
    "missions": "*mission_id *title *centre_id mission_set aim starts ends follows source",
    "capabilities": "*capability_id *name theme description",
    "requirements": "*requirement_id *mission_id *capability_id *place_id sector minimum weight basis source",
    "offers": "*organisation_id *capability_id *place_id source",
    "engagements": "*organisation_id *mission_id *status role board_seat load starts ends source",
    "ties": "*source_id *target_id mission_id kind level strength confidence starts ends fund reported_by confirmed_by "
    "last_seen source",
    "responses": "*organisation_id *mission_id *asked responded",
}
CHOICES = {
    ("organisations", "sector"): "central regional local firm civil-society research",
    ("organisations", "tier"): "uk nation region local",
    ("requirements", "sector"): "central regional local firm civil-society research",
    ("requirements", "basis"): "published illustrative",
    ("engagements", "status"): "proposed approached committed delivering withdrawn",
    ("ties", "kind"): "governs funds commissions delivers-with convenes advises regulates shares-data meets",
}


@pytest.mark.parametrize("name", CONTRACT)
def test_a_table_has_the_columns_of_the_contract_in_their_order(name: str) -> None:
    columns = read_schema()[name].columns
    assert [("*" if column.required else "") + column.name for column in columns] == CONTRACT[name].split()


def test_organisations_missions_and_ties_are_required_and_the_others_are_not() -> None:
    required = {table.name for table in read_schema().tables if table.required}
    assert required == {"organisations", "missions", "ties"}


@pytest.mark.parametrize(("table", "column"), CHOICES)
def test_the_words_that_a_column_may_hold_are_those_of_the_contract(table: str, column: str) -> None:
    assert read_schema()[table].column(column).choices == tuple(CHOICES[table, column].split())


def test_defaults_are_those_of_the_contract() -> None:
    given = {(t.name, c.name): c.default for t in read_schema().tables for c in t.columns if c.default}
    assert given == {
        ("requirements", "minimum"): "2",
        ("requirements", "weight"): "1",
        ("engagements", "load"): "1",
        ("ties", "confidence"): "1",
    }


def test_every_reference_names_a_table_that_has_ids() -> None:
    schema = read_schema()
    for table in schema.tables:
        for column in table.columns:
            assert (column.kind in ("reference", "references", "source")) == bool(column.refers_to)
            assert not column.refers_to or schema[column.refers_to].key is not None


def test_every_table_and_column_says_what_it_means() -> None:
    for table in read_schema().tables:
        assert table.meaning
        assert all(column.meaning for column in table.columns)


@pytest.mark.parametrize(
    ("text", "inside", "outside", "said"),
    [
        ("(0, 1]", [0.1, 1], [0, 1.1], "above 0 and at most 1"),
        ("[1, )", [1, 1e9], [0.9], "at least 1"),
        ("[0, 5)", [0, 4.9], [5, -1], "at least 0 and below 5"),
    ],
)
def test_an_interval_holds_what_it_says(text: str, inside: list[float], outside: list[float], said: str) -> None:
    interval = Interval.parse(text)
    assert all(number in interval for number in inside)
    assert not any(number in interval for number in outside)
    assert str(interval) == said


def test_a_pack_without_a_table_has_it_empty_with_every_column() -> None:
    pack = Pack("empty", {})
    for table in read_schema().tables:
        assert tuple(pack[table.name].columns) == table.column_names
        assert len(pack[table.name]) == 0
