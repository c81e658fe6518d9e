"""The offline page: one HTML file that asks nobody for anything and runs no script (docs/decisions/0011)."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from orchestrator.export.brief import SIGNS, Brief, Cell, Grid, Point, brief
from orchestrator.export.readable import WORDS, Entry, Table, readable_tables
from orchestrator.export.ring_svg import ring_picture, ring_sentence, ring_svg
from orchestrator.model.snapshot import Snapshot
from orchestrator.model.wording import number
from orchestrator.tables.vocabulary import STATE_LABELS, STATE_MEANINGS

__all__ = ["page"]

_STYLE: Final = Path(__file__).with_name("page.css")
#: As many rows as one table has at most: the page stays under 3 MB.
_MOST: Final = 500
_LONGEST: Final = 600
_NOT_SHOWN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_PARTS: Final = (
    ("grid", "Need grid"),
    ("map", "Ring map"),
    ("raise", "What to raise"),
    ("advice", "Whom to bring in"),
    ("unknown", "What is not known"),
    ("tables", "Tables"),
    ("read", "How to read this"),
)


def page(snapshot: Snapshot) -> Iterator[bytes]:
    """The page piece by piece, in UTF-8. Its content policy allows one style sheet, by hash, and nothing else.

    The marking is a banner above and below, on every printed page, in the title and on the map.
    """
    said, style = brief(snapshot), _STYLE.read_text(encoding="utf-8")
    yield _head(said, style).encode()
    for part in (_top(said), _main(said, snapshot), _bottom(said)):
        for piece in part:
            yield piece.encode()
    yield b"</body>\n</html>\n"


def _text(text: str) -> str:
    """Shown as text whatever it is; what no page can hold is a question mark, what has no end is cut."""
    cut = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return html.escape(_NOT_SHOWN.sub("\ufffd", cut))


def _head(said: Brief, style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = f"{said.marking + ' – ' if said.marking else ''}{said.title}, {dict(said.facts)['Data as on']}"
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{html.escape(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f'<meta name="description" content="{_text(said.lede)}">\n'
        f"<title>{_text(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
    )


def _top(said: Brief) -> Iterator[str]:
    links = "".join(f'<li><a href="#{anchor}">{words}</a></li>' for anchor, words in _PARTS)
    yield '<a class="skip" href="#main">Skip to main content</a>\n'
    yield f"<header>{_banner(said)}"
    yield f'<div class="wrap"><p>{_text(said.title)} · data as on {_text(dict(said.facts)["Data as on"])}</p>'
    yield f'<nav aria-label="On this page"><ul>{links}</ul></nav></div></header>\n'


def _banner(said: Brief, look: str = "marking") -> str:
    return f'<p class="{look}">{_text(said.marking)}</p>' if said.marking else ""


def _main(said: Brief, snapshot: Snapshot) -> Iterator[str]:
    yield f'<main id="main" class="wrap" tabindex="-1">\n<h1>{_text(said.headline)}</h1>'
    yield f'<p class="lede">{_text(said.lede)}</p>'
    if said.aim:
        yield f'<p class="note">The aim: {_text(said.aim)}</p>'
    yield from _section("grid", [*_grid(said.grid, "Need grid"), *_elsewhere(said), *_key(said)])
    yield from _section("map", _map(snapshot))
    yield from _section("raise", [_sentence(said.findings_sentence), *_points(said.findings, ordered=True)])
    yield from _section("advice", _advice(said))
    yield from _section("unknown", [f"<ul>{''.join(f'<li>{_text(line)}</li>' for line in said.not_known)}</ul>"])
    yield from _section("tables", (_folded(table) for table in readable_tables(snapshot, _MOST)))
    yield from _section("read", _words(said))
    yield "</main>\n"


def _section(anchor: str, parts: Iterable[str]) -> Iterator[str]:
    yield f'<section aria-labelledby="{anchor}"><h2 id="{anchor}">{dict(_PARTS)[anchor]}</h2>'
    yield from parts
    yield "</section>\n"


def _sentence(words: str) -> str:
    return f"<p>{_text(words)}</p>"


def _grid(grid: Grid, label: str) -> Iterator[str]:
    yield _sentence(grid.sentence)
    if not grid.rows:
        return
    heads = "".join(f'<th scope="col"><span>{_text(name)}</span></th>' for name in grid.places)
    yield f'<div class="scroll" role="region" tabindex="0" aria-label="{label}"><table class="grid"><thead><tr>'
    yield f'<th scope="col"><span>Capability</span></th>{heads}</tr></thead><tbody>'
    for name, cells in zip(grid.capabilities, grid.rows, strict=True):
        shown = "".join(f"<td>{_cell(cell)}</td>" for cell in cells)
        yield f'<tr><th scope="row">{_text(name)}</th>{shown}</tr>'
    yield "</tbody></table></div>"


def _cell(cell: Cell) -> str:
    if not cell.state:
        return '<span class="cell cell-none" title="not required">–</span>'
    sign = "" if cell.state == "no-data" else f" <small>{SIGNS[cell.state]}</small>"
    return f'<span class="cell cell-{cell.state}" title="{cell.words}">{cell.number}{sign}</span>'


def _elsewhere(said: Brief) -> Iterator[str]:
    if said.elsewhere.rows:
        yield "<h3>Single places that the plans name</h3>"
        yield from _grid(said.elsewhere, "Need grid of single places")


def _key(said: Brief) -> Iterator[str]:
    yield '<ul class="key">'
    for state, count in said.states:
        shown = _cell(Cell(state, "?" if state == "no-data" else "n"))
        yield f"<li>{shown} {STATE_LABELS[state]} ({count:,}): {STATE_MEANINGS[state]}</li>"
    yield "</ul><p>The number counts independent partners that work there and have a route to the centre.</p>"


def _map(snapshot: Snapshot) -> Iterator[str]:
    picture = ring_picture(snapshot)
    yield _sentence(ring_sentence(picture))
    yield '<div class="split"><div>'
    yield from ring_svg(picture, snapshot.marking, named=not snapshot.scores_left_out)
    yield "</div><div>"
    frame = picture.frame
    if frame.relied_on:
        names = "".join(f"<li>{_text(frame.name[at])}</li>" for at in frame.relied_on)
        yield f"<h3>Relied on</h3><ol>{names}</ol>"
    if frame.missing:
        names = "".join(f"<li>{_text(f'{one.letter}. {one.name}')}</li>" for one in frame.missing)
        yield f"<h3>Missing partners</h3><ul>{names}</ul>"
    who = (
        "Who they are is left out of this copy."
        if snapshot.scores_left_out
        else "Rest the pointer on a disc to see who."
    )
    yield f'<p class="note">The table of members below says who takes part. {who}</p>'
    yield "</div></div>"


def _points(points: Sequence[Point], *, ordered: bool = False) -> Iterator[str]:
    if not points:
        return
    kind = "ol" if ordered else "ul"
    yield f"<{kind}>"
    for one in points:
        head = _text(f"{one.head[:1].upper()}{one.head[1:]}.")
        action = f' <span class="do">{_text(one.action)}</span>' if one.action else ""
        yield f'<li><span class="tag">{head}</span> {_text(one.text)}{action}</li>'
    yield f"</{kind}>"


def _advice(said: Brief) -> Iterator[str]:
    yield _sentence(said.partners_sentence)
    yield from _points(said.partners)
    if said.introductions_sentence:
        yield f"<h3>Whom to introduce to each other</h3>{_sentence(said.introductions_sentence)}"
        yield from _points(said.introductions)
    if said.look_for_sentence:
        yield f"<h3>For what nobody is known</h3>{_sentence(said.look_for_sentence)}"


def _folded(table: Table) -> str:
    heads = "".join(f'<th scope="col"{_look(table, at)}>{_text(name)}</th>' for at, name in enumerate(table.headings))
    rows = "".join(
        f"<tr>{''.join(_entry(table, at, entry) for at, entry in enumerate(row))}</tr>" for row in table.rows
    )
    label = f"{_text(table.title)} ({len(table.rows):,})"
    return (
        f"<details><summary>{label}</summary>"
        f'<div class="scroll" role="region" tabindex="0" aria-label="{_text(table.title)}">'
        f"<table><caption>{_text(table.sentence)}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        "</div></details>"
    )


def _look(table: Table, at: int) -> str:
    return ' class="figure"' if at in table.numeric else ""


def _entry(table: Table, at: int, entry: Entry) -> str:
    text = "" if entry is None else entry if isinstance(entry, str) else number(round(entry, 1))
    tag, scope = ("th", ' scope="row"') if at == 0 else ("td", "")
    return f"<{tag}{scope}{_look(table, at)}>{_text(text)}</{tag}>"


def _words(said: Brief) -> Iterator[str]:
    yield '<p class="note">Every sentence on this page is computed from the tables.</p>'
    yield "<dl>"
    for word, meaning in WORDS.items():
        yield f"<dt>{_text(word.capitalize())}</dt><dd>{_text(meaning)}</dd>"
    for name, value in said.facts:
        yield f"<dt>{_text(name)}</dt><dd>{_text(value)}</dd>"
    yield "</dl>"


def _bottom(said: Brief) -> Iterator[str]:
    facts = " · ".join(f"{name}: {value}" for name, value in said.facts)
    yield f'<footer><div class="wrap"><p>{_text(facts)}</p></div>{_banner(said, "marking marking-below")}</footer>\n'
