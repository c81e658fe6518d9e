"""Small packs for tests that look at what is made of a pack: plain rows, and missions of several shapes.

``mission`` writes the rows of one mission in a few words. ``SHAPES`` are missions that pages have to speak of rightly:
nothing there, one of a kind, ties for the worst, nothing known, names that are not names. The rows are those of
tests/laws, so that its referee can say what is true of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from orchestrator.model.results import Results
from orchestrator.study import Library
from orchestrator.tables.pack import Pack
from tests.laws.oracle import Oracle, Row, Tables
from tests.laws.packs import checked

MISSION: Final = "m"
DAY: Final = date(2026, 6, 1)

HTML: Final = "<img src=x onerror=alert(1)> & <a href='javascript:1'>sons</a>"
EMOJI: Final = "Åsa 👩🏽‍🔬 Ltd"
RIGHT_TO_LEFT: Final = "مجلس المدينة"
LONG: Final = "Very long name " * 267  # 4,005 characters


def mission(
    ties: str = "",
    needs: str = "",
    works: str = "",
    paper: str = "",
    could: str = "",
    *,
    names: Mapping[str, str] | None = None,
    families: Mapping[str, str] | None = None,
    tiles: Sequence[str] = (),
    changes: Mapping[str, Row] | None = None,
) -> Tables:
    """The rows of the mission ``MISSION`` with the centre ``c``.

    ``ties`` are pairs of letters: ``ca ab``. ``needs`` are a capability and a place, with the minimum (1): ``s-w:2``;
    the requirement is called the same. ``works``, ``paper`` and ``could`` say who offers what where: ``a:s-w``, and
    are committed, are only proposed, or take no part. ``names`` call bodies, places, capabilities and the mission
    otherwise, ``families`` put bodies together, ``tiles`` give places a tile, ``changes`` change a requirement.
    """
    called, of = names or {}, families or {}
    offers = [(*line.split(":", 1), status) for text, status in _offered(works, paper, could) for line in text.split()]
    asked = [need.partition(":") for need in needs.split()]
    cells = [name.split("-")[:2] for name, _, _ in asked] + [cell.split("-")[:2] for _, cell, _ in offers]
    bodies = sorted({"c", *ties.replace(" ", ""), *(body for body, _, _ in offers)})
    placed = {place: str(at) for at, place in enumerate(tiles)}
    return {
        "organisations": [
            {
                "organisation_id": body,
                "name": called.get(body, f"Body {body.upper()}"),
                "sector": "central" if body == "c" else "local",
                "family": of.get(body, ""),
            }
            for body in bodies
        ],
        "places": [
            {
                "place_id": place,
                "name": called.get(place, f"Place {place}"),
                "level": "area",
                "tile_column": placed.get(place, ""),
                "tile_row": "0" if place in placed else "",
            }
            for place in sorted({place for _, place in cells})
        ],
        "missions": [{"mission_id": MISSION, "title": called.get(MISSION, "Ours"), "centre_id": "c"}],
        "capabilities": [
            {"capability_id": one, "name": called.get(one, f"Skill {one}")} for one in sorted({c for c, _ in cells})
        ],
        "requirements": [
            {
                "requirement_id": name,
                "mission_id": MISSION,
                "capability_id": name.split("-")[0],
                "place_id": name.split("-")[1],
                "sector": "",
                "minimum": minimum or "1",
                "weight": "1",
                **(changes or {}).get(name, {}),
            }
            for name, _, minimum in asked
        ],
        "offers": [
            {"organisation_id": body, "capability_id": cell.split("-")[0], "place_id": cell.split("-")[1]}
            for body, cell, _ in offers
        ],
        "engagements": [
            {"organisation_id": body, "mission_id": MISSION, "status": status}
            for body, status in sorted({(body, status) for body, _, status in offers if status})
        ],
        "ties": [{"source_id": pair[0], "target_id": pair[1], "mission_id": MISSION} for pair in ties.split()],
    }


def _offered(works: str, paper: str, could: str) -> tuple[tuple[str, str], ...]:
    return (works, "committed"), (paper, "proposed"), (could, "")


SHAPES: Final[Mapping[str, Tables]] = {
    "nobody but the centre": mission(),
    "no requirements": mission(ties="ca ab"),
    "no ties": mission(needs="s-w s-e", works="a:s-w", tiles=("w", "e")),
    "one of each": mission(ties="ca", needs="s-w", works="a:s-w"),
    "one gap": mission(ties="ca", needs="s-w s-e t-w", works="a:s-w a:t-w", could="b:s-e"),
    "the only requirement is a gap": mission(ties="ca", needs="s-w", works="a:t-w"),
    "no gaps": mission(ties="ca cb ab", needs="s-w s-e", works="a:s-w b:s-w a:s-e b:s-e", tiles=("e", "w")),
    "thin and no gaps": mission(ties="ca cb", needs="s-w:2 s-e:2 t-w", works="a:s-w a:s-e a:t-w b:t-w"),
    "one thin": mission(ties="ca", needs="s-w:2 t-w", works="a:s-w a:t-w"),
    "many gaps": mission(
        ties="ca cb ad de be",
        needs="s-w s-e s-n t-w:2 t-e t-n u-w u-e u-n",
        works="a:s-w e:t-w d:s-n",
        paper="b:u-n f:u-e",
        could="g:t-e",
        tiles=("w", "e", "n"),
    ),
    "nothing is known": mission(ties="ca ab", needs="s-w s-e t-w"),
    "one requirement and nothing is known": mission(ties="ca", needs="s-w"),
    "known and unknown": mission(ties="ca", needs="s-w s-e t-w:2", works="a:s-w a:t-w"),
    "two worst places": mission(ties="ca", needs="s-w s-e s-n t-n", works="a:t-w a:t-e a:t-n a:s-n"),
    "three worst places of four": mission(
        ties="ca", needs="s-w s-e s-n s-o", works="a:t-w a:t-e a:t-n a:s-o", tiles=("w", "e", "n", "o")
    ),
    "alike everywhere": mission(ties="ca", needs="s-w s-e", works="a:t-w a:t-e"),
    "all in one place": mission(ties="ca", needs="s-w t-w s-e", works="a:s-e a:u-w"),
    "two relied on alike": mission(ties="ca cb ad be", needs="s-w"),
    "the first two alike": mission(ties="ca cb ad be cf", needs="s-w:2 s-e", works="d:s-w e:s-w f:s-e g:s-e"),
    "a chain with a ring": mission(ties="ca ab bd de ef fb cg", needs="s-w s-e", works="d:s-w f:s-e e:s-e"),
    "nobody is reached": mission(ties="ab", needs="s-w", works="a:s-w"),
    "one family": mission(ties="ca cb", needs="s-w:2", works="a:s-w b:s-w", families={"a": "group", "b": "group"}),
    "two in one cell": mission(
        ties="ca cb",
        needs="s-w-1 s-w-2 s-e",
        works="a:s-w a:s-e",
        changes={"s-w-1": {"sector": "firm"}, "s-w-2": {"sector": "local"}},
        tiles=("w", "e"),
    ),
    "no weight": mission(ties="ca", needs="s-w", works="a:s-w", changes={"s-w": {"weight": "0"}}),
    "elsewhere too": mission(ties="ca", needs="s-w s-e t-e", works="a:s-e", paper="a:t-e", tiles=("w",)),
    "awkward names": mission(
        ties="ca ab ad",
        needs="s-w t-w s-e",
        works="a:s-w b:s-w d:t-w",
        could="e:s-e",
        names={"a": HTML, "b": EMOJI, "d": RIGHT_TO_LEFT, "e": LONG, "w": HTML, "s": HTML, MISSION: HTML},
    ),
}


def pack(tables: Tables) -> Pack:
    """The checked pack of clean rows. A table ``sources`` may be among them."""
    return checked(tables)


def library(tables: Tables) -> Library:
    """A library over the pack of these rows."""
    return Library(checked(tables))


def results(tables: Tables) -> Results:
    """What the analyses say of the mission ``MISSION`` on the day ``DAY``."""
    return library(tables).results(MISSION, DAY)


def referee(tables: Tables) -> Oracle:
    """What is true of it, worked out slowly and apart."""
    return Oracle(tables, MISSION, DAY.isoformat())
