"""The rule file: which evidence makes which tie, how sure and how strong it is, and for which mission.

Two lists. ``ties`` says what a record is evidence of; ``missions`` says for which mission it is inferred. Of each list,
the first rule whose conditions a record meets is the one that holds. Every number is kept as a whole number (pence,
millionths, days), so that every engine reckons the same to the last digit. docs/evidence-ties.md explains the file.
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from orchestrator.errors import BadData, Problem, quoted
from orchestrator.tables.evidence import KINDS
from orchestrator.tables.nearest import nearest
from orchestrator.tables.schema import packaged_folder, read_schema

__all__ = ["CONDITIONS", "NO_TIE", "MissionRule", "Rules", "Step", "TieRule", "packaged_rules", "read_rules"]

#: What a rule can ask of a record, and the column (or side) that is looked at.
CONDITIONS: Final = ("programme", "classification", "title", "publisher", "place", "from", "to")
#: A record that meets such a rule makes no tie: a refused application, a cancelled notice.
NO_TIE: Final = "none"
#: A record is evidence that two bodies had to do with each other, never of more than cooperation.
HIGHEST: Final = 2
MILLION: Final = 1_000_000

_LARGEST: Final = 1 << 20
_TIE_KEYS: Final = (
    "name",
    "evidence",
    "kind",
    "level",
    "strength",
    "confidence",
    "from_pounds",
    "lasts_days",
    "standing",
)
_MISSION_KEYS: Final = ("name", "mission", "evidence")
_AGE_KEYS: Final = ("years", "undated")
_DAYS_A_YEAR: Final = Decimal("365.25")

Conditions = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Step:
    """From this amount, number or age on (``bound``), this much (``value``); both are whole numbers."""

    bound: int
    value: int


@dataclass(frozen=True)
class TieRule:
    """What a record is evidence of. ``level`` and ``strength`` go by pence, ``confidence`` by the number of records.

    A ``standing`` rule is about what stays true until it is taken back, such as a wind farm that runs: age and a
    missing date take nothing from it.
    """

    name: str
    evidence: tuple[str, ...]
    kind: str
    level: tuple[Step, ...] = (Step(0, 1),)
    strength: tuple[Step, ...] = (Step(0, MILLION),)
    confidence: tuple[Step, ...] = (Step(1, MILLION),)
    from_pence: int | None = None
    lasts_days: int | None = None
    standing: bool = False
    conditions: Conditions = dataclasses.field(default_factory=lambda: MappingProxyType({}))

    @property
    def makes_none(self) -> bool:
        """Does a record that meets this rule make no tie?"""
        return self.kind == NO_TIE


@dataclass(frozen=True)
class MissionRule:
    """For which mission a record is inferred that meets these conditions."""

    name: str
    mission: str
    evidence: tuple[str, ...]
    conditions: Conditions


@dataclass(frozen=True)
class Rules:
    """A rule file as it was read. ``age`` holds days and millionths: at most so old, so much of the confidence."""

    name: str
    ties: tuple[TieRule, ...]
    missions: tuple[MissionRule, ...]
    age: tuple[Step, ...]
    undated: int | None = None
    text: str = ""

    @property
    def mission_ids(self) -> tuple[str, ...]:
        """The missions that the file infers ties for, each once, in the order of the file."""
        return tuple(dict.fromkeys(rule.mission for rule in self.missions))


def packaged_rules() -> Rules:
    """The rules that come with the program.

    >>> packaged_rules().ties[0].kind
    'funds'
    """
    return read_rules(packaged_folder() / "evidence-rules.toml")


def read_rules(path: Path) -> Rules:
    """What does this rule file say? Raises BadData with every problem, each with its line."""
    text, document = _document(path)
    lines = _Lines(path.name, text)
    problems = list(_problems(document, lines))
    if problems:
        raise BadData(problems)
    age = document["age"]
    return Rules(
        name=str(document.get("name", path.stem)),
        ties=tuple(_tie(entry) for entry in document["ties"]),
        missions=tuple(_mission(entry) for entry in document["missions"]),
        age=tuple(Step(_days(years), _millionths(share)) for years, share in age["years"]),
        undated=_millionths(age["undated"]) if "undated" in age else None,
        text=text,
    )


def _document(path: Path) -> tuple[str, dict[str, Any]]:
    try:
        if path.stat().st_size > _LARGEST:
            raise BadData([Problem("the file is too large for a list of rules.", path.name)])
        text = path.read_text(encoding="utf-8-sig")
        return text, tomllib.loads(text, parse_float=Decimal)
    except UnicodeDecodeError as error:
        raise BadData([Problem("the file is not UTF-8.", path.name, hint="Save it as UTF-8.")]) from error
    except OSError as error:
        raise BadData([Problem(f"it cannot be read: {error.strerror}.", str(path))]) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadData([_no_toml(path.name, str(error))]) from error


def _no_toml(file: str, said: str) -> Problem:
    found = re.search(r"\(at line (\d+), column \d+\)", said)
    what = re.sub(r"\s*\(at [^)]*\)", "", said)[:200] or "it is nested too deeply"
    return Problem(f"it is no TOML file: {what}.", file, line=int(found.group(1)) if found else None)


class _Lines:
    """Where in the file an entry and its fields stand."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self._texts = text.splitlines()

    def problem(
        self, what: str, table: str, number: int, field: str = "", allowed: str = "", hint: str = ""
    ) -> Problem:
        """A problem of the ``number``-th entry (from 0) of a table, at the line of the field if it is there."""
        return Problem(
            what, self.file, column=field or None, allowed=allowed, hint=hint, line=self._of(table, number, field)
        )

    def _of(self, table: str, number: int, field: str) -> int | None:
        heads = [at for at, text in enumerate(self._texts) if re.match(rf"\s*\[\[?\s*{re.escape(table)}\s*\]", text)]
        if not table:
            heads = [-1]
        if number >= len(heads):
            return None
        start = heads[number]
        for at in range(start + 1, len(self._texts)):
            if re.match(r"\s*\[\[?\s*[A-Za-z]", self._texts[at]):
                break
            if field and re.match(rf"\s*{re.escape(field)}\s*=", self._texts[at]):
                return at + 1
        return max(start, 0) + 1


