"""From evidence to ties, written once: SQL in DuckDB's dialect, which ``dialects`` tells to PostgreSQL and Spark.

Each step is a query over the steps before it. Two relations are there when the first runs, and whatever else
the query ``mentions`` asks for:

``evidence``     the evidence table, its columns as ``orchestrator.tables.evidence`` has them
``resolutions``  for each ``name_key`` the ``organisation_id`` of the body that is meant, '' where that is open

``mentions`` is the query that says which bodies the records in ``taken`` mention: evidence_id, side (``from`` or
``to``), part, share (whole millionths that add up to 1,000,000 a cell) and name_key. How names are read and
cells are split is not decided here.

What keeps engines alike: dates are days since 1970, money is whole pence, shares are whole millionths; nothing is a
float; nothing is sorted by a text but by ``evidence_id``, whose digits every collation sorts alike; patterns are put to
texts whose capitals A to Z alone were made small (``small_letters``, see ``dialects``), because ``lower`` goes by the
locale.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from orchestrator.evidence.dialects import CAPITALS
from orchestrator.evidence.rules import MILLION, Conditions, MissionRule, Rules, Step, TieRule

__all__ = ["EARLY", "FIRST_RECORDS", "OUTCOMES", "Statement", "statements"]

#: What can become of a row of evidence. The smallest that holds for any part of it is what is told.
OUTCOMES: Final = {
    0: "used",
    1: "below the threshold of its rule",
    2: "both sides are one body",
    3: "its bodies meet no rule",
    4: "a name on it is not matched",
    5: "outside the mission",
    6: "too old",
    7: "dated after the day",
    8: "without a date",
    9: "its rule makes no tie",
    10: "no rule for it",
    11: "the same record in another file",
}
#: Outcomes that are known before any name is looked up.
EARLY: Final = 5
#: How many records a tie names in its own row.
FIRST_RECORDS: Final = 3

_EPOCH: Final = "DATE '1970-01-01'"
_PAIR: Final = "source_id, target_id, mission_no, kind_no"


@dataclass(frozen=True)
class Statement:
    """One step: the relation that it makes, what it is for, and the query in DuckDB's dialect."""

    name: str
    doing: str
    query: str


def statements(rules: Rules, as_of: date, mentions: str) -> tuple[Statement, ...]:
    """The steps from evidence to ``tie``, ``tie_evidence``, ``tie_file``, ``first_record``, ``early`` and ``late``."""
    kinds = tuple(dict.fromkeys(rule.kind for rule in rules.ties))
    today = (as_of - date(1970, 1, 1)).days
    return (
        Statement("early", "counting what no rule takes", _early(rules, today)),
        Statement("taken", "reading the evidence that a rule takes", _taken(rules, today)),
        Statement("meant", "looking up who is meant", _MEANT.format(mentions=mentions)),
        Statement("shared", "sharing out what names several bodies", _SHARED),
        Statement("matched", "putting both sides together", _matched(rules)),
        Statement("weighed", "laying it to its missions", _weighed(rules, kinds)),
        Statement("grouped", "adding it up by pair of bodies", _GROUPED),
        Statement("passed", "leaving out what is below its threshold", _passed(rules, today)),
        Statement("tie", "making ties", _TIE),
        Statement("tie_evidence", "noting what each tie rests on", _TIE_EVIDENCE),
        Statement("first_record", "choosing the records to show first", _FIRST_RECORD),
        Statement("tie_file", "noting the files of each tie", _TIE_FILE),
        Statement("late", "counting what became of the rest", _LATE),
    )


# ── conditions ────────────────────────────────────────────────────────────────────────────────────
#: The texts that patterns are put to, by condition; each is made small once a row.
_LOOKED_AT: Final = {
    "programme": ("programme",),
    "classification": ("classification",),
    "title": ("title",),
    "publisher": ("publisher",),
    "place": ("place_name", "place_code"),
    "from": ("source_id",),
    "to": ("target_id",),
}


def _small(column: str) -> str:
    """A text with the letters A to Z made small, and no other."""
    return f"small_letters({column}) AS small_{column}"


def _all_rules(rules: Rules) -> tuple[TieRule | MissionRule, ...]:
    return (*rules.ties, *rules.missions)


def _smalls(rules: Rules, conditions: Sequence[str]) -> tuple[str, ...]:
    """The small texts that the rules put patterns to."""
    asked = {name for rule in _all_rules(rules) for name in rule.conditions}
    return tuple(_small(column) for name in conditions if name in asked for column in _LOOKED_AT[name])


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _small_text(text: str) -> str:
    return text.translate({ord(letter): letter.lower() for letter in CAPITALS})


