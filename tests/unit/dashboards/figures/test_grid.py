"""The need grid: a real table, the worst first, every state told by a number or sign and by words."""

from __future__ import annotations

import pytest
from dash.development.base_component import Component

from dashboards.figures.grid import need_grid, need_table
from orchestrator.drawing.coverage_frame import Capability, CoverageFrame, Need, Place, State

PLACES = (Place("wales", "Wales"), Place("london", "London"))
CAPABILITIES = (Capability("skills", "Skills"), Capability("funding", "Funding"))


def frame_of(*needs: Need) -> CoverageFrame:
    return CoverageFrame(PLACES, CAPABILITIES, needs)


def need(capability: str, place: str, state: State, working: int = 0, href: str = "") -> Need:
    return Need(capability, place, state, working, 2, href)


def found(root: Component, kind: str) -> list[Component]:
    return [part for part in root._traverse() if type(part).__name__ == kind]


def words(part: object) -> str:
    if isinstance(part, str):
        return part
    children = getattr(part, "children", None)
    listed = children if isinstance(children, list | tuple) else [children]
    return "".join(words(child) for child in listed if child is not None)


FULL = frame_of(
    need("skills", "wales", "gap", href="/skills-wales"),
    need("skills", "london", "thin", 1),
    need("funding", "wales", "no-data"),
    need("funding", "london", "covered", 4),
)


def test_every_header_has_a_scope() -> None:
    heads = found(need_grid(FULL, "A sentence."), "Th")
    assert [head.scope for head in heads] == ["col", "col", "col", "row", "row"]


def test_the_worst_capability_and_the_worst_place_come_first() -> None:
    heads = [words(head) for head in found(need_grid(FULL, "A sentence."), "Th")]
    assert heads == ["Capability", "Wales", "London", "Skills", "Funding"]


def test_a_cell_holds_its_number_and_reads_out_in_full() -> None:
    cells = [words(cell) for cell in found(need_grid(FULL, "A sentence."), "Td")]
    assert cells[:2] == ["0 of 2 needed. Skills, Wales: gap", "1 of 2 needed. Skills, London: thin"]


def test_no_data_shows_a_question_mark_and_never_a_nought() -> None:
    cells = [words(cell) for cell in found(need_grid(FULL, "A sentence."), "Td")]
    assert cells[2] == "? Funding, Wales: no data"


def test_each_state_has_a_class_of_its_own() -> None:
    cells = found(need_grid(FULL, "A sentence."), "Td")
    looks = [cell.children.className for cell in cells]
    assert looks == ["state state--gap", "state state--thin", "state state--no-data", "state state--ample"]


def test_a_need_with_an_address_is_a_link_and_one_without_is_not() -> None:
    links = found(need_grid(FULL, "A sentence."), "A")
    assert [link.href for link in links] == ["/skills-wales"]


def test_a_cell_without_a_requirement_says_so() -> None:
    cells = [words(cell) for cell in found(need_grid(frame_of(need("skills", "wales", "gap")), "A sentence."), "Td")]
    assert cells.count("–not required") == 3


def test_the_sentence_from_outside_is_the_caption() -> None:
    assert words(found(need_grid(FULL, "Wales has one gap."), "Caption")[0]) == "Wales has one gap."


def test_the_grid_scrolls_in_a_named_region_that_can_be_focused() -> None:
    region = need_grid(FULL, "A sentence.").children[0]
    assert (region.role, region.tabIndex, getattr(region, "aria-label")) == ("region", "0", "Need grid")


def test_the_table_twin_has_a_row_per_need_with_the_worst_state_first() -> None:
    rows = found(need_table(FULL, "All needs"), "Tbody")[0].children
    assert [words(row) for row in rows] == [
        "SkillsWalesgap02",
        "FundingWalesno data?2",
        "SkillsLondonthin12",
        "FundingLondoncovered42",
    ]


@pytest.mark.parametrize("figure", [need_grid, need_table])
def test_without_needs_a_sentence_stands_instead(figure: object) -> None:
    assert "No needs are recorded" in words(figure(frame_of(), "A sentence."))  # type: ignore[operator]


def test_names_are_shown_as_they_are() -> None:
    frame = CoverageFrame((Place("w", "<b>Wales</b> & 👩‍🚒"),), CAPABILITIES[:1], (Need("skills", "w", "gap", 0, 2),))
    assert "<b>Wales</b> & 👩‍🚒" in words(need_grid(frame, "A sentence."))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (need("sklls", "wales", "gap"), "'sklls' is not a capability"),
        (need("skills", "mars", "gap"), "'mars' is not a place"),
        (need("skills", "wales", "fine"), "'fine' is not a state"),  # type: ignore[arg-type]
    ],
)
def test_a_need_of_something_unknown_is_refused_by_name(wrong: Need, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        frame_of(wrong)


def test_two_needs_of_one_cell_are_refused() -> None:
    with pytest.raises(ValueError, match="more than one need"):
        frame_of(need("skills", "wales", "gap"), need("skills", "wales", "thin"))