def _problems(document: Mapping[str, Any], lines: _Lines) -> Iterator[Problem]:
    known = ("name", "age", "ties", "missions")
    for name in document:
        if name not in known:
            yield lines.problem(f"{quoted(name)} has no meaning here.", "", 0, name, f"Use {', '.join(known)}.")
    yield from _age_problems(document.get("age"), lines)
    for table, check in (("ties", _tie_problems), ("missions", _mission_problems)):
        entries = document.get(table)
        if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
            yield lines.problem(f"there is no rule in {table}.", table, 0, allowed=f"Begin each with [[{table}]].")
            continue
        names: set[str] = set()
        for number, entry in enumerate(entries):
            yield from check(entry, number, lines)
            name = str(entry.get("name", ""))
            if name in names:
                yield lines.problem(f"two rules are called {quoted(name)}.", table, number, "name")
            names.add(name)


def _age_problems(age: Any, lines: _Lines) -> Iterator[Problem]:
    if not isinstance(age, dict) or "years" not in age:
        yield lines.problem("there is no [age] with years.", "age", 0, allowed="Write years = [[1, 1.0], [5, 0.5]].")
        return
    yield from _unknown(age, _AGE_KEYS, "age", 0, lines)
    yield from _step_problem(age["years"], "years", "age", 0, lines, (_is_number_above_zero, _is_share), rising=True)
    if "undated" in age and not _is_share(age["undated"]):
        yield lines.problem(f"{_shown(age['undated'])} is no share.", "age", 0, "undated", _SHARE)


_SHARE: Final = "Use a number above 0 up to 1, with at most six decimals."