def _like(column: str, pattern: str) -> str:
    """Does the text of a column fit the pattern? ``*`` stands for anything, capitals make no difference."""
    pattern = _small_text(pattern)
    if "*" not in pattern:
        return f"{column} = {_text(pattern)}"
    escaped = pattern.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    escape = " ESCAPE '!'" if escaped != pattern else ""
    return f"{column} LIKE {_text(escaped.replace('*', '%'))}{escape}"


def _any(column: str, patterns: Iterable[str]) -> str:
    return " OR ".join(_like(column, pattern) for pattern in patterns)


def _condition(name: str, patterns: Sequence[str]) -> str:
    if "*" in patterns:
        return "TRUE"
    columns = [f"small_{column}" for column in _LOOKED_AT[name]]
    if name == "classification":  # codes with | between: the pattern is put to each
        columns, patterns = ["('|' || small_classification || '|')"], [f"*|{pattern}|*" for pattern in patterns]
    return f"({' OR '.join(_any(column, patterns) for column in columns)})"


def _on_record(evidence: Sequence[str], conditions: Conditions) -> str:
    """What can be said of a record before anybody knows which bodies it names."""
    kinds = f"kind IN ({', '.join(map(_text, evidence))})"
    asked = [_condition(name, conditions[name]) for name in conditions if name not in ("from", "to")]
    return " AND ".join((kinds, *(each for each in asked if each != "TRUE")))


def _on_bodies(conditions: Conditions) -> str:
    asked = [_condition(name, conditions[name]) for name in conditions if name in ("from", "to")]
    return " AND ".join(each for each in asked if each != "TRUE") or "TRUE"


def _free(rule: TieRule | MissionRule) -> bool:
    return _on_bodies(rule.conditions) == "TRUE"


# ── the first look ────────────────────────────────────────────────────────────────────────────────
def _looked_at(rules: Rules, today: int) -> str:
    """Every row of evidence with its days, its pence, which rules may hold, and what is known of its outcome."""
    ties = [f"({_on_record(rule.evidence, rule.conditions)}) AS t{at}" for at, rule in enumerate(rules.ties)]
    missions = [f"({_on_record(rule.evidence, rule.conditions)}) AS m{at}" for at, rule in enumerate(rules.missions)]
    kept = (
        "evidence_id",
        *(f"{side}_{what}" for side in ("from", "to") for what in ("name", "town", "identifiers")),
        "file_digest",
        "starts",
    )
    columns = (
        *kept,
        "kind",
        f"CAST(date_diff('day', {_EPOCH}, starts) AS BIGINT) AS starts_day",
        f"CAST(date_diff('day', {_EPOCH}, ends) AS BIGINT) AS ends_day",
        "CASE WHEN currency = 'GBP' THEN amount_pence END AS pence",
        *_smalls(rules, ("programme", "classification", "title", "publisher", "place")),
    )
    both = "greatest(coalesce(starts_day, ends_day), coalesce(ends_day, starts_day))"
    last = f"CASE WHEN starts_day IS NOT NULL OR ends_day IS NOT NULL THEN least({today}, {both}) END AS last_day"
    asked = ", ".join((*kept, "starts_day", "ends_day", "pence", last, *ties, *missions))
    oldest = max((step.bound for step in rules.age), default=0)
    outcome = (
        f"CASE WHEN NOT ({_or(f't{at}' for at in range(len(rules.ties)))}) THEN 10 "
        f"WHEN {_first_makes_none(rules.ties)} THEN 9 "
        f"WHEN NOT ({_or(f'm{at}' for at in range(len(rules.missions)))}) THEN 5 "
        f"WHEN starts_day > {today} THEN 7 "
        f"WHEN {_or(f't{at}' for at, rule in enumerate(rules.ties) if rule.standing)} THEN 0 "
        f"WHEN starts_day IS NULL AND ends_day IS NULL THEN {8 if rules.undated is None else 0} "
        f"WHEN {today} - last_day > {oldest} THEN 6 "
        "ELSE 0 END AS outcome"
    )
    return (
        f"SELECT *, {outcome} FROM (SELECT {asked} FROM "
        f"(SELECT {', '.join(columns)} FROM evidence) AS read_rows) AS asked_rows"
    )


