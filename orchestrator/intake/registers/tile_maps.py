"""Tile maps (hexjson): where the tile of each area stands on the map of its level."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from orchestrator.errors import BadData, Problem
from orchestrator.intake.registers.citations import cited
from orchestrator.intake.registers.contribution import Contribution, Draft, SourceFile
from orchestrator.intake.registers.councils import Councils, read_councils
from orchestrator.intake.registers.nhs import Board, is_board_list, read_boards
from orchestrator.intake.registers.records import read_json

__all__ = ["read_tile_map"]

SOURCE: Final = "hex-maps"
_CODE: Final = re.compile(r"[A-Z]\d{8}|[A-Z0-9]{3}")
_LAYOUTS: Final = ("odd-r", "even-r", "odd-q", "even-q")


def read_tile_map(files: Sequence[SourceFile]) -> Contribution:
    """Where does each place's tile stand?

    Takes one hexjson map, and beside it the council register (which says what became of codes that are no longer in
    use) or the list of integrated care boards (for maps that name boards by their short code). Columns count from 0 at
    the left, rows from 0 at the top; hexjson counts rows from the bottom. A map gives positions to places that the
    pack has and makes none: one map for each level, since tiles of different levels do not share a map.

    A tile whose code was split between several places is set aside. Raises BadData for a file that is no hexjson map.
    """
    draft = Draft("tile-map")
    maps = [file for file in files if file.content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{")]
    beside = [file for file in files if file not in maps]
    if len(maps) != 1:
        names = ", ".join(file.name for file in files) or "no file"
        raise BadData([Problem(f"there are {len(maps)} tile maps among these files.", names, allowed="Give one.")])
    lists = [file for file in beside if is_board_list(file)]
    boards = {code: board for file in lists for code, board in read_boards(file).items()}
    registers = [file for file in beside if file not in lists]
    _offer(draft, maps[0].name, _tiles(maps[0]), read_councils(registers) if registers else None, boards)
    return draft.finish(cited(SOURCE))


def _tiles(file: SourceFile) -> Mapping[str, tuple[int, int]]:
    """Column and row of each code as hexjson counts them."""
    value = read_json(file)
    tiles = value.get("hexes") if isinstance(value, dict) else None
    if not isinstance(tiles, dict) or value.get("layout") not in _LAYOUTS or not tiles:
        allowed = f"It has 'hexes' and a 'layout': {', '.join(_LAYOUTS)}."
        raise BadData([Problem("this is not a hexjson tile map.", file.name, allowed=allowed)])
    problems = [
        each for row, (code, tile) in enumerate(tiles.items(), 1) for each in _wrong(file.name, row, code, tile)
    ]
    at = [(tile["q"], tile["r"]) for tile in tiles.values()] if not problems else []
    if len(set(at)) != len(at):
        twice = next(place for place in at if at.count(place) > 1)
        problems.append(Problem(f"two tiles stand at column {twice[0]}, row {twice[1]}.", file.name))
    if problems:
        raise BadData(problems[:200])
    return {code: (tile["q"], tile["r"]) for code, tile in tiles.items()}


def _wrong(file: str, row: int, code: str, tile: Any) -> list[Problem]:
    if not _CODE.fullmatch(code.strip()):
        return [Problem("this is no code of a place.", file, row, value=code, allowed="Such as E06000001 or QYG.")]
    if not isinstance(tile, dict) or not all(type(tile.get(axis)) is int for axis in ("q", "r")):
        return [Problem("the tile has no whole numbers q and r.", file, row, value=code)]
    return []


def _offer(
    draft: Draft,
    file: str,
    tiles: Mapping[str, tuple[int, int]],
    councils: Councils | None,
    boards: Mapping[str, Board],
) -> None:
    draft.count(file, len(tiles))
    by_place = councils.by_place() if councils else {}
    left, top = min(q for q, _ in tiles.values()), max(r for _, r in tiles.values())
    for row, (written, (q, r)) in enumerate(tiles.items(), start=1):
        code = written.strip()
        place = by_place[code].place_id if code in by_place else code
        if code in boards:
            place = boards[code].place_id
        elif councils and code not in by_place:
            draft.aside(file, row, code, "the register does not say that one council took over")
            continue
        tile = {"place_id": place, "tile_column": str(q - left), "tile_row": str(top - r), "source": SOURCE}
        draft.put("places", file, row, tile, partial=True)