def _tie_problems(entry: Mapping[str, Any], number: int, lines: _Lines) -> Iterator[Problem]:
    def told(what: str, field: str, allowed: str, hint: str = "") -> Problem:
        return lines.problem(what, "ties", number, field, allowed, hint)

    yield from _unknown(entry, (*_TIE_KEYS, *CONDITIONS), "ties", number, lines)
    yield from _text_problems(entry, ("name", "kind"), "ties", number, lines)
    yield from _shared_problems(entry, "ties", number, lines, required=True)
    kinds = (*read_schema()["ties"].column("kind").choices, NO_TIE)
    kind = entry.get("kind")
    if isinstance(kind, str) and kind not in kinds:
        near = nearest(kind, kinds, most=1)
        yield told(
            f"{quoted(kind)} is no kind of tie.",
            "kind",
            f"Use one of {', '.join(kinds)}.",
            f"Did you mean {quoted(near[0])}?" if near else "",
        )
    yield from _level_problems(entry, told)
    for field, fine in (("strength", _is_strength), ("confidence", _is_share)):
        if field in entry:
            bound = _is_count if field == "confidence" else _is_pounds
            yield from _step_problem(entry[field], field, "ties", number, lines, (bound, fine))
    if "from_pounds" in entry and not _is_pounds(entry["from_pounds"]):
        yield told(f"{_shown(entry['from_pounds'])} is no amount in pounds.", "from_pounds", "Use 0 or more.")
    if "lasts_days" in entry and not (_is_count(entry["lasts_days"]) and 0 < entry["lasts_days"] <= 36525):
        yield told(f"{_shown(entry['lasts_days'])} is no number of days.", "lasts_days", "Use 1 to 36525.")
    if not isinstance(entry.get("standing", False), bool):
        yield told(f"{_shown(entry['standing'])} is neither true nor false.", "standing", "Use true or false.")


def _level_problems(entry: Mapping[str, Any], told: Callable[..., Problem]) -> Iterator[Problem]:
    level = entry.get("level", 1)
    steps = level if isinstance(level, list) else [[0, level]]
    allowed = "Use 1 or 2, or steps by pounds such as [[0, 1], [100000, 2]]: a published record shows no more."
    if not _steps_fine(steps, (_is_pounds, lambda value: _is_count(value) and 1 <= value <= HIGHEST)):
        yield told(f"{_shown(level)} is no level that evidence can make.", "level", allowed)
        return
    met = "meeting" in _listed(entry.get("evidence", ()))
    if met and any(value > 1 for _, value in steps):
        yield told("a meeting is contact and makes no tie above level 1.", "level", "Use 1 for meetings.")


def _mission_problems(entry: Mapping[str, Any], number: int, lines: _Lines) -> Iterator[Problem]:
    yield from _unknown(entry, (*_MISSION_KEYS, *CONDITIONS), "missions", number, lines)
    yield from _text_problems(entry, ("name", "mission"), "missions", number, lines)
    yield from _shared_problems(entry, "missions", number, lines, required=False)
    if not any(condition in entry for condition in CONDITIONS):
        allowed = f"Give at least one of {', '.join(CONDITIONS)}; * stands for anything."
        yield lines.problem("nothing says which records belong to the mission.", "missions", number, allowed=allowed)


def _unknown(
    entry: Mapping[str, Any], known: tuple[str, ...], table: str, number: int, lines: _Lines
) -> Iterator[Problem]:
    for field in entry:
        if field not in known:
            near = nearest(field, known, most=1)
            hint = f"Did you mean {quoted(near[0])}?" if near else ""
            yield lines.problem(
                f"{quoted(field)} has no meaning here.", table, number, field, f"Use {', '.join(known)}.", hint
            )


def _text_problems(
    entry: Mapping[str, Any], fields: tuple[str, ...], table: str, number: int, lines: _Lines
) -> Iterator[Problem]:
    for field in fields:
        value = entry.get(field)
        if not isinstance(value, str) or not value.strip() or not value.isprintable():
            yield lines.problem(f"the rule has no {field}.", table, number, field, "Write a text in quotation marks.")


def _shared_problems(
    entry: Mapping[str, Any], table: str, number: int, lines: _Lines, *, required: bool
) -> Iterator[Problem]:
    """What is wrong with the kinds of evidence and the patterns of a rule."""
    evidence = _listed(entry.get("evidence", () if required else KINDS))
    wrong = [kind for kind in evidence if kind not in KINDS]
    if wrong or not evidence:
        what = f"{_shown(wrong[0])} is no kind of evidence." if wrong else "the rule names no kind of evidence."
        yield lines.problem(what, table, number, "evidence", f"Use one or more of {', '.join(KINDS)}.")
    for condition in CONDITIONS:
        patterns = _listed(entry.get(condition, ["*"]))
        if not patterns or not all(_is_pattern(pattern) for pattern in patterns):
            allowed = "Write one text or a list of texts; * stands for anything; no backslash."
            yield lines.problem(f"{_shown(entry[condition])} is no pattern.", table, number, condition, allowed)