def _or(names: Iterable[str]) -> str:
    return " OR ".join(names) or "FALSE"


def _first_makes_none(ties: Sequence[TieRule]) -> str:
    """Is the first rule that holds for certain one that makes no tie?"""
    cases = []
    for at, rule in enumerate(ties):
        if rule.makes_none and _free(rule):
            cases.append(f"WHEN t{at} THEN TRUE")
        else:
            cases.append(f"WHEN t{at} THEN FALSE")
    return f"CASE {' '.join(cases)} ELSE FALSE END"


def _early(rules: Rules, today: int) -> str:
    return (
        "SELECT outcome, COUNT(*) AS records, CAST(SUM(pence) AS BIGINT) AS pence "
        f"FROM ({_looked_at(rules, today)}) AS looked_at GROUP BY outcome"
    )


def _taken(rules: Rules, today: int) -> str:
    """Each record once, although two files may hold it: of equal ids the row of the first digest is taken."""
    once = "row_number() OVER (PARTITION BY evidence_id ORDER BY file_digest) AS copy_no"
    looked_at = f"SELECT *, {once} FROM ({_looked_at(rules, today)}) AS looked_at WHERE outcome = 0"
    return f"SELECT * FROM ({looked_at}) AS numbered WHERE copy_no = 1"


# ── who is meant ──────────────────────────────────────────────────────────────────────────────────
_MEANT: Final = (
    "SELECT mentioned.evidence_id, mentioned.side, coalesce(resolutions.organisation_id, '') AS organisation_id, "
    "MIN(mentioned.part) AS part, CAST(SUM(mentioned.share) AS BIGINT) AS share FROM ({mentions}) AS mentioned "
    "LEFT JOIN resolutions ON resolutions.name_key = mentioned.name_key "
    "GROUP BY mentioned.evidence_id, mentioned.side, coalesce(resolutions.organisation_id, '')"
)
#: The share of each body as two marks on the way from 0 to a million, the bodies in the order of the cell.
_SHARED: Final = (
    f"SELECT evidence_id, side, organisation_id, CAST(0 AS BIGINT) AS below, share AS upto FROM meant "
    f"WHERE share = {MILLION} UNION ALL "
    "SELECT evidence_id, side, organisation_id, upto - share AS below, upto FROM ("
    "SELECT evidence_id, side, organisation_id, share, CAST(SUM(share) OVER (PARTITION BY evidence_id, side "
    f"ORDER BY part) AS BIGINT) AS upto FROM meant WHERE share <> {MILLION}) AS marked"
)


def _matched(rules: Rules) -> str:
    """One row for every pair of bodies that a record names, with the rules that hold and its share of the money."""
    kept = ("evidence_id", "file_digest", "starts_day", "ends_day", "last_day")
    flags = (*(f"t{at}" for at in range(len(rules.ties))), *(f"m{at}" for at in range(len(rules.missions))))
    rule = " ".join(f"WHEN t{at} AND {_on_bodies(rule.conditions)} THEN {at}" for at, rule in enumerate(rules.ties))
    missions = (f"CASE {_mission_case(rules, mission)} END AS r{no}" for no, mission in enumerate(rules.mission_ids))
    columns = ", ".join((*kept, *flags))
    payers = (
        f"SELECT taken.*, coalesce(shared.organisation_id, '') AS source_id, {_piece('taken.pence')} AS payer_pence "
        "FROM taken LEFT JOIN shared ON shared.evidence_id = taken.evidence_id AND shared.side = 'from'"
    )
    joined = (
        f"SELECT {columns.replace('evidence_id', 'payers.evidence_id')}, source_id, "
        f"coalesce(shared.organisation_id, '') AS target_id, {_piece('payer_pence')} AS pence "
        f"FROM ({payers}) AS payers LEFT JOIN shared ON shared.evidence_id = payers.evidence_id AND shared.side = 'to'"
    )
    smalls = "".join(f", {small}" for small in _smalls(rules, ("from", "to")))
    joined = f"SELECT *{smalls} FROM ({joined}) AS joined"
    ruled = f"SELECT *, CASE {rule} ELSE -1 END AS rule_no, {', '.join(missions)} FROM ({joined}) AS small"
    none = [str(at) for at, each in enumerate(rules.ties) if each.makes_none]
    any_mission = _or(f"r{no} IS NOT NULL" for no in range(len(rules.mission_ids)))
    makes_none = f"WHEN rule_no IN ({', '.join(none)}) THEN 9 " if none else ""
    outcome = (
        f"CASE WHEN source_id = '' OR target_id = '' THEN 4 WHEN rule_no < 0 THEN 3 {makes_none}"
        f"WHEN NOT ({any_mission}) THEN 5 WHEN source_id = target_id THEN 2 ELSE 0 END AS outcome"
    )
    last = (*kept, "source_id", "target_id", "pence", "rule_no", *(f"r{no}" for no in range(len(rules.mission_ids))))
    return f"SELECT {', '.join(last)}, {outcome} FROM ({ruled}) AS ruled"


