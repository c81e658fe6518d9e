"""The board brief as tagged PDF (PDF/UA-1): two A4 pages, made offline by the Typst compiler (docs/decisions/0011)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final

from orchestrator.export.brief import SIGNS, Brief, Grid, Point, brief, more
from orchestrator.export.glyphs import shown_with, told_missing
from orchestrator.model.snapshot import Snapshot
from orchestrator.model.wording import counted
from orchestrator.tables.vocabulary import STATE_LABELS, STATE_MEANINGS, STATES

__all__ = ["pdf"]

_HERE: Final = Path(__file__).parent
_FONTS: Final = _HERE / "fonts"
_PAGES: Final = 2
#: How long a text, a name, and the headings of the grid may be before they are cut, in letters.
_LONGEST, _NAME, _ACROSS, _DOWN = 420, 120, 30, 60
#: Tried in turn until it is two pages: size of letters in points, how many partners, how many introductions.
_TRIES: Final = ((9.0, 6, 4), (8.6, 5, 3), (8.4, 4, 2), (8.0, 3, 1), (7.6, 3, 1))


def pdf(snapshot: Snapshot, file: BinaryIO) -> None:
    """Write the brief. No text of it can be markup, a link or a script; the marking is in header, footer, properties.

    Letters that the font lacks are shown as □ and named at the end. What is too long for a
    board's ten minutes is cut, with an ellipsis.
    """
    import typst

    said = brief(snapshot)
    compiler = typst.Compiler(
        str(_HERE / "brief.typ"),
        root=str(_HERE),
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(_FONTS)]),
    )
    for size, partners, introductions in _TRIES:
        inputs = {"brief": _as_json(said, size, partners, introductions)}
        made = compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"])
        if json.loads(compiler.query("<pages>", field="value", one=True)) <= _PAGES:
            break
    assert isinstance(made, bytes)
    file.write(made)


def _as_json(said: Brief, size: float, partners: int, introductions: int) -> str:
    texts = _texts(said, size, partners, introductions)
    missing: set[str] = set()
    shown = _walk(texts, missing)
    shown["missing"] = told_missing(missing)
    return json.dumps(shown, ensure_ascii=True)


def _walk(value: Any, missing: set[str]) -> Any:
    """The same with every text cut, and with letters that the font has."""
    if isinstance(value, str):
        return shown_with(_cut(value, _LONGEST), missing)
    if isinstance(value, dict):
        return {name: _walk(each, missing) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_walk(each, missing) for each in value]
    return value


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _texts(said: Brief, size: float, partners: int, introductions: int) -> dict[str, Any]:
    facts = dict(said.facts)
    return {
        "size": size,
        "document_title": f"{said.marking + ' – ' if said.marking else ''}Board brief: {_cut(said.title, _NAME)}",
        "keywords": [said.marking] if said.marking else [],
        "marking": said.marking,
        "title": _cut(said.title, _NAME),
        "headline": _cut(said.headline, 2 * _NAME),
        "lede": said.lede,
        "aim": said.aim,
        "day": f"Data as on {facts['Data as on']}",
        "digest": facts["Digest of the facts"],
        "grid": _grid(said.grid),
        "key": [
            {
                "state": state,
                "number": "?" if state == "no-data" else "n",
                "sign": SIGNS[state],
                "words": _key(said, state),
            }
            for state in STATES
        ],
        "findings_sentence": said.findings_sentence,
        "findings": _points(said.findings),
        "partners_sentence": f"{said.partners_sentence} {said.look_for_sentence}".strip(),
        "partners": _points(said.partners[:partners]),
        "partners_more": more(len(said.partners), partners, "more body is", "more bodies are"),
        "introductions_sentence": said.introductions_sentence,
        "introductions": _points(said.introductions[:introductions]),
        "introductions_more": more(len(said.introductions), introductions, "more pair is", "more pairs are"),
        "not_known": list(said.not_known),
        "facts": [f"{name}: {value}" for name, value in said.facts],
    }


def _key(said: Brief, state: str) -> str:
    count, every = dict(said.states)[state], sum(number for _, number in said.states)
    return f"{STATE_LABELS[state]} ({count:,} of {counted(every, 'requirement')}): {STATE_MEANINGS[state]}"


def _points(points: Sequence[Point]) -> list[dict[str, str]]:
    return [{"head": _cut(one.head, _NAME), "text": one.text, "action": one.action} for one in points]


def _grid(grid: Grid) -> dict[str, Any]:
    longest = max((len(name) for name in grid.capabilities), default=0)
    return {
        "sentence": grid.sentence,
        "places": [_cut(name, _ACROSS) for name in grid.places],
        "label_width": min(60, max(25, round(longest * 1.45))),
        "rows": [
            {
                "name": _cut(name, _DOWN),
                "cells": [
                    {"state": c.state, "number": c.number, "sign": SIGNS[c.state] if c.state else ""} for c in cells
                ],
            }
            for name, cells in zip(grid.capabilities, grid.rows, strict=True)
        ],
    }
