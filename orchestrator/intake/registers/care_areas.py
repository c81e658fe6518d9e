"""Council → integrated care board: which councils a board plans with, and which areas lie in the board's area."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from orchestrator.intake.registers.areas import Areas, lookup_files
from orchestrator.intake.registers.citations import cited
from orchestrator.intake.registers.contribution import Contribution, Draft, SourceFile
from orchestrator.intake.registers.council_register import REGIONS
from orchestrator.intake.registers.nhs import Board, is_board_list, read_boards
from orchestrator.intake.registers.records import Layout

__all__ = ["read_care_areas"]

SOURCE: Final = "ons-icb-lookup"
_LAYOUTS: Final = tuple(
    Layout(
        "the look-up from districts to integrated care boards",
        (
            f"icb{year}_name",
            f"icb{year}_code",
            f"icb{year}_code_h",
            f"ltla{year}_name",
            f"ltla{year}_code",
            "n_lsoa",
        ),
    )
    for year in range(22, 30)
)


def read_care_areas(files: Sequence[SourceFile]) -> Contribution:
    """Which councils lie in the area of which integrated care board?

    Takes a look-up from districts to boards (with the number of small areas of each pair), the list of boards, and the
    council register. A council whose area lies wholly in one board's area is put inside it; one that a border cuts is
    inside neither. Every council with social care, that is every county and single-tier council, is tied to each board
    that it lies in wholly or in part (``delivers-with``, level 3): by law they form the integrated care partnership.

    Districts that the register does not hold and boards that are not in the list are set aside. Raises BadData where a
    file is missing or its headings are not known.
    """
    draft = Draft("care-areas")
    lists = [file for file in files if is_board_list(file)]
    boards = {code: board for file in lists for code, board in read_boards(file).items()}
    found, councils = lookup_files(draft, [file for file in files if file not in lists], _LAYOUTS)
    areas = Areas(councils)
    for file, layout, records in found:
        code, district = layout.headings[2], layout.headings[4]
        for record in records:
            if record[code] not in boards:
                draft.aside(file.name, record.row, record[layout.headings[0]], "the board is not in the list of boards")
            elif not areas.put(record[district], record[code]):
                draft.aside(
                    file.name, record.row, record[layout.headings[3]], "the register does not hold the district"
                )
    _offer(draft, found[0][0].name, areas, boards)
    return draft.finish(cited(SOURCE, "care-partnerships-act"))


def _offer(draft: Draft, file: str, areas: Areas, boards: dict[str, Board]) -> None:
    for code in areas.members:
        parent = areas.container(code, REGIONS, "E92000001")
        draft.add("places", file, partial=True, place_id=boards[code].place_id, parent_id=parent, source=SOURCE)
    for council, code in areas.whole():
        parent = boards[code].place_id
        draft.add("places", file, partial=True, place_id=council.place_id, parent_id=parent, source=SOURCE)
    for council, code in areas.parts():
        if areas.county(council) is None:
            draft.add(
                "ties",
                file,
                source_id=boards[code].identifier,
                target_id=council.reference,
                kind="delivers-with",
                level="3",
                source=f"{SOURCE}|care-partnerships-act",
            )