def _piece(pence: str) -> str:
    """The share of an amount that falls to a body of a cell: whole pence, and all pieces add up to the amount.

    A piece is what lies between two marks: the amount up to ``upto`` less the amount up to ``below``. The size is
    reckoned without its sign, since engines round a negative division in different directions.
    """
    upto, below = (_up_to(f"abs({pence})", f"shared.{mark}") for mark in ("upto", "below"))
    share = f"CASE WHEN {pence} < 0 THEN -1 ELSE 1 END * ({upto} - {below})"
    whole = f"shared.side IS NULL OR (shared.below = 0 AND shared.upto = {MILLION})"
    return f"CAST(CASE WHEN {whole} THEN {pence} ELSE {share} END AS BIGINT)"


def _up_to(amount: str, millionths: str) -> str:
    """The whole part of an amount times millionths, without leaving 64 bits."""
    million = str(MILLION)
    whole, rest = f"(({amount}) // {million})", f"(({amount}) % {million})"
    return f"(({whole} * {millionths}) + (({rest} * {millionths}) // {million}))"


def _mission_case(rules: Rules, mission: str) -> str:
    return " ".join(
        f"WHEN m{at} AND {_on_bodies(rule.conditions)} THEN {at}"
        for at, rule in enumerate(rules.missions)
        if rule.mission == mission
    )


def _weighed(rules: Rules, kinds: Sequence[str]) -> str:
    """One row for every pair, mission and record, with how long the record holds."""
    kind = " ".join(f"WHEN {at} THEN {kinds.index(rule.kind)}" for at, rule in enumerate(rules.ties))
    until = " ".join(f"WHEN {at} THEN {_until(rule)}" for at, rule in enumerate(rules.ties))
    of_mission = (
        f"SELECT evidence_id, file_digest, source_id, target_id, {no} AS mission_no, "
        f"CAST(r{no} AS INTEGER) AS mission_rule, rule_no, CASE rule_no {kind} END AS kind_no, pence, starts_day, "
        "last_day, "
        f"CASE rule_no {until} END AS until_day FROM matched WHERE outcome = 0 AND r{no} IS NOT NULL"
        for no in range(len(rules.mission_ids))
    )
    return " UNION ALL ".join(of_mission)


def _until(rule: TieRule) -> str:
    if rule.lasts_days is None:
        return "ends_day"
    return f"coalesce(ends_day, starts_day + {rule.lasts_days})"


# ── adding up ─────────────────────────────────────────────────────────────────────────────────────
_GROUPED: Final = (
    f"SELECT {_PAIR}, rule_no, COUNT(*) AS records, CAST(SUM(pence) AS BIGINT) AS pence, "
    "MIN(starts_day) AS starts_day, MAX(last_day) AS last_day, MAX(until_day) AS until_day, "
    "SUM(CASE WHEN until_day IS NULL THEN 1 ELSE 0 END) AS without_end, MIN(mission_rule) AS mission_rule "
    f"FROM weighed GROUP BY {_PAIR}, rule_no"
)


def _passed(rules: Rules, today: int) -> str:
    """The groups that their rule lets pass, with level, strength and confidence."""
    floors = [f"WHEN {at} THEN {rule.from_pence}" for at, rule in enumerate(rules.ties) if rule.from_pence is not None]
    floor = f"pence IS NULL OR pence >= CASE rule_no {' '.join(floors)} ELSE pence END" if floors else "TRUE"
    level = _by_rule(rules.ties, lambda rule: _from(rule.level, "coalesce(pence, 0)"))
    strength = _by_rule(rules.ties, lambda rule: _from(rule.strength, "coalesce(pence, 0)"))
    sure = _by_rule(rules.ties, lambda rule: _from(rule.confidence, "records"))
    undated = 0 if rules.undated is None else rules.undated
    age = " ".join(f"WHEN {today} - last_day <= {step.bound} THEN {step.value}" for step in rules.age)
    standing = [str(at) for at, rule in enumerate(rules.ties) if rule.standing]
    ageless = f"WHEN rule_no IN ({', '.join(standing)}) THEN {MILLION} " if standing else ""
    factor = f"CASE {ageless}WHEN last_day IS NULL THEN {undated} {age} ELSE 0 END"
    return (
        f"SELECT *, {level} AS level, {strength} AS strength, "
        f"greatest(1, CAST((CAST({sure} AS BIGINT) * CAST({factor} AS BIGINT)) // {MILLION} AS BIGINT)) AS confidence "
        f"FROM grouped WHERE {floor}"
    )