def _is_pattern(pattern: Any) -> bool:
    return isinstance(pattern, str) and pattern != "" and pattern.isprintable() and "\\" not in pattern


Check = Callable[[Any], bool]


def _step_problem(
    steps: Any,
    field: str,
    table: str,
    number: int,
    lines: _Lines,
    checks: tuple[Check, Check],
    *,
    rising: bool = False,
) -> Iterator[Problem]:
    steps = steps if isinstance(steps, list) else [[1 if field == "confidence" else 0, steps]]
    if not _steps_fine(steps, checks):
        by = {"years": "years", "confidence": "records"}.get(field, "pounds")
        value = "a share above 0 up to 1" if checks[1] is _is_share else "a strength above 0 up to 1000"
        allowed = f"Write pairs that rise: [[{by}, {value}], …], decimals at most six."
        yield lines.problem(f"{_shown(steps)} are no steps of {field}.", table, number, field, allowed)
    elif not rising and steps[0][0] > (1 if field == "confidence" else 0):
        least = 1 if field == "confidence" else 0
        yield lines.problem(
            f"the first step of {field} leaves out what is below it.", table, number, field, f"Begin at {least}."
        )


def _steps_fine(steps: Any, checks: tuple[Check, Check]) -> bool:
    if not isinstance(steps, list) or not steps:
        return False
    for step in steps:
        if not isinstance(step, list) or len(step) != 2 or not checks[0](step[0]) or not checks[1](step[1]):
            return False
    bounds = [step[0] for step in steps]
    return all(low < high for low, high in pairwise(bounds))


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 40


def _is_number(value: Any, decimals: int) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return False
    number = Decimal(value)
    return number.is_finite() and abs(number) < 10**15 and number == round(number, decimals)


def _is_pounds(value: Any) -> bool:
    return _is_number(value, 2) and 0 <= value < 10**13


def _is_share(value: Any) -> bool:
    return _is_number(value, 6) and 0 < value <= 1


def _is_strength(value: Any) -> bool:
    return _is_number(value, 6) and 0 < value <= 1000


def _is_number_above_zero(value: Any) -> bool:
    return _is_number(value, 2) and 0 < value <= 200


def _shown(value: Any) -> str:
    return quoted(str(value))


def _listed(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def _millionths(value: int | Decimal) -> int:
    return int(Decimal(value) * MILLION)


def _pence(value: int | Decimal) -> int:
    return int(Decimal(value) * 100)


def _days(years: int | Decimal) -> int:
    return int((Decimal(years) * _DAYS_A_YEAR).to_integral_value())


def _steps(value: Any, bound: Callable[[Any], int], worth: Callable[[Any], int], least: int = 0) -> tuple[Step, ...]:
    pairs = value if isinstance(value, list) else [[least, value]]
    return tuple(Step(bound(low), worth(high)) for low, high in pairs)


def _conditions(entry: Mapping[str, Any]) -> Conditions:
    return {name: _listed(entry[name]) for name in CONDITIONS if name in entry}


def _tie(entry: Mapping[str, Any]) -> TieRule:
    return TieRule(
        name=entry["name"],
        evidence=_listed(entry["evidence"]),
        kind=entry["kind"],
        level=_steps(entry.get("level", 1), _pence, int),
        strength=_steps(entry.get("strength", 1), _pence, _millionths),
        confidence=_steps(entry.get("confidence", 1), int, _millionths, least=1),
        from_pence=_pence(entry["from_pounds"]) if "from_pounds" in entry else None,
        lasts_days=entry.get("lasts_days"),
        standing=entry.get("standing", False),
        conditions=_conditions(entry),
    )


def _mission(entry: Mapping[str, Any]) -> MissionRule:
    return MissionRule(entry["name"], entry["mission"], _listed(entry.get("evidence", KINDS)), _conditions(entry))
