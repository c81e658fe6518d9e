"""A scenario as a readable file (TOML, or JSON of the same shape): strict in, canonical out."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from orchestrator.errors import BadData, Problem, quoted
from orchestrator.scenario.change import CHANGES, Change, Field, Scenario
from orchestrator.tables.cells import UnreadableError, parser
from orchestrator.tables.nearest import nearest
from orchestrator.tables.schema import read_schema

__all__ = ["changes_in_a_line", "read_change", "read_changes", "read_scenario", "scenario_text"]

LARGEST = 4 * 1024 * 1024
_PART_FIELDS = ("organisation_id", "name", "capabilities", "partners", "engaged")


def read_scenario(path: Path) -> Scenario:
    """Which changes does this file ask for? Raises BadData with every problem, naming the change by its number.

    The file is TOML, or JSON of the same shape: ``name`` and a list ``changes``, each with ``change`` and its fields.
    """
    return _scenario(_document(path), path.name, path.stem)


def read_changes(text: str, name: str = "the address") -> Scenario:
    """Which changes does this line ask for? The line is what stands behind ``changes =`` in a file, in TOML.

    Blank is no change. Raises BadData with every problem, naming the change by its number.

    >>> read_changes('[{change="abolish",organisation_id="hub"}]').changes[0].values
    {'organisation_id': 'hub'}
    """
    try:
        document = tomllib.loads(f"changes = {text.strip() or '[]'}")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        allowed = 'Write it like [{change="abolish",organisation_id="hub"}].'
        raise BadData([Problem("it holds no list of changes that can be read.", name, allowed=allowed)]) from error
    return _scenario(document, name, name)


def read_change(entry: Mapping[str, Any], name: str) -> Change:
    """The change that these fields make, ``change`` being its kind. Raises BadData with everything that is wrong."""
    found = list(_problems(entry, name, 1))
    if found:
        raise BadData(found)
    return _change(entry)


def _scenario(document: Mapping[str, Any], file: str, name: str) -> Scenario:
    entries = document.get("changes", [])
    problems = [
        Problem(f"{quoted(other)} has no meaning here.", file, allowed="Use name and changes.")
        for other in sorted(set(document) - {"name", "changes"})
    ]
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise BadData([Problem("changes is no list of changes.", file, allowed="Begin each with [[changes]].")])
    changes = []
    for number, entry in enumerate(entries, start=1):
        found = list(_problems(entry, file, number))
        problems += found
        if not found:
            changes.append(_change(entry))
    if problems:
        raise BadData(problems)
    return Scenario(str(document.get("name", name)), tuple(changes))


def _document(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > LARGEST:
            raise BadData([Problem("the file is too large for a list of changes.", path.name)])
        text = path.read_text(encoding="utf-8-sig")
        found = json.loads(text) if path.suffix.casefold() == ".json" else tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise BadData([Problem("the file is not UTF-8.", path.name, hint="Save it as UTF-8.")]) from error
    except OSError as error:
        raise BadData([Problem(f"it cannot be read: {error.strerror}.", str(path))]) from error
    except (json.JSONDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        what = str(error)[:200] or "it is nested too deeply"
        raise BadData([Problem(f"it is no {path.suffix[1:] or 'TOML'} file: {what}.", path.name)]) from error
    if not isinstance(found, dict):
        raise BadData([Problem("it holds no name and changes.", path.name)])
    return found


def _problems(entry: Mapping[str, Any], file: str, number: int) -> Iterator[Problem]:
    where = f"{file}, change {number}"
    kind = entry.get("change")
    if not isinstance(kind, str) or kind not in CHANGES:
        near = nearest(str(kind), tuple(CHANGES), most=1)
        hint = f"Did you mean {quoted(near[0])}?" if near else ""
        yield Problem(f"{quoted(str(kind))} is no kind of change.", where, None, "change", str(kind), _kinds(), hint)
        return
    fields = CHANGES[kind].fields
    for name in sorted(set(entry) - set(fields) - {"change", "why"}):
        yield Problem(f"{quoted(name)} is no field of {kind}.", where, None, name, allowed=f"Use {', '.join(fields)}.")
    for name, field in fields.items():
        if name not in entry:
            if field.required:
                yield Problem("the field is missing.", where, None, name, allowed=f"It is {field.meaning}.")
            continue
        told = _wrong(entry[name], field)
        if told:
            yield Problem(told[0], where, None, name, str(entry[name])[:80], told[1])


def _kinds() -> str:
    return f"Use one of {', '.join(CHANGES)}."


def _wrong(value: Any, field: Field) -> tuple[str, str] | None:
    """What is wrong with the value of a field, and what is allowed; None if nothing is."""
    if field.kind == "parts":
        return _wrong_parts(value)
    if field.kind == "organisations":
        fine = isinstance(value, list) and len(set(map(str, value))) > 1 and all(isinstance(v, str) for v in value)
        return None if fine else ("it is no list of two or more organisations.", 'Write ["one", "another"].')
    if field.kind == "cell":
        table, _, column = field.column.partition(".")
        described = read_schema()[table].column(column)
        try:
            parser(described.kind)(_as_cell(value), described)
        except UnreadableError as error:
            return error.what, error.allowed
        return None
    if field.kind == "date":
        fine = type(value) is date or _is_day(value)
        return None if fine else (f"{quoted(str(value))} is not a day.", "Write it like 2026-11-23.")
    fine = isinstance(value, str) and bool(value.strip())
    return None if fine else (f"{quoted(str(value))} is no name.", f"It is {field.meaning}.")


def _wrong_parts(value: Any) -> tuple[str, str] | None:
    allowed = "Each part has organisation_id and name; capabilities and partners are lists, engaged is true or false."
    if not isinstance(value, list) or len(value) < 2 or not all(isinstance(part, dict) for part in value):
        return "a split needs two parts or more.", allowed
    for part in value:
        texts = all(isinstance(part.get(name), str) and part[name].strip() for name in ("organisation_id", "name"))
        lists = all(_names(part.get(name, [])) for name in ("capabilities", "partners"))
        if not texts or not lists or set(part) - set(_PART_FIELDS) or not isinstance(part.get("engaged", False), bool):
            return f"{quoted(str(part))} is no part.", allowed
    ids = [part["organisation_id"] for part in value]
    return None if len(set(ids)) == len(ids) else ("two parts have the same organisation_id.", allowed)


def _names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and len(value) == 10 and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _as_cell(value: Any) -> str:
    return value if isinstance(value, str) else repr(value)


def _change(entry: Mapping[str, Any]) -> Change:
    kind = entry["change"]
    return Change(
        kind, {name: _value(entry[name], field) for name, field in CHANGES[kind].fields.items() if name in entry}
    )


def _value(value: Any, field: Field) -> Any:
    if field.kind == "cell":
        table, _, column = field.column.partition(".")
        described = read_schema()[table].column(column)
        return parser(described.kind)(_as_cell(value), described)
    if field.kind == "date":
        return value if isinstance(value, date) else date.fromisoformat(value)
    if field.kind == "organisations":
        return tuple(value)
    return value


def scenario_text(scenario: Scenario) -> str:
    """The scenario as a TOML file that ``read_scenario`` reads back to the same scenario."""
    lines = [f"name = {_toml(scenario.name)}"]
    for change in scenario.changes:
        lines += ["", "[[changes]]", f'change = "{change.kind}"']
        lines += [f"{name} = {_toml(value)}" for name, value in change.values.items()]
    return "\n".join(lines) + "\n"


def changes_in_a_line(scenario: Scenario) -> str:
    """The changes as one line that ``read_changes`` reads back, for an address; blank if there are none.

    >>> changes_in_a_line(Scenario("x", (Change("abolish", {"organisation_id": "hub"}),)))
    '[{change="abolish",organisation_id="hub"}]'
    """
    tables = ({"change": change.kind, **change.values} for change in scenario.changes)
    lines = [f"{{{','.join(f'{name}={_short(value)}' for name, value in table.items())}}}" for table in tables]
    return f"[{','.join(lines)}]" if lines else ""


def _short(value: Any) -> str:
    """As ``_toml``, without the spaces that only people want."""
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{name}={_short(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(_short(one) for one in value) + "]"
    return _toml(value)


def _toml(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{name} = {_toml(one)}" for name, one in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_toml(one) for one in value) + "]"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() else repr(value)
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