def _by_rule(rules: Sequence[TieRule], worth: Callable[[TieRule], str]) -> str:
    return f"CASE rule_no {' '.join(f'WHEN {at} THEN {worth(rule)}' for at, rule in enumerate(rules))} END"


def _from(steps: Sequence[Step], measured: str) -> str:
    """The value of the last step whose bound is reached; of the first where none is."""
    cases = " ".join(f"WHEN {measured} >= {step.bound} THEN {step.value}" for step in reversed(steps))
    return f"CASE {cases} ELSE {steps[0].value} END"


def _columns(relation: str, columns: str = _PAIR) -> list[str]:
    return [f"{relation}.{column.strip()}" for column in columns.split(",")]


#: One row a tie. The first of its rules leads: money may stand in a contract and in its payments, so of several rules
#: that make the same kind of tie between two bodies only the first gives level, strength and amount; the others add
#: their records, their dates and, where it is higher, their confidence.
_LED: Final = (
    f"SELECT {_PAIR}, MIN(rule_no) AS lead_rule, CAST(SUM(records) AS BIGINT) AS records, "
    "MIN(starts_day) AS starts_day, MAX(last_day) AS last_day, "
    "CASE WHEN SUM(without_end) > 0 THEN NULL ELSE MAX(until_day) END AS until_day, "
    f"MIN(mission_rule) AS mission_rule, MAX(confidence) AS confidence FROM passed GROUP BY {_PAIR}"
)
_ON_PAIR: Final = " AND ".join(map(" = ".join, zip(_columns("passed"), _columns("led"), strict=True)))
_TIE: Final = (
    f"SELECT {', '.join(_columns('led'))}, led.lead_rule, led.mission_rule, passed.level, passed.strength, "
    "led.confidence, led.starts_day, led.until_day, led.last_day, led.records, passed.pence "
    f"FROM ({_LED}) AS led JOIN passed ON {_ON_PAIR} AND passed.rule_no = led.lead_rule"
)
_ON_GROUP: Final = " AND ".join(
    f"passed.{column} = weighed.{column}" for column in ("source_id", "target_id", "mission_no", "kind_no", "rule_no")
)
_TIE_EVIDENCE: Final = (
    "SELECT weighed.source_id, weighed.target_id, weighed.mission_no, weighed.kind_no, weighed.rule_no, "
    "weighed.evidence_id, weighed.pence, weighed.last_day, weighed.file_digest "
    f"FROM weighed JOIN passed ON {_ON_GROUP}"
)
_FIRST_RECORD: Final = (
    f"SELECT {_PAIR}, place, evidence_id FROM (SELECT {_PAIR}, evidence_id, "
    f"row_number() OVER (PARTITION BY {_PAIR} ORDER BY coalesce(last_day, -1000000) DESC, coalesce(pence, 0) DESC, "
    f"evidence_id) AS place FROM tie_evidence) AS placed WHERE place <= {FIRST_RECORDS}"
)
_TIE_FILE: Final = f"SELECT DISTINCT {_PAIR}, file_digest FROM tie_evidence"
_LATE: Final = (
    "SELECT outcome, COUNT(*) AS records, CAST(SUM(pence) AS BIGINT) AS pence FROM ("
    "SELECT evidence_id, MIN(outcome) AS outcome, SUM(pence) AS pence FROM ("
    "SELECT matched.evidence_id, matched.pence, "
    "CASE WHEN matched.outcome <> 0 THEN matched.outcome WHEN used.evidence_id IS NULL THEN 1 ELSE 0 END AS outcome "
    "FROM matched LEFT JOIN (SELECT DISTINCT evidence_id FROM tie_evidence) AS used "
    "ON used.evidence_id = matched.evidence_id) AS parts GROUP BY evidence_id) AS whole GROUP BY outcome"
)
