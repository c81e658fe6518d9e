"""Wrong files, changed headings and broken bytes: each is refused by name, and nothing ever breaks otherwise."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestrator.errors import BadData, OrchestratorError
from orchestrator.intake.registers import FORMATS, Format, SourceFile
from orchestrator.intake.registers.formats import format_of
from tests.unit.intake.registers import made

GOOD: Final = made.GOOD


def told(name: str, files: Sequence[SourceFile]) -> str:
    """What the reader of a format says of these files, which it refuses."""
    with pytest.raises(BadData) as refused:
        format_of(name).read(files)
    return str(refused.value)


def test_every_format_has_a_good_example() -> None:
    assert set(GOOD) == {each.name for each in FORMATS}
    for each in FORMATS:
        assert each.read(GOOD[each.name]).rows


@pytest.mark.parametrize("each", FORMATS, ids=lambda each: each.name)
@pytest.mark.parametrize("wrong", [b"", b"\x00\x01", b"%PDF-1.7", b"<html>", b"a,b\n1,2\n", b"{}", b'{"results": 3}'])
def test_another_file_is_refused_in_a_message_that_names_it(each: Format, wrong: bytes) -> None:
    with pytest.raises(BadData, match=r"other\.file"):
        each.read([SourceFile("other.file", wrong)])


@pytest.mark.parametrize("name", [name for name, files in GOOD.items() if files[0].name.endswith(".csv")])
def test_an_unknown_heading_is_named_and_never_guessed(name: str) -> None:
    if name == "nhs-trusts":
        return
    first, *others = GOOD[name]
    heading, _, rest = first.content.partition(b"\n")
    wide = heading + b",surprise\n" + b"".join(line + b",x\n" for line in rest.splitlines())
    message = told(name, [SourceFile(first.name, wide), *others])
    assert "column surprise: the heading is not known" in message


def test_a_missing_heading_is_named() -> None:
    content = made.BOARDS.content.replace(b"ICB24NM", b"ICB24NAME")
    message = told("integrated-care-boards", [SourceFile("boards.csv", content)])
    assert "column ICB24NM: the heading is missing" in message
    assert "column ICB24NAME: the heading is not known" in message


def test_a_heading_that_stands_twice_is_refused() -> None:
    assert "stands twice" in told("police-forces", [SourceFile("forces.tsv", b"name\tname\na\tb\n")])


def test_unknown_and_missing_fields_of_the_list_are_named_with_the_entry() -> None:
    entry = {**made.SEA[0], "mood": "calm"}
    del entry["format"]
    message = told("govuk-organisations", [made.govuk(made.SEA[1], entry)])
    assert "row 2, column mood: the field is not known" in message
    assert "row 2, column format: the field is missing" in message


def test_a_council_of_an_unknown_sort_is_refused() -> None:
    message = told("council-register", [made.register(made.council("XXX", "Moon Council", "MOON", "E06000009"))])
    assert "column local-authority-type" in message


def test_a_look_up_needs_the_register_beside_it() -> None:
    assert "the council register is not among these files" in told("police-areas", [made.POLICE, made.FORCES])


def test_rows_of_the_wrong_length_are_all_named() -> None:
    message = told("police-forces", [SourceFile("forces.tsv", b"police-force\tname\na\nb\tB\tC\n")])
    assert "row 2" in message
    assert "row 3" in message


def test_deep_or_damaged_json_is_refused() -> None:
    deep = b'{"results":' + b"[" * 100_000
    assert "nested too deep" in told("govuk-organisations", [SourceFile("deep.json", deep)])
    assert "line 1" in told("govuk-organisations", [SourceFile("cut.json", b'{"results": [')])


def test_two_tiles_in_one_spot_are_refused() -> None:
    hexes = {"E06000001": {"q": 1, "r": 1}, "E06000002": {"q": 1, "r": 1}}
    file = SourceFile("map.hexjson", json.dumps({"layout": "odd-r", "hexes": hexes}).encode())
    assert "two tiles stand at column 1, row 1" in told("tile-map", [file])


@st.composite
def _damaged(draw: st.DrawFn) -> tuple[str, list[SourceFile]]:
    name = draw(st.sampled_from(sorted(GOOD)))
    files = list(GOOD[name])
    at = draw(st.integers(0, len(files) - 1))
    content = bytearray(files[at].content)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, max(0, len(content) - 1)))
        end = start + draw(st.integers(0, 12))
        content[start:end] = draw(
            st.one_of(
                st.binary(max_size=6), st.sampled_from([b",", b'"', b"\n", b"{", b"[]", b"null", b"|", b"-1", b""])
            )
        )
    files[at] = SourceFile(files[at].name, bytes(content))
    return name, files


@settings(max_examples=600, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(_damaged())
def test_damage_is_read_or_refused_but_never_a_crash(case: tuple[str, list[SourceFile]]) -> None:
    name, files = case
    try:
        contribution = format_of(name).read(files)
    except OrchestratorError:
        return
    for file, count in contribution.read.items():
        assert count >= contribution.reasons(file).total()
