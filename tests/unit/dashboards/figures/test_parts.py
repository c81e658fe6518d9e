"""The pieces that figures share: cards, ranked lists, keys and tables."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.figures.parts import RankedEntry, figure_card, ranked_list, ring_key, state_key, table

ENTRY = RankedEntry("org-1", "1", "<b>Unit</b>", "Business · Wales", "45")


def found(root: Component, kind: str) -> list[Component]:
    return [part for part in root._traverse() if type(part).__name__ == kind]


def card(**choices: bool) -> html.Section:
    return figure_card("map", "Ring map", "Two bodies.", html.Div(id="figure"), html.Div(id="twin"), **choices)  # type: ignore[arg-type]


def test_a_card_is_labelled_by_its_heading_and_holds_figure_and_twin() -> None:
    ids = [getattr(part, "id", None) for part in card()._traverse()]
    assert getattr(card(), "aria-labelledby") == "map-title"
    assert [each for each in ids if each] == ["map-title", "map-sentence", "figure", "twin"]


def test_a_card_offers_its_twin_as_a_table() -> None:
    assert found(card(), "Summary")[0].children.children == "View as a table"


def test_only_a_card_that_says_so_opens_its_table_on_a_narrow_page() -> None:
    opens = [
        hasattr(found(card(open_when_narrow=choice), "Details")[0], "data-open-when-narrow") for choice in (True, False)
    ]
    assert opens == [True, False]


def test_an_entry_of_a_ranked_list_is_a_button_that_picks_its_body() -> None:
    button = found(ranked_list([ENTRY], "Relied on by"), "Button")[0]
    assert (getattr(button, "data-ring-pick"), button.type) == ("org-1", "button")


def test_a_name_in_a_ranked_list_stays_text() -> None:
    names = [part.children for part in found(ranked_list([ENTRY], "Relied on by"), "Span")]
    assert "<b>Unit</b>" in names


def test_a_missing_partner_in_a_list_has_the_dashed_disc() -> None:
    entry = RankedEntry("missing:A", "A", "Skills partner", "Wales", missing=True)
    discs = [part.className for part in found(ranked_list([entry], "Missing"), "Span") if part.children == "A"]
    assert discs == ["app-disc app-disc--missing"]


def test_a_short_value_stands_beside_the_name_and_a_sentence_below_it() -> None:
    entries = [ENTRY, RankedEntry("org-2", "2", "Ofgem", "Wales", "cuts off four bodies")]
    looks = {
        part.children: part.className
        for part in found(ranked_list(entries, "Relied on by"), "Span")
        if isinstance(part.children, str)
    }
    assert looks["45"] == "app-list__value"
    assert looks["cuts off four bodies"] == "app-list__detail app-list__detail--value"


def test_a_key_explains_each_state_in_words() -> None:
    assert [item.children[1] for item in state_key(["gap", "thin"]).children] == [
        "gap: nobody",
        "thin: fewer than needed",
    ]


def test_the_key_of_the_ring_map_explains_all_five_discs() -> None:
    assert len(ring_key().children) == 5


def test_the_key_of_the_ring_map_leaves_out_what_a_picture_does_not_have() -> None:
    shown = [item.children[1] for item in ring_key(missing=False, no_route=False).children]
    assert shown[-1] == "relied on by others, numbered as in the list"


def test_a_table_without_rows_keeps_its_caption_and_headers() -> None:
    parts = table("Nothing yet", ("Place", "Gaps"), [], numeric=frozenset({1}))
    assert found(parts, "Caption")[0].children == "Nothing yet"
    assert [head.children for head in found(parts, "Th")] == ["Place", "Gaps"]
