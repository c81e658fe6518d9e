"""No file says where it was made; no pack says how to reach a person. Each rule is shown to find a planted fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house import tree
from tests.house.conftest import Plant, assert_none


def test_no_file_names_a_machine_or_a_package_host(checkout: Path) -> None:
    files = tree.project_files(checkout)
    assert checkout / "pyproject.toml" in files
    assert_none(tree.traces_of_the_machine(files))


def test_no_pack_reaches_a_person(checkout: Path) -> None:
    files = [path for path in tree.project_files(checkout) if path.is_relative_to(checkout / "data")]
    assert checkout / "data" / "tables.csv" in files
    assert_none(tree.ways_to_reach_a_person(files))


@pytest.mark.parametrize(
    "text", ["cd /wo" + "rk/main", "~/.libr" + "ary/x", "/ho" + "me/ann/x", "https://py" + "pi.org/simple"]
)
def test_a_trace_of_a_machine_is_found(text: str, plant: Plant) -> None:
    assert list(tree.traces_of_the_machine([plant({"a.md": text}) / "a.md"]))


@pytest.mark.parametrize(
    "text",
    [
        "https://www.gov.uk/wo" + "rk/x",
        "frame/wo" + "rk/x",
        "the network/x",
        "~/Downloads",
        "a library",
        "made.libr" + "ary",
    ],
)
def test_other_text_is_no_trace(text: str, plant: Plant) -> None:
    assert_none(tree.traces_of_the_machine([plant({"a.md": text}) / "a.md"]))


@pytest.mark.parametrize(
    "text",
    [
        "jo.bloggs" + "@" + "council.gov.uk",
        "020 7946" + " 0958",
        "+44 20 7946" + " 0958",
        "0207946" + "0958",
        "(01632) 960" + " 001",
    ],
)
def test_a_way_to_reach_a_person_is_found(text: str, plant: Plant) -> None:
    assert list(tree.ways_to_reach_a_person([plant({"a.csv": f"x,{text},y"}) / "a.csv"]))


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/0207946" + "0958",
        "GB-COH-00000006",
        "09876543",
        "0.123456789012",
        "2026-11-23",
        "E47000001",
        "0,1,2,3,4,5,6",
    ],
)
def test_other_numbers_reach_nobody(text: str, plant: Plant) -> None:
    assert_none(tree.ways_to_reach_a_person([plant({"a.csv": f"x,{text},y"}) / "a.csv"]))
