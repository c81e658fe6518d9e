"""What comes from data is text on the page, whatever it looks like, and nothing that runs gets through."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from dash import dcc, html
from hypothesis import given
from hypothesis import strategies as st

from dashboards.markup import markup


class Read(HTMLParser):
    """What a browser would find: tags with their attributes, and texts."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.depth = 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        self.depth += tag not in ("br", "hr", "img", "input")

    def handle_endtag(self, tag: str) -> None:
        self.depth -= 1

    def handle_data(self, text: str) -> None:
        self.text += text


ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=60) | st.sampled_from(
    ["<script>alert(1)</script>", "</p><b>", "&lt;", "&#x27;", '" onclick="x', "<!--", "]]>", "a & b < c"]
)
TREES = st.recursive(
    ANY_TEXT, lambda inside: st.lists(inside, max_size=4).map(html.Div) | inside.map(html.Span), max_leaves=12
)


def texts(tree: Any) -> str:
    if isinstance(tree, str):
        return tree
    if isinstance(tree, list):
        return "".join(map(texts, tree))
    return "" if tree is None else texts(tree.children)


@given(TREES)
def test_every_text_comes_back_as_it_was(tree: Any) -> None:
    found = Read(markup(tree))
    assert found.text == texts(tree)
    assert {tag for tag, _ in found.tags} <= {"div", "span"}
    assert found.depth == 0


@given(ANY_TEXT)
def test_every_attribute_comes_back_as_it_was_and_makes_no_other(value: str) -> None:
    wiring: dict[str, Any] = {"data-name": value, "aria-label": value}
    ((tag, attributes),) = Read(markup(html.Div(title=value, id="one", **wiring))).tags
    assert (tag, attributes) == ("div", {"title": value, "id": "one", "data-name": value, "aria-label": value})


@given(ANY_TEXT)
def test_a_link_leads_to_a_page_or_the_web_or_is_refused(address: str) -> None:
    try:
        ((_, attributes),) = Read(markup(html.A("x", href=address))).tags
    except ValueError:
        return
    assert (attributes["href"] or "").lower().startswith(("/", "#", "http://", "https://"))


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "JaVaScRiPt:1",
        "data:text/html,x",
        "//elsewhere.invalid/x",
        "vbscript:1",
        "",
        "x",
    ],
)
def test_a_link_that_runs_or_leaves_unseen_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="leads to neither"):
        markup(html.A("x", href=address))


@pytest.mark.parametrize("address", ["/mission/m?x=1#y", "#main", "https://example.org/a?b=c&d", "HTTP://example.org"])
def test_a_link_to_a_page_or_the_web_stays(address: str) -> None:
    ((_, attributes),) = Read(markup(html.A("x", href=address))).tags
    assert attributes["href"] == address


@pytest.mark.parametrize("name", ["onclick", "onMouseOver", "ONLOAD"])
def test_an_attribute_that_would_run_a_script_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="has no place on a page"):
        markup(_with(name, "alert(1)"))


@pytest.mark.parametrize("name", ["data x", 'data-"', "data-x>", "-x", "data-é"])
def test_an_attribute_with_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="has no place on a page"):
        markup(_with(name, "1"))


def _with(name: str, value: str) -> html.Div:
    component = html.Div()
    component._prop_names = [*component._prop_names, name]
    setattr(component, name, value)
    return component


def test_nothing_no_and_yes_are_told_apart() -> None:
    assert markup([None, html.Details("x", open=False), html.Option("y", selected=True, value=None)]) == (
        "<details>x</details><option selected>y</option>"
    )


def test_parts_that_hold_nothing_are_not_closed() -> None:
    assert markup([html.Br(), dcc.Input(id="i", type="text", value="<")]).startswith("<br><input ")
    assert "</input>" not in markup(dcc.Input(id="i", type="text"))


def test_a_style_is_written_as_css() -> None:
    assert markup(html.Div(style={"flexGrow": 2, "--pips": "3"})) == '<div style="flex-grow:2;--pips:3"></div>'
