"""Component trees as HTML text, so that a page is there before any script runs.

Dash's own renderer keeps a subscription for every component and takes seconds over the two thousand of a need grid
with its table (docs/decisions/0003). Everything that comes from data is escaped here, in one place.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Any, Final

from dash.development.base_component import Component

__all__ = ["markup"]

_NAMES: Final = MappingProxyType({"className": "class", "htmlFor": "for", "children": "", "key": "", "n_clicks": ""})
_VOID: Final = frozenset({"br", "hr", "img", "input"})
_WORD: Final = re.compile(r"[a-z][a-z0-9-]*")
_CAPITAL: Final = re.compile(r"(?<!^)(?=[A-Z])")
_SAFE_LINK: Final = re.compile(r"(https?://|/(?!/)|#)", re.IGNORECASE)


def markup(tree: Any) -> str:
    """What is this component tree as HTML? Text is escaped; None is nothing; a list is its parts in a row.

    Raises ValueError for an attribute that would run a script, or a link that leads to neither a page nor the web.

    >>> from dash import html
    >>> markup(html.P(["2 < 3 ", html.B("yes", className="x")], id="a"))
    '<p id="a">2 &lt; 3 <b class="x">yes</b></p>'
    """
    return "".join(_parts(tree))


def _parts(tree: Any) -> Iterator[str]:
    if tree is None:
        return
    if isinstance(tree, list | tuple):
        for part in tree:
            yield from _parts(part)
    elif isinstance(tree, Component):
        yield from _element(tree)
    else:
        yield html.escape(str(tree), quote=False)


def _element(component: Component) -> Iterator[str]:
    described: dict[str, Any] = component.to_plotly_json()  # type: ignore[no-untyped-call]
    tag = described["type"].lower()
    properties = dict(described["props"])
    children = properties.pop("children", None)
    yield f"<{tag}{''.join(_attribute(name, value) for name, value in properties.items())}>"
    if tag not in _VOID:
        yield from _parts(children)
        yield f"</{tag}>"


def _attribute(name: str, value: Any) -> str:
    name = _NAMES.get(name, name).lower()
    if not name or value is None or value is False:
        return ""
    if not _WORD.fullmatch(name) or name.startswith("on"):
        raise ValueError(f"the attribute {name!r} has no place on a page")
    if name == "href" and not _SAFE_LINK.match(str(value)):
        raise ValueError(f"the address {value!r} leads to neither a page nor the web")
    if name == "style":
        value = ";".join(f"{_CAPITAL.sub('-', key).lower()}:{one}" for key, one in value.items())
    return f" {name}" if value is True else f' {name}="{html.escape(str(value))}"'
