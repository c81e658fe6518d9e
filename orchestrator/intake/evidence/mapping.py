"""The mapping file: what a person says about a published file that the file itself does not say."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final

from orchestrator.errors import BadData, Problem, quoted
from orchestrator.intake.evidence.amounts import read_currency
from orchestrator.intake.evidence.dates import DATE_ORDERS
from orchestrator.intake.folder import read_whole
from orchestrator.tables.cells import UnreadableError
from orchestrator.tables.evidence import KINDS
from orchestrator.tables.nearest import nearest

__all__ = ["IGNORE", "ROLES", "EvidenceMapping", "read_mapping"]

#: What a column can be said to hold.
ROLES: Final = (
    "from_name",
    "to_name",
    "from_identifiers",
    "to_identifiers",
    "from_town",
    "to_town",
    "starts",
    "ends",
    "amount",
    "currency",
    "place_name",
    "place_code",
    "title",
    "programme",
    "classification",
    "record_id",
    "part",
    "status",
)
#: What is said of a column that is known and not needed.
IGNORE: Final = "ignore"
_LARGEST: Final = 1 << 20
_ENCODINGS: Final = ("utf-8", "windows-1252")


@dataclass(frozen=True)
class EvidenceMapping:
    """What is said about files: each entry may be left out.

    ``columns`` say what a heading holds, ``fixed`` what every row has that no column holds, ``other_columns`` that
    further headings may be passed over, ``files`` what is different for files of these names.
    """

    name: str = "the mapping file"
    format: str = ""
    publisher: str = ""
    licence: str = ""
    encoding: str = ""
    dates: str = ""
    heading_row: int = 0
    other_columns: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, EvidenceMapping] = field(default_factory=dict)

    def for_file(self, name: str) -> EvidenceMapping:
        """What is said about the file of this name: what is said of it by name goes before what is said of all.

        >>> EvidenceMapping(publisher="A", files={"b.csv": EvidenceMapping(publisher="B")}).for_file("b.csv").publisher
        'B'
        """
        own = self.files.get(name)
        if own is None:
            return replace(self, files={})
        plain = [each.name for each in fields(self) if each.name not in ("name", "files", "columns", "fixed")]
        said = {each: getattr(own, each) or getattr(self, each) for each in plain}
        return EvidenceMapping(
            name=self.name, columns={**self.columns, **own.columns}, fixed={**self.fixed, **own.fixed}, **said
        )


def read_mapping(path: Path) -> EvidenceMapping:
    """The mapping in this TOML file. Raises BadData that names every entry which is not known or not allowed."""
    content = read_whole(path, _LARGEST)
    if isinstance(content, Problem):
        raise BadData([content])
    try:
        document = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        problem = Problem(f"this is no TOML: {error}.", path.name, hint="docs/evidence.md shows a mapping file.")
        raise BadData([problem]) from None
    problems: list[Problem] = []
    mapping = _mapping(path.name, document, problems, "")
    if problems:
        raise BadData(problems)
    return mapping


def _mapping(file: str, document: Mapping[str, Any], problems: list[Problem], inside: str) -> EvidenceMapping:
    known = [each.name for each in fields(EvidenceMapping) if each.name != "name"]
    said: dict[str, Any] = {}
    for entry, value in document.items():
        where = f"{inside}{entry}"
        if entry not in known or (inside and entry == "files"):
            near = nearest(entry, known, most=1)
            hint = f"Did you mean {quoted(near[0])}?" if near else ""
            problems.append(Problem(f"{quoted(where)} is no entry.", file, allowed=_listed(known), hint=hint))
        elif entry == "files":
            said[entry] = _files(file, value, problems)
        elif entry in ("columns", "fixed"):
            said[entry] = _table(file, where, value, problems)
        else:
            said[entry] = value
            problems.extend(_wrong_value(file, entry, where, value))
    if problems:
        return EvidenceMapping(file)
    return EvidenceMapping(name=file, **said)


def _files(file: str, value: Any, problems: list[Problem]) -> dict[str, EvidenceMapping]:
    if not isinstance(value, dict) or not all(isinstance(each, dict) for each in value.values()):
        problems.append(
            Problem("'files' holds no tables.", file, allowed='Write [files."name.csv"] and entries below.')
        )
        return {}
    return {name: _mapping(file, each, problems, f"files.{name}.") for name, each in value.items()}


def _table(file: str, where: str, value: Any, problems: list[Problem]) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        problems.append(Problem(f"{quoted(where)} is no table of texts.", file, allowed='"Heading" = "to_name"'))
        return {}
    if where.endswith("columns"):
        problems.extend(
            _no_role(file, where, heading, role) for heading, role in value.items() if role not in (*ROLES, IGNORE)
        )
    else:
        allowed = ("kind", *(role for role in ROLES if role not in ("amount", "part", "status")))
        problems.extend(_no_fixed(file, where, entry, allowed) for entry in value if entry not in allowed)
        problems.extend(_wrong_fixed(file, where, value))
    return dict(value)


def _no_role(file: str, where: str, heading: str, role: str) -> Problem:
    near = nearest(role, (*ROLES, IGNORE), most=1)
    hint = f"Did you mean {quoted(near[0])}?" if near else ""
    return Problem(
        f"{quoted(role)} is nothing that a column holds.",
        file,
        None,
        f"{where}.{heading}",
        role,
        _listed((*ROLES, IGNORE)),
        hint,
    )


def _no_fixed(file: str, where: str, entry: str, allowed: tuple[str, ...]) -> Problem:
    return Problem(f"{quoted(entry)} cannot be fixed for every row.", file, None, where, entry, _listed(allowed))


def _wrong_fixed(file: str, where: str, value: Mapping[str, str]) -> list[Problem]:
    problems = []
    if value.get("kind", KINDS[0]) not in KINDS:
        problems.append(
            Problem(f"{quoted(value['kind'])} is no kind.", file, None, where, value["kind"], _listed(KINDS))
        )
    try:
        read_currency(value.get("currency", "GBP"))
    except UnreadableError as unreadable:
        problems.append(Problem(unreadable.what, file, None, where, None, unreadable.allowed))
    return problems


def _wrong_value(file: str, entry: str, where: str, value: Any) -> list[Problem]:
    if entry == "heading_row":
        right = isinstance(value, int) and not isinstance(value, bool) and value > 0
        allowed = "Use the number of the row with the headings, from 1 on."
    else:
        choices = {"dates": DATE_ORDERS, "encoding": _ENCODINGS, "other_columns": (IGNORE,)}.get(entry)
        right = isinstance(value, str) and (choices is None or value in choices)
        allowed = _listed(choices) if choices else "Use a text in quotation marks."
    return (
        [] if right else [Problem(f"{quoted(str(value))} cannot stand here.", file, None, where, str(value), allowed)]
    )


def _listed(words: tuple[str, ...] | list[str]) -> str:
    return f"Use {', '.join(words[:-1])} or {words[-1]}." if len(words) > 1 else f"Use {words[0]}."
