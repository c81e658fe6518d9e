"""NHS organisations: integrated care boards, and trusts as the Organisation Data Service lists them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from orchestrator.errors import BadData, Problem, quoted
from orchestrator.intake.registers.citations import cited
from orchestrator.intake.registers.contribution import Contribution, Draft, SourceFile
from orchestrator.intake.registers.naming import clean, distinct, from_capitals, slug
from orchestrator.intake.registers.records import Layout, Record, read_table, tell_layout

__all__ = ["BOARD_LAYOUTS", "Board", "is_board_list", "read_boards", "read_care_boards", "read_nhs_trusts"]

NHS_ENGLAND: Final = "GB-GOR-PB481"
BOARD_LAYOUTS: Final = tuple(
    Layout(
        "the list of integrated care boards",
        (f"ICB{year}CD", f"ICB{year}CDH", f"ICB{year}NM", "ObjectId", "FID"),
        frozenset({"ObjectId", "FID"}),
    )
    for year in range(22, 30)
)
_TRUST_COLUMNS: Final = 27
_CODE: Final = re.compile(r"[A-Z0-9]{3,6}")
_BOARD_CODE: Final = re.compile(r"Q[A-Z0-9]{2}")
_DAY: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_WALES: Final = "W00"
_LIST_STARTS: Final = re.compile(rb'(\xef\xbb\xbf)?"?ICB\d\dCD\b')


@dataclass(frozen=True)
class Board:
    """An integrated care board: its code at the Organisation Data Service, its name and the code of its area."""

    row: int
    code: str
    name: str
    place_id: str

    @property
    def identifier(self) -> str:
        """Its public identifier."""
        return f"GB-NHS-{self.code}"

    @property
    def area(self) -> str:
        """The name of its area."""
        return self.name.removeprefix("NHS ").removesuffix(" Integrated Care Board")


def is_board_list(file: SourceFile) -> bool:
    """Does this file start as a list of integrated care boards does?

    >>> is_board_list(SourceFile("boards.csv", b"ICB24CD,ICB24CDH,ICB24NM,ObjectId"))
    True
    """
    return bool(_LIST_STARTS.match(file.content))


def read_boards(file: SourceFile) -> dict[str, Board]:
    """The boards of a list of names and codes, by their code at the Organisation Data Service. Raises BadData."""
    layout = tell_layout(file, BOARD_LAYOUTS)
    place, code, name = layout.headings[:3]
    records = read_table(file, layout)
    return {each[code]: Board(each.row, each[code], clean(each[name]), each[place]) for each in records}


def read_care_boards(files: Sequence[SourceFile]) -> Contribution:
    """Which integrated care boards are there? Takes the list of names and codes of the Office for National Statistics.

    Each board becomes an organisation that answers to NHS England, which by law assesses it (``governs``, level 3),
    and the place that it serves. Raises BadData for headings that are not known.
    """
    draft = Draft("integrated-care-boards")
    for file in files:
        boards = read_boards(file)
        draft.count(file.name, len(boards))
        for board in boards.values():
            _offer_board(draft, file.name, board)
    return draft.finish(cited("ons-icb-names", "nhs-act-2006"))


def _offer_board(draft: Draft, file: str, board: Board) -> None:
    draft.add(
        "places",
        file,
        board.row,
        place_id=board.place_id,
        name=board.area,
        level="icb-area",
        parent_id="E92000001",
        source="ons-icb-names",
    )
    draft.add(
        "organisations",
        file,
        board.row,
        organisation_id=slug(board.name),
        name=board.name,
        sector="regional",
        kind="integrated care board",
        tier="region",
        parent_id=NHS_ENGLAND,
        aliases=f"NHS {board.area} ICB|{board.area} ICB",
        identifiers=board.identifier,
        source="ons-icb-names",
    )
    draft.add(
        "ties",
        file,
        board.row,
        source_id=NHS_ENGLAND,
        target_id=board.identifier,
        kind="governs",
        level="3",
        source="ons-icb-names|nhs-act-2006",
    )


def read_nhs_trusts(files: Sequence[SourceFile]) -> Contribution:
    """Which NHS trusts are there, and in the area of which board do they sit?

    Takes the file ``etr.csv`` of the Organisation Data Service: 27 columns, no headings. Of several such files the
    last is believed, and a trust that had another name in an earlier one keeps it as an alias. With the list of
    integrated care boards beside it, a trust's seat is its board's area. A trust is tied to the board (``commissions``,
    level 3: by law both make a joint forward plan) and to NHS England, which licenses it (``regulates``, level 2).
    Trusts with a closing date are set aside.

    Raises BadData for rows that are not 27 columns wide or codes that are none.
    """
    draft = Draft("nhs-trusts")
    boards: dict[str, Board] = {}
    newest: dict[str, tuple[str, Record]] = {}
    names: dict[str, list[str]] = {}
    for file in files:
        if is_board_list(file):
            boards |= read_boards(file)
            draft.count(file.name, len(boards))
            continue
        for record in _trusts(draft, file):
            newest[record["1"]] = (file.name, record)
            names.setdefault(record["1"], []).append(from_capitals(record["2"]))
    for code, (name, record) in newest.items():
        _offer_trust(draft, name, record, names[code][-1], sorted(names[code][:-1]), boards)
    return draft.finish(cited("nhs-ods", "nhs-act-2006", "health-and-social-care-act-2012"))


def _trusts(draft: Draft, file: SourceFile) -> list[Record]:
    records = read_table(file, width=_TRUST_COLUMNS)
    draft.count(file.name, len(records))
    problems = []
    for record in records:
        if not _CODE.fullmatch(record["1"]) or not record["2"]:
            what = f"{quoted(record['1'])} is no code of a trust, or its name is blank."
            allowed = "The file etr.csv has a code, then a name, and no headings."
            problems.append(Problem(what, file.name, record.row, allowed=allowed))
        if record["4"] and not _BOARD_CODE.fullmatch(record["4"]):
            what = f"{quoted(record['4'])} is no code of a board."
            problems.append(Problem(what, file.name, record.row, "4", record["4"], "It is Q and two more letters."))
        problems += [
            Problem(f"{quoted(record[at])} is no day.", file.name, record.row, at, record[at], "Use 20241101.")
            for at in ("11", "12")
            if record[at] and not _DAY.fullmatch(record[at])
        ]
    if problems:
        raise BadData(problems[:200])
    return records


def _offer_trust(
    draft: Draft, file: str, record: Record, name: str, former: Sequence[str], boards: dict[str, Board]
) -> None:
    if record["12"]:
        draft.aside(file, record.row, name, "closed")
        return
    wales = record["3"] == _WALES or "Wales" in name or "Welsh" in name
    board = boards.get(record["4"])
    identifier = f"GB-NHS-{record['1']}"
    draft.add(
        "organisations",
        file,
        record.row,
        organisation_id=slug(name),
        name=name,
        sector="local",
        kind="NHS foundation trust" if "Foundation Trust" in name else "NHS trust",
        tier="nation" if wales else "local",
        seat_place_id=board.place_id if board else "W92000004" if wales else "",
        aliases="|".join(distinct(former, but=[name])),
        identifiers=identifier,
        source="nhs-ods",
    )
    if wales or not record["4"]:
        return
    for source, kind, level, act in (
        (f"GB-NHS-{record['4']}", "commissions", "3", "nhs-act-2006"),
        (NHS_ENGLAND, "regulates", "2", "health-and-social-care-act-2012"),
    ):
        draft.add(
            "ties",
            file,
            record.row,
            source_id=source,
            target_id=identifier,
            kind=kind,
            level=level,
            source=f"nhs-ods|{act}",
        )
