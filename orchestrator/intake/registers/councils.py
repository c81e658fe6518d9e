"""The register of councils as it is read: who is there, who was, and where each belongs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from orchestrator.errors import BadData, Problem
from orchestrator.intake.registers.contribution import SourceFile
from orchestrator.intake.registers.naming import clean, slug
from orchestrator.intake.registers.records import Layout, Record, read_table, tell_layout

__all__ = ["CORRECTIONS", "REGISTER", "SPELLINGS", "Council", "Councils", "read_councils"]

REGISTER: Final = Layout(
    "the council register",
    (
        "local-authority-code",
        "official-name",
        "nice-name",
        "gss-code",
        "start-date",
        "end-date",
        "replaced-by",
        "nation",
        "region",
        "local-authority-type",
        "local-authority-type-name",
        "county-la",
        "combined-authority",
        "alt-names",
        "former-gss-codes",
        "notes",
        "current-authority",
        "BS-6879",
        "ecode",
        "even-older-register-and-code",
        "gov-uk-slug",
        "area",
        "pop-2020",
        "x",
        "y",
        "lat",
        "long",
        "powers",
        "lower-or-unitary",
        "mapit-area-code",
        "ofcom",
        "old-ons-la-code",
        "old-register-and-code",
        "open-council-data-id",
        "os-file",
        "os",
        "snac",
        "wdtk-id",
    ),
    frozenset(
        {
            "BS-6879",
            "ecode",
            "even-older-register-and-code",
            "gov-uk-slug",
            "area",
            "pop-2020",
            "x",
            "y",
            "lat",
            "long",
            "powers",
            "lower-or-unitary",
            "mapit-area-code",
            "ofcom",
            "old-ons-la-code",
            "old-register-and-code",
            "open-council-data-id",
            "os-file",
            "os",
            "snac",
            "wdtk-id",
            "alt-names",
            "notes",
        }
    ),
)
SPELLINGS: Final = Layout("the list of spellings of councils", ("la-name", "local-authority-code"))
#: Cells of the register that are known to be out of date, each with the reason and the source of the right value.
CORRECTIONS: Final = Layout(
    "a list of corrections to the council register", ("local-authority-code", "column", "value", "because", "source")
)
_SCHEMES: Final = MappingProxyType(
    {"England": "GB-LAE-", "Scotland": "GB-LAS-", "Wales": "GB-PLA-", "Northern Ireland": "GB-LANI-"}
)
_JOINT: Final = ("COMB", "SRA")
_LONGEST_CHAIN: Final = 20


@dataclass(frozen=True)
class Council:
    """One authority of the register, past, present or to come."""

    file: str
    row: int | None
    code: str
    cells: Mapping[str, str]
    in_register: bool
    corrected_by: tuple[str, ...]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    @property
    def name(self) -> str:
        """Its official name; a combined authority that is called without that word gets it."""
        name = clean(self["official-name"])
        return f"{name} Combined Authority" if self.kind == "COMB" and "Authority" not in name else name

    @property
    def kind(self) -> str:
        """The register's code for what it is: UA, NMD, COMB …"""
        return self["local-authority-type"]

    @property
    def joint(self) -> bool:
        """Is it an authority of several councils and not a council?"""
        return self.kind in _JOINT

    @property
    def current(self) -> bool:
        """Is it there today, by the register?"""
        return self["current-authority"].casefold() == "true"

    @property
    def place_id(self) -> str:
        """The statistical code of its area; the Greater London Authority's area is the region."""
        return "E12000007" if self.code == "GLA" else self["gss-code"]

    @property
    def identifier(self) -> str:
        """Its public identifier; blank for one that the register itself does not hold."""
        return f"{_SCHEMES[self['nation']]}{self.code}" if self.in_register and self["nation"] in _SCHEMES else ""

    @property
    def reference(self) -> str:
        """What ties call it: its identifier, or the id made from its name where it has none."""
        return self.identifier or slug(self.name)


@dataclass(frozen=True)
class Councils:
    """The whole register by code, and the spellings of each name if they were given."""

    by_code: Mapping[str, Council]
    spellings: Mapping[str, tuple[str, ...]]
    counts: Mapping[str, int]

    @property
    def current(self) -> tuple[Council, ...]:
        """Every authority that is there today."""
        return tuple(council for council in self.by_code.values() if council.current)

    def successor(self, council: Council) -> Council | None:
        """The one current authority that took over; None where there is none or more than one."""
        for _ in range(_LONGEST_CHAIN):
            if council.current:
                return council
            after = [code.strip() for code in council["replaced-by"].split(",") if code.strip()]
            if len(after) != 1 or after[0] not in self.by_code:
                return None
            council = self.by_code[after[0]]
        return None

    def by_place(self) -> dict[str, Council]:
        """The current council of each statistical code, of codes that it had or took over too. No joint authorities."""
        found: dict[str, Council] = {}
        for council in self.by_code.values():
            after = self.successor(council)
            if after is not None and not after.joint:
                for code in (council["gss-code"], *council["former-gss-codes"].split(",")):
                    if code.strip():
                        found.setdefault(code.strip(), after)
        return found | {council["gss-code"]: council for council in self.current if not council.joint}


def read_councils(files: Sequence[SourceFile]) -> Councils:
    """Who is in the register? Takes the register, and beside it spellings and corrections if there are any.

    The files are told by their headings. Raises BadData for headings that are not known, codes that stand twice,
    corrections of a column that the register does not have, or where no register is among the files.
    """
    layouts = [(file, tell_layout(file, (REGISTER, SPELLINGS, CORRECTIONS))) for file in files]
    register = [file for file, layout in layouts if layout is REGISTER]
    if not register:
        names = ", ".join(file.name for file in files) or "no file"
        raise BadData([Problem("the council register is not among these files.", names, allowed="Give it as well.")])
    corrections = [
        (file, record) for file, layout in layouts if layout is CORRECTIONS for record in read_table(file, CORRECTIONS)
    ]
    spellings: dict[str, tuple[str, ...]] = {}
    counts: dict[str, int] = {}
    for file, layout in layouts:
        records = read_table(file, layout)
        counts[file.name] = len(records)
        for record in records if layout is SPELLINGS else ():
            code = record["local-authority-code"]
            spellings[code] = (*spellings.get(code, ()), clean(record["la-name"]))
    return Councils(MappingProxyType(_by_code(register, corrections)), spellings, counts)


def _by_code(files: Sequence[SourceFile], corrections: Sequence[tuple[SourceFile, Record]]) -> dict[str, Council]:
    found: dict[str, Council] = {}
    problems = []
    for file in files:
        for record in read_table(file, REGISTER):
            code = record["local-authority-code"]
            if code in found:
                problems.append(Problem("the code stands twice.", file.name, record.row, "local-authority-code", code))
            found[code] = Council(file.name, record.row, code, record.cells, True, ())
    for file, record in corrections:
        if record["column"] not in REGISTER.headings:
            what = "the register has no such column."
            problems.append(Problem(what, file.name, record.row, "column", record["column"]))
        code = record["local-authority-code"]
        old = found.get(code) or Council(file.name, record.row, code, {}, False, ())
        cells = {**old.cells, record["column"]: record["value"]}
        source = tuple(dict.fromkeys([*old.corrected_by, record["source"]]))
        found[code] = Council(old.file, old.row, code, cells, old.in_register, source)
    if problems:
        raise BadData(problems)
    return found
