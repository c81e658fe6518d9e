"""Private persons are not shown unless somebody asks."""

from __future__ import annotations

import pytest

from orchestrator.matching import looks_like_a_person


@pytest.mark.parametrize(
    "name",
    ["Dr N Example", "MR J. SAMPLE", "K SAMPLE", "Sample K", "Example, John", "Mary Example", "Messrs Able and Baker"],
)
def test_what_looks_like_a_person_is_held_back(name: str) -> None:
    assert looks_like_a_person(name)


@pytest.mark.parametrize(
    "name",
    [
        "Dr Example & Partners",
        "John Example Ltd",
        "Example Surgery",
        "Aecom",
        "B&Q plc",
        "3M",
        "",
        "Leeds Council",
        "E.ON UK",
    ],
)
def test_bodies_are_shown(name: str) -> None:
    assert not looks_like_a_person(name)
