"""What a register says by which its bodies can be known: names with the days on which they held, and identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from orchestrator.matching.decisions import Verdict
from orchestrator.matching.identifiers import read_identifiers
from orchestrator.tables.cells import split_list
from orchestrator.tables.pack import Pack

__all__ = ["IDENTIFIER_COLUMNS", "NAME_COLUMNS", "Register"]

#: A name of a body: the body, the name as written, what sort of name it is, from when until when it held (None: open),
#: the town that the body is in, and where this is from.
NAME_COLUMNS: Final = ("organisation_id", "name", "kind", "starts", "ends", "town", "source")
#: A public identifier of a body.
IDENTIFIER_COLUMNS: Final = ("organisation_id", "scheme", "identifier")

_ACRONYM: Final = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Za-z0-9&]{2,8}(?: ?\([A-Z]{2}\))?")


@dataclass(frozen=True)
class Register:
    """The names and identifiers of all bodies as frames, and what each body is called.

    ``names`` has ``NAME_COLUMNS``, ``identifiers`` ``IDENTIFIER_COLUMNS``; the kinds of names are ``name``, ``alias``,
    ``former-name``, ``acronym`` and ``decision`` (what a person decided). ``called`` gives the name of a body by id.
    """

    names: pd.DataFrame
    identifiers: pd.DataFrame
    called: Mapping[str, str]

    @classmethod
    def of(cls, pack: Pack, verdicts: Iterable[Verdict] = ()) -> Register:
        """The register of a pack, with what was decided about names.

        A table ``names`` of the pack dates names: a body may have a name from a day, until a day. A name that is dated
        there counts on those days only, however else it is listed. A body that a decision made new is in it too.

        >>> from orchestrator.study import open_pack
        >>> Register.of(open_pack()).called["ofgem"]
        'Ofgem'
        """
        bodies = pack["organisations"]
        places = dict(zip(pack["places"]["place_id"], pack["places"]["name"], strict=True))
        columns = ("organisation_id", "name", "aliases", "identifiers", "seat_place_id", "source")
        rows = list(zip(*(bodies[column].astype(str) for column in columns), strict=True))
        towns = {body: places.get(seat, "") for body, _, _, _, seat, _ in rows}
        dated = list(_dated(pack, towns))
        when = {(row[0], row[1].casefold()) for row in dated}
        names = [row for row in _undated(rows, towns) if (row[0], row[1].casefold()) not in when]
        called = {body: name for body, name, *_ in rows}
        holds = tuple(verdicts)
        called |= {each.organisation_id: each.name for each in holds if each.verdict == "new"}
        taught = list(_taught(holds, towns))
        marks = [(body, *each) for body, _, _, cell, _, _ in rows for each in read_identifiers(cell)]
        return cls(
            pd.DataFrame([*names, *dated, *taught], columns=list(NAME_COLUMNS)),
            pd.DataFrame(marks, columns=list(IDENTIFIER_COLUMNS)),
            called,
        )


_Row = tuple[str, str, str, str, str, str, str]


def _undated(rows: Iterable[tuple[str, ...]], towns: Mapping[str, str]) -> Iterator[_Row]:
    for body, name, aliases, _, _, source in rows:
        yield body, name, "name", "", "", towns[body], source
        for alias in split_list(aliases):
            kind = "acronym" if _ACRONYM.fullmatch(alias) else "alias"
            yield body, alias, kind, "", "", towns[body], source


def _dated(pack: Pack, towns: Mapping[str, str]) -> Iterator[_Row]:
    for row in pack["names"].to_dict("records"):
        starts, ends = ("" if pd.isna(row[side]) else str(row[side])[:10] for side in ("starts", "ends"))
        yield (
            row["organisation_id"],
            row["name"],
            row["kind"],
            starts,
            ends,
            towns[row["organisation_id"]],
            row["source"],
        )


def _taught(verdicts: Iterable[Verdict], towns: Mapping[str, str]) -> Iterator[_Row]:
    """What decisions teach: each name is one more of its body's, but not one that was decided for a town only."""
    for each in verdicts:
        if each.verdict in ("accept", "new") and not each.town:
            yield each.organisation_id, each.name, "decision", "", "", towns.get(each.organisation_id, ""), each.told
