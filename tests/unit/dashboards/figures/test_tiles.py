"""The tile map: every place once, at its position, with its number at risk and a pip per need."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboards.figures.tiles import tile_map, tile_table
from orchestrator.drawing.coverage_frame import Capability, CoverageFrame, Need, Place, State

CAPABILITIES = tuple(Capability(name.lower(), name) for name in ("Skills", "Funding", "Delivery", "Data"))


def frame_of(states: dict[str, tuple[State, ...]], places: tuple[Place, ...]) -> CoverageFrame:
    needs = [
        Need(capability.capability_id, place, state, 0, 2)
        for place, listed in states.items()
        for capability, state in zip(CAPABILITIES, listed, strict=False)
    ]
    return CoverageFrame(places, CAPABILITIES, tuple(needs))


def found(root: Component, kind: str) -> list[Component]:
    return [part for part in root._traverse() if type(part).__name__ == kind]


def words(part: object) -> str:
    if isinstance(part, str):
        return part
    children = getattr(part, "children", None)
    listed = children if isinstance(children, list | tuple) else [children]
    return "".join(words(child) for child in listed if child is not None)


def tiles(frame: CoverageFrame) -> list[Component]:
    return tile_map(frame, "A sentence.").children[0].children


WALES, LONDON = Place("wales", "Wales", 1, 4, href="/wales"), Place("london", "London", 3, 5)
FRAME = frame_of(
    {"wales": ("gap", "thin", "covered", "no-data"), "london": ("covered", "covered", "covered", "covered")},
    (LONDON, WALES),
)


def test_a_tile_stands_at_its_place_counted_from_the_smallest_column_and_row() -> None:
    assert [tile.style for tile in tiles(FRAME)] == [
        {"gridColumn": "1", "gridRow": "1"},
        {"gridColumn": "3", "gridRow": "2"},
    ]


def test_a_tile_says_how_many_needs_are_at_risk_and_leaves_out_what_is_not_known() -> None:
    assert words(tiles(FRAME)[0]).startswith("Wales2 at risk of 4")


def test_a_tile_reads_out_the_capabilities_of_each_state() -> None:
    assert words(tiles(FRAME)[0]).endswith("Gap: Skills. No data: Data. Thin: Funding.")


def test_a_tile_has_one_pip_per_need_in_the_order_of_the_capabilities() -> None:
    pips = [
        part.className for part in found(tiles(FRAME)[0], "Span") if "pip--" in (getattr(part, "className", "") or "")
    ]
    assert pips == ["pip pip--gap", "pip pip--thin", "pip pip--covered", "pip pip--no-data"]


def test_the_level_of_a_tile_follows_the_share_of_known_needs_at_risk() -> None:
    places = tuple(Place(key, key) for key in ("a", "b", "c", "d"))
    frame = frame_of(
        {
            "a": ("covered", "covered", "covered", "covered"),
            "b": ("gap", "covered", "covered", "covered"),
            "c": ("gap", "thin", "covered", "covered"),
            "d": ("no-data", "no-data", "no-data", "no-data"),
        },
        places,
    )
    assert [tile.className for tile in tiles(frame)] == [
        "tile tile--none",
        "tile tile--some",
        "tile tile--many",
        "tile tile--unknown",
    ]


def test_a_place_with_an_address_is_a_link() -> None:
    assert [link.href for link in found(tile_map(FRAME, "A sentence."), "A")] == ["/wales"]


def test_places_without_a_position_or_with_one_already_taken_stand_in_a_list_of_their_own() -> None:
    places = (Place("nowhere", "Nowhere"), Place("second", "Second", 1, 1), Place("third", "Third", 1, 1))
    lists = found(tile_map(frame_of({place.place_id: ("gap",) for place in places}, places), "A sentence."), "Ul")
    names = [[words(tile).partition("1 at risk")[0] for tile in each.children] for each in lists[:2]]
    assert names == [["Second"], ["Nowhere", "Third"]]


def test_pips_stand_in_rows_of_equal_length() -> None:
    capabilities = tuple(Capability(f"c{k}", f"C{k}") for k in range(12))
    needs = tuple(Need(one.capability_id, "wales", "gap", 0, 2) for one in capabilities)
    tile = tiles(CoverageFrame((WALES,), capabilities, needs))[0]
    pips = [part for part in found(tile, "Span") if getattr(part, "className", "") == "tile__pips"]
    assert pips[0].style == {"--pips": "6"}


def test_the_sentence_from_outside_labels_the_map() -> None:
    assert getattr(tile_map(FRAME, "Wales is thin.").children[0], "aria-label") == "Wales is thin."


def test_the_table_twin_lists_the_worst_place_first_with_a_column_per_state() -> None:
    rows = found(tile_table(FRAME, "Places"), "Tbody")[0].children
    assert [words(row) for row in rows] == ["Wales211011", "London000004"]


def test_without_needs_a_sentence_stands_instead() -> None:
    empty = frame_of({}, (WALES,))
    assert "No needs are recorded" in words(tile_map(empty, "A sentence."))
    assert "No needs are recorded" in words(tile_table(empty, "Places"))
